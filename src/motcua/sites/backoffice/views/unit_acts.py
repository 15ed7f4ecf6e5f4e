"""What can be done to a unit, its posts and its hours; each page one act."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from motcua.agencies.access import require_admin
from motcua.agencies.actions import (
    add_post,
    assign_code,
    close,
    close_post,
    create_unit,
    move,
    rename,
    set_hours,
)
from motcua.agencies.models import Post
from motcua.agencies.queries import UnitInfo, hours_of, unit_by_slug, units_on
from motcua.agencies.queries import unit as unit_by_id
from motcua.agencies.rules.units import place_problems
from motcua.identity.requests import actor_in
from motcua.kernel.errors import NotFound, Problem
from motcua.sites.backoffice.forms.units import (
    CloseForm,
    CodeForm,
    HoursForm,
    MoveForm,
    PostEndForm,
    PostForm,
    RenameForm,
    UnitForm,
)
from motcua.sites.backoffice.queries import open_in_unit
from motcua.sites.backoffice.reach import own_units
from motcua.sites.kit.thread import Link
from motcua.sites.office.acting import Done, Frame, form_page
from motcua.sites.office.forms import bound_to, day_label, whole

_methods = require_http_methods(["GET", "HEAD", "POST"])


def unit_url(slug: str) -> str:
    """Return the page of a unit."""
    return reverse("backoffice:unit", args=[slug])


def _own(request: HttpRequest, slug: str) -> UnitInfo:
    """Return the unit if the actor administers it; raises NotFound, NotPermitted."""
    found = unit_by_slug(slug)
    require_admin(actor_in(request), found.path)
    return found


def back_to(unit: UnitInfo | None = None) -> list[Link]:
    """Return the way back from the page of an act."""
    found = [Link("Đơn vị", reverse("backoffice:units"))]
    return [*found, Link(unit.name, unit_url(unit.slug))] if unit else found


@_methods
def create(request: HttpRequest) -> HttpResponse:
    """`GET, POST /quan-tri/don-vi/moi/?thuoc=<slug>`: a unit begins."""
    actor, today = actor_in(request), timezone.localdate()
    former = [one for one in units_on(today) if not one.is_desk]
    above = unit_by_slug(request.GET["thuoc"]) if request.GET.get("thuoc") else None
    form = UnitForm(
        own_units(actor, today),
        sorted(former, key=lambda one: one.name_fold),
        today=today,
        initial={"parent": str(above.id)} if above else {},
        **bound_to(request),
    )

    def act() -> Done:
        made = create_unit(actor=actor, at=timezone.now(), **form.facts)
        return Done(f"Đã lập «{made.name}».", unit_url(made.slug))

    frame = Frame("Lập đơn vị", "Lập đơn vị", back_to(above))
    return form_page(request, form, act, frame)


@_methods
def rename_unit(request: HttpRequest, slug: str) -> HttpResponse:
    """`GET, POST …/doi-ten/`: another name from a day on."""
    unit, actor, today = _own(request, slug), actor_in(request), timezone.localdate()
    initial = {"name": unit.name, "short_name": unit.short_name, "on": day_label(today)}
    form = RenameForm(initial=initial, **bound_to(request))

    def act() -> Done:
        said = form.cleaned_data
        rename(
            actor=actor,
            unit_id=unit.id,
            name=said["name"],
            short_name=said["short_name"],
            on=said["on"],
            at=timezone.now(),
        )
        return Done(f"Đã đổi tên thành «{said['name']}».", unit_url(slug))

    lead = "Giấy tờ lập trước ngày có hiệu lực vẫn mang tên cũ."
    return form_page(request, form, act, Frame(f"Đổi tên: {unit.name}", "Đổi tên", back_to(unit), lead))


@_methods
def move_unit(request: HttpRequest, slug: str) -> HttpResponse:
    """`GET, POST …/chuyen/`: another place in the tree from a day on."""
    unit, actor, today = _own(request, slug), actor_in(request), timezone.localdate()
    fitting = [
        one
        for one in own_units(actor, today)
        if unit.id not in one.path and one.id != unit.parent_id and not place_problems(unit.kind, one.place, today)
    ]
    form = MoveForm(fitting, initial={"on": day_label(today)}, **bound_to(request))

    def act() -> Done:
        parent = unit_by_id(whole(form.cleaned_data["parent"]) or 0)
        move(actor=actor, unit_id=unit.id, parent_id=parent.id, on=form.cleaned_data["on"], at=timezone.now())
        return Done(f"Đã chuyển về trực thuộc «{parent.name}».", unit_url(slug))

    lead = "Đơn vị chuyển cùng mọi đơn vị trực thuộc. Hồ sơ đang xử lý không đổi."
    return form_page(request, form, act, Frame(f"Chuyển: {unit.name}", "Chuyển đơn vị", back_to(unit), lead))


@_methods
def give_code(request: HttpRequest, slug: str) -> HttpResponse:
    """`GET, POST …/ma-dinh-danh/`: the code of the agency."""
    unit, actor = _own(request, slug), actor_in(request)
    initial = {"agency_code": unit.agency_code, "is_provisional": unit.code_is_provisional}
    form = CodeForm(initial=initial, **bound_to(request))

    def act() -> Done:
        said = form.cleaned_data
        done = assign_code(
            actor=actor,
            unit_id=unit.id,
            agency_code=said["agency_code"],
            is_provisional=said["is_provisional"],
            at=timezone.now(),
        )
        return Done(f"Mã định danh của đơn vị là {done.agency_code}.", unit_url(slug))

    lead = (
        "Mã theo Quyết định 20/2020/QĐ-TTg, sửa đổi bởi Quyết định 09/2025/QĐ-TTg. Mã hồ sơ mới sẽ bắt đầu bằng mã này."
    )
    return form_page(request, form, act, Frame(f"Mã định danh: {unit.name}", "Ghi mã định danh", back_to(unit), lead))


@_methods
def close_unit(request: HttpRequest, slug: str) -> HttpResponse:
    """`GET, POST …/ket-thuc/`: the unit ends, another one takes over."""
    unit, actor, today = _own(request, slug), actor_in(request), timezone.localdate()
    kin = [one for one in units_on(today) if one.kind == unit.kind and one.id != unit.id]
    form = CloseForm(sorted(kin, key=lambda one: one.name_fold), initial={"on": day_label(today)}, **bound_to(request))

    def act() -> Done:
        said = form.cleaned_data
        close(actor=actor, unit_id=unit.id, on=said["on"], successor_id=whole(said["successor"]), at=timezone.now())
        return Done(f"«{unit.name}» kết thúc hoạt động từ ngày {said['on']:%d/%m/%Y}.", unit_url(slug))

    count = open_in_unit(unit.id)
    warning = (
        f"Còn {count} hồ sơ đang giải quyết gắn với đơn vị này. Hãy cho giải quyết xong trước ngày kết thúc."
        if count
        else ""
    )
    lead = "Các vị trí việc làm của đơn vị kết thúc cùng ngày. Đơn vị trực thuộc phải được chuyển hoặc kết thúc trước."
    frame = Frame(f"Kết thúc: {unit.name}", "Kết thúc hoạt động", back_to(unit), lead, warning, danger=True)
    return form_page(request, form, act, frame)


@_methods
def post_add(request: HttpRequest, slug: str) -> HttpResponse:
    """`GET, POST …/vi-tri/`: a seat with its rights."""
    unit, actor = _own(request, slug), actor_in(request)
    form = PostForm(initial={"on": day_label(timezone.localdate())}, **bound_to(request))

    def act() -> Done:
        said = form.cleaned_data
        add_post(
            actor=actor,
            unit_id=unit.id,
            title=said["title"],
            rights=said["rights"],
            on=said["on"],
            at=timezone.now(),
        )
        return Done(f"Đã lập vị trí «{said['title']}».", unit_url(slug) + "#vi-tri")

    return form_page(request, form, act, Frame(f"Thêm vị trí: {unit.name}", "Lập vị trí", back_to(unit)))


@_methods
def post_end(request: HttpRequest, post_id: int) -> HttpResponse:
    """`GET, POST /quan-tri/vi-tri/<id>/ket-thuc/`: a seat ends."""
    post = Post.objects.select_related("unit").filter(pk=post_id).first()
    if post is None:
        raise NotFound(Problem("post_unknown", "Không tìm thấy vị trí việc làm này."))
    actor, unit = actor_in(request), unit_by_id(post.unit_id)
    require_admin(actor, unit.path)
    form = PostEndForm(initial={"on": day_label(timezone.localdate())}, **bound_to(request))

    def act() -> Done:
        close_post(actor=actor, post_id=post.pk, on=form.cleaned_data["on"], at=timezone.now())
        return Done(f"Đã kết thúc vị trí «{post.title}».", unit_url(unit.slug) + "#vi-tri")

    lead = "Người đang giữ vị trí này mất quyền của vị trí từ ngày đó. Hãy điều động họ và bàn giao hồ sơ trước."
    frame = Frame(f"Kết thúc vị trí: {post.title}", "Kết thúc vị trí", back_to(unit), lead, danger=True)
    return form_page(request, form, act, frame)


@_methods
def hours(request: HttpRequest, slug: str) -> HttpResponse:
    """`GET, POST …/gio-lam-viec/`: the week of one unit."""
    unit = _own(request, slug)
    return _hours_page(request, unit.id, f"Giờ làm việc: {unit.name}", back_to(unit), unit_url(slug) + "#gio")


@_methods
def default_hours(request: HttpRequest) -> HttpResponse:
    """`GET, POST /quan-tri/lich/gio-chung/`: the week of every unit without hours of its own."""
    calendar = reverse("backoffice:calendar")
    return _hours_page(request, None, "Giờ làm việc chung", [Link("Lịch làm việc", calendar)], calendar)


def _hours_page(request: HttpRequest, unit_id: int | None, title: str, back: list[Link], then: str) -> HttpResponse:
    actor, today = actor_in(request), timezone.localdate()
    require_admin(actor, unit_by_id(unit_id).path if unit_id else ())
    form = HoursForm(hours_of(unit_id, today), initial={"on": day_label(today)}, **bound_to(request))
    if unit_id is None:
        del form.fields["inherits"]

    def act() -> Done:
        set_hours(actor=actor, unit_id=unit_id, week=form.week, on=form.cleaned_data["on"], at=timezone.now())
        return Done("Đã đặt giờ làm việc.", then)

    lead = "Giờ làm việc dùng để tính ngày hẹn trả. Hồ sơ đã hẹn giữ nguyên ngày hẹn. Ngày không làm việc thì để trống."
    return form_page(request, form, act, Frame(title, "Đặt giờ", back, lead, template="backoffice/hours.html"))
