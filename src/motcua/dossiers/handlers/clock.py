"""Who is told what about the time of a dossier, about money owed, about endings and new beginnings.

Each handler gets (event, at) at least once and may be called twice.
"""

from datetime import datetime

from motcua.agencies.terms import Right
from motcua.dossiers import events_clock as events
from motcua.dossiers.handlers.telling import (
    News,
    ask_words,
    dossier_of,
    moment_words,
    procedure_words,
    tell_applicants,
    tell_officers,
    tell_unit,
    tell_whoever_has_it,
    work_news,
)
from motcua.dossiers.models import Dossier, Obligation
from motcua.dossiers.papers.compose import money
from motcua.dossiers.rules.causes import pause_words
from motcua.dossiers.terms import SuspensionKind
from motcua.identity.queries import holders_of
from motcua.notifications.terms import NoticeKind


def on_suspended(event: events.DossierSuspended, at: datetime) -> None:
    """The clock stands still: why, on which legal basis, and that the due moment will move."""
    dossier = dossier_of(event)
    news = News(
        kind=NoticeKind.INFORMATION,
        subject=f"Tạm dừng tính thời hạn hồ sơ {event.code}",
        lines=(
            f"Hồ sơ {procedure_words(dossier)} tạm dừng tính thời hạn để {pause_words(event.kind)}.",
            f"Lý do: {_sentence(event.reason)}",
            f"Căn cứ: {_sentence(event.basis)}",
            "Ngày hẹn trả sẽ lùi lại đúng bằng thời gian tạm dừng; ông/bà sẽ được báo ngày hẹn mới.",
            ask_words(dossier),
        ),
    )
    tell_applicants(dossier, news, event, at)
    detail = f"Tạm dừng: {SuspensionKind(event.kind).label.lower()}. {_sentence(event.reason)}"
    tell_whoever_has_it(dossier, dossier.unit_id, work_news(event, "Tạm dừng thời hạn", dossier, detail), event, at)


def on_resumed(event: events.DossierResumed, at: datetime) -> None:
    """The clock runs on: the new due moment, and work to whoever has the dossier."""
    dossier = dossier_of(event)
    due = f"Hẹn trả kết quả: {moment_words(event.due_at)}."
    news = News(
        kind=NoticeKind.INFORMATION,
        subject=f"Tiếp tục giải quyết hồ sơ {event.code}",
        lines=(f"Hồ sơ {procedure_words(dossier)} tiếp tục được giải quyết sau khi tạm dừng.", due),
    )
    tell_applicants(dossier, news, event, at)
    tell_whoever_has_it(dossier, event.unit_id, work_news(event, "Tiếp tục xử lý", dossier, due), event, at)


def on_obligation_requested(event: events.ObligationRequested, at: datetime) -> None:
    """The applicant must pay: what, how much, by which notice, until when, where."""
    dossier, one = dossier_of(event), Obligation.objects.get(dossier_id=event.dossier_id, number=event.number)
    until = f"Hạn nộp: hết ngày {one.pay_until:%d/%m/%Y}." if one.pay_until else ""
    news = News(
        kind=NoticeKind.ACTION,
        subject=f"Cần nộp {money(one.amount)} cho hồ sơ {event.code}",
        lines=(
            f"Hồ sơ {procedure_words(dossier)} cần thực hiện nghĩa vụ tài chính:",
            f"{one.title}: {money(one.amount)}, theo thông báo số {one.notice_number} ngày {one.notice_on:%d/%m/%Y}.",
            until,
            f"Nơi nộp: {_sentence(one.pay_at)}" if one.pay_at else "",
            "Nộp xong, hãy giữ chứng từ và gửi cho nơi tiếp nhận. Thời gian chờ nộp không tính vào thời hạn.",
            ask_words(dossier),
        ),
        short=f"Hồ sơ {event.code} cần nộp {money(one.amount)}. {until}",
    )
    tell_applicants(dossier, news, event, at)


def on_obligation_fulfilled(event: events.ObligationFulfilled, at: datetime) -> None:
    """The money is there: thanks, the new due moment, and work to whoever has the dossier."""
    dossier, one = dossier_of(event), Obligation.objects.get(dossier_id=event.dossier_id, number=event.number)
    due = f"Hẹn trả kết quả: {moment_words(one.due_after)}." if one.due_after else ""
    news = News(
        kind=NoticeKind.INFORMATION,
        subject=f"Đã xác nhận nghĩa vụ tài chính của hồ sơ {event.code}",
        lines=(
            f"Cơ quan đã xác nhận khoản {one.title} của hồ sơ {procedure_words(dossier)}.",
            f"Chứng từ nộp tiền: số {one.proof_number}.",
            due,
        ),
    )
    tell_applicants(dossier, news, event, at)
    detail = f"Chứng từ số {one.proof_number}, {money(one.paid_amount or 0)}. {due}".strip()
    tell_whoever_has_it(dossier, event.unit_id, work_news(event, "Đã nộp tiền", dossier, detail), event, at)


def on_apology_drafted(event: events.ApologyDrafted, at: datetime) -> None:
    """A letter of apology waits for the head of the agency."""
    dossier = dossier_of(event)
    apology = dossier.apologies.get(number=event.number)
    how = "Không còn gia hạn được: văn bản xin lỗi nêu lý do và ngày cơ quan hứa trả."
    if apology.extends:
        how = "Ký chậm nhất một ngày trước ngày này thì gia hạn được."
    detail = f"Hẹn trả: {moment_words(apology.due_before)}. {how}"
    work = work_news(event, "Chờ ký văn bản xin lỗi", dossier, detail)
    tell_unit(dossier.agency_id, Right.LEAD_AGENCY, work, event, at)


def on_extended(event: events.DossierExtended, at: datetime) -> None:
    """The agency says sorry and names the new day."""
    dossier = dossier_of(event)
    due = moment_words(event.due_at)
    news = News(
        kind=NoticeKind.INFORMATION,
        subject=f"Xin lỗi và hẹn lại ngày trả hồ sơ {event.code}",
        lines=(
            f"Cơ quan xin lỗi ông/bà vì chưa thể trả kết quả hồ sơ {procedure_words(dossier)} như đã hẹn.",
            f"Hẹn trả trước đây: {moment_words(event.due_before)}.",
            f"Lý do: {_sentence(event.cause)}",
            f"Hẹn trả mới: {due}.",
            "Văn bản xin lỗi nằm trong trang của hồ sơ.",
            ask_words(dossier),
        ),
        short=f"Xin lỗi ông/bà, hồ sơ {event.code} hẹn trả lại lúc {due}.",
    )
    tell_applicants(dossier, news, event, at)
    work = work_news(event, "Đã gia hạn", dossier, f"Hẹn trả mới: {due}.")
    tell_whoever_has_it(dossier, dossier.unit_id, work, event, at)


def on_apologised(event: events.DossierApologised, at: datetime) -> None:
    """The agency is late, says sorry and promises a day."""
    dossier = dossier_of(event)
    promised = moment_words(event.promised_at)
    news = News(
        kind=NoticeKind.INFORMATION,
        subject=f"Xin lỗi vì trễ hạn hồ sơ {event.code}",
        lines=(
            f"Cơ quan xin lỗi ông/bà vì hồ sơ {procedure_words(dossier)} trễ hẹn.",
            f"Hẹn trả: {moment_words(event.due_at)}. Lý do trễ: {_sentence(event.cause)}",
            f"Cơ quan sẽ trả kết quả chậm nhất lúc {promised}.",
            "Văn bản xin lỗi nằm trong trang của hồ sơ.",
            ask_words(dossier),
        ),
        short=f"Xin lỗi ông/bà, hồ sơ {event.code} trễ hẹn, sẽ trả chậm nhất {promised}.",
    )
    tell_applicants(dossier, news, event, at)
    work = work_news(event, "Đã xin lỗi vì trễ", dossier, f"Đã hứa trả chậm nhất {promised}.")
    tell_whoever_has_it(dossier, dossier.unit_id, work, event, at)


def on_stopped(event: events.DossierStopped, at: datetime) -> None:
    """The dossier ends without a result: why, what becomes of money and papers, how to begin anew."""
    dossier = dossier_of(event)
    news = News(
        kind=NoticeKind.OUTCOME,
        subject=f"Dừng giải quyết hồ sơ {event.code}",
        lines=(
            f"Cơ quan dừng giải quyết hồ sơ {procedure_words(dossier)}. {_sentence(event.ground)}",
            f"Phí, lệ phí đã nộp: {_sentence(event.fees)}",
            f"Giấy tờ trả lại: {_sentence(event.papers)}",
            "Ông/bà có thể nộp lại từ hồ sơ này, không phải kê khai lại từ đầu.",
            ask_words(dossier),
        ),
        short=f"Hồ sơ {event.code} dừng giải quyết; xem lý do trong trang của hồ sơ.",
    )
    tell_applicants(dossier, news, event, at)
    work = work_news(event, "Đã dừng", dossier, "Hồ sơ dừng giải quyết; không xử lý tiếp.")
    if event.account_id is not None:
        tell_officers([event.account_id], work, event, at)
    else:
        tell_whoever_has_it(dossier, event.unit_id, work, event, at)


def on_result_recalled(event: events.ResultRecalled, at: datetime) -> None:
    """The result is taken back: by which decision and why; word to the desk that gave it out."""
    dossier = dossier_of(event)
    decision = f"Quyết định số {event.decision_number} ngày {event.decided_on:%d/%m/%Y}."
    news = News(
        kind=NoticeKind.ACTION,
        subject=f"Thu hồi kết quả hồ sơ {event.code}",
        lines=(
            f"Cơ quan thu hồi kết quả đã trả của hồ sơ {procedure_words(dossier)}. {decision}",
            f"Lý do: {_sentence(event.reason)}",
            f"Ông/bà hãy nộp lại bản đã nhận tại {dossier.desk.name}. Cơ quan sẽ báo bước tiếp theo.",
            ask_words(dossier),
        ),
        short=f"Kết quả hồ sơ {event.code} bị thu hồi. Mời nộp lại bản đã nhận tại nơi trả kết quả.",
    )
    tell_applicants(dossier, news, event, at)
    work = work_news(event, "Thu hồi kết quả", dossier, f"{decision} {_sentence(event.reason)}")
    tell_unit(dossier.delivery_desk_id, Right.RECEIVE, work, event, at)


def on_reopened(event: events.DossierReopened, at: datetime) -> None:
    """The dossier is solved anew: by which decision, why, until when; work to whoever has it now."""
    dossier = dossier_of(event)
    decision = f"Quyết định số {event.decision_number} ngày {event.decided_on:%d/%m/%Y}"
    due = f"Hẹn trả kết quả: {moment_words(event.due_at)}."
    news = News(
        kind=NoticeKind.INFORMATION,
        subject=f"Giải quyết lại hồ sơ {event.code}",
        lines=(
            f"Hồ sơ {procedure_words(dossier)} được giải quyết lại theo {decision}.",
            f"Lý do: {_sentence(event.reason)}",
            due,
            ask_words(dossier),
        ),
        short=f"Hồ sơ {event.code} được giải quyết lại. {due}",
    )
    tell_applicants(dossier, news, event, at)
    detail = f"{decision}: {_sentence(event.reason)} {due}"
    _tell_holder_or_heads(dossier, event, work_news(event, "Giải quyết lại", dossier, detail), at)


def on_renewed(event: events.DossierRenewed, at: datetime) -> None:
    """A new dossier continues the ended one: its code to the applicants."""
    dossier = dossier_of(event)
    news = News(
        kind=NoticeKind.INFORMATION,
        subject=f"Hồ sơ {event.successor_code} nối tiếp hồ sơ {event.code}",
        lines=(
            f"Hồ sơ mới {event.successor_code} được lập từ hồ sơ {procedure_words(dossier)}.",
            "Giấy tờ và thông tin của hồ sơ cũ được dùng lại. Hãy theo dõi hồ sơ theo mã mới.",
        ),
    )
    tell_applicants(dossier, news, event, at)


def _tell_holder_or_heads(dossier: Dossier, event: events.DossierReopened, work: News, at: datetime) -> None:
    """Whoever solved it before, and the head of their unit, who may give it to somebody else."""
    tell_whoever_has_it(dossier, event.unit_id, work, event, at)
    heads = [one.pk for one in holders_of(Right.LEAD_DIVISION, event.unit_id, on=at)]
    tell_officers([pk for pk in heads if pk != dossier.holder_id], work, event, at)


def _sentence(text: str) -> str:
    return f"{text.rstrip('.')}." if text else ""
