"""Yêu cầu bổ sung, hoàn thiện hồ sơ."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from django.db import transaction

from motcua.deadlines.terms import VIET_NAM
from motcua.dossiers.access import lock_dossier
from motcua.dossiers.actions.advance import advance
from motcua.dossiers.actions.issue_paper import issue_supplement_slip
from motcua.dossiers.events import SupplementRequested
from motcua.dossiers.models import Dossier, SupplementRequest, Suspension
from motcua.dossiers.rules.answering import labels_of
from motcua.dossiers.rules.reasons import (
    REASONS,
    Ground,
    ground_problems,
    grounds_text,
    note_problems,
    tidy_grounds,
)
from motcua.dossiers.terms import Act, Status, SuspensionKind
from motcua.identity.terms import Actor
from motcua.journal.actions import emit, record
from motcua.kernel.errors import Invalid, Problem
from motcua.kernel.text import clean


@transaction.atomic
def request_supplement(
    *,
    actor: Actor,
    dossier_id: int,
    at: datetime,
    grounds: Sequence[Ground],
    answer_until: date | None = None,
    exception_reason: str = "",
    fields: Sequence[str] = (),
    revision: int | None = None,
) -> Dossier:
    """Yêu cầu bổ sung: everything that is missing, at once, in writing (Mẫu 02); a running clock stops.

    A second request is the unit's leader's decision with a reason, and stays flagged: the national index counts
    such a dossier as late (QĐ 766/QĐ-TTg). `fields`: keys of the questions of the e-form to answer anew; with some,
    no other reason is needed.
    """
    dossier = lock_dossier(actor, dossier_id, to=Act.REQUEST_SUPPLEMENT, at=at, revision=revision)
    grounds, exception_reason = tidy_grounds(grounds), clean(exception_reason, keep_lines=True)
    names = dict(dossier.components.values_list("key", "name"))
    names |= {one.key: one.name for one in dossier.definition.components}
    labels = labels_of(dossier.definition.form)
    _refuse_bad(dossier, grounds, names, answer_until, exception_reason, at, fields=fields, labels=labels)
    again = _again_text([labels[key] for key in fields])
    text = "\n".join(filter(None, [grounds_text(grounds, names), again]))
    dossier.supplement_count += 1
    request = SupplementRequest.objects.create(
        dossier=dossier,
        number=dossier.supplement_count,
        items=[*[_item(ground, names) for ground in grounds], *_form_items(again)],
        fields=list(dict.fromkeys(fields)),
        reason=text,
        exception_reason=exception_reason,
        requested_at=at,
        requested_by_id=actor.known_id,
        answer_until=answer_until,
        due_before=dossier.due_at,
    )
    if dossier.is_received:
        Suspension.objects.create(dossier=dossier, kind=SuspensionKind.SUPPLEMENT, request=request, since=at)
    status = Status.SUPPLEMENT_REQUESTED
    advance(
        dossier, actor=actor, act=Act.REQUEST_SUPPLEMENT, at=at, status=status, note=text, also=("supplement_count",)
    )
    issue_supplement_slip(actor, dossier, request, at=at)
    emit(SupplementRequested(dossier_id=dossier.pk, code=dossier.code, number=request.number), at=at)
    data = {"code": dossier.code, "number": request.number, "grounds": [ground.as_dict() for ground in grounds]}
    if fields:
        data["form_fields"] = request.fields
    if exception_reason:
        data["exception_reason"] = exception_reason
    record(actor, "dossier.supplement_requested", dossier, at=at, data=data)
    return dossier


def _refuse_bad(
    dossier: Dossier,
    grounds: Sequence[Ground],
    names: dict[str, str],
    answer_until: date | None,
    exception_reason: str,
    at: datetime,
    *,
    fields: Sequence[str],
    labels: Mapping[str, str],
) -> None:
    problems = ground_problems(grounds, names) if grounds or not fields else []
    problems += [
        Problem("unknown_field", "Tờ khai không có câu hỏi này.", f"fields.{key}")
        for key in fields
        if key not in labels
    ]
    if dossier.supplement_count and not exception_reason:
        message = "Yêu cầu bổ sung từ lần thứ hai phải nêu lý do vì sao không yêu cầu đủ ngay lần đầu."
        problems.append(Problem("exception_reason", message, "exception_reason", "Nghị định 118/2025/NĐ-CP"))
    problems += note_problems(exception_reason, field="exception_reason")
    if answer_until is not None and answer_until < at.astimezone(VIET_NAM).date():
        problems.append(Problem("answer_until_past", "Hạn bổ sung đã qua; hãy chọn ngày sau.", "answer_until"))
    if problems:
        raise Invalid(problems)


def _again_text(labels: Sequence[str]) -> str:
    return f"Tờ khai – khai lại: {', '.join(labels)}." if labels else ""


def _form_items(again: str) -> list[dict[str, str]]:
    need = again.partition(" – ")[2]
    return [{"component": "", "code": "form", "name": "Tờ khai", "need": need[:1].upper() + need[1:]}] if again else []


def _item(ground: Ground, names: dict[str, str]) -> dict[str, str]:
    reason = REASONS[ground.code][0]
    need = f"{reason}: {ground.note}" if ground.note else reason
    return {
        "component": ground.component,
        "code": ground.code,
        "name": names.get(ground.component, "") or "Hồ sơ",
        "need": f"{need}. {ground.remedy}",
    }
