"""Thu hồi kết quả đã trả; what recalling and solving anew have in common."""

from datetime import date, datetime
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from django.db.models import Model

from motcua.deadlines.terms import VIET_NAM
from motcua.dossiers.access import lock_dossier
from motcua.dossiers.actions.advance import advance
from motcua.dossiers.actions.stepping import drop_rows
from motcua.dossiers.events_clock import ResultRecalled
from motcua.dossiers.models import Delivery, Dossier, RecalledResult, Result
from motcua.dossiers.rules.causes import decision_problems
from motcua.dossiers.terms import Act, Status
from motcua.identity.terms import Actor
from motcua.journal.actions import emit, record
from motcua.kernel.errors import Invalid
from motcua.kernel.text import clean


@transaction.atomic
def recall_result(
    *,
    actor: Actor,
    dossier_id: int,
    at: datetime,
    decision_number: str,
    decided_on: date | None,
    reason: str,
    revision: int | None = None,
) -> Dossier:
    """Thu hồi kết quả đã trả: by a decision of the agency's leader the dossier is open again, its delivery undone.

    Result and delivery are kept as they were; the result stays until it is solved anew or handed over again.
    Raises Invalid when the decision is not named.
    """
    dossier = lock_dossier(actor, dossier_id, to=Act.RECALL, at=at, revision=revision)
    decision_number, reason = clean(decision_number), clean(reason, keep_lines=True)
    today = at.astimezone(VIET_NAM).date()
    problems = decision_problems(decision_number, decided_on, reason, today=today)
    if problems or decided_on is None:
        raise Invalid(problems)
    keep_result(dossier, actor, at, decision_number=decision_number, decided_on=decided_on, reason=reason)
    drop_rows(dossier, Delivery)
    dossier.ended_at = None
    note = f"Quyết định số {decision_number} ngày {decided_on:%d/%m/%Y}. {reason}"
    advance(dossier, actor=actor, act=Act.RECALL, at=at, status=Status.FINISHED, note=note)
    event = ResultRecalled(
        dossier_id=dossier.pk,
        code=dossier.code,
        decision_number=decision_number,
        decided_on=decided_on,
        reason=reason,
    )
    emit(event, at=at)
    data = {"code": dossier.code, "decision_no": decision_number, "on": decided_on.isoformat(), "reason": reason}
    record(actor, "dossier.result_recalled", dossier, at=at, data=data)
    return dossier


def keep_result(
    dossier: Dossier, actor: Actor, at: datetime, *, decision_number: str, decided_on: date, reason: str
) -> RecalledResult:
    """Lưu kết quả trước khi thu hồi: result and delivery as they are, with the decision."""
    return RecalledResult.objects.create(
        dossier=dossier,
        decision_number=decision_number,
        decided_on=decided_on,
        reason=reason,
        result=_as_json(Result.objects.get(dossier=dossier)),
        delivery=next((_as_json(one) for one in Delivery.objects.filter(dossier=dossier)), None),
        recalled_at=at,
        recalled_by_id=actor.known_id,
    )


def _as_json(row: Model) -> dict[str, Any]:
    encoder = DjangoJSONEncoder()
    found = {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}
    return {name: value if _is_plain(value) else encoder.default(value) for name, value in found.items()}


def _is_plain(value: object) -> bool:
    return value is None or isinstance(value, str | int | bool)
