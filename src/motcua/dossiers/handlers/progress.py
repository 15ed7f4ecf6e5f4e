"""Who is told what along the usual way of a dossier: the applicants in plain words, the officers their work.

Each handler gets (event, at) at least once and may be called twice.
"""

from datetime import datetime

from motcua.agencies.terms import Right
from motcua.dossiers import events
from motcua.dossiers.handlers.telling import (
    News,
    ask_words,
    bring_words,
    dossier_of,
    item_words,
    moment_words,
    procedure_words,
    small,
    step_due_words,
    tell_applicants,
    tell_officers,
    tell_unit,
    tell_whoever_has_it,
    waiting_news,
    where_short,
    where_words,
    work_news,
)
from motcua.dossiers.models import Dossier, Result, SupplementRequest
from motcua.notifications.terms import NoticeKind
from motcua.procedures.rules.selection import step_of


def on_submitted(event: events.DossierSubmitted, at: datetime) -> None:
    """A dossier came in and waits: its code to the applicants, work to the desk."""
    dossier = dossier_of(event)
    answer = f"Cơ quan trả lời chậm nhất lúc {moment_words(dossier.answer_due_at)}." if dossier.answer_due_at else ""
    news = News(
        kind=NoticeKind.PROGRESS,
        subject=f"Đã nộp hồ sơ {event.code}",
        lines=(
            f"Hồ sơ {procedure_words(dossier)} đã đến nơi tiếp nhận và chờ kiểm tra.",
            f"Mã hồ sơ: {event.code}. Hãy giữ mã này để tra cứu.",
            f"Nơi tiếp nhận: {dossier.desk.name}. {answer}",
        ),
        short=f"Đã nộp hồ sơ, mã {event.code}. {answer}",
    )
    tell_applicants(dossier, news, event, at)
    work = work_news(event, "Chờ tiếp nhận", dossier, answer.replace("Cơ quan trả lời", "Cần trả lời"))
    tell_unit(event.desk_id, Right.RECEIVE, work, event, at)


def on_received(event: events.DossierReceived, at: datetime) -> None:
    """The desk took the dossier in: due date and where the result will be."""
    dossier = dossier_of(event)
    due = f"Hẹn trả kết quả: {moment_words(event.due_at)}." if event.due_at else "Hồ sơ này không có ngày hẹn trả."
    working = dossier.due_working.get("text", "") if event.due_at else ""
    news = News(
        kind=NoticeKind.PROGRESS,
        subject=f"Hồ sơ {event.code} đã được tiếp nhận",
        lines=(
            f"{dossier.desk.name} đã tiếp nhận hồ sơ {procedure_words(dossier)}.",
            due,
            f"Cách tính: {working}." if working else "",
            where_words(dossier),
        ),
        short=f"Hồ sơ {event.code} đã được tiếp nhận. {due}",
    )
    tell_applicants(dossier, news, event, at)


def on_refused(event: events.DossierRefused, at: datetime) -> None:
    """The desk refused the dossier: the reason and what can be done."""
    dossier = dossier_of(event)
    news = News(
        kind=NoticeKind.ACTION,
        subject=f"Hồ sơ {event.code} không được tiếp nhận",
        lines=(
            f"{dossier.desk.name} không tiếp nhận hồ sơ {procedure_words(dossier)}.",
            f"Lý do:\n{event.reason}",
            "Ông/bà hãy khắc phục theo lý do trên rồi nộp hồ sơ mới.",
            ask_words(dossier),
        ),
        short=f"Hồ sơ {event.code} không được tiếp nhận. Xem lý do và cách làm tiếp:",
    )
    tell_applicants(dossier, news, event, at)


def on_supplement_requested(event: events.SupplementRequested, at: datetime) -> None:
    """Something is missing: every item, and until when."""
    dossier = dossier_of(event)
    request = SupplementRequest.objects.get(dossier_id=event.dossier_id, number=event.number)
    until = f"Hạn bổ sung: hết ngày {request.answer_until:%d/%m/%Y}." if request.answer_until else ""
    items = [f"{place}. {item_words(item)}" for place, item in enumerate(request.items, start=1)]
    news = News(
        kind=NoticeKind.ACTION,
        subject=f"Cần bổ sung hồ sơ {event.code}",
        lines=(
            f"Hồ sơ {procedure_words(dossier)} cần bổ sung:",
            "\n".join(items),
            until,
            f"Ông/bà nộp bổ sung tại trang của hồ sơ hoặc tại {dossier.desk.name}.",
            ask_words(dossier),
        ),
        short=f"Hồ sơ {event.code} cần bổ sung {len(items)} mục. {until}",
    )
    tell_applicants(dossier, news, event, at)


def on_supplemented(event: events.DossierSupplemented, at: datetime) -> None:
    """The applicant answered: a confirmation with the new due date, work to whoever waits for it."""
    dossier = dossier_of(event)
    due = SupplementRequest.objects.get(dossier_id=event.dossier_id, number=event.number).due_after
    news = News(
        kind=NoticeKind.INFORMATION,
        subject=f"Đã nhận bổ sung của hồ sơ {event.code}",
        lines=(
            f"Phần bổ sung lần {event.number} của hồ sơ {procedure_words(dossier)} đã đến nơi xử lý.",
            f"Hẹn trả kết quả: {moment_words(due)}." if due else "",
        ),
    )
    tell_applicants(dossier, news, event, at)
    work = work_news(event, "Đã có bổ sung", dossier, f"Bổ sung lần {event.number}.")
    tell_whoever_has_it(dossier, event.unit_id, work, event, at)


def on_assigned(event: events.DossierAssigned, at: datetime) -> None:
    """A leader gave the dossier to an officer."""
    dossier = dossier_of(event)
    tell_officers([event.account_id], work_news(event, "Được phân công", dossier, step_due_words(dossier)), event, at)


def on_handed_over(event: events.WorkHandedOver, at: datetime) -> None:
    """The dossier passed from one officer to another."""
    dossier = dossier_of(event)
    tell_officers([event.account_id], work_news(event, "Nhận bàn giao", dossier, step_due_words(dossier)), event, at)


def on_forwarded(event: events.DossierForwarded, at: datetime) -> None:
    """The dossier went on: work to those who hold the right of its new step in its new unit."""
    dossier = dossier_of(event)
    step = step_of(dossier.definition, event.step_key)
    work = work_news(event, f"Chờ {small(step.name)}", dossier, step_due_words(dossier))
    tell_unit(event.unit_id, step.right, work, event, at)


def on_appraised(event: events.DossierAppraised, at: datetime) -> None:
    """A draft waits for review or approval."""
    dossier = dossier_of(event)
    detail = f"Dự thảo kết quả số {event.draft_number} đã được trình."
    tell_whoever_has_it(dossier, event.unit_id, waiting_news(event, dossier, detail), event, at)


def on_sent_back(event: events.DossierSentBack, at: datetime) -> None:
    """The dossier came back to an earlier step, with the reason."""
    dossier = dossier_of(event)
    work = work_news(event, "Bị trả lại", dossier, f"Lý do: {event.reason}")
    if event.account_id is not None:
        tell_officers([event.account_id], work, event, at)
    else:
        tell_whoever_has_it(dossier, event.unit_id, work, event, at)


def on_approved(event: events.DossierApproved, at: datetime) -> None:
    """The result is approved: work to those who number and seal it, or the result itself where nobody does."""
    dossier = dossier_of(event)
    tell_whoever_has_it(dossier, event.unit_id, waiting_news(event, dossier, "Kết quả đã được phê duyệt."), event, at)
    if not _is_sealed(dossier):
        _tell_result(dossier, event, at)


def on_rejected(event: events.DossierRejected, at: datetime) -> None:
    """The leader decided against: the refusal is numbered and sealed like any result."""
    dossier = dossier_of(event)
    detail = f"Lãnh đạo không phê duyệt. Lý do: {event.reason}"
    tell_whoever_has_it(dossier, event.unit_id, waiting_news(event, dossier, detail), event, at)
    if not _is_sealed(dossier):
        _tell_result(dossier, event, at)


def on_result_sealed(event: events.ResultSealed, at: datetime) -> None:
    """The result is ready: where to collect it; work to the desk that hands it over."""
    dossier = dossier_of(event)
    _tell_result(dossier, event, at, number=event.result_number)
    work = work_news(event, "Chờ trả kết quả", dossier, f"Kết quả số {event.result_number}.")
    if dossier.parent_id is None:
        tell_unit(dossier.delivery_desk_id, Right.RECEIVE, work, event, at)


def on_result_delivered(event: events.ResultDelivered, at: datetime) -> None:
    """The result is in the applicant's hands: thanks."""
    dossier = dossier_of(event)
    news = News(
        kind=NoticeKind.INFORMATION,
        subject=f"Đã trả kết quả hồ sơ {event.code}",
        lines=(
            f"Kết quả hồ sơ {procedure_words(dossier)} đã được trả lúc {moment_words(at)}.",
            f"Nếu ông/bà chưa nhận được, hãy báo ngay. {ask_words(dossier)}",
            "Cảm ơn ông/bà.",
        ),
    )
    tell_applicants(dossier, news, event, at)


def on_withdrawn(event: events.DossierWithdrawn, at: datetime) -> None:
    """The applicant took the dossier back: a confirmation, and word to whoever was working on it."""
    dossier = dossier_of(event)
    news = News(
        kind=NoticeKind.INFORMATION,
        subject=f"Đã rút hồ sơ {event.code}",
        lines=(
            f"Hồ sơ {procedure_words(dossier)} đã được rút theo yêu cầu lúc {moment_words(at)}.",
            "Cơ quan dừng giải quyết hồ sơ này.",
            f"Nếu ông/bà không yêu cầu rút, hãy báo ngay. {ask_words(dossier)}",
        ),
    )
    tell_applicants(dossier, news, event, at)
    work = work_news(event, "Đã rút", dossier, "Người nộp đã rút hồ sơ; dừng xử lý.")
    if event.account_id is not None:
        tell_officers([event.account_id], work, event, at)
    else:
        tell_whoever_has_it(dossier, event.unit_id, work, event, at)


def on_corrected(event: events.DossierCorrected, at: datetime) -> None:
    """What was typed wrong is put right: the applicants are asked to look."""
    dossier = dossier_of(event)
    news = News(
        kind=NoticeKind.INFORMATION,
        subject=f"Đã đính chính thông tin hồ sơ {event.code}",
        lines=(
            f"Thông tin trong hồ sơ {procedure_words(dossier)} đã được đính chính lúc {moment_words(at)}.",
            f"Ông/bà hãy xem lại; nếu chưa đúng, hãy báo cho nơi tiếp nhận. {ask_words(dossier)}",
        ),
    )
    tell_applicants(dossier, news, event, at)


def _tell_result(dossier: Dossier, event: events.DossierEvent, at: datetime, *, number: str = "") -> None:
    result = Result.objects.get(dossier_id=event.dossier_id)
    answer = (
        "Cơ quan đã có văn bản trả lời không chấp thuận, trong đó nêu rõ lý do."
        if result.is_negative
        else f"Kết quả: {result.name}{f', số {number}' if number else ''}."
    )
    news = News(
        kind=NoticeKind.OUTCOME,
        subject=f"Đã có kết quả hồ sơ {event.code}",
        lines=(
            f"Hồ sơ {procedure_words(dossier)} đã giải quyết xong.",
            answer,
            where_words(dossier),
            bring_words(dossier),
        ),
        short=f"Đã có kết quả hồ sơ {event.code}. {where_short(dossier)}",
    )
    tell_applicants(dossier, news, event, at)


def _is_sealed(dossier: Dossier) -> bool:
    """Whether results of this procedure are numbered and sealed before they are handed over."""
    return any(Right(step.right) == Right.SEAL for step in dossier.definition.steps)
