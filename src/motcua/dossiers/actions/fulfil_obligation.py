"""Xác nhận đã thực hiện nghĩa vụ tài chính."""

from dataclasses import replace
from datetime import datetime

from django.db import transaction

from motcua.deadlines.terms import VIET_NAM
from motcua.dossiers.access import lock_dossier
from motcua.dossiers.actions.advance import advance
from motcua.dossiers.actions.attach import attach
from motcua.dossiers.actions.clock import demand_due, end_suspension
from motcua.dossiers.events_clock import ObligationFulfilled
from motcua.dossiers.models import Dossier
from motcua.dossiers.rules.application import FileRef
from motcua.dossiers.rules.causes import Proof, proof_problems
from motcua.dossiers.terms import Act, AttachmentPurpose, Status
from motcua.identity.terms import Actor
from motcua.journal.actions import emit, record
from motcua.kernel.errors import Invalid
from motcua.kernel.text import clean


@transaction.atomic
def fulfil_obligation(
    *,
    actor: Actor,
    dossier_id: int,
    at: datetime,
    proof: Proof,
    file: FileRef | None = None,
    revision: int | None = None,
) -> Dossier:
    """Xác nhận nghĩa vụ tài chính: the proof of payment is there; the clock runs on, the dossier is worked on again.

    By whoever works at the step, the desk, or the house itself for rooms above. Raises Invalid; a sum other than
    that of the notice must be explained.
    """
    dossier = lock_dossier(actor, dossier_id, to=Act.FULFIL_OBLIGATION, at=at, revision=revision)
    obligation = dossier.obligations.select_for_update().get(fulfilled_at__isnull=True)
    proof = replace(proof, number=clean(proof.number), note=clean(proof.note, keep_lines=True))
    if problems := proof_problems(proof, asked=obligation.amount, today=at.astimezone(VIET_NAM).date()):
        raise Invalid(problems)
    if file is not None:
        attach(actor, dossier, file, purpose=AttachmentPurpose.NOTICE, at=at)
    end_suspension(dossier, at)
    obligation.fulfilled_at, obligation.fulfilled_by_id, obligation.fulfilled_by_name = at, actor.account_id, actor.name
    obligation.proof_number, obligation.proof_on, obligation.paid_amount = proof.number, proof.on, proof.amount
    obligation.note, obligation.due_after = proof.note, dossier.due_at
    obligation.save()
    money = f"{proof.amount:,}".replace(",", ".")
    note = f"Chứng từ số {proof.number} ngày {proof.on:%d/%m/%Y}, {money} đồng. {proof.note}".strip()
    clock, status = ("due_at", "due_working"), Status.PROCESSING
    advance(dossier, actor=actor, act=Act.FULFIL_OBLIGATION, at=at, status=status, note=note, also=clock)
    event = ObligationFulfilled(
        dossier_id=dossier.pk, code=dossier.code, number=obligation.number, unit_id=dossier.unit_id
    )
    emit(event, at=at)
    data = {"code": dossier.code, "proof": proof.number, "amount": proof.amount, "note": proof.note}
    data["due_at"] = demand_due(dossier).isoformat()
    record(actor, "dossier.obligation_fulfilled", dossier, at=at, data=data)
    return dossier
