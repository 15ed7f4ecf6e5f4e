"""Hand-over sheets: made by one side, confirmed by the other."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from motcua.agencies.queries import unit as unit_by_id
from motcua.agencies.terms import Right
from motcua.files.web.download import content_disposition
from motcua.identity.requests import actor_in
from motcua.identity.terms import Actor
from motcua.kernel.errors import NotFound, NotPermitted, Problem
from motcua.postal.actions.sheets import drop_sheet, make_sheet, take_over_sheet
from motcua.postal.models import PostalOrder
from motcua.postal.papers import sheet_pdf
from motcua.postal.queries import orders_for_sheet, recent_sheets, sheet_of
from motcua.postal.terms import SheetKind
from motcua.sites.kit.thread import Link
from motcua.sites.office.acting import Done, Frame, form_page, show_form, try_act
from motcua.sites.office.forms import bound_to
from motcua.sites.office.shell import office_page
from motcua.sites.post.forms import PlainForm, TakeOverForm

KINDS = {"cho-mot-cua": SheetKind.TO_CENTRE, "cho-buu-dien": SheetKind.TO_POST, "chuyen-hoan": SheetKind.BACK}


@require_safe
def sheets(request: HttpRequest) -> HttpResponse:
    """`GET /buu-chinh/bang-ke/`: sheets that wait, then the newest; ways to make one."""
    actor = actor_in(request)
    kinds = [
        (kind.label, reverse("post:sheet_make", args=[slug]))
        for slug, kind in KINDS.items()
        if actor.has(_right_of(kind))
    ]
    return office_page(request, "post/sheets.html", {"sheets": recent_sheets(actor), "kinds": kinds})


@require_http_methods(["GET", "HEAD", "POST"])
def make(request: HttpRequest, kind: str) -> HttpResponse:
    """`GET` and `POST /buu-chinh/bang-ke/lap/<kind>/`: choose what goes, by receiver; one sheet a press."""
    actor, at = actor_in(request), timezone.now()
    wanted = KINDS.get(kind)
    if wanted is None:
        raise NotFound(Problem("no_page", "Không có loại bảng kê này."))
    groups = _groups(actor, wanted)
    form = PlainForm(**bound_to(request))
    chosen = [int(one) for one in request.POST.getlist("orders") if one.isdecimal()]
    ends = request.POST.get("ends", "")
    status = 200
    if request.method == "POST":

        def perform() -> Done:
            from_unit_id, _, to_unit_id = ends.partition("-")
            made = make_sheet(
                actor=actor,
                kind=wanted,
                from_unit_id=int(from_unit_id) if from_unit_id.isdecimal() else 0,
                to_unit_id=int(to_unit_id) if to_unit_id.isdecimal() else 0,
                order_ids=chosen,
                at=at,
            )
            return Done(f"Đã lập bảng kê {made.code}; chờ bên kia nhận.", reverse("post:sheet", args=[made.pk]))

        answer, status = try_act(request, form, perform)
        if answer is not None:
            return answer
    frame = Frame(
        title=wanted.label,
        button="Lập bảng kê",
        back=[Link("Bàn giao", reverse("post:sheets"))],
        template="post/sheet_make.html",
        more={"groups": groups, "chosen": chosen},
    )
    return show_form(request, form, frame, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def sheet(request: HttpRequest, sheet_id: int) -> HttpResponse:
    """`GET` and `POST /buu-chinh/bang-ke/<id>/`: the sheet; the receiving side confirms, naming what is missing."""
    actor, at = actor_in(request), timezone.now()
    found = sheet_of(actor, sheet_id)
    items = sorted(found.items.all(), key=lambda item: item.position)
    form = TakeOverForm([item.order_id for item in items], **bound_to(request))
    is_open = found.taken_at is None and found.dropped_at is None
    url = reverse("post:sheet", args=[found.pk])

    def perform() -> Done:
        take_over_sheet(actor=actor, sheet_id=found.pk, missing=form.missing, at=at)
        return Done(f"Đã nhận bàn giao theo bảng kê {found.code}.", url)

    more = {
        "sheet": found,
        "kind": SheetKind(found.kind).label,
        "rows": [(item, form[f"missing_{item.order_id}"]) for item in items],
        "may_take": is_open and _at_end(actor, found.to_unit_id) and found.made_by_id != actor.account_id,
        "may_drop": is_open and _at_end(actor, found.from_unit_id),
    }
    frame = Frame(
        title=f"Bảng kê {found.code}",
        button="Xác nhận đã nhận",
        back=[Link("Bàn giao", reverse("post:sheets"))],
        template="post/sheet.html",
        more=more,
    )
    return form_page(request, form, perform, frame)


@require_http_methods(["GET", "HEAD", "POST"])
def drop(request: HttpRequest, sheet_id: int) -> HttpResponse:
    """`GET` and `POST /buu-chinh/bang-ke/<id>/huy/`: a sheet that was made by mistake."""
    actor, at = actor_in(request), timezone.now()
    found = sheet_of(actor, sheet_id)
    form = PlainForm(**bound_to(request))

    def perform() -> Done:
        drop_sheet(actor=actor, sheet_id=found.pk, at=at)
        return Done(f"Đã hủy bảng kê {found.code}.", reverse("post:sheets"))

    frame = Frame(
        title=f"Hủy bảng kê {found.code}",
        button="Hủy bảng kê",
        back=[Link("Bảng kê", reverse("post:sheet", args=[found.pk]))],
        lead="Chỉ hủy được khi bên kia chưa nhận; số của bảng kê không cấp lại.",
        danger=True,
    )
    return form_page(request, form, perform, frame)


@require_safe
def pdf(request: HttpRequest, sheet_id: int) -> HttpResponse:
    """`GET /buu-chinh/bang-ke/<id>.pdf`: the sheet to print, for both sides."""
    found = sheet_of(actor_in(request), sheet_id)
    return pdf_response(sheet_pdf(found), f"bang-ke-{found.year}-{found.number}.pdf")


def pdf_response(content: bytes, name: str) -> HttpResponse:
    """Return a PDF to be shown in the browser; never kept by caches."""
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = content_disposition(name, inline=True)
    response["Cache-Control"] = "private, no-store"
    return response


def _right_of(kind: SheetKind) -> Right:
    return Right.RECEIVE if kind == SheetKind.TO_POST else Right.POST_OFFICE


def _groups(actor: Actor, kind: SheetKind) -> list[tuple[str, str, list[PostalOrder]]]:
    """The orders by their two ends: value of the choice, words, orders."""
    units = sorted(actor.units_with(_right_of(kind)))
    if not units:
        raise NotPermitted(Problem("not_your_end", "Bảng kê này do bên giao lập."))
    groups: dict[tuple[int, int], list[PostalOrder]] = {}
    for unit_id in units:
        for order in orders_for_sheet(kind, unit_id):
            to_unit_id = order.office_id if kind == SheetKind.TO_POST else order.desk_id
            groups.setdefault((unit_id, to_unit_id), []).append(order)
    return [
        (f"{giver}-{taker}", f"{unit_by_id(giver).name} giao {unit_by_id(taker).name}", orders)
        for (giver, taker), orders in groups.items()
    ]


def _at_end(actor: Actor, unit_id: int) -> bool:
    return actor.has(Right.POST_OFFICE, unit_id=unit_id) or actor.has(Right.RECEIVE, unit_id=unit_id)
