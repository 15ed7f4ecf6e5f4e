"""Delegations that the administrator enters on a written decision, and the list of all of them."""

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from motcua.agencies.models import Post
from motcua.agencies.models.span import holds_on
from motcua.agencies.queries import UnitInfo
from motcua.agencies.terms import AGENCY_KINDS, Right
from motcua.identity.actions import grant_delegation, revoke_delegation
from motcua.identity.models import Delegation, Posting
from motcua.identity.requests import actor_in
from motcua.identity.terms import Actor, DelegationKind
from motcua.kernel.errors import NotFound, Problem
from motcua.sites.backoffice.reach import own_units
from motcua.sites.kit.thread import Link
from motcua.sites.office.acting import Done, Frame, form_page
from motcua.sites.office.delegation_forms import Choices, GrantForm, RevokeForm, moment_label, receivers_in
from motcua.sites.office.delegations import delegable, done_by, given_in, one_of, page_of, rows_of
from motcua.sites.office.forms import bound_to
from motcua.sites.office.shell import office_page

_methods = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
def delegations(request: HttpRequest) -> HttpResponse:
    """`GET /quan-tri/uy-quyen/`: every delegation of the units this administrator looks after, the last first."""
    actor, now = actor_in(request), timezone.now()
    page = page_of(_mine(actor), request.GET.get("sau", ""))
    context = {
        "rows": rows_of(page.rows, actor, now),
        "next_url": f"{request.path}?sau={page.next_cursor}" if page.next_cursor else "",
        "agencies": _agencies(actor),
    }
    return office_page(request, "backoffice/delegations.html", context)


def _mine(actor: Actor) -> QuerySet[Delegation]:
    return given_in(actor.units_with(Right.ADMIN))


def _agencies(actor: Actor) -> list[UnitInfo]:
    return [unit for unit in own_units(actor, timezone.localdate()) if unit.kind in AGENCY_KINDS]


@require_safe
def delegation(request: HttpRequest, delegation_id: int) -> HttpResponse:
    """`GET /quan-tri/uy-quyen/<id>/`: one delegation and what was done by it."""
    actor, now = actor_in(request), timezone.now()
    found = one_of(_mine(actor), delegation_id)
    context = {"row": rows_of([found], actor, now)[0], "done": done_by(found), "crumbs": _back()}
    return office_page(request, "backoffice/delegation.html", context)


def _back() -> list[Link]:
    return [Link("Ủy quyền", reverse("backoffice:delegations"))]


@_methods
def grant(request: HttpRequest) -> HttpResponse:
    """`GET, POST /quan-tri/uy-quyen/giao/?co-quan=<slug>`: enter a delegation as the written decision says."""
    actor, now = actor_in(request), timezone.now()
    agency = _agency(actor, request.GET.get("co-quan", ""))
    rights = [right for right in Right if right not in {Right.ADMIN, Right.OVERSEE}]
    initial = {"starts_at": moment_label(now), "kind": DelegationKind.KT.value}
    choices = Choices(_givers(agency), receivers_in(agency.id))
    form = GrantForm(choices, rights, initial=initial, **bound_to(request))

    def act() -> Done:
        made = grant_delegation(
            actor=actor,
            giving=form.giving,
            grant=form.grant,
            at=timezone.now(),
            confirmed_overlap=form.cleaned_data["confirmed_overlap"],
        )
        return Done("Đã ghi việc giao quyền; hai bên đều được báo.", reverse("backoffice:delegation", args=[made.pk]))

    lead = f"{agency.name}. Ghi đúng theo văn bản giao quyền. Quyền có hiệu lực từ thời điểm ghi ở đây, không ghi lùi."
    return form_page(request, form, act, Frame("Ghi việc giao quyền", "Ghi", _back(), lead))


def _agency(actor: Actor, slug: str) -> UnitInfo:
    known = _agencies(actor)
    found = next((one for one in known if one.slug == slug), known[0] if known and not slug else None)
    if found is None:
        raise NotFound(Problem("unit_unknown", "Không tìm thấy cơ quan này, hoặc bạn không quản trị cơ quan này."))
    return found


def _givers(agency: UnitInfo) -> list[tuple[str, str]]:
    """Return the agency itself, its posts, and who holds each (two queries)."""
    today = timezone.localdate()
    posts = Post.objects.filter(holds_on(today), unit__agency_id=agency.id).select_related("unit")
    holders: dict[int, list[tuple[int, str]]] = {}
    held = Posting.objects.filter(holds_on(today), post__unit__agency_id=agency.id, account__is_active=True)
    for post_id, account_id, name in held.order_by("pk").values_list("post_id", "account_id", "account__full_name"):
        holders.setdefault(post_id, []).append((account_id, name))
    found = [(f"unit:{agency.id}", f"Cơ quan: {agency.name} (phân cấp)")]
    for post in posts.order_by("unit__name_fold", "title"):
        if delegable(post):
            place = f"{post.title}, {post.unit.name}"
            found += [(f"post:{post.pk}@{pk}", f"{name}, {place}") for pk, name in holders.get(post.pk, [])]
            found.append((f"post:{post.pk}", f"Vị trí {place} (ai giữ cũng vậy)"))
    return found


@_methods
def revoke(request: HttpRequest, delegation_id: int) -> HttpResponse:
    """`GET, POST /quan-tri/uy-quyen/<id>/cham-dut/`: nobody acts by it any more, from this moment."""
    actor, now = actor_in(request), timezone.now()
    row = rows_of([one_of(_mine(actor), delegation_id)], actor, now)[0]
    form = RevokeForm(**bound_to(request))

    def act() -> Done:
        reason = form.cleaned_data["reason"]
        revoke_delegation(actor=actor, delegation_id=delegation_id, at=timezone.now(), reason=reason)
        return Done("Đã chấm dứt; hai bên đều được báo.", reverse("backoffice:delegations"))

    lead = f"{row.kind}: {row.giver} giao {row.receiver}. Việc đã làm vẫn có giá trị; việc mới không làm được nữa."
    return form_page(request, form, act, Frame("Chấm dứt giao quyền", "Chấm dứt ngay", _back(), lead, danger=True))
