"""Nhận bàn giao hồ sơ giữa các đơn vị."""

from datetime import datetime

from django.db import transaction

from motcua.dossiers.access import lock_dossier
from motcua.dossiers.actions.advance import advance
from motcua.dossiers.actions.give_back import give_back, last_handover
from motcua.dossiers.events_exchange import DossierTakenOver, HandOverRefused
from motcua.dossiers.models import Dossier
from motcua.dossiers.rules.exchange import SENT_BACK
from motcua.dossiers.rules.reasons import note_problems
from motcua.dossiers.terms import Act
from motcua.identity.terms import Actor
from motcua.journal.actions import emit, record
from motcua.kernel.errors import Invalid, Problem, RuleBroken
from motcua.kernel.text import clean


@transaction.atomic
def take_over(*, actor: Actor, dossier_id: int, at: datetime, note: str = "", revision: int | None = None) -> Dossier:
    """Nhận bàn giao: the unit confirms that the paper and the electronic dossier arrived."""
    dossier = lock_dossier(actor, dossier_id, to=Act.TAKE_OVER, at=at, revision=revision)
    note = clean(note, keep_lines=True)
    if problems := note_problems(note, field="note"):
        raise Invalid(problems)
    advance(dossier, actor=actor, act=Act.TAKE_OVER, at=at, note=note)
    emit(DossierTakenOver(dossier_id=dossier.pk, code=dossier.code, unit_id=dossier.unit_id), at=at)
    record(actor, "dossier.taken_over", dossier, at=at, data={"code": dossier.code, "note": note})
    return dossier


@transaction.atomic
def refuse_hand_over(
    *, actor: Actor, dossier_id: int, at: datetime, reason: str, revision: int | None = None
) -> Dossier:
    """Từ chối nhận bàn giao: the dossier goes back to the giver, at the step it came from.

    Raises RuleBroken when what came is a decision, which nobody sends back.
    """
    dossier = lock_dossier(actor, dossier_id, to=Act.TAKE_OVER, at=at, revision=revision)
    reason = clean(reason, keep_lines=True)
    given = last_handover(dossier)
    if given.act not in SENT_BACK:
        message = "Hồ sơ đến theo một quyết định nên không từ chối nhận được; hãy nhận rồi trao đổi với nơi giao."
        raise RuleBroken(Problem("not_sent_back", message))
    if problems := note_problems(reason, field="reason", missing="Phải ghi lý do từ chối nhận."):
        raise Invalid(problems)
    give_back(dossier, given, actor=actor, act="refuse_hand_over", at=at, note=reason)
    event = HandOverRefused(
        dossier_id=dossier.pk,
        code=dossier.code,
        unit_id=dossier.unit_id,
        account_id=dossier.holder_id or given.actor_id,
        reason=reason,
    )
    emit(event, at=at)
    record(actor, "dossier.hand_over_refused", dossier, at=at, data={"code": dossier.code, "reason": reason})
    return dossier
