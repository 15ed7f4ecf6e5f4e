"""Tạm dừng tính thời hạn."""

from datetime import datetime

from django.db import transaction

from motcua.deadlines.terms import VIET_NAM
from motcua.dossiers.access import lock_dossier
from motcua.dossiers.actions.advance import advance
from motcua.dossiers.events_clock import DossierSuspended
from motcua.dossiers.models import Dossier, Suspension
from motcua.dossiers.queries.pausing import pause_rule_of, rule_for
from motcua.dossiers.rules.causes import pause_limit, pause_problems
from motcua.dossiers.terms import Act, SuspensionKind
from motcua.identity.terms import Actor
from motcua.journal.actions import emit, record
from motcua.kernel.errors import Invalid
from motcua.kernel.text import clean


@transaction.atomic
def suspend_dossier(
    *,
    actor: Actor,
    dossier_id: int,
    at: datetime,
    kind: SuspensionKind,
    reason: str,
    basis: str,
    revision: int | None = None,
) -> Dossier:
    """Tạm dừng tính thời hạn: the unit's leader lets the clock stand still, for a reason that the rules know.

    Which kinds stop the clock is data (`SuspensionRule`). Raises Invalid when none says so, or reason or legal basis
    is missing.
    """
    dossier = lock_dossier(actor, dossier_id, to=Act.SUSPEND, at=at, revision=revision)
    reason, basis = clean(reason, keep_lines=True), clean(basis, keep_lines=True)
    rule = pause_rule_of(rule_for(kind, dossier.procedure_id, at.astimezone(VIET_NAM).date()))
    if problems := pause_problems(kind, rule, reason=reason, basis=basis):
        raise Invalid(problems)
    limit = pause_limit(at, rule)
    Suspension.objects.create(dossier=dossier, kind=kind, reason=reason, basis=basis, since=at, at_most_until=limit)
    note = f"{kind.label}: {reason.rstrip('.')}. Căn cứ: {basis}"
    advance(dossier, actor=actor, act=Act.SUSPEND, at=at, note=note)
    emit(DossierSuspended(dossier_id=dossier.pk, code=dossier.code, kind=kind, reason=reason, basis=basis), at=at)
    data = {"code": dossier.code, "kind": kind.value, "reason": reason, "basis": basis}
    record(actor, "dossier.suspended", dossier, at=at, data=data)
    return dossier
