"""Đính chính thông tin hồ sơ."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from motcua.deadlines.terms import VIET_NAM
from motcua.dossiers.access import lock_dossier
from motcua.dossiers.actions.advance import advance
from motcua.dossiers.actions.issue_paper import issue_receipt
from motcua.dossiers.actions.opening import search_keys_of
from motcua.dossiers.events import DossierCorrected
from motcua.dossiers.models import Dossier, Party
from motcua.dossiers.rules.corrections import (
    CORRECTABLE,
    one_name,
    parse_day,
    read_value,
    tidy_value,
    value_problems,
)
from motcua.dossiers.rules.reasons import note_problems
from motcua.dossiers.terms import Act
from motcua.identity.terms import Actor
from motcua.journal.actions import emit, record
from motcua.kernel.errors import Invalid, Problem
from motcua.kernel.text import clean

Change = tuple[str, str]


@transaction.atomic
def correct_dossier(
    *,
    actor: Actor,
    dossier_id: int,
    at: datetime,
    changes: Mapping[str, str],
    reason: str = "",
    revision: int | None = None,
) -> Dossier:
    """Đính chính: mend a slip before receipt; after it correct by an act with a reason, and print Mẫu 01 anew.

    `changes`: names like "owner.phone" → the right value as typed. Raises Invalid with every problem, NotPermitted
    when an applicant would correct a dossier that was received.
    """
    dossier = lock_dossier(actor, dossier_id, to=Act.CORRECT, at=at, revision=revision)
    reason = clean(reason, keep_lines=True)
    wanted = {one_name(dossier, name): tidy_value(name, value) for name, value in changes.items()}
    done = _differences(dossier, wanted)
    _refuse_bad(dossier, wanted, done, reason, at)
    for name in done:
        _apply(dossier, name, wanted[name])
    dossier.search_keys = search_keys_of(dossier)
    labels = ", ".join(CORRECTABLE[name] for name in done)
    also = ("abstract", "result_channel", "result_place", "search_keys")
    advance(dossier, actor=actor, act=Act.CORRECT, at=at, note=f"{labels}. {reason}".strip(), also=also)
    if dossier.is_received:
        issue_receipt(actor, dossier, at=at, correction=f"đính chính {labels.lower()}")
    emit(DossierCorrected(dossier_id=dossier.pk, code=dossier.code), at=at)
    data = {"code": dossier.code, "reason": reason, "changes": {name: list(change) for name, change in done.items()}}
    record(actor, "dossier.corrected", dossier, at=at, data=data)
    return dossier


def _differences(dossier: Dossier, wanted: Mapping[str, str]) -> dict[str, Change]:
    found = {}
    for name, value in wanted.items():
        before = read_value(dossier, name) if name in CORRECTABLE else ""
        if before != value:
            found[name] = (before, value)
    return found


def _refuse_bad(
    dossier: Dossier, wanted: Mapping[str, str], done: Mapping[str, Change], reason: str, at: datetime
) -> None:
    today = at.astimezone(VIET_NAM).date()
    problems = value_problems(dossier, wanted, today=today)
    if not problems and not done:
        problems.append(Problem("nothing_changed", "Không có thông tin nào thay đổi.", ""))
    missing = "Đính chính sau khi tiếp nhận phải ghi lý do." if dossier.is_received else ""
    problems += note_problems(reason, field="reason", missing=missing)
    if problems:
        raise Invalid(problems)


def _apply(dossier: Dossier, name: str, value: str) -> None:
    target, _, field = name.rpartition(".")
    if not target:
        setattr(dossier, field, value)
        return
    party: Party = getattr(dossier, target)
    setattr(party, field, parse_day(value) if field == "born" else value)
    party.save(update_fields=[field])
