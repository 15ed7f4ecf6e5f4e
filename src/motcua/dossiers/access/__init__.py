"""Who may see a dossier and who may do what to it: the one gate of the room."""

from motcua.dossiers.access.capacity import capacities_open_to
from motcua.dossiers.access.facts import facts_of, facts_of_all
from motcua.dossiers.access.gate import acts_open_to, lock_dossier, may, who_was_first
from motcua.dossiers.access.rights import leads
from motcua.dossiers.access.sight import get_visible, get_visible_by_code, sees_whole, visible_to

__all__ = [
    "acts_open_to",
    "capacities_open_to",
    "facts_of",
    "facts_of_all",
    "get_visible",
    "get_visible_by_code",
    "leads",
    "lock_dossier",
    "may",
    "sees_whole",
    "visible_to",
    "who_was_first",
]
