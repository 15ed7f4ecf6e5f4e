"""Tables of the room; every row holds from `valid_from` until the day before `valid_to`."""

from motcua.agencies.models.hours import WorkingHours
from motcua.agencies.models.revision import Revision
from motcua.agencies.models.territory import Territory, TerritorySuccession
from motcua.agencies.models.unit import FormerState, Post, Unit, UnitSuccession

__all__ = [
    "FormerState",
    "Post",
    "Revision",
    "Territory",
    "TerritorySuccession",
    "Unit",
    "UnitSuccession",
    "WorkingHours",
]
