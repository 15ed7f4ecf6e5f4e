"""Which room makes the papers of a batch and does their acts: by what they belong to and the signature they get."""

from collections.abc import Callable, Collection, Mapping

from motcua.signing.actions.work_signing import Office
from motcua.signing.models import SigningBatch
from motcua.trust.terms import Role

_OFFICES: dict[tuple[str, Role], Office] = {}
_CLAIMS: list[Callable[[Collection[int]], Mapping[int, str]]] = []


def open_office(subject_type: str, role: Role, office: Office) -> None:
    """Let a room make and apply the papers of its subjects; safe to call again."""
    _OFFICES[subject_type, role] = office


def office_of(batch: SigningBatch) -> Office:
    """Return who makes the papers of a batch; all of a batch belong to the same kind of subject."""
    subject_type = batch.items.order_by("position").values_list("subject_type", flat=True)[:1].get()
    return _OFFICES[subject_type, Role(batch.role)]


def claim_dossiers(finder: Callable[[Collection[int]], Mapping[int, str]]) -> None:
    """Let a room say which dossiers it signs in its own way, each with the words for whoever tries otherwise."""
    if finder not in _CLAIMS:
        _CLAIMS.append(finder)


def claimed(dossier_ids: Collection[int]) -> dict[int, str]:
    """Return which of these dossiers are signed by another room, and what to say then."""
    return {pk: words for finder in _CLAIMS for pk, words in finder(dossier_ids).items()}
