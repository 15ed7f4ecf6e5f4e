"""Thu thuế tại nhà, tại bưu điện; ghi nhận nộp nơi khác."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from motcua.agencies.queries import unit as unit_by_id
from motcua.deadlines.terms import VIET_NAM
from motcua.dossiers.actions.fulfil_obligation import fulfil_obligation
from motcua.dossiers.models import Dossier
from motcua.dossiers.rules.causes import Proof
from motcua.dossiers.terms import Status
from motcua.identity.terms import Actor
from motcua.journal.actions import emit, record
from motcua.kernel.errors import Invalid, NotFound, NotPermitted, Problem, RuleBroken
from motcua.kernel.inserting import insert
from motcua.kernel.text import clean
from motcua.land.access import in_name_of, may_note_payment
from motcua.land.events import TaxPaid
from motcua.land.models import TaxNotice, TaxPayment
from motcua.land.terms import PaidBy
from motcua.postal.access import need_post
from motcua.postal.actions.money import Payer, take_money
from motcua.postal.models import PostalReceipt
from motcua.postal.rules.money import amount_problems
from motcua.postal.terms import Purpose

_LONGEST = 60


@dataclass(frozen=True, slots=True)
class Voucher:
    """Chứng từ of a payment made at a bank, the treasury or the national portal."""

    number: str
    on: date | None


@transaction.atomic
def collect_tax(*, actor: Actor, office_id: int, notice_id: int, amount: int, payer: Payer, at: datetime) -> TaxPayment:
    """Thu thuế: the post clerk takes money for a notice, whole or in part (đồng), and gives a receipt.

    With the last đồng of all notices the dossier's obligation is fulfilled in the same act and its clock runs on.
    """
    need_post(actor, office_id)
    notice = _locked(notice_id)
    if unit_by_id(office_id).path[0] != unit_by_id(notice.sheet.tax_unit_id).path[0]:
        raise NotPermitted(Problem("other_province", "Bưu điện này không thu cho cơ quan thuế của tỉnh khác."))
    if problems := amount_problems(amount, owed=notice.owed):
        raise Invalid(problems)
    receipt = take_money(
        actor,
        notice.dossier,
        office_id=office_id,
        for_unit_id=notice.sheet.tax_unit_id,
        purpose=Purpose.TAX,
        subject=f"{notice.item_name} (tiểu mục {notice.item_code}) theo thông báo số {notice.number}",
        payer=payer,
        amount=amount,
        at=at,
    )
    voucher = Voucher(receipt.code, at.astimezone(VIET_NAM).date())
    return _note(actor, notice, amount, voucher, at=at, receipt=receipt)


@transaction.atomic
def note_payment(*, actor: Actor, notice_id: int, amount: int, voucher: Voucher, at: datetime) -> TaxPayment:
    """Ghi nhận đã nộp nơi khác: tax office or land office have seen the voucher (đồng)."""
    notice = _locked(notice_id)
    if not may_note_payment(actor, notice):
        raise NotPermitted(Problem("not_your_notice", "Việc này do cơ quan thuế hoặc người thụ lý hồ sơ làm."))
    number, today = clean(voucher.number), at.astimezone(VIET_NAM).date()
    problems = amount_problems(amount, owed=notice.owed)
    if not number or len(number) > _LONGEST:
        problems.append(Problem("number", "Chưa có số chứng từ, hoặc số dài quá 60 ký tự.", "number"))
    if voucher.on is None or voucher.on > today:
        problems.append(Problem("on", "Ngày chứng từ còn trống hoặc ở tương lai.", "on"))
    if problems:
        raise Invalid(problems)
    return _note(actor, notice, amount, Voucher(number, voucher.on), at=at)


def _locked(notice_id: int) -> TaxNotice:
    """The notice, its dossier's row locked first: two payments at once wait for each other."""
    found = TaxNotice.objects.filter(pk=notice_id).first()
    if found is None:
        raise NotFound(Problem("no_notice", "Không tìm thấy thông báo này."))
    dossier = Dossier.objects.select_for_update().get(pk=found.dossier_id)
    if dossier.status != Status.OBLIGATION_REQUESTED:
        message = f"Hồ sơ đang ở trạng thái «{Status(dossier.status).label}», không chờ nộp tiền."
        raise RuleBroken(Problem("nothing_awaited", message))
    return TaxNotice.objects.select_related("sheet", "dossier").get(pk=notice_id)


def _note(
    actor: Actor,
    notice: TaxNotice,
    amount: int,
    voucher: Voucher,
    *,
    at: datetime,
    receipt: PostalReceipt | None = None,
) -> TaxPayment:
    payment = TaxPayment(
        notice=notice,
        paid_by=PaidBy.POST if receipt else PaidBy.OTHER,
        amount=amount,
        proof_number=voucher.number,
        proof_on=voucher.on or at.astimezone(VIET_NAM).date(),
        receipt=receipt,
        noted_at=at,
        noted_by_id=actor.known_id,
        noted_by_name=actor.name,
    )
    insert(payment)
    code = notice.dossier.code
    emit(TaxPaid(dossier_id=notice.dossier_id, code=code, payment_id=payment.pk), at=at)
    data = {"code": code, "notice": notice.number, "amount": amount, "voucher": voucher.number}
    record(actor, "land.tax_paid", payment, at=at, data=data, is_new=True)
    _fulfil_when_paid(actor, notice.sheet_id, notice.dossier_id, at)
    return payment


def _fulfil_when_paid(actor: Actor, sheet_id: int, dossier_id: int, at: datetime) -> None:
    notices = list(TaxNotice.objects.filter(sheet_id=sheet_id).prefetch_related("payments"))
    if any(one.owed for one in notices):
        return
    payments = [payment for one in notices for payment in one.payments.all()]
    proof = Proof(
        number=", ".join(dict.fromkeys(one.proof_number for one in payments)),
        on=max(one.proof_on for one in payments),
        amount=sum(one.amount for one in payments),
    )
    fulfil_obligation(actor=in_name_of(actor), dossier_id=dossier_id, at=at, proof=proof)
