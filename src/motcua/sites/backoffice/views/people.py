"""Officers: search, the page of one, the list as an Excel file."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from allauth.mfa.utils import is_mfa_enabled
from allauth.usersessions.models import UserSession
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from motcua.agencies.models.span import holds_on
from motcua.agencies.queries import unit as unit_by_id
from motcua.agencies.queries import unit_by_slug
from motcua.agencies.terms import Right
from motcua.identity.access import administers
from motcua.identity.models import Account, ApiToken, OneTimeLink, Posting
from motcua.identity.requests import actor_in
from motcua.identity.terms import Actor
from motcua.kernel.paging import decode_cursor, encode_cursor
from motcua.sites.backoffice.queries import open_work, to_activate, with_words, without_post
from motcua.sites.backoffice.reach import officer, officers_of, own_units
from motcua.sites.backoffice.views.units import rights_text
from motcua.sites.kit.thread import Link
from motcua.sites.office.sheets import excel_response, table_of
from motcua.sites.office.shell import office_page

PAGE_SIZE = 40
MOST_ROWS = 20_000
_STATES = (
    ("", "Đang làm việc"),
    ("chua-bo-tri", "Chưa có vị trí"),
    ("chua-kich-hoat", "Chưa kích hoạt"),
    ("da-khoa", "Đã khóa"),
)


@dataclass(frozen=True, slots=True)
class PersonRow:
    """An officer of a list with the posts held, each with the name of its agency."""

    account: Account
    posts: list[tuple[Posting, str]]
    is_activated: bool


@dataclass(frozen=True, slots=True)
class Asked:
    """What the list is narrowed to."""

    text: str
    state: str
    unit_slug: str

    @classmethod
    def of(cls, request: HttpRequest) -> "Asked":
        """Read the address."""
        asked = request.GET
        return cls(asked.get("q", "")[:200], asked.get("trang-thai", ""), asked.get("don-vi", "")[:120])


@require_safe
def people(request: HttpRequest) -> HttpResponse:
    """`GET /quan-tri/can-bo/?q=&trang-thai=&don-vi=`: officers by Vietnamese name order."""
    actor, today, asked = actor_in(request), timezone.localdate(), Asked.of(request)
    found = _narrowed(actor, asked, today)
    cursor = request.GET.get("sau", "")
    if cursor:
        name, last = decode_cursor(cursor, length=2)
        found = found.filter(Q(sort_name__gt=str(name)) | Q(sort_name=str(name), pk__gt=int(last)))
    rows = list(found[: PAGE_SIZE + 1])
    more = len(rows) > PAGE_SIZE
    context = {
        "asked": asked,
        "rows": person_rows(rows[:PAGE_SIZE], today),
        "filters": _filters(request, asked.state),
        "units": [(one.slug, one.name) for one in own_units(actor, today)],
        "next_url": _with(request, sau=encode_cursor([rows[PAGE_SIZE - 1].sort_name, rows[PAGE_SIZE - 1].pk]))
        if more
        else "",
        "export_url": f"{reverse('backoffice:people_export')}?{request.GET.urlencode()}",
    }
    return office_page(request, "backoffice/people.html", context)


def _with(request: HttpRequest, **changes: str) -> str:
    query = request.GET.copy()
    for name, value in changes.items():
        query[name.replace("_", "-")] = value
    return f"{request.path}?{query.urlencode()}"


def _filters(request: HttpRequest, state: str) -> list[Link]:
    return [Link(label, _with(request, trang_thai=value, sau=""), value == state) for value, label in _STATES]


def _narrowed(actor: Actor, asked: Asked, on: date) -> QuerySet[Account]:
    found = officers_of(actor)
    if asked.state == "chua-bo-tri":
        found = without_post(found, on=on)
    elif asked.state == "chua-kich-hoat":
        found = to_activate(found)
    else:
        found = found.filter(is_active=asked.state != "da-khoa")
    if asked.unit_slug:
        inside = Posting.objects.filter(holds_on(on), post__unit__path__contains=[unit_by_slug(asked.unit_slug).id])
        found = found.filter(pk__in=inside.values("account_id"))
    if asked.text.strip():
        found = with_words(found, asked.text)
    return found.order_by("sort_name", "pk").distinct()


def person_rows(accounts: Iterable[Account], on: date) -> list[PersonRow]:
    """Return officers with the posts they hold on that day (one query)."""
    known = list(accounts)
    held: dict[int, list[tuple[Posting, str]]] = {}
    postings = Posting.objects.filter(holds_on(on), holds_on(on, "post__"), account__in=known)
    for posting in postings.select_related("post__unit").order_by("id"):
        agency = unit_by_id(posting.post.unit.agency_id)
        name = agency.name if agency.id != posting.post.unit_id else ""
        held.setdefault(posting.account_id, []).append((posting, name))
    return [PersonRow(one, held.get(one.pk, []), one.has_usable_password()) for one in known]


@require_safe
def people_export(request: HttpRequest) -> HttpResponse:
    """`GET /quan-tri/can-bo/danh-sach.xlsx`: the list, narrowed the same way, as an Excel file."""
    actor, today = actor_in(request), timezone.localdate()
    rows = person_rows(_narrowed(actor, Asked.of(request), today)[:MOST_ROWS], today)
    headers = (
        "Họ và tên",
        "Tên đăng nhập",
        "Vị trí việc làm",
        "Đơn vị",
        "Quyền",
        "Điện thoại",
        "Thư điện tử",
        "Trạng thái",
    )
    content = table_of("Danh sách cán bộ, công chức", headers, (_line(row) for row in rows))
    return excel_response(content, f"Cán bộ {today:%d-%m-%Y}.xlsx")


def _line(row: PersonRow) -> tuple[object, ...]:
    account = row.account
    state = "Đã khóa" if not account.is_active else "Đang dùng" if row.is_activated else "Chưa kích hoạt"
    return (
        account.full_name,
        account.username,
        "; ".join(one.post.title for one, _ in row.posts),
        "; ".join(", ".join(filter(None, [one.post.unit.name, agency])) for one, agency in row.posts),
        "; ".join(rights_text(one.post.rights) for one, _ in row.posts),
        account.phone,
        account.email,
        state,
    )


@dataclass(frozen=True, slots=True)
class HeldPost:
    """A post an officer holds or held."""

    posting: Posting
    unit_name: str
    unit_slug: str
    agency_name: str
    rights: str
    may_change: bool


@require_safe
def person(request: HttpRequest, username: str) -> HttpResponse:
    """`GET /quan-tri/can-bo/<username>/`: posts, open work, sessions, keys, what can be done."""
    actor, now = actor_in(request), timezone.now()
    account = officer(actor, username)
    today = timezone.localdate(now)
    held = _held(actor, account)
    context = {
        "account": account,
        "may_change": administers(actor, account, on=today),
        "is_self": actor.account_id == account.pk,
        "is_activated": account.has_usable_password(),
        "now_held": [one for one in held if _holds(one.posting, today)],
        "past": [one for one in held if not _holds(one.posting, today)],
        "work": open_work(account.pk, at=now),
        "is_two_fold": is_mfa_enabled(account),
        "session_count": UserSession.objects.filter(user_id=account.pk).count(),
        "tokens": _tokens(account, now),
        "link": OneTimeLink.objects.filter(account=account, used_at__isnull=True, expires_at__gt=now).first(),
    }
    return office_page(request, "backoffice/person.html", context)


def _held(actor: Actor, account: Account) -> list[HeldPost]:
    found = []
    for posting in Posting.objects.filter(account=account).select_related("post").order_by("-valid_from", "-id"):
        unit = unit_by_id(posting.post.unit_id)
        agency = unit_by_id(unit.agency_id).name if not unit.is_agency else ""
        mine = actor.reaches(Right.ADMIN, unit.path)
        found.append(HeldPost(posting, unit.name, unit.slug, agency, rights_text(posting.post.rights), mine))
    return found


def _holds(posting: Posting, on: date) -> bool:
    """Whether the posting is open, or ends later; one that begins later counts as well."""
    return posting.valid_to is None or posting.valid_to > on


def _tokens(account: Account, now: datetime) -> list[ApiToken]:
    living = Q(expires_at__isnull=True) | Q(expires_at__gt=now)
    return list(ApiToken.objects.filter(living, account=account, revoked_at__isnull=True).order_by("-created_at"))
