"""Thu tiền, chốt ngày, nộp tiền."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from motcua.agencies.terms import Right
from motcua.dossiers.models import Dossier
from motcua.identity.terms import Actor
from motcua.journal.actions import emit, record
from motcua.kernel.checks import personal_id_problems, required_problems, tidy_number
from motcua.kernel.errors import Invalid, NotFound, NotPermitted, Problem, RuleBroken
from motcua.kernel.inserting import insert
from motcua.kernel.text import clean
from motcua.postal.access import need_post, visible_money
from motcua.postal.actions.numbers import next_number
from motcua.postal.events import PostalMoneyTaken
from motcua.postal.models import MoneyHandover, PostalReceipt
from motcua.postal.rules.money import amount_problems, closing_problems, receiving_problems
from motcua.postal.terms import Purpose

_RECEIPTS, _LISTS = "receipt", "money"


@dataclass(frozen=True, slots=True)
class Payer:
    """Who put the money into the post clerk's hand."""

    name: str
    number: str = ""


def take_money(
    actor: Actor,
    dossier: Dossier,
    *,
    office_id: int,
    for_unit_id: int,
    purpose: Purpose,
    subject: str,
    payer: Payer,
    amount: int,
    at: datetime,
) -> PostalReceipt:
    """Thu tiền, lập chứng từ thu: for the unit the money belongs to, inside the act that makes it due (đồng)."""
    need_post(actor, office_id)
    name, number = clean(payer.name), tidy_number(clean(payer.number)).upper()
    problems = amount_problems(amount) + personal_id_problems(number, field="payer_number")
    if problems := problems + required_problems(name, label="họ tên người nộp tiền", field="payer_name"):
        raise Invalid(problems)
    year, serial = next_number(office_id, _RECEIPTS, at)
    receipt = PostalReceipt(
        office_id=office_id,
        year=year,
        number=serial,
        purpose=purpose,
        for_unit_id=for_unit_id,
        dossier=dossier,
        subject=subject,
        payer_name=name,
        payer_number=number,
        amount=amount,
        taken_at=at,
        taken_by_id=actor.known_id,
        taken_by_name=actor.name,
    )
    insert(receipt)
    emit(PostalMoneyTaken(dossier_id=dossier.pk, code=dossier.code, receipt_id=receipt.pk), at=at)
    data = {"code": dossier.code, "number": receipt.code, "amount": amount, "subject": subject}
    record(actor, "postal.money_taken", receipt, at=at, data=data, is_new=True)
    return receipt


@transaction.atomic
def close_money(
    *, actor: Actor, office_id: int, purpose: Purpose, to_unit_id: int, counted: int, reason: str = "", at: datetime
) -> MoneyHandover:
    """Chốt ngày: everything taken for one unit and not yet handed on, counted; the first of two confirmations.

    `counted` in đồng. Raises Invalid for a difference without a reason, RuleBroken when there is nothing to close.
    """
    need_post(actor, office_id)
    reason = clean(reason, keep_lines=True)
    open_ones = PostalReceipt.objects.filter(
        office_id=office_id, purpose=purpose, for_unit_id=to_unit_id, handover__isnull=True
    )
    receipts = list(open_ones.order_by("pk").select_for_update())
    total = sum(one.amount for one in receipts)
    if problems := closing_problems(len(receipts), total, counted, reason):
        raise (Invalid if receipts else RuleBroken)(problems)
    year, number = next_number(office_id, _LISTS, at)
    handover = MoneyHandover(
        office_id=office_id,
        year=year,
        number=number,
        purpose=purpose,
        to_unit_id=to_unit_id,
        count=len(receipts),
        total=total,
        counted=counted,
        reason=reason if counted != total else "",
        closed_at=at,
        closed_by_id=actor.known_id,
        closed_by_name=actor.name,
    )
    insert(handover)
    PostalReceipt.objects.filter(pk__in=[one.pk for one in receipts]).update(handover=handover)
    data = {"number": handover.code, "count": len(receipts), "total": total, "counted": counted, "reason": reason}
    record(actor, "postal.money_closed", handover, at=at, data=data, is_new=True)
    return handover


@transaction.atomic
def receive_money(*, actor: Actor, handover_id: int, received: int, reason: str = "", at: datetime) -> MoneyHandover:
    """Nhận tiền nộp: the unit the money belongs to counts again; the second of two confirmations (đồng)."""
    handover = visible_money(actor).filter(pk=handover_id).select_for_update().first()
    if handover is None:
        raise NotFound(Problem("no_money_list", "Không tìm thấy bảng kê nộp tiền này."))
    if not may_receive(actor, handover):
        raise NotPermitted(Problem("not_receiver", "Chỉ nơi nhận tiền, và người khác người chốt, xác nhận được."))
    if handover.received_at is not None:
        message = f"{handover.received_by_name} đã xác nhận nhận tiền của bảng kê này."
        raise RuleBroken(Problem("received_already", message))
    reason = clean(reason, keep_lines=True)
    if problems := receiving_problems(handover.counted, received, reason):
        raise Invalid(problems)
    handover.received, handover.received_at = received, at
    handover.received_reason = reason if received != handover.counted else ""
    handover.received_by_id, handover.received_by_name = actor.known_id, actor.name
    handover.save(update_fields=["received", "received_reason", "received_at", "received_by", "received_by_name"])
    data = {"number": handover.code, "received": received, "reason": reason}
    record(actor, "postal.money_received", handover, at=at, data=data)
    return handover


def may_receive(actor: Actor, handover: MoneyHandover) -> bool:
    """Return whether the actor may give the second confirmation: of the receiving unit, and another person."""
    at_receiver = {handover.to_unit_id} & (actor.units_with(Right.RECEIVE) | actor.units_with(Right.HANDLE))
    return bool(at_receiver) and actor.account_id != handover.closed_by_id
