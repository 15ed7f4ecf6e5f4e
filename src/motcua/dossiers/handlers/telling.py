"""How people are told: the parts that every handler of this room puts its news together from.

Notices are kept once per key, and the key is the event, its dossier and its moment: a handler may be called twice.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from django.utils.timezone import localtime

from motcua.agencies.terms import Right
from motcua.dossiers import events
from motcua.dossiers.models import Dossier, Move, Party
from motcua.dossiers.terms import ResultChannel, Source
from motcua.identity.queries import holders_of
from motcua.kernel.asking import Question
from motcua.kernel.rows import Rows
from motcua.notifications.actions import notify, notify_accounts
from motcua.notifications.terms import NoticeKind, Recipient

#: A unit-wide notice goes to no more people than this.
MOST_TOLD = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """What is said: `lines` in the notice and the mail, `short` in SMS and Zalo ("" = the subject)."""

    kind: NoticeKind
    subject: str
    lines: tuple[str, ...]
    short: str = ""

    @property
    def body(self) -> str:
        return "\n\n".join(line for line in self.lines if line)


def tell_applicants(dossier: Dossier, news: News, event: events.DossierEvent, at: datetime) -> None:
    """Tell the applicants. They know one code, the parent's: of a part they hear only what they must do."""
    code = event.code
    if dossier.parent is not None:
        if news.kind != NoticeKind.ACTION:
            return
        code = dossier.parent.code
    for party in applicants_of(dossier):
        notify(
            to=recipient_of(party),
            kind=news.kind,
            subject=news.subject.replace(event.code, code),
            body=news.body.replace(event.code, code),
            short=news.short.replace(event.code, code),
            link=f"/ho-so/{code}/" if party.account_id else f"/tra-cuu/?ma={code}",
            key=key_of(event, at),
            at=at,
        )


def applicants_of(dossier: Dossier) -> tuple[Party, ...]:
    """The owner, and who handed it in for them; a postman only carries."""
    if dossier.submitter_id == dossier.owner_id or dossier.source == Source.POST_OFFICE:
        return (dossier.owner,)
    return (dossier.owner, dossier.submitter)


def recipient_of(party: Party) -> Recipient:
    account = party.account
    return Recipient(
        account_id=party.account_id,
        name=party.name,
        phone=party.phone or (account.phone if account else ""),
        email=party.email or (account.email if account else ""),
    )


def tell_whoever_has_it(dossier: Dossier, unit_id: int, work: News, event: events.DossierEvent, at: datetime) -> None:
    """Tell the holder, or all who may take it up; nobody when it has gone on to another unit since."""
    if dossier.unit_id != unit_id:
        return
    if dossier.holder_id is not None:
        tell_officers([dossier.holder_id], work, event, at)
    else:
        tell_unit(unit_id, dossier.step.right, work, event, at)


def tell_unit(unit_id: int, right: Right | str, work: News, event: events.DossierEvent, at: datetime) -> None:
    holders = holders_of(Right(right), unit_id, on=at)[:MOST_TOLD]
    tell_officers([holder.id for holder in holders], work, event, at)


def tell_officers(account_ids: Iterable[int], work: News, event: events.DossierEvent, at: datetime) -> None:
    """Tell officers, except whoever did it."""
    did_it = {actor_id for (actor_id,) in _WHO_DID_IT(dossier=event.dossier_id, at=at)}
    notify_accounts(
        account_ids=[account_id for account_id in account_ids if account_id not in did_it],
        kind=work.kind,
        subject=work.subject,
        body=work.body,
        link=f"/mot-cua/ho-so/{event.code}/",
        key=key_of(event, at),
        at=at,
    )


def work_news(event: events.DossierEvent, what: str, dossier: Dossier, detail: str) -> News:
    lines = (f"Thủ tục: {dossier.procedure.name}. Chủ hồ sơ: {dossier.owner.name}.", detail)
    return News(kind=NoticeKind.WORK, subject=f"{what}: hồ sơ {event.code}", lines=lines)


def waiting_news(event: events.DossierEvent, dossier: Dossier, detail: str) -> News:
    return work_news(event, f"Chờ {small(dossier.step.name)}", dossier, f"{detail} {step_due_words(dossier)}".strip())


def dossier_of(event: events.DossierEvent) -> Dossier:
    found = _BY_ID.first(pk=event.dossier_id)
    if found is None:
        raise Dossier.DoesNotExist(event.dossier_id)
    return found


_RELATED = ("procedure", "desk", "result_desk", "parent", "owner__account", "submitter__account")
_BY_ID = Rows(lambda pk: Dossier.objects.filter(pk=pk).select_related(*_RELATED), pk=int)
_WHO_DID_IT = Question(
    lambda dossier, at: Move.objects.filter(dossier_id=dossier, at=at).values_list("actor_id"), dossier=int, at=datetime
)


def key_of(event: events.DossierEvent, at: datetime) -> str:
    return f"{event.name}:{event.dossier_id}:{at.astimezone(UTC).isoformat()}{event.mark}"


def procedure_words(dossier: Dossier) -> str:
    return f"“{dossier.procedure.name}” của {dossier.owner.name}"


def item_words(item: dict[str, str]) -> str:
    return ": ".join(part for part in (item.get("name", ""), item.get("need", "")) if part)


def where_words(dossier: Dossier) -> str:
    if dossier.result_channel == ResultChannel.POST:
        return f"Kết quả được gửi qua bưu chính công ích đến: {dossier.result_place}."
    if dossier.result_channel == ResultChannel.ONLINE:
        return "Kết quả là bản điện tử, tải tại trang của hồ sơ."
    desk = dossier.result_desk or dossier.desk
    place = dossier.result_place or ", ".join(filter(None, [desk.name, desk.address]))
    return f"Nơi trả kết quả: {place}."


def where_short(dossier: Dossier) -> str:
    if dossier.result_channel == ResultChannel.POST:
        return "Kết quả được gửi qua bưu chính."
    if dossier.result_channel == ResultChannel.ONLINE:
        return "Tải bản điện tử tại:"
    desk = dossier.result_desk or dossier.desk
    return f"Mời đến nhận tại {dossier.result_place or desk.short_name or desk.name}."


def bring_words(dossier: Dossier) -> str:
    if dossier.result_channel != ResultChannel.IN_PERSON:
        return ""
    return "Khi đến nhận, hãy mang giấy hẹn trả kết quả hoặc mã hồ sơ và giấy tờ tùy thân."


def ask_words(dossier: Dossier) -> str:
    desk = dossier.desk
    return f"Cần hỏi thêm: {', '.join(filter(None, [desk.name, desk.phone and f'điện thoại {desk.phone}']))}."


def step_due_words(dossier: Dossier) -> str:
    return f"Hạn của bước: {moment_words(dossier.step_due_at)}." if dossier.step_due_at else ""


def small(name: str) -> str:
    return name[:1].lower() + name[1:]


def moment_words(at: datetime | None) -> str:
    return f"{localtime(at):%H:%M} ngày {localtime(at):%d/%m/%Y}" if at else ""
