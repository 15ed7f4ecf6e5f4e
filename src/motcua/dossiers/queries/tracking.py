"""Following a dossier without an account: by its QR code, or by its code and the phone number in it."""

import hmac
from dataclasses import dataclass

from django.db.models import Q

from motcua.dossiers.models import Dossier, Move
from motcua.dossiers.queries.family import parts_below
from motcua.dossiers.queries.timing import Timing, timing_of
from motcua.dossiers.rules.masking import mask_name
from motcua.dossiers.terms import Act
from motcua.kernel.checks import tidy_phone

_RELATED = ("procedure", "owner", "agency", "desk", "result_desk", "unit")


@dataclass(frozen=True, slots=True)
class Tracked:
    """What a stranger with the code may see: no full name, no number, no officer, no note."""

    dossier: Dossier
    owner: str
    moves: tuple[Move, ...]
    parts: tuple[Dossier, ...]
    timing: Timing


def track_by_token(code: str, token: str) -> Tracked | None:
    """Return the dossier of a QR code, None for a wrong code or token alike (two queries, three when paused)."""
    found = Dossier.objects.filter(code=code.strip().upper(), parent=None).select_related(*_RELATED).first()
    known = found.tracking_token if found else " " * len(token)
    fits = hmac.compare_digest(known.encode(), token.encode())
    return _tracked(found) if found is not None and fits else None


def token_by_phone(code: str, phone: str) -> str:
    """Return the tracking token when owner or submitter gave that phone number, "" for anything wrong alike."""
    number = tidy_phone(phone)
    if not number:
        return ""
    theirs = Q(owner__phone=number) | Q(submitter__phone=number)
    found = Dossier.objects.filter(theirs, code=code.strip().upper(), parent=None).values_list(
        "tracking_token", flat=True
    )
    return found.first() or ""


def _tracked(dossier: Dossier) -> Tracked:
    moves = tuple(dossier.moves.order_by("number"))
    return Tracked(
        dossier=dossier,
        owner=mask_name(dossier.owner.name),
        moves=moves,
        parts=tuple(parts_below(dossier)) if any(move.act == Act.OPEN_PART for move in moves) else (),
        timing=timing_of(dossier, moves),
    )
