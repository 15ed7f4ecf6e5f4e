"""Tiếp nhận hồ sơ."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from motcua.dossiers.access import lock_dossier
from motcua.dossiers.actions.advance import advance, due_at_step
from motcua.dossiers.actions.charging import charge_fees
from motcua.dossiers.actions.clock import keep_bulk, start_clock
from motcua.dossiers.actions.issue_paper import issue_receipt
from motcua.dossiers.events import DossierReceived
from motcua.dossiers.models import Dossier
from motcua.dossiers.rules.bulk import bulk_of
from motcua.dossiers.rules.charges import Chosen
from motcua.dossiers.terms import Act, Status
from motcua.identity.terms import Actor
from motcua.journal.actions import emit, record
from motcua.procedures.rules.selection import case_of


@transaction.atomic
def receive_dossier(
    *,
    actor: Actor,
    dossier_id: int,
    at: datetime,
    fees: Mapping[int, Chosen] | None = None,
    revision: int | None = None,
) -> Dossier:
    """Tiếp nhận hồ sơ: the desk accepts a submitted dossier; the statutory clock starts, Mẫu 01 is issued.

    The fees of the case become due; `fees` says by their place how many pages or copies, or another price and why.
    """
    dossier = lock_dossier(actor, dossier_id, to=Act.RECEIVE, at=at, revision=revision)
    dossier.received_at, dossier.receiver_name = at, actor.name
    dossier.holder_id = actor.account_id
    if case_of(dossier.definition, dossier.case_key).large_set is not None:
        keep_bulk(dossier, bulk_of(list(dossier.components.all())))
    start_clock(dossier, at)
    dossier.step_due_at = due_at_step(dossier, dossier.step, at)
    clock = ("received_at", "receiver_name", "due_at", "original_due_at", "due_working")
    advance(dossier, actor=actor, act=Act.RECEIVE, at=at, status=Status.RECEIVED, also=clock)
    issue_receipt(actor, dossier, at=at)
    charge_fees(actor, dossier, fees, at=at)
    emit(DossierReceived(dossier_id=dossier.pk, code=dossier.code, due_at=dossier.due_at), at=at)
    due = dossier.due_at.isoformat() if dossier.due_at else ""
    record(actor, "dossier.received", dossier, at=at, data={"code": dossier.code, "due_at": due})
    return dossier
