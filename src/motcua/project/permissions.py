"""The permission table: every URL of the house and who may open it. What is not here is closed to everybody."""

from motcua.project.audiences import Audience, may_open
from motcua.project.doors import TABLES

__all__ = ["TABLE", "Audience", "audience_of", "may_open"]

#: URL name → audience; the parts, one a front door, lie in `doors/`.
TABLE: dict[str, Audience] = {name: audience for part in TABLES for name, audience in part.items()}


def audience_of(view_name: str) -> Audience | None:
    """Return who may open the URL of that name; None when the table does not name it."""
    return TABLE.get(view_name)
