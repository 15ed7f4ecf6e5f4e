"""Bổ sung hồ sơ."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import transaction

from motcua.dossiers.access import lock_dossier
from motcua.dossiers.actions.advance import advance
from motcua.dossiers.actions.attach import attach
from motcua.dossiers.actions.clock import answer_due_at, resume_clock
from motcua.dossiers.actions.keep_answers import Revised, demand_form, key_of, revise, save_revised
from motcua.dossiers.events import DossierSupplemented
from motcua.dossiers.models import Dossier, DossierComponent, SupplementRequest
from motcua.dossiers.rules.answering import PREFIX
from motcua.dossiers.rules.application import FileRef
from motcua.dossiers.rules.reasons import note_problems
from motcua.dossiers.terms import ONLINE_CHANNELS, Act, AttachmentPurpose, Status
from motcua.forms.rules.answers import Typed
from motcua.identity.terms import Actor
from motcua.journal.actions import emit, record
from motcua.kernel.errors import Invalid, Problem
from motcua.kernel.text import clean


@transaction.atomic
def supplement_dossier(
    *,
    actor: Actor,
    dossier_id: int,
    at: datetime,
    note: str = "",
    files: Mapping[str, Sequence[FileRef]] | None = None,
    form: Typed | None = None,
    revision: int | None = None,
) -> Dossier:
    """Bổ sung hồ sơ: the applicant (or the desk for them) answers the request; a stopped clock runs on.

    An online dossier not yet received must be answered anew within 8 working hours (a setting).
    `files`: component key ("" for none in particular) → files. `form`: the questions of the e-form that were to be
    answered anew, by flat names; only those, and those that had no answer. Raises Invalid when nothing came, or a
    component is not the dossier's.
    """
    dossier = lock_dossier(actor, dossier_id, to=Act.SUPPLEMENT, at=at, revision=revision)
    note, files = clean(note, keep_lines=True), files or {}
    request = dossier.supplement_requests.select_for_update().get(answered_at__isnull=True)
    revised = revise(dossier, form, {key_of(name) for name in form}, at=at) if form else None
    _refuse_bad(dossier, note, files, _answer_problems(request, revised))
    _add_files(actor, dossier, files, at)
    if revised is not None:
        save_revised(actor, dossier, revised.values, act=Act.SUPPLEMENT, at=at)
    _end_suspension(dossier, request, at)
    request.answered_at, request.answer_note, request.due_after = at, note, dossier.due_at
    request.save(update_fields=["answered_at", "answer_note", "due_after"])
    status = _status_after(dossier)
    clock = ("due_at", "due_working", "answer_due_at")
    advance(dossier, actor=actor, act=Act.SUPPLEMENT, at=at, status=status, note=note, also=clock)
    event = DossierSupplemented(
        dossier_id=dossier.pk, code=dossier.code, number=request.number, unit_id=dossier.unit_id
    )
    emit(event, at=at)
    names = [clean(ref.name) for refs in files.values() for ref in refs]
    data: dict[str, object] = {"code": dossier.code, "number": request.number, "files": names}
    if revised is not None:
        data["form_fields"] = sorted(revised.changed)
    record(actor, "dossier.supplemented", dossier, at=at, data=data)
    return dossier


def _answer_problems(request: SupplementRequest, revised: Revised | None) -> list[Problem] | None:
    """Return what is wrong with the answers; None when none came."""
    if revised is None or not (revised.changed or revised.problems):
        return None
    computed = {field.key for field in demand_form(request.dossier).fields() if field.kind == "computed"}
    others = [
        Problem("not_asked", "Cơ quan không yêu cầu khai lại câu này.", f"{PREFIX}{key}")
        for key, (before, after) in revised.changed.items()
        if key not in {*request.fields, *computed} and before is not None and after is not None
    ]
    return [*others, *revised.problems]


def _refuse_bad(
    dossier: Dossier, note: str, files: Mapping[str, Sequence[FileRef]], answers: list[Problem] | None
) -> None:
    problems = [*note_problems(note, field="note"), *(answers or [])]
    if not note and not any(files.values()) and answers is None:
        problems.append(Problem("nothing_supplemented", "Chưa có giấy tờ hoặc nội dung bổ sung nào.", "files"))
    known = {one.key for one in dossier.definition.components}
    problems += [
        Problem("unknown_component", "Thủ tục không có giấy tờ này.", f"files.{key}")
        for key in files
        if key and key not in known
    ]
    if problems:
        raise Invalid(problems)


def _add_files(actor: Actor, dossier: Dossier, files: Mapping[str, Sequence[FileRef]], at: datetime) -> None:
    for key, refs in files.items():
        component = _component(dossier, key) if key and refs else None
        for ref in refs:
            attach(actor, dossier, ref, purpose=AttachmentPurpose.SUPPLEMENT, component=component, at=at)


def _component(dossier: Dossier, key: str) -> DossierComponent:
    name = next(one.name for one in dossier.definition.components if one.key == key)
    position = dossier.components.count() + 1
    row, _made = DossierComponent.objects.get_or_create(
        dossier=dossier, key=key, defaults={"name": name, "position": position, "is_required": False}
    )
    if not row.is_present:
        row.is_present = True
        row.save(update_fields=["is_present"])
    return row


def _end_suspension(dossier: Dossier, request: SupplementRequest, at: datetime) -> None:
    pause = dossier.suspensions.filter(request=request, until__isnull=True).first()
    if pause is not None and dossier.due_at is not None:
        pause.until = at
        pause.save(update_fields=["until"])
        resume_clock(dossier, dossier.due_at, pause.since, at)
    elif dossier.channel in ONLINE_CHANNELS:
        dossier.answer_due_at = dossier.step_due_at = answer_due_at(dossier.desk_id, at)


def _status_after(dossier: Dossier) -> Status | None:
    """Not yet received: waits for the desk. Received: back to what it was before the request."""
    if not dossier.is_received:
        return None
    before = dossier.moves.filter(status__in=[Status.RECEIVED, Status.PROCESSING]).latest("number")
    return Status(before.status)
