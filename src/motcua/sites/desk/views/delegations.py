"""Rights lent and got, by whom and for how long; absences and who stands in."""

from datetime import date, datetime

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from motcua.agencies.models import Post
from motcua.agencies.models.span import holds_on
from motcua.agencies.terms import Right
from motcua.identity.actions import declare_leave, end_leave, grant_delegation, revoke_delegation
from motcua.identity.models import Delegation, Posting
from motcua.identity.rules.delegations import Validity
from motcua.identity.terms import Actor, DelegationKind
from motcua.kernel.errors import NotPermitted, Problem, RuleBroken
from motcua.sites.desk.forms.leave import DeskLeaveForm
from motcua.sites.desk.shell import actor_of, desk_page, nav_of
from motcua.sites.kit.thread import Link
from motcua.sites.office.acting import Done, Frame, form_page
from motcua.sites.office.delegation_forms import Choices, GrantForm, RevokeForm, moment_label, receivers_in
from motcua.sites.office.delegations import delegable, done_by, given_by, given_to, one_of, rows_of
from motcua.sites.office.forms import OfficeForm, bound_to, whole

_methods = require_http_methods(["GET", "HEAD", "POST"])
_FORM = "desk/delegations/form.html"


@require_safe
def delegations(request: HttpRequest) -> HttpResponse:
    """`GET /mot-cua/uy-quyen/`: what I gave, what I was given, how often it was used; absences."""
    actor, at = actor_of(request), timezone.now()
    given, got = rows_of(given_by(actor), actor, at), rows_of(given_to(actor), actor, at)
    context = {
        "given": given,
        "got": got,
        "may_give": bool(_own_posts(actor, at.date())),
        "may_leave": bool(_absentees(actor)),
        "leaves": [
            row for row in given if row.delegation.kind == DelegationKind.LEAVE and row.state in ("now", "later")
        ],
    }
    return desk_page(request, "desk/delegations/list.html", context)


@require_safe
def delegation(request: HttpRequest, delegation_id: int) -> HttpResponse:
    """`GET /mot-cua/uy-quyen/<id>/`: one delegation and what was done by it."""
    actor, at = actor_of(request), timezone.now()
    found = _mine(actor, delegation_id)
    context = {"row": rows_of([found], actor, at)[0], "done": done_by(found)}
    return desk_page(request, "desk/delegations/one.html", context)


def _mine(actor: Actor, delegation_id: int) -> Delegation:
    return one_of(given_by(actor) | given_to(actor), delegation_id)


@_methods
def grant(request: HttpRequest) -> HttpResponse:
    """`GET, POST /mot-cua/uy-quyen/giao/`: lend rights of a post that one holds."""
    actor, at = actor_of(request), timezone.now()
    posts = _own_posts(actor, timezone.localdate(at))
    if not posts:
        message = "Bạn không giữ vị trí nào có quyền giao được cho người khác."
        raise NotPermitted(Problem("nothing_to_give", message))
    givers = [(f"post:{post.pk}@{actor.account_id}", f"{post.title}, {post.unit.name}") for post in posts]
    rights = sorted({right for post in posts for right in delegable(post)}, key=list(Right).index)
    agency_id = posts[0].unit.agency_id
    form = GrantForm(Choices(givers, receivers_in(agency_id)), rights, initial=_initial(at), **bound_to(request))

    def act() -> Done:
        confirmed = form.cleaned_data["confirmed_overlap"]
        made = grant_delegation(
            actor=actor, giving=form.giving, grant=form.grant, at=timezone.now(), confirmed_overlap=confirmed
        )
        return Done("Đã giao quyền; hai bên đều được báo.", reverse("desk:delegation", args=[made.pk]))

    lead = "Chỉ giao được quyền của vị trí bạn đang giữ; người được giao không giao tiếp cho người khác."
    frame = Frame("Giao quyền", "Giao quyền", _back(), lead, template=_FORM, more={"desk_nav": nav_of(request)})
    return form_page(request, form, act, frame)


def _initial(at: datetime) -> dict[str, str]:
    return {"starts_at": moment_label(at), "kind": DelegationKind.KT.value}


def _own_posts(actor: Actor, on: date) -> list[Post]:
    held = [post.post_id for post in actor.postings if post.mandate is None]
    found = Post.objects.filter(holds_on(on), pk__in=held).select_related("unit").order_by("pk")
    return [post for post in found if delegable(post)]


def _back() -> list[Link]:
    return [Link("Ủy quyền, làm thay", reverse("desk:delegations"))]


@_methods
def revoke(request: HttpRequest, delegation_id: int) -> HttpResponse:
    """`GET, POST /mot-cua/uy-quyen/<id>/cham-dut/`: nobody acts by it any more, from this moment."""
    actor, at = actor_of(request), timezone.now()
    found = _mine(actor, delegation_id)
    row, form = rows_of([found], actor, at)[0], RevokeForm(**bound_to(request))

    def act() -> Done:
        reason = form.cleaned_data["reason"]
        revoke_delegation(actor=actor, delegation_id=delegation_id, at=timezone.now(), reason=reason)
        return Done("Đã chấm dứt; hai bên đều được báo.", reverse("desk:delegations"))

    lead = f"{row.kind}: {row.giver} giao {row.receiver}. Việc đã làm vẫn có giá trị; việc mới không làm được nữa."
    more = {"desk_nav": nav_of(request)}
    frame = Frame("Chấm dứt giao quyền", "Chấm dứt ngay", _back(), lead, danger=True, template=_FORM, more=more)
    return form_page(request, form, act, frame)


@_methods
def leave(request: HttpRequest) -> HttpResponse:
    """`GET, POST /mot-cua/vang-mat/`: an absence and who does the dossiers meanwhile."""
    actor, at = actor_of(request), timezone.now()
    absentees = _absentees(actor)
    if not absentees:
        message = "Chỉ người thụ lý hồ sơ, hoặc lãnh đạo của họ, cần khai báo vắng mặt."
        raise NotPermitted(Problem("nothing_to_handle", message))
    colleagues = _colleagues(absentees)
    if not colleagues:
        message = "Đơn vị không còn ai khác thụ lý hồ sơ để làm thay; hãy nhờ lãnh đạo chuyển hồ sơ cho đơn vị khác."
        raise RuleBroken(Problem("nobody_stands_in", message))
    form = DeskLeaveForm(absentees, colleagues, initial={"starts_at": moment_label(at)}, **bound_to(request))

    def act() -> Done:
        said = form.cleaned_data
        declare_leave(
            actor=actor,
            account_id=whole(said["account"]) or 0,
            stand_in_id=whole(said["stand_in"]) or 0,
            validity=Validity(said["starts_at"], said["ends_at"]),
            at=timezone.now(),
            reason=said["reason"],
        )
        return Done("Đã khai báo; người làm thay đã được báo.", reverse("desk:delegations"))

    lead = (
        "Trong thời gian vắng mặt, hồ sơ đang giữ hiện ở danh sách việc của người làm thay; hồ sơ mới phân công đến "
        "được giao cho người làm thay."
    )
    more = {"desk_nav": nav_of(request)}
    return form_page(
        request, form, act, Frame("Khai báo vắng mặt", "Khai báo", _back(), lead, template=_FORM, more=more)
    )


@_methods
def leave_end(request: HttpRequest, account_id: int) -> HttpResponse:
    """`GET, POST /mot-cua/vang-mat/<account>/tro-lai/`: back at work."""
    actor, form = actor_of(request), OfficeForm(**bound_to(request))

    def act() -> Done:
        end_leave(actor=actor, account_id=account_id, at=timezone.now())
        return Done("Đã ghi nhận trở lại làm việc.", reverse("desk:delegations"))

    lead = "Hồ sơ còn lại trở về với người vắng mặt; hồ sơ đã phân công cho người làm thay vẫn do họ giữ."
    more = {"desk_nav": nav_of(request)}
    return form_page(request, form, act, Frame("Trở lại làm việc", "Trở lại", _back(), lead, template=_FORM, more=more))


def _absentees(actor: Actor) -> list[tuple[int, str]]:
    """Return whose absence the actor may declare: their own, and that of the handlers they lead."""
    found = {}
    if actor.account_id is not None and any(Right.HANDLE in p.rights and p.mandate is None for p in actor.postings):
        found[actor.account_id] = actor.name
    led = actor.units_with(Right.LEAD_DIVISION)
    if led:
        for posting in _handlers(led):
            found.setdefault(posting.account_id, posting.account.full_name)
    return list(found.items())


def _handlers(unit_ids: frozenset[int]) -> list[Posting]:
    today = timezone.localdate()
    held = Posting.objects.filter(holds_on(today), holds_on(today, "post__"), post__unit_id__in=unit_ids)
    mine = held.filter(post__rights__contains=[Right.HANDLE.value], account__is_active=True)
    return list(mine.select_related("account", "post__unit").order_by("account__sort_name", "pk"))


def _colleagues(absentees: list[tuple[int, str]]) -> list[tuple[int, str]]:
    """Return who handles dossiers in the same units; who alone may be absent is nobody's stand-in."""
    alone = absentees[0][0] if len(absentees) == 1 else None
    today = timezone.localdate()
    held = Posting.objects.filter(holds_on(today), account_id__in=[pk for pk, _ in absentees])
    units = held.filter(post__rights__contains=[Right.HANDLE.value]).values_list("post__unit_id", flat=True)
    found: dict[int, str] = {}
    for one in _handlers(frozenset(units)):
        if one.account_id != alone:
            found.setdefault(one.account_id, f"{one.account.full_name}, {one.post.unit.name}")
    return list(found.items())
