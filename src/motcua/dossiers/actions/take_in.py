"""Tiếp nhận hồ sơ nộp trực tiếp."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from motcua.dossiers.actions.advance import due_at_step, log_move
from motcua.dossiers.actions.charging import charge_fees
from motcua.dossiers.actions.clock import keep_bulk, start_clock
from motcua.dossiers.actions.issue_paper import issue_receipt
from motcua.dossiers.actions.opening import open_dossier, save_opened
from motcua.dossiers.events import DossierReceived
from motcua.dossiers.models import Dossier
from motcua.dossiers.rules.application import Application
from motcua.dossiers.rules.bulk import Bulk, bulk_of
from motcua.dossiers.rules.charges import Chosen
from motcua.dossiers.terms import Act
from motcua.identity.terms import Actor
from motcua.journal.actions import emit, record


@transaction.atomic
def take_in_dossier(
    *,
    actor: Actor,
    application: Application,
    at: datetime,
    fees: Mapping[int, Chosen] | None = None,
    bulk: Bulk | None = None,
) -> Dossier:
    """Tiếp nhận hồ sơ nộp trực tiếp: the desk types a dossier in and accepts it at once; the clock starts.

    `fees`: see `receive_dossier`. `bulk`: how much there is, where it is known better than from the papers.

    Raises Invalid with every problem of what was typed, Conflict for a duplicate, NotPermitted.
    """
    dossier = open_dossier(actor, application, at=at, received=True)
    dossier.received_at, dossier.receiver_name = at, actor.name
    dossier.holder_id = actor.account_id
    keep_bulk(dossier, bulk or bulk_of(application.components))
    start_clock(dossier, at)
    dossier.step_due_at = due_at_step(dossier, dossier.step, at)
    components = save_opened(actor, dossier, application, at=at)
    log_move(dossier, actor=actor, act=Act.RECEIVE, at=at)
    charge_fees(actor, dossier, fees, at=at)
    issue_receipt(actor, dossier, at=at, version=1, components=components)
    emit(DossierReceived(dossier_id=dossier.pk, code=dossier.code, due_at=dossier.due_at), at=at)
    record(
        actor,
        "dossier.received",
        dossier,
        at=at,
        data={"code": dossier.code, "channel": dossier.channel, "due_at": _text(dossier.due_at)},
        is_new=True,
    )
    return dossier


def _text(moment: datetime | None) -> str:
    return moment.isoformat() if moment else ""
