"""Sửa khoản thu ghi sai."""

from datetime import datetime

from django.db import transaction

from motcua.dossiers.access import lock_dossier
from motcua.dossiers.actions.advance import advance
from motcua.dossiers.actions.charging import bill_of_dossier, cash_desk_of, line_of_bill
from motcua.dossiers.events_money import PaymentCorrected
from motcua.dossiers.models import Dossier
from motcua.dossiers.terms import Act
from motcua.identity.terms import Actor
from motcua.journal.actions import emit, record
from motcua.kernel.errors import NotFound, Problem
from motcua.kernel.text import clean
from motcua.payments.actions.correct import cancel_line, reverse_entry
from motcua.payments.queries.standing import wrong_entries


@transaction.atomic
def correct_payment(
    *,
    actor: Actor,
    dossier_id: int,
    at: datetime,
    reason: str,
    line: int = 0,
    entry_id: int = 0,
    revision: int | None = None,
) -> Dossier:
    """Sửa khoản thu ghi sai: cancel a charge (`line`), or answer an entry of the ledger with its opposite (`entry_id`).

    With neither: the last entry that can be answered, else the first charge left. Raises Invalid, NotFound,
    RuleBroken.
    """
    dossier = lock_dossier(actor, dossier_id, to=Act.CORRECT_PAYMENT, at=at, revision=revision)
    reason = clean(reason, keep_lines=True)
    bill = bill_of_dossier(dossier)
    wrong = [] if line else [one for one in wrong_entries(bill) if one.pk == entry_id or not entry_id]
    if entry_id and not wrong:
        raise NotFound(Problem("no_entry", "Không tìm thấy bút toán này, hoặc bút toán đã được sửa.", "entry_id"))
    if wrong:
        desk_id = cash_desk_of(actor, dossier)
        reverse_entry(actor=actor, bill_id=bill.pk, desk_id=desk_id, entry_id=wrong[-1].pk, reason=reason, at=at)
    else:
        wanted = line_of_bill(bill, line)
        cancel_line(actor=actor, bill_id=bill.pk, line_id=wanted.pk, reason=reason, at=at)
    advance(dossier, actor=actor, act=Act.CORRECT_PAYMENT, at=at, note=reason)
    emit(PaymentCorrected(dossier_id=dossier.pk, code=dossier.code, reason=reason), at=at)
    record(actor, "dossier.payment_corrected", dossier, at=at, data={"code": dossier.code, "reason": reason})
    return dossier
