"""Thu phí, trả bản sao: the last thing at the counter, in one act."""

from datetime import datetime

from django.db import transaction

from motcua.dossiers.actions.collect_cash import collect_cash
from motcua.dossiers.actions.deliver_result import Collection, deliver_result
from motcua.dossiers.models import Dossier
from motcua.dossiers.terms import Collector
from motcua.identity.terms import Actor


@transaction.atomic
def collect_and_give(*, actor: Actor, dossier_id: int, at: datetime, collects: bool) -> Dossier:
    """Take what is owed in cash when `collects`, and hand the copies to whoever brought the originals.

    Raises what `collect_cash` and `deliver_result` raise; then neither is done.
    """
    if collects:
        collect_cash(actor=actor, dossier_id=dossier_id, at=at)
    collection = Collection(Collector.SUBMITTER, signed_by_hand=True)
    return deliver_result(actor=actor, dossier_id=dossier_id, at=at, collection=collection)
