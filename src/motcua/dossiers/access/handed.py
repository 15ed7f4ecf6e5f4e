"""Who gave a dossier to the unit that has it."""

from motcua.dossiers.access.facts import HANDED_OVER
from motcua.dossiers.models import Dossier, Move


def last_handover(dossier: Dossier) -> Move:
    """Return the move that brought the dossier to the unit where it is; raises Move.DoesNotExist when none did."""
    return dossier.moves.filter(HANDED_OVER).latest("number")


def giver_of(dossier: Dossier) -> int | None:
    """Return the unit that gave the dossier last; None when it never left the first one."""
    given = dossier.moves.filter(HANDED_OVER).order_by("-number").values_list("from_unit_id", flat=True)
    return given.first()
