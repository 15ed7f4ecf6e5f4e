"""Money the post took: receipts, closing the day, confirming what was handed on."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from motcua.agencies.terms import Right
from motcua.identity.requests import actor_in
from motcua.kernel.errors import NotFound, Problem
from motcua.postal.actions.money import close_money, may_receive, receive_money
from motcua.postal.papers import money_list_pdf
from motcua.postal.papers import receipt_pdf as render_receipt
from motcua.postal.queries import money_in_bag, money_list, money_lists, receipt_of, receipts_of_day
from motcua.postal.terms import Purpose
from motcua.sites.kit.thread import Link
from motcua.sites.kit.words import money_text
from motcua.sites.office.acting import Done, Frame, form_page
from motcua.sites.office.forms import bound_to
from motcua.sites.office.shell import office_page
from motcua.sites.post.forms import CountForm
from motcua.sites.post.views.sheets import pdf_response

_MOST = 60


@require_safe
def money(request: HttpRequest) -> HttpResponse:
    """`GET /buu-chinh/tien/`: what is in the bag, today's receipts, lists that wait for a confirmation."""
    actor = actor_in(request)
    offices = actor.units_with(Right.POST_OFFICE)
    context = {
        "bags": [(bag, Purpose(bag.purpose).label) for bag in money_in_bag(offices)],
        "receipts": receipts_of_day(offices, timezone.localdate()),
        "lists": money_lists(actor)[:_MOST],
        "is_post": bool(offices),
    }
    return office_page(request, "post/money.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def close(request: HttpRequest, purpose: str, to_unit_id: int) -> HttpResponse:
    """`GET` and `POST /buu-chinh/tien/chot/<purpose>/<unit>/`: count the money for one receiver and close it."""
    actor, at = actor_in(request), timezone.now()
    bags = money_in_bag(actor.units_with(Right.POST_OFFICE))
    bag = next((one for one in bags if (one.purpose, one.to_unit_id) == (purpose, to_unit_id)), None)
    if bag is None:
        raise NotFound(Problem("nothing_to_close", "Không có khoản thu nào chờ chốt cho nơi này."))
    form = CountForm(**bound_to(request))

    def perform() -> Done:
        said = form.cleaned_data
        made = close_money(
            actor=actor,
            office_id=bag.office_id,
            purpose=Purpose(purpose),
            to_unit_id=to_unit_id,
            counted=said["counted"],
            reason=said["reason"],
            at=at,
        )
        return Done(f"Đã chốt bảng kê {made.code}; nộp tiền cho {bag.to_unit_name}.", _list_url(made.pk))

    frame = Frame(
        title="Chốt tiền đã thu",
        button="Chốt, lập bảng kê nộp tiền",
        back=[Link("Sổ tiền", reverse("post:money"))],
        lead=f"{Purpose(purpose).label}: {bag.count} chứng từ, {money_text(bag.total)}, nộp cho {bag.to_unit_name}.",
    )
    return form_page(request, form, perform, frame)


@require_http_methods(["GET", "HEAD", "POST"])
def handover(request: HttpRequest, handover_id: int) -> HttpResponse:
    """`GET` and `POST /buu-chinh/tien/<id>/`: a list of money; its receiver counts again and confirms."""
    actor, at = actor_in(request), timezone.now()
    found = money_list(actor, handover_id)
    form = CountForm(**bound_to(request))

    def perform() -> Done:
        said = form.cleaned_data
        receive_money(actor=actor, handover_id=found.pk, received=said["counted"], reason=said["reason"], at=at)
        return Done(f"Đã xác nhận nhận tiền theo bảng kê {found.code}.", _list_url(found.pk))

    more = {
        "list": found,
        "purpose": Purpose(found.purpose).label,
        "receipts": found.receipts.select_related("dossier").order_by("number"),
        "may_receive": found.received_at is None and may_receive(actor, found),
    }
    frame = Frame(
        title=f"Bảng kê nộp tiền {found.code}",
        button="Xác nhận đã nhận tiền",
        back=[Link("Sổ tiền", reverse("post:money"))],
        template="post/money_list.html",
        more=more,
    )
    return form_page(request, form, perform, frame)


@require_safe
def handover_pdf(request: HttpRequest, handover_id: int) -> HttpResponse:
    """`GET /buu-chinh/tien/<id>.pdf`: the list to print and sign."""
    found = money_list(actor_in(request), handover_id)
    return pdf_response(money_list_pdf(found), f"bang-ke-nop-tien-{found.year}-{found.number}.pdf")


@require_safe
def receipt_pdf(request: HttpRequest, receipt_id: int) -> HttpResponse:
    """`GET /buu-chinh/chung-tu/<id>.pdf`: the receipt of somebody who paid; also for the citizen themselves."""
    found = receipt_of(actor_in(request), receipt_id)
    return pdf_response(render_receipt(found), f"chung-tu-thu-{found.year}-{found.number}.pdf")


def _list_url(handover_id: int) -> str:
    return reverse("post:money_list", args=[handover_id])
