"""The register of certificates: list, one, file, register, where the key lives, ask about revocation."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from types import MappingProxyType

from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from motcua.files.web.download import content_disposition
from motcua.identity.requests import actor_in
from motcua.identity.terms import Actor
from motcua.kernel.errors import Invalid, NotFound, Problem
from motcua.kernel.paging import decode_cursor, encode_cursor
from motcua.sites.backoffice.forms.certificates import KeyForm, RegisterForm
from motcua.sites.backoffice.reach import officer, own_units
from motcua.sites.kit.thread import Link
from motcua.sites.office.acting import Done, Frame, form_page
from motcua.sites.office.forms import bound_to, content_of
from motcua.sites.office.sheets import excel_response, table_of
from motcua.sites.office.shell import office_page
from motcua.trust.access import certificate_for, visible_to
from motcua.trust.actions.check_revocation import check_revocation
from motcua.trust.actions.open_services import open_fetcher
from motcua.trust.actions.register_certificate import HolderIds, holder_of_account, move_key, register_certificate
from motcua.trust.models import Certificate
from motcua.trust.queries import amounts
from motcua.trust.terms import REVOCATION_REASONS, HolderKind, KeyPlace, RuleKind

PAGE_SIZE = 40
MOST_ROWS = 20_000
_methods = require_http_methods(["GET", "HEAD", "POST"])
_STATES: Mapping[str, str] = MappingProxyType(
    {
        "": "Đang dùng",
        "sap-het-han": "Sắp hết hạn",
        "het-han": "Đã hết hạn",
        "thu-hoi": "Bị thu hồi",
        "tat-ca": "Tất cả",
    }
)


@dataclass(frozen=True, slots=True)
class Asked:
    """What the list is narrowed to."""

    text: str
    state: str
    kind: str

    @classmethod
    def of(cls, request: HttpRequest) -> "Asked":
        """Read the address."""
        asked = request.GET
        return cls(asked.get("q", "")[:200].strip(), asked.get("trang-thai", ""), asked.get("cua", ""))


def back() -> list[Link]:
    """Return the way back to the register."""
    return [Link("Chứng thư số", reverse("backoffice:certificates"))]


@require_safe
def certificates(request: HttpRequest) -> HttpResponse:
    """`GET /quan-tri/chung-thu/?q=&trang-thai=&cua=`: those that end first come first."""
    asked, now = Asked.of(request), timezone.now()
    days = amounts()[RuleKind.ALARM_FIRST]
    found = _narrowed(actor_in(request), asked, now, days)
    if cursor := request.GET.get("sau", ""):
        ended, last = decode_cursor(cursor, length=2)
        moment = datetime.fromisoformat(str(ended))
        found = found.filter(Q(valid_to__gt=moment) | Q(valid_to=moment, pk__gt=int(last)))
    rows = list(found[: PAGE_SIZE + 1])
    more, rows = len(rows) > PAGE_SIZE, rows[:PAGE_SIZE]
    context = {
        "asked": asked,
        "rows": [(row, state_of(row, now, days)) for row in rows],
        "filters": [
            Link(label, _with(request, trang_thai=value), value == asked.state) for value, label in _STATES.items()
        ],
        "kinds": HolderKind.choices,
        "next_url": _with(request, sau=encode_cursor([rows[-1].valid_to.isoformat(), rows[-1].pk])) if more else "",
        "export_url": f"{reverse('backoffice:certificates_export')}?{request.GET.urlencode()}",
    }
    return office_page(request, "backoffice/certificates.html", context)


def _with(request: HttpRequest, **changes: str) -> str:
    query = request.GET.copy()
    query.pop("sau", None)
    for name, value in changes.items():
        query[name.replace("_", "-")] = value
    return f"{request.path}?{query.urlencode()}"


def _narrowed(actor: Actor, asked: Asked, now: datetime, days: int) -> QuerySet[Certificate]:
    found = visible_to(actor).defer("content", "chain").order_by("valid_to", "pk")
    living = Q(valid_to__gt=now, revoked_at__isnull=True)
    match asked.state:
        case "sap-het-han":
            found = found.filter(living, valid_to__lte=now + timedelta(days=days))
        case "het-han":
            found = found.filter(valid_to__lte=now)
        case "thu-hoi":
            found = found.filter(revoked_at__isnull=False)
        case "tat-ca":
            pass
        case _:
            found = found.filter(living)
    if asked.kind in HolderKind.values:
        found = found.filter(holder_kind=asked.kind)
    if asked.text:
        words = Q(name__icontains=asked.text) | Q(serial__iexact=asked.text) | Q(unit__name__icontains=asked.text)
        found = found.filter(words | Q(account__username__iexact=asked.text) | Q(issuer_name__icontains=asked.text))
    return found


def state_of(row: Certificate, now: datetime, days: int) -> tuple[str, str]:
    """Return look and words of how a certificate stands: revoked, ended, ends soon, good."""
    if row.revoked_at is not None:
        return "bad", "bị thu hồi"
    if row.valid_to <= now:
        return "bad", "đã hết hạn"
    if row.valid_from > now:
        return "warn", "chưa có hiệu lực"
    left = (row.valid_to - now).days
    return ("warn", f"còn {left} ngày") if left < days else ("good", "còn hiệu lực")


@require_safe
def export(request: HttpRequest) -> HttpResponse:
    """`GET /quan-tri/chung-thu/danh-sach.xlsx`: the list, narrowed the same way, as an Excel file."""
    now, days = timezone.now(), amounts()[RuleKind.ALARM_FIRST]
    rows = _narrowed(actor_in(request), Asked.of(request), now, days)[:MOST_ROWS]
    headers = (
        "Người, cơ quan", "Của", "Cơ quan", "Tên trong chứng thư", "Nơi cấp", "Số sê-ri", "Khóa", "Từ", "Đến",
        "Bị thu hồi", "Nơi giữ khóa", "Trạng thái",
    )  # fmt: skip
    content = table_of("Sổ chứng thư số", headers, (_line(row, now, days) for row in rows.iterator(chunk_size=500)))
    return excel_response(content, f"Sổ chứng thư số {timezone.localdate(now):%d-%m-%Y}.xlsx")


def _line(row: Certificate, now: datetime, days: int) -> tuple[object, ...]:
    return (
        row.account.full_name if row.account else row.unit.name,
        HolderKind(row.holder_kind).label,
        row.unit.name,
        row.name,
        row.issuer_name,
        row.serial,
        row.key,
        row.valid_from,
        row.valid_to,
        row.revoked_at or "",
        KeyPlace(row.key_place).label,
        state_of(row, now, days)[1],
    )


@require_safe
def certificate(request: HttpRequest, certificate_id: int) -> HttpResponse:
    """`GET /quan-tri/chung-thu/<id>/`: everything about one certificate, and what can be done."""
    row, now = certificate_for(actor_in(request), certificate_id), timezone.now()
    look, words = state_of(row, now, amounts()[RuleKind.ALARM_FIRST])
    context = {
        "row": row,
        "serial": in_groups(row.serial),
        "fingerprint": in_groups(row.fingerprint),
        "look": look,
        "words": words,
        "why": REVOCATION_REASONS.get(row.revoked_reason, row.revoked_reason),
        "requests": row.requests.order_by("-asked_at"),
    }
    return office_page(request, "backoffice/certificate.html", context)


def in_groups(digits: str) -> str:
    """Return a long number in groups of eight, so that people can compare it and narrow screens can break it."""
    return " ".join(digits[place : place + 8] for place in range(0, len(digits), 8))


@require_safe
def file(request: HttpRequest, certificate_id: int) -> HttpResponse:
    """`GET /quan-tri/chung-thu/<id>/chung-thu.cer`: the certificate itself (DER); it holds no key."""
    row = certificate_for(actor_in(request), certificate_id)
    response = HttpResponse(bytes(row.content), content_type="application/pkix-cert")
    response["Content-Disposition"] = content_disposition(f"{row.name}.cer", inline=False)
    response["Cache-Control"] = "private, no-store"
    return response


@_methods
def register(request: HttpRequest) -> HttpResponse:
    """`GET, POST /quan-tri/chung-thu/ghi/`: a certificate from a file goes into the register."""
    actor = actor_in(request)
    initial = {"holder": request.GET.get("nguoi", "")[:150], "key_place": KeyPlace.PKCS12.value}
    form = RegisterForm(own_units(actor, timezone.localdate()), initial=initial, **bound_to(request))

    def act() -> Done:
        said, now = form.cleaned_data, timezone.now()
        row = register_certificate(
            actor=actor,
            at=now,
            holder=holder_of(actor, said["holder"], said["agency"], now),
            content=content_of(said["file"]),
            pin=said["pin"],
            key_place=KeyPlace(said["key_place"]),
            key_where=said["key_where"],
            reason=said["reason"],
        )
        return Done("Đã ghi chứng thư vào sổ.", reverse("backoffice:certificate", args=[row.pk]))

    lead = "Chỉ chứng thư đã ghi sổ mới ký được từ máy chủ. Khóa yếu và SHA-1 bị từ chối."
    return form_page(request, form, act, Frame("Ghi chứng thư vào sổ", "Ghi vào sổ", back(), lead))


def holder_of(actor: Actor, username: str, agency: str, now: datetime) -> HolderIds:
    """Return who is meant by a form: an officer by user name, or an agency. Raises NotFound."""
    if not username:
        return HolderIds(int(agency))
    try:
        return holder_of_account(officer(actor, username).pk, now)
    except NotFound as error:
        raise Invalid([Problem(one.code, one.message, "holder") for one in error.problems]) from error


@_methods
def key(request: HttpRequest, certificate_id: int) -> HttpResponse:
    """`GET, POST /quan-tri/chung-thu/<id>/khoa/`: where the key lives now."""
    actor = actor_in(request)
    row = certificate_for(actor, certificate_id)
    form = KeyForm(initial={"key_place": row.key_place, "key_where": row.key_where}, **bound_to(request))
    here = reverse("backoffice:certificate", args=[row.pk])

    def act() -> Done:
        said = form.cleaned_data
        place = KeyPlace(said["key_place"])
        where, reason = said["key_where"], said["reason"]
        move_key(actor=actor, at=timezone.now(), certificate_id=row.pk, key_place=place, key_where=where, reason=reason)
        return Done("Đã ghi nơi giữ khóa.", here)

    return form_page(request, form, act, Frame("Nơi giữ khóa", "Ghi lại", [*back(), Link(row.name, here)]))


@require_POST
def check(request: HttpRequest, certificate_id: int) -> HttpResponse:
    """`POST /quan-tri/chung-thu/<id>/kiem-tra/`: ask its authority now whether it is revoked (in no transaction)."""
    row = certificate_for(actor_in(request), certificate_id)
    said = check_revocation(certificate_id=row.pk, at=timezone.now(), fetcher=open_fetcher(fresh=True)).said
    if said is None:
        messages.warning(request, "Chưa nơi nào trả lời; hãy xem tình trạng dịch vụ tin cậy.")
    elif said.revoked_at is not None:
        messages.warning(request, "Nơi cấp trả lời: chứng thư đã bị thu hồi.")
    else:
        messages.success(request, "Nơi cấp trả lời: chứng thư chưa bị thu hồi.")
    return HttpResponseRedirect(reverse("backoffice:certificate", args=[row.pk]))
