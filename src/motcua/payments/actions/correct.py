"""Miễn, giảm, hủy, hoàn, bút toán ngược: what makes a bill smaller without money, or sends money back."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from motcua.identity.terms import Actor
from motcua.journal.actions import record
from motcua.kernel.errors import Invalid, NotFound, Problem, RuleBroken
from motcua.payments.access import lock_bill
from motcua.payments.actions.entries import Scribe
from motcua.payments.actions.receipts import cancel_receipts
from motcua.payments.actions.shifts import paying_shift
from motcua.payments.models import Bill, BillLine, Entry, Shift
from motcua.payments.queries.standing import left_of_line, owed_by_kind, standing_of_bill
from motcua.payments.rules.ledger import dong, refund_problems
from motcua.payments.terms import EntryKind, FeeKind, Method


@dataclass(frozen=True, slots=True)
class Refund:
    """To whom and how money goes back; cash comes out of the drawer of the desk, else account and bank are needed."""

    to_name: str
    reason: str
    method: Method = Method.CASH
    account: str = ""
    bank: str = ""


@transaction.atomic
def waive(*, actor: Actor, bill_id: int, line_id: int, amount: int, ground: str, basis: str, at: datetime) -> Entry:
    """Miễn, giảm: the whole or a part of one line, on a legal basis. Raises Invalid, NotFound."""
    bill = lock_bill(bill_id)
    line = _line_of(bill, line_id)
    problems = _missing(reason=(ground, "Hãy ghi lý do miễn, giảm."), basis=(basis, "Hãy ghi căn cứ miễn, giảm."))
    left = left_of_line(line)
    if not 0 < amount <= left:
        problems.append(Problem("amount", f"Số tiền miễn, giảm phải từ 1 đến {dong(left)}.", "amount"))
    if problems:
        raise Invalid(problems)
    entry = Scribe(bill, actor, at).write(
        EntryKind.WAIVED, -amount, fee_kind=line.kind, when=line.when, line=line, reason=ground, basis=basis
    )
    data = {"code": bill.subject_code, "name": line.name, "amount": amount, "reason": ground, "basis": basis}
    record(actor, "payment.waived", bill, at=at, data=data)
    return entry


@transaction.atomic
def cancel_line(*, actor: Actor, bill_id: int, line_id: int, reason: str, at: datetime) -> Entry:
    """Hủy khoản thu: a line charged by mistake is no longer due. Raises Invalid, NotFound, RuleBroken."""
    bill = lock_bill(bill_id)
    line = _line_of(bill, line_id)
    if problems := _missing(reason=(reason, "Hãy ghi lý do hủy khoản thu.")):
        raise Invalid(problems)
    left = left_of_line(line)
    if not left:
        raise RuleBroken(Problem("cancelled_already", "Khoản thu này không còn gì để hủy."))
    entry = Scribe(bill, actor, at).write(
        EntryKind.CANCELLED, -left, fee_kind=line.kind, when=line.when, line=line, reason=reason
    )
    data = {"code": bill.subject_code, "name": line.name, "amount": left, "reason": reason}
    record(actor, "payment.cancelled", bill, at=at, data=data)
    return entry


@transaction.atomic
def refund(*, actor: Actor, bill_id: int, desk_id: int, amount: int, refunded: Refund, at: datetime) -> list[Entry]:
    """Hoàn tiền: give back what was paid beyond what is due, to a named person, with a reason.

    What is still due is cancelled or waived first. Raises Invalid with every problem.
    """
    bill = lock_bill(bill_id)
    problems = refund_problems(amount, standing_of_bill(bill))
    problems += _missing(to_name=(refunded.to_name, "Hãy ghi người nhận tiền hoàn."))
    problems += _missing(reason=(refunded.reason, "Hãy ghi lý do hoàn tiền."))
    if refunded.method != Method.CASH:
        problems += _missing(account=(refunded.account, "Hãy ghi số tài khoản nhận tiền hoàn."))
    if problems:
        raise Invalid(problems)
    shift = paying_shift(actor, desk_id, amount, at) if refunded.method == Method.CASH else None
    details = {
        "to_name": refunded.to_name,
        "account": refunded.account,
        "bank": refunded.bank,
        "method": refunded.method.value,
    }
    scribe = Scribe(bill, actor, at)
    written = [
        scribe.write(
            EntryKind.REFUNDED,
            part,
            fee_kind=kind,
            shift=shift,
            reason=refunded.reason,
            details=details,
            is_excess=is_excess,
        )
        for kind, part, is_excess in _parts_back(bill, amount)
    ]
    data = {"code": bill.subject_code, "amount": amount, "reason": refunded.reason, "to_name": refunded.to_name}
    record(actor, "payment.refunded", bill, at=at, data=data)
    return written


@transaction.atomic
def reverse_entry(*, actor: Actor, bill_id: int, desk_id: int, entry_id: int, reason: str, at: datetime) -> list[Entry]:
    """Bút toán ngược: answer a wrong entry with its opposite; one of a payment answers the whole payment.

    The payment's receipts are marked cancelled; cash goes back through the drawer of whoever corrects it. What is
    due is not countered but cancelled with its line. Raises Invalid (also when the drawer does not hold the money),
    NotFound, RuleBroken.
    """
    bill = lock_bill(bill_id)
    if problems := _missing(reason=(reason, "Hãy ghi lý do sửa bút toán.")):
        raise Invalid(problems)
    wrong = Entry.objects.filter(bill=bill, pk=entry_id).first()
    if wrong is None:
        raise NotFound(Problem("no_entry", "Không tìm thấy bút toán này."))
    if wrong.kind in {EntryKind.DUE, EntryKind.CANCELLED, EntryKind.COUNTER}:
        raise RuleBroken(Problem("not_counterable", "Bút toán này không sửa bằng bút toán ngược; hãy hủy khoản thu."))
    if Entry.objects.filter(counters=wrong).exists():
        raise RuleBroken(Problem("countered_already", "Bút toán này đã được sửa."))
    together = list(Entry.objects.filter(payment=wrong.payment)) if wrong.payment_id else [wrong]
    scribe = Scribe(bill, actor, at)
    out = -sum(one.amount for one in together if one.shift_id)
    shift = paying_shift(actor, desk_id, out, at) if any(one.shift_id for one in together) else None
    written = [_opposite(scribe, one, shift, reason) for one in together]
    if wrong.payment is not None:
        cancel_receipts(actor, wrong.payment, reason=reason, at=at)
    data = {"code": bill.subject_code, "amount": sum(one.amount for one in written), "reason": reason}
    record(actor, "payment.countered", bill, at=at, data=data)
    return written


def _opposite(scribe: Scribe, wrong: Entry, shift: Shift | None, reason: str) -> Entry:
    return scribe.write(
        EntryKind.COUNTER,
        -wrong.amount,
        fee_kind=wrong.fee_kind,
        when=wrong.when,
        line=wrong.line,
        payment=wrong.payment,
        counters=wrong,
        shift=shift if wrong.shift_id else None,
        reason=reason,
        details=wrong.details,
        is_excess=wrong.is_excess,
    )


def _parts_back(bill: Bill, amount: int) -> list[tuple[FeeKind, int, bool]]:
    """What was too much goes back first (marked so, under the kind it came as), then what is overpaid of a kind."""
    too_much = [(kind, -owed, True) for kind, owed in owed_by_kind(bill, excess=True).items()]
    overpaid = [(kind, -owed, False) for kind, owed in owed_by_kind(bill).items()]
    parts, left = [], amount
    for kind, most, is_excess in (*too_much, *overpaid):
        part = min(left, max(most, 0))
        if part:
            parts.append((kind, part, is_excess))
            left -= part
    return parts


def _line_of(bill: Bill, line_id: int) -> BillLine:
    found = BillLine.objects.filter(bill=bill, pk=line_id).first()
    if found is None:
        raise NotFound(Problem("no_line", "Không tìm thấy khoản thu này."))
    return found


def _missing(**said: tuple[str, str]) -> list[Problem]:
    return [Problem("required", message, field) for field, (value, message) in said.items() if not value]
