"""Who hears of sheets, notices and payments."""

from datetime import datetime

from motcua.agencies.terms import Right
from motcua.dossiers.handlers.telling import News, dossier_of, tell_applicants, tell_officers
from motcua.identity.queries import holders_of
from motcua.land import events
from motcua.land.models import TaxNotice, TaxPayment, TransferSheet
from motcua.land.terms import SheetState
from motcua.notifications.terms import NoticeKind


def on_sheet_sent(event: events.TransferSheetSent, at: datetime) -> None:
    """A sheet waits at the tax office."""
    sheet = TransferSheet.objects.select_related("from_unit").get(pk=event.sheet_id)
    lines = (f"{sheet.from_unit.name} chuyển phiếu số {sheet.code} để xác định nghĩa vụ tài chính.",)
    work = News(kind=NoticeKind.WORK, subject=f"Phiếu chuyển chờ xử lý: hồ sơ {event.code}", lines=lines)
    tell_officers([one.pk for one in holders_of(Right.HANDLE, sheet.tax_unit_id, on=at)], work, event, at)


def on_sheet_answered(event: events.TransferSheetAnswered, at: datetime) -> None:
    """The tax office answered: the land officer works on, the citizen reads what is due by each notice."""
    sheet = TransferSheet.objects.select_related("tax_unit").get(pk=event.sheet_id)
    said = SheetState(event.state).label
    lines = (f"Phiếu chuyển số {sheet.code}: {said.lower()}.", sheet.note)
    work = News(kind=NoticeKind.WORK, subject=f"{said}: hồ sơ {event.code}", lines=lines)
    tell_officers([sheet.sent_by_id], work, event, at)
    notices = TaxNotice.objects.filter(sheet=sheet).order_by("pk")
    if event.state == SheetState.ANSWERED:
        due = tuple(
            f"{one.item_name}: {_money(one.amount)}, thông báo số {one.number} ngày {one.issued_on:%d/%m/%Y}, "
            f"hạn nộp {one.pay_until:%d/%m/%Y}."
            for one in notices
        )
        where = "Nộp tại bưu điện, tại nhà khi nhân viên bưu chính đến, qua ngân hàng hoặc Cổng dịch vụ công."
        news = News(
            kind=NoticeKind.ACTION,
            subject=f"{sheet.tax_unit.name} đã ra thông báo – hồ sơ {event.code}",
            lines=(*due, where),
        )
        tell_applicants(dossier_of(event), news, event, at)


def on_tax_paid(event: events.TaxPaid, at: datetime) -> None:
    """Money came: the citizen has it in writing."""
    payment = TaxPayment.objects.select_related("notice").prefetch_related("notice__payments").get(pk=event.payment_id)
    notice = payment.notice
    rest = f"Còn phải nộp: {_money(notice.owed)}." if notice.owed else "Đã nộp đủ theo thông báo này."
    lines = (
        f"Đã nộp {_money(payment.amount)} cho {notice.item_name}, thông báo số {notice.number}.",
        f"Chứng từ số {payment.proof_number} ngày {payment.proof_on:%d/%m/%Y}. {rest}",
    )
    news = News(kind=NoticeKind.INFORMATION, subject=f"Đã nhận tiền thuế – hồ sơ {event.code}", lines=lines)
    tell_applicants(dossier_of(event), news, event, at)


def _money(amount: int) -> str:
    return f"{amount:,}".replace(",", ".") + " đồng"
