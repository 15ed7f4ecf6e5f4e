"""Who is told what of money."""

from datetime import datetime
from typing import ClassVar

from motcua.agencies.terms import Right
from motcua.dossiers import events_money as events
from motcua.dossiers.actions.charging import KIND
from motcua.dossiers.events import DossierEvent
from motcua.dossiers.handlers.telling import (
    News,
    dossier_of,
    procedure_words,
    tell_applicants,
    tell_unit,
    work_news,
)
from motcua.notifications.terms import NoticeKind
from motcua.payments.events import PaymentBooked, PaymentFlagged
from motcua.payments.rules.ledger import dong
from motcua.payments.terms import Method


def on_payment_requested(event: events.PaymentRequested, at: datetime) -> None:
    """The applicant is asked to pay: how much, for what, how."""
    dossier = dossier_of(event)
    news = News(
        kind=NoticeKind.ACTION,
        subject=f"Cần nộp {dong(event.owed)} cho hồ sơ {event.code}",
        lines=(
            f"Hồ sơ {procedure_words(dossier)} còn phải nộp {dong(event.owed)} phí, lệ phí.",
            "Ông/bà mở trang của hồ sơ để quét mã VietQR, hoặc nộp tiền mặt tại quầy.",
            f"Nơi thu tiền mặt: {dossier.desk.name}.",
        ),
        short=f"Hồ sơ {event.code}: cần nộp {dong(event.owed)}. Xem cách nộp:",
    )
    tell_applicants(dossier, news, event, at)


def on_payment_booked(event: PaymentBooked, at: datetime) -> None:
    """Money came by bank, platform or post: a confirmation; work to the desk when it is too much."""
    if event.subject_kind != KIND:
        return
    about = _About(dossier_id=event.subject_id, code=event.code)
    dossier = dossier_of(about)
    left = f"Còn phải nộp {dong(event.owed)}." if event.owed else "Hồ sơ không còn khoản phải nộp."
    news = News(
        kind=NoticeKind.INFORMATION,
        subject=f"Đã nhận {dong(event.amount)} cho hồ sơ {event.code}",
        lines=(
            f"Cơ quan đã nhận {dong(event.amount)} ({Method(event.method).label.lower()}).",
            f"Ông/bà nộp thừa {dong(event.excess)}; cơ quan sẽ liên hệ để hoàn lại." if event.excess else left,
            "Biên lai có tại trang của hồ sơ.",
        ),
    )
    tell_applicants(dossier, news, about, at)
    if event.excess:
        detail = f"Người nộp đã nộp thừa {dong(event.excess)}; hãy hoàn lại."
        tell_unit(dossier.desk_id, Right.RECEIVE, work_news(about, "Nộp thừa", dossier, detail), about, at)


def on_payment_flagged(event: PaymentFlagged, at: datetime) -> None:
    """The platform reports another sum: the desk looks into it."""
    if event.subject_kind != KIND:
        return
    about = _Flagged(dossier_id=event.subject_id, code=event.code)
    dossier = dossier_of(about)
    detail = f"Nền tảng báo {dong(event.reported)}, phải nộp {dong(event.asked)}; chưa ghi nhận, hãy đối chiếu."
    tell_unit(dossier.desk_id, Right.RECEIVE, work_news(about, "Số tiền không khớp", dossier, detail), about, at)


class _About(DossierEvent):
    """A payment as an event of its dossier."""

    name: ClassVar[str] = "payment.booked"


class _Flagged(DossierEvent):
    """A flagged payment as an event of its dossier."""

    name: ClassVar[str] = "payment.flagged"
