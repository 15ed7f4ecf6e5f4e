"""Đính chính thông tin hồ sơ."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from django.db import transaction

from motcua.deadlines.terms import VIET_NAM
from motcua.dossiers.access import lock_dossier
from motcua.dossiers.actions.advance import advance
from motcua.dossiers.actions.apply_changes import CHANGED, apply_changes
from motcua.dossiers.actions.issue_paper import issue_receipt
from motcua.dossiers.actions.keep_answers import NOTHING, Revised, key_of, revise, save_revised
from motcua.dossiers.events import DossierCorrected
from motcua.dossiers.events_exchange import CorrectionProposed
from motcua.dossiers.models import Correction, Dossier
from motcua.dossiers.rules.answering import PREFIX, answer_text
from motcua.dossiers.rules.corrections import (
    CORRECTABLE,
    at_once,
    label_of,
    one_name,
    read_value,
    tidy_value,
    value_problems,
)
from motcua.dossiers.rules.reasons import note_problems
from motcua.dossiers.terms import Act
from motcua.forms.rules.answers import Typed
from motcua.identity.terms import Actor
from motcua.journal.actions import emit, record
from motcua.kernel.errors import Conflict, Invalid, Problem
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
    form: Typed | None = None,
    form_keys: Collection[str] = (),
    revision: int | None = None,
) -> Dossier:
    """Đính chính: mend a slip before receipt; after it correct with a reason, and print Mẫu 01 anew.

    After receipt the desk corrects at once only how the applicant is reached and where the result goes; everything
    else becomes a proposal that a leader decides (`decide_correction`), one open at a time.
    `changes`: names like "owner.phone" → the right value as typed. `form`: questions of the e-form answered anew, by
    flat names; `form_keys`: further questions whose answers go. Raises Invalid with every problem, NotPermitted when an
    applicant would correct a dossier that was received, Conflict while a proposal waits.
    """
    dossier = lock_dossier(actor, dossier_id, to=Act.CORRECT, at=at, revision=revision)
    reason = clean(reason, keep_lines=True)
    wanted = {one_name(dossier, name): tidy_value(name, value) for name, value in changes.items()}
    keys = {*form_keys, *(key_of(name) for name in form or {})}
    revised = revise(dossier, form or {}, keys, at=at) if keys else NOTHING
    found = {**_differences(dossier, wanted), **_answers_in_words(dossier, revised)}
    _refuse_bad(dossier, wanted, found, reason, at, revised.problems)
    now = {name: change for name, change in found.items() if at_once(name, is_received=dossier.is_received)}
    later = {name: change for name, change in found.items() if name not in now}
    if now:
        if revised.changed and not dossier.is_received:
            save_revised(actor, dossier, revised.values, act=Act.CORRECT, at=at)
        _correct(dossier, now, actor=actor, at=at, reason=reason)
    if later:
        _propose(dossier, later, revised, actor=actor, at=at, reason=reason)
    return dossier


def _correct(dossier: Dossier, changes: Mapping[str, Change], *, actor: Actor, at: datetime, reason: str) -> None:
    labels = apply_changes(dossier, {name: after for name, (_, after) in changes.items()})
    advance(dossier, actor=actor, act=Act.CORRECT, at=at, note=f"{labels}. {reason}".strip(), also=CHANGED)
    if dossier.is_received:
        issue_receipt(actor, dossier, at=at, correction=f"đính chính {labels.lower()}")
    emit(DossierCorrected(dossier_id=dossier.pk, code=dossier.code), at=at)
    data = {"code": dossier.code, "reason": reason, "changes": _as_lists(changes)}
    record(actor, "dossier.corrected", dossier, at=at, data=data)


def _propose(
    dossier: Dossier, changes: Mapping[str, Change], revised: Revised, *, actor: Actor, at: datetime, reason: str
) -> None:
    if dossier.corrections.filter(decided_at__isnull=True).exists():
        message = "Đã có đề nghị đính chính đang chờ lãnh đạo duyệt; hãy chờ kết quả rồi đề nghị tiếp."
        raise Conflict(Problem("correction_open", message))
    correction = Correction.objects.create(
        dossier=dossier,
        changes=_as_lists(changes),
        answers={key: after for key, (_before, after) in revised.changed.items()},
        reason=reason,
        proposed_at=at,
        proposed_by_id=actor.known_id,
        proposed_by_name=actor.name,
    )
    labels = ", ".join(label_of(name, dossier.definition.form) for name in changes)
    advance(dossier, actor=actor, act=Act.CORRECT, at=at, note=f"Đề nghị lãnh đạo duyệt: {labels}. {reason}")
    emit(CorrectionProposed(dossier_id=dossier.pk, code=dossier.code, correction_id=correction.pk), at=at)
    data = {"code": dossier.code, "reason": reason, "changes": _as_lists(changes)}
    record(actor, "dossier.correction_proposed", dossier, at=at, data=data)


def _as_lists(changes: Mapping[str, Change]) -> dict[str, list[str]]:
    return {name: list(change) for name, change in changes.items()}


def _answers_in_words(dossier: Dossier, revised: Revised) -> dict[str, Change]:
    form = dossier.definition.form
    return {
        f"{PREFIX}{key}": (answer_text(form, key, before), answer_text(form, key, after))
        for key, (before, after) in revised.changed.items()
        if form is not None
    }


def _differences(dossier: Dossier, wanted: Mapping[str, str]) -> dict[str, Change]:
    found = {}
    for name, value in wanted.items():
        before = read_value(dossier, name) if name in CORRECTABLE else ""
        if before != value:
            found[name] = (before, value)
    return found


def _refuse_bad(
    dossier: Dossier,
    wanted: Mapping[str, str],
    done: Mapping[str, Change],
    reason: str,
    at: datetime,
    of_form: Sequence[Problem],
) -> None:
    today = at.astimezone(VIET_NAM).date()
    problems = [*value_problems(dossier, wanted, today=today), *of_form]
    if not problems and not done:
        problems.append(Problem("nothing_changed", "Không có thông tin nào thay đổi.", ""))
    missing = "Đính chính sau khi tiếp nhận phải ghi lý do." if dossier.is_received else ""
    problems += note_problems(reason, field="reason", missing=missing)
    if problems:
        raise Invalid(problems)
