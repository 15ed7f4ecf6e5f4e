"""Who is told what when units work on a dossier together. Each handler may be called twice."""

from datetime import datetime

from motcua.agencies.queries import unit as unit_by_id
from motcua.agencies.terms import Right
from motcua.dossiers import events_exchange as events
from motcua.dossiers.handlers.telling import (
    MOST_TOLD,
    News,
    ask_words,
    dossier_of,
    moment_words,
    procedure_words,
    step_due_words,
    tell_applicants,
    tell_officers,
    tell_unit,
    tell_whoever_has_it,
    work_news,
)
from motcua.dossiers.models import Consultation, Correction, Dossier
from motcua.dossiers.rules.corrections import label_of
from motcua.dossiers.terms import Opinion
from motcua.identity.queries import holders_of
from motcua.notifications.terms import NoticeKind

_ANSWERING = (Right.HANDLE, Right.LEAD_DIVISION, Right.LEAD_AGENCY)


def on_opinion_asked(event: events.OpinionAsked, at: datetime) -> None:
    """Units were asked: each question to those who may answer it."""
    dossier = dossier_of(event)
    for question in Consultation.objects.filter(dossier=dossier, number__in=event.numbers).order_by("number"):
        due = f" Trả lời trước {moment_words(question.answer_due_at)}." if question.answer_due_at else ""
        detail = f"{question.asked_by_name} hỏi: {question.question}{due}"
        work = work_news(event, "Cần trả lời ý kiến", dossier, detail)
        tell_officers(_who_answers(question.unit_id, at), work, event, at)


def on_opinion_given(event: events.OpinionGiven, at: datetime) -> None:
    """A unit answered: to whoever asked and whoever has the dossier; said once more when every answer is in."""
    dossier = dossier_of(event)
    question = Consultation.objects.get(dossier=dossier, number=event.number)
    left = f"Còn {event.open_count} nơi chưa trả lời." if event.open_count else "Đã đủ ý kiến của các nơi được hỏi."
    opinion = Opinion(question.opinion).label.lower()
    detail = f"{unit_by_id(question.unit_id).name} trả lời: {opinion}. {question.answer}\n\n{left}"
    what = "Đã đủ ý kiến" if not event.open_count else "Có ý kiến trả lời"
    news = work_news(event, what, dossier, detail)
    told = {one for one in (question.asked_by_id, dossier.holder_id or question.asked_by_id) if one is not None}
    if told:
        tell_officers(sorted(told), news, event, at)
    else:  # the process asked, and nobody has taken the dossier up yet
        tell_whoever_has_it(dossier, dossier.unit_id, news, event, at)


def on_opinion_cancelled(event: events.OpinionCancelled, at: datetime) -> None:
    """The question was taken back: nobody there need answer."""
    dossier = dossier_of(event)
    work = work_news(event, "Không cần trả lời ý kiến nữa", dossier, "Nơi hỏi đã rút yêu cầu lấy ý kiến.")
    tell_officers(_who_answers(event.unit_id, at), work, event, at)


def on_hand_over_refused(event: events.HandOverRefused, at: datetime) -> None:
    """The other unit would not have it: back to whoever gave it, with the reason."""
    dossier = dossier_of(event)
    work = work_news(event, "Bị từ chối nhận bàn giao", dossier, f"Lý do: {event.reason}")
    if event.account_id is not None:
        tell_officers([event.account_id], work, event, at)
    else:
        tell_whoever_has_it(dossier, event.unit_id, work, event, at)


def on_taken_back(event: events.DossierTakenBack, at: datetime) -> None:
    """What had been given was taken back: word to those to whom it had come."""
    dossier = dossier_of(event)
    work = work_news(event, "Đã thu hồi", dossier, "Nơi chuyển đã thu hồi hồ sơ; đơn vị không phải xử lý.")
    tell_officers(_who_answers(event.unit_id, at), work, event, at)


def on_transferred(event: events.DossierTransferred, at: datetime) -> None:
    """Another division handles it from now on: word to its leaders, and to whoever works at the step."""
    dossier = dossier_of(event)
    detail = f"Lý do chuyển: {event.reason}. {step_due_words(dossier)}".strip()
    work = work_news(event, "Được giao thụ lý", dossier, detail)
    tell_officers(_who_answers(event.unit_id, at), work, event, at)


def on_rebased(event: events.DossierRebased, at: datetime) -> None:
    """It goes on under a newer version of its procedure: word to whoever has it, before they go on with it."""
    dossier = dossier_of(event)
    detail = f"Phiên bản {event.before} → {event.number}. Lý do: {event.reason}. Hãy xem lại giấy tờ và tờ khai."
    work = work_news(event, "Đã chuyển phiên bản thủ tục", dossier, detail)
    tell_whoever_has_it(dossier, dossier.unit_id, work, event, at)


def on_part_opened(event: events.PartOpened, at: datetime) -> None:
    """A part goes to its agency: the applicants hear of it under the code they know."""
    dossier, part = dossier_of(event), _part(event.part_id)
    due = f" Hẹn xong: {moment_words(part.due_at)}." if part.due_at else ""
    news = News(
        kind=NoticeKind.INFORMATION,
        subject=f"Hồ sơ {event.code} được giải quyết liên thông",
        lines=(
            f"Hồ sơ {procedure_words(dossier)} được chuyển đến {part.agency.name} để làm tiếp «{part.procedure.name}».",
            f"Ông/bà không phải nộp thêm hồ sơ.{due}",
            ask_words(dossier),
        ),
    )
    tell_applicants(dossier, news, event, at)


def on_part_finished(event: events.PartFinished, at: datetime) -> None:
    """A part is finished: its result to the officers of the parent, good news to the applicants."""
    dossier, part = dossier_of(event), _part(event.part_id)
    left = f"Còn {event.open_parts} phần chưa xong." if event.open_parts else "Mọi phần liên thông đã xong."
    answer = "Cơ quan trả lời không giải quyết." if event.is_negative else "Đã có kết quả."
    detail = f"«{part.procedure.name}», {part.agency.name} ({event.part_code}): {answer} {left}"
    work = work_news(event, "Có kết quả liên thông", dossier, detail)
    tell_whoever_has_it(dossier, dossier.unit_id, work, event, at)
    news = News(
        kind=NoticeKind.INFORMATION,
        subject=f"Hồ sơ {event.code} đã xong một phần",
        lines=(f"Phần «{part.procedure.name}» của hồ sơ {procedure_words(dossier)}: {answer.lower()} {left}",),
    )
    tell_applicants(dossier, news, event, at)


def on_correction_proposed(event: events.CorrectionProposed, at: datetime) -> None:
    """The desk asks for a correction: to the leaders who decide it."""
    dossier, correction = dossier_of(event), Correction.objects.get(pk=event.correction_id)
    labels = ", ".join(label_of(name, dossier.definition.form) for name in correction.changes)
    detail = f"{correction.proposed_by_name} đề nghị sửa: {labels}. Lý do: {correction.reason}"
    work = work_news(event, "Chờ duyệt đính chính", dossier, detail)
    tell_unit(dossier.handling_unit_id, Right.LEAD_DIVISION, work, event, at)
    tell_unit(dossier.agency_id, Right.LEAD_AGENCY, work, event, at)


def on_correction_decided(event: events.CorrectionDecided, at: datetime) -> None:
    """The leader decided: to whoever proposed it, and to the applicants when something changed."""
    dossier, correction = dossier_of(event), Correction.objects.get(pk=event.correction_id)
    what = "Đã duyệt đính chính" if event.is_approved else "Không duyệt đính chính"
    work = work_news(event, what, dossier, correction.decision_note)
    tell_officers([correction.proposed_by_id], work, event, at)
    if not event.is_approved:
        return
    news = News(
        kind=NoticeKind.INFORMATION,
        subject=f"Đã đính chính thông tin hồ sơ {event.code}",
        lines=(
            f"Thông tin trong hồ sơ {procedure_words(dossier)} đã được đính chính lúc {moment_words(at)}.",
            f"Ông/bà hãy xem lại; nếu chưa đúng, hãy báo cho nơi tiếp nhận. {ask_words(dossier)}",
        ),
    )
    tell_applicants(dossier, news, event, at)


def _who_answers(unit_id: int, at: datetime) -> list[int]:
    found = {account.pk for right in _ANSWERING for account in holders_of(right, unit_id, on=at)}
    return sorted(found)[:MOST_TOLD]


def _part(part_id: int) -> Dossier:
    return Dossier.objects.select_related("procedure", "agency").get(pk=part_id)
