"""Who is told what when something happened to a dossier: the applicants in plain words, the officers their work.

Each handler gets (event, at) at least once and may be called twice: notices are kept once per key, and the key is
the event, its dossier and its moment.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from django.utils.timezone import localtime

from motcua.agencies.terms import Right
from motcua.dossiers import events
from motcua.dossiers.models import Dossier, Move, Party, Result, SupplementRequest
from motcua.dossiers.terms import ResultChannel, Source
from motcua.identity.queries import holders_of
from motcua.notifications.actions import notify, notify_accounts
from motcua.notifications.terms import NoticeKind, Recipient
from motcua.procedures.rules.selection import step_of

#: A unit-wide notice goes to no more people than this.
MOST_TOLD = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class _News:
    """What is said: `lines` in the notice and the mail, `short` in SMS and Zalo ("" = the subject)."""

    kind: NoticeKind
    subject: str
    lines: tuple[str, ...]
    short: str = ""

    @property
    def body(self) -> str:
        return "\n\n".join(line for line in self.lines if line)


def on_submitted(event: events.DossierSubmitted, at: datetime) -> None:
    """A dossier came in and waits: its code to the applicants, work to the desk."""
    dossier = _dossier(event)
    answer = f"Cơ quan trả lời chậm nhất lúc {_moment(dossier.answer_due_at)}." if dossier.answer_due_at else ""
    news = _News(
        kind=NoticeKind.PROGRESS,
        subject=f"Đã nộp hồ sơ {event.code}",
        lines=(
            f"Hồ sơ {_procedure(dossier)} đã đến nơi tiếp nhận và chờ kiểm tra.",
            f"Mã hồ sơ: {event.code}. Hãy giữ mã này để tra cứu.",
            f"Nơi tiếp nhận: {dossier.desk.name}. {answer}",
        ),
        short=f"Đã nộp hồ sơ, mã {event.code}. {answer}",
    )
    _tell_applicants(dossier, news, event, at)
    work = _work(event, "Chờ tiếp nhận", dossier, answer.replace("Cơ quan trả lời", "Cần trả lời"))
    _tell_unit(event.desk_id, Right.RECEIVE, work, event, at)


def on_received(event: events.DossierReceived, at: datetime) -> None:
    """The desk took the dossier in: due date and where the result will be."""
    dossier = _dossier(event)
    due = f"Hẹn trả kết quả: {_moment(event.due_at)}." if event.due_at else "Hồ sơ này không có ngày hẹn trả."
    working = dossier.due_working.get("text", "") if event.due_at else ""
    news = _News(
        kind=NoticeKind.PROGRESS,
        subject=f"Hồ sơ {event.code} đã được tiếp nhận",
        lines=(
            f"{dossier.desk.name} đã tiếp nhận hồ sơ {_procedure(dossier)}.",
            due,
            f"Cách tính: {working}." if working else "",
            _where(dossier),
        ),
        short=f"Hồ sơ {event.code} đã được tiếp nhận. {due}",
    )
    _tell_applicants(dossier, news, event, at)


def on_refused(event: events.DossierRefused, at: datetime) -> None:
    """The desk refused the dossier: the reason and what can be done."""
    dossier = _dossier(event)
    news = _News(
        kind=NoticeKind.ACTION,
        subject=f"Hồ sơ {event.code} không được tiếp nhận",
        lines=(
            f"{dossier.desk.name} không tiếp nhận hồ sơ {_procedure(dossier)}.",
            f"Lý do:\n{event.reason}",
            "Ông/bà hãy khắc phục theo lý do trên rồi nộp hồ sơ mới.",
            _ask(dossier),
        ),
        short=f"Hồ sơ {event.code} không được tiếp nhận. Xem lý do và cách làm tiếp:",
    )
    _tell_applicants(dossier, news, event, at)


def on_supplement_requested(event: events.SupplementRequested, at: datetime) -> None:
    """Something is missing: every item, and until when."""
    dossier = _dossier(event)
    request = SupplementRequest.objects.get(dossier_id=event.dossier_id, number=event.number)
    until = f"Hạn bổ sung: hết ngày {request.answer_until:%d/%m/%Y}." if request.answer_until else ""
    items = [f"{place}. {_item(item)}" for place, item in enumerate(request.items, start=1)]
    news = _News(
        kind=NoticeKind.ACTION,
        subject=f"Cần bổ sung hồ sơ {event.code}",
        lines=(
            f"Hồ sơ {_procedure(dossier)} cần bổ sung:",
            "\n".join(items),
            until,
            f"Ông/bà nộp bổ sung tại trang của hồ sơ hoặc tại {dossier.desk.name}.",
            _ask(dossier),
        ),
        short=f"Hồ sơ {event.code} cần bổ sung {len(items)} mục. {until}",
    )
    _tell_applicants(dossier, news, event, at)


def on_supplemented(event: events.DossierSupplemented, at: datetime) -> None:
    """The applicant answered: a confirmation with the new due date, work to whoever waits for it."""
    dossier = _dossier(event)
    due = SupplementRequest.objects.get(dossier_id=event.dossier_id, number=event.number).due_after
    news = _News(
        kind=NoticeKind.INFORMATION,
        subject=f"Đã nhận bổ sung của hồ sơ {event.code}",
        lines=(
            f"Phần bổ sung lần {event.number} của hồ sơ {_procedure(dossier)} đã đến nơi xử lý.",
            f"Hẹn trả kết quả: {_moment(due)}." if due else "",
        ),
    )
    _tell_applicants(dossier, news, event, at)
    work = _work(event, "Đã có bổ sung", dossier, f"Bổ sung lần {event.number}.")
    _tell_whoever_has_it(dossier, event.unit_id, work, event, at)


def on_assigned(event: events.DossierAssigned, at: datetime) -> None:
    """A leader gave the dossier to an officer."""
    dossier = _dossier(event)
    _tell_officers([event.account_id], _work(event, "Được phân công", dossier, _step_due(dossier)), event, at)


def on_handed_over(event: events.WorkHandedOver, at: datetime) -> None:
    """The dossier passed from one officer to another."""
    dossier = _dossier(event)
    _tell_officers([event.account_id], _work(event, "Nhận bàn giao", dossier, _step_due(dossier)), event, at)


def on_forwarded(event: events.DossierForwarded, at: datetime) -> None:
    """The dossier went on: work to those who hold the right of its new step in its new unit."""
    dossier = _dossier(event)
    step = step_of(dossier.definition, event.step_key)
    work = _work(event, f"Chờ {_small(step.name)}", dossier, _step_due(dossier))
    _tell_unit(event.unit_id, step.right, work, event, at)


def on_appraised(event: events.DossierAppraised, at: datetime) -> None:
    """A draft waits for review or approval."""
    dossier = _dossier(event)
    detail = f"Dự thảo kết quả số {event.draft_number} đã được trình."
    _tell_whoever_has_it(dossier, event.unit_id, _waiting(event, dossier, detail), event, at)


def on_sent_back(event: events.DossierSentBack, at: datetime) -> None:
    """The dossier came back to an earlier step, with the reason."""
    dossier = _dossier(event)
    work = _work(event, "Bị trả lại", dossier, f"Lý do: {event.reason}")
    if event.account_id is not None:
        _tell_officers([event.account_id], work, event, at)
    else:
        _tell_whoever_has_it(dossier, event.unit_id, work, event, at)


def on_approved(event: events.DossierApproved, at: datetime) -> None:
    """The result is approved: work to those who number and seal it, or the result itself where nobody does."""
    dossier = _dossier(event)
    _tell_whoever_has_it(dossier, event.unit_id, _waiting(event, dossier, "Kết quả đã được phê duyệt."), event, at)
    if not _is_sealed(dossier):
        _tell_result(dossier, event, at)


def on_rejected(event: events.DossierRejected, at: datetime) -> None:
    """The leader decided against: the refusal is numbered and sealed like any result."""
    dossier = _dossier(event)
    detail = f"Lãnh đạo không phê duyệt. Lý do: {event.reason}"
    _tell_whoever_has_it(dossier, event.unit_id, _waiting(event, dossier, detail), event, at)
    if not _is_sealed(dossier):
        _tell_result(dossier, event, at)


def on_result_sealed(event: events.ResultSealed, at: datetime) -> None:
    """The result is ready: where to collect it; work to the desk that hands it over."""
    dossier = _dossier(event)
    _tell_result(dossier, event, at, number=event.result_number)
    work = _work(event, "Chờ trả kết quả", dossier, f"Kết quả số {event.result_number}.")
    _tell_unit(dossier.desk_id, Right.RECEIVE, work, event, at)


def on_result_delivered(event: events.ResultDelivered, at: datetime) -> None:
    """The result is in the applicant's hands: thanks."""
    dossier = _dossier(event)
    news = _News(
        kind=NoticeKind.INFORMATION,
        subject=f"Đã trả kết quả hồ sơ {event.code}",
        lines=(
            f"Kết quả hồ sơ {_procedure(dossier)} đã được trả lúc {_moment(at)}.",
            f"Nếu ông/bà chưa nhận được, hãy báo ngay. {_ask(dossier)}",
            "Cảm ơn ông/bà.",
        ),
    )
    _tell_applicants(dossier, news, event, at)


def on_withdrawn(event: events.DossierWithdrawn, at: datetime) -> None:
    """The applicant took the dossier back: a confirmation, and word to whoever was working on it."""
    dossier = _dossier(event)
    news = _News(
        kind=NoticeKind.INFORMATION,
        subject=f"Đã rút hồ sơ {event.code}",
        lines=(
            f"Hồ sơ {_procedure(dossier)} đã được rút theo yêu cầu lúc {_moment(at)}; cơ quan dừng giải quyết.",
            f"Nếu ông/bà không yêu cầu rút, hãy báo ngay. {_ask(dossier)}",
        ),
    )
    _tell_applicants(dossier, news, event, at)
    work = _work(event, "Đã rút", dossier, "Người nộp đã rút hồ sơ; dừng xử lý.")
    if event.account_id is not None:
        _tell_officers([event.account_id], work, event, at)
    else:
        _tell_whoever_has_it(dossier, event.unit_id, work, event, at)


def on_corrected(event: events.DossierCorrected, at: datetime) -> None:
    """What was typed wrong is put right: the applicants are asked to look."""
    dossier = _dossier(event)
    news = _News(
        kind=NoticeKind.INFORMATION,
        subject=f"Đã đính chính thông tin hồ sơ {event.code}",
        lines=(
            f"Thông tin trong hồ sơ {_procedure(dossier)} đã được đính chính lúc {_moment(at)}.",
            f"Ông/bà hãy xem lại; nếu chưa đúng, hãy báo cho nơi tiếp nhận. {_ask(dossier)}",
        ),
    )
    _tell_applicants(dossier, news, event, at)


def _tell_result(dossier: Dossier, event: events.DossierEvent, at: datetime, *, number: str = "") -> None:
    result = Result.objects.get(dossier_id=event.dossier_id)
    answer = (
        "Cơ quan đã có văn bản trả lời không chấp thuận, trong đó nêu rõ lý do."
        if result.is_negative
        else f"Kết quả: {result.name}{f', số {number}' if number else ''}."
    )
    news = _News(
        kind=NoticeKind.OUTCOME,
        subject=f"Đã có kết quả hồ sơ {event.code}",
        lines=(f"Hồ sơ {_procedure(dossier)} đã giải quyết xong.", answer, _where(dossier), _bring(dossier)),
        short=f"Đã có kết quả hồ sơ {event.code}. {_where_short(dossier)}",
    )
    _tell_applicants(dossier, news, event, at)


def _is_sealed(dossier: Dossier) -> bool:
    """Whether results of this procedure are numbered and sealed before they are handed over."""
    return any(Right(step.right) == Right.SEAL for step in dossier.definition.steps)


def _tell_applicants(dossier: Dossier, news: _News, event: events.DossierEvent, at: datetime) -> None:
    for party in _applicants(dossier):
        notify(
            to=_recipient(party),
            kind=news.kind,
            subject=news.subject,
            body=news.body,
            short=news.short,
            link=f"/ho-so/{event.code}/" if party.account_id else f"/tra-cuu/?ma={event.code}",
            key=_key(event, at),
            at=at,
        )


def _applicants(dossier: Dossier) -> tuple[Party, ...]:
    """The owner, and who handed it in for them; a postman only carries."""
    if dossier.submitter_id == dossier.owner_id or dossier.source == Source.POST_OFFICE:
        return (dossier.owner,)
    return (dossier.owner, dossier.submitter)


def _recipient(party: Party) -> Recipient:
    account = party.account
    return Recipient(
        account_id=party.account_id,
        name=party.name,
        phone=party.phone or (account.phone if account else ""),
        email=party.email or (account.email if account else ""),
    )


def _tell_whoever_has_it(dossier: Dossier, unit_id: int, work: _News, event: events.DossierEvent, at: datetime) -> None:
    """Tell the holder, or all who may take it up; nobody when it has gone on to another unit since."""
    if dossier.unit_id != unit_id:
        return
    if dossier.holder_id is not None:
        _tell_officers([dossier.holder_id], work, event, at)
    else:
        _tell_unit(unit_id, dossier.step.right, work, event, at)


def _tell_unit(unit_id: int, right: Right | str, work: _News, event: events.DossierEvent, at: datetime) -> None:
    holders = holders_of(Right(right), unit_id, on=at)[:MOST_TOLD]
    _tell_officers([holder.id for holder in holders], work, event, at)


def _tell_officers(account_ids: Iterable[int], work: _News, event: events.DossierEvent, at: datetime) -> None:
    """Tell officers, except whoever did it."""
    did_it = set(Move.objects.filter(dossier_id=event.dossier_id, at=at).values_list("actor_id", flat=True))
    notify_accounts(
        account_ids=[account_id for account_id in account_ids if account_id not in did_it],
        kind=work.kind,
        subject=work.subject,
        body=work.body,
        link=f"/mot-cua/ho-so/{event.code}/",
        key=_key(event, at),
        at=at,
    )


def _work(event: events.DossierEvent, what: str, dossier: Dossier, detail: str) -> _News:
    lines = (f"Thủ tục: {dossier.procedure.name}. Chủ hồ sơ: {dossier.owner.name}.", detail)
    return _News(kind=NoticeKind.WORK, subject=f"{what}: hồ sơ {event.code}", lines=lines)


def _waiting(event: events.DossierEvent, dossier: Dossier, detail: str) -> _News:
    return _work(event, f"Chờ {_small(dossier.step.name)}", dossier, f"{detail} {_step_due(dossier)}".strip())


def _dossier(event: events.DossierEvent) -> Dossier:
    related = ("procedure", "version", "desk", "owner__account", "submitter__account")
    return Dossier.objects.select_related(*related).get(pk=event.dossier_id)


def _key(event: events.DossierEvent, at: datetime) -> str:
    return f"{event.name}:{event.dossier_id}:{at.astimezone(UTC).isoformat()}"


def _procedure(dossier: Dossier) -> str:
    return f"“{dossier.procedure.name}” của {dossier.owner.name}"


def _item(item: dict[str, str]) -> str:
    return ": ".join(part for part in (item.get("name", ""), item.get("need", "")) if part)


def _where(dossier: Dossier) -> str:
    if dossier.result_channel == ResultChannel.POST:
        return f"Kết quả được gửi qua bưu chính công ích đến: {dossier.result_place}."
    if dossier.result_channel == ResultChannel.ONLINE:
        return "Kết quả là bản điện tử, tải tại trang của hồ sơ."
    place = dossier.result_place or ", ".join(filter(None, [dossier.desk.name, dossier.desk.address]))
    return f"Nơi trả kết quả: {place}."


def _where_short(dossier: Dossier) -> str:
    if dossier.result_channel == ResultChannel.POST:
        return "Kết quả được gửi qua bưu chính."
    if dossier.result_channel == ResultChannel.ONLINE:
        return "Tải bản điện tử tại:"
    return f"Mời đến nhận tại {dossier.result_place or dossier.desk.short_name or dossier.desk.name}."


def _bring(dossier: Dossier) -> str:
    if dossier.result_channel != ResultChannel.IN_PERSON:
        return ""
    return "Khi đến nhận, hãy mang giấy hẹn trả kết quả hoặc mã hồ sơ và giấy tờ tùy thân."


def _ask(dossier: Dossier) -> str:
    desk = dossier.desk
    return f"Cần hỏi thêm: {', '.join(filter(None, [desk.name, desk.phone and f'điện thoại {desk.phone}']))}."


def _step_due(dossier: Dossier) -> str:
    return f"Hạn của bước: {_moment(dossier.step_due_at)}." if dossier.step_due_at else ""


def _small(name: str) -> str:
    return name[:1].lower() + name[1:]


def _moment(at: datetime | None) -> str:
    return f"{localtime(at):%H:%M} ngày {localtime(at):%d/%m/%Y}" if at else ""
