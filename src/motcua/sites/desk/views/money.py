"""Quầy thu: the cashier's shift, its closing and handing over; receipts of a dossier."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from motcua.agencies.queries import UnitInfo, unit
from motcua.agencies.terms import Right
from motcua.dossiers.access import get_visible_by_code
from motcua.dossiers.actions.charging import KIND
from motcua.files.web.download import content_disposition
from motcua.identity.terms import Actor
from motcua.kernel.errors import MotCuaError, NotFound, Problem
from motcua.payments.access import collects_at, leads_desk, money_units
from motcua.payments.actions.shifts import close_shift, expected_in, open_shift, take_over_shift
from motcua.payments.models import Shift
from motcua.payments.papers import closing_sheet_pdf, receipt_pdf, receipts_pdf
from motcua.payments.queries.lists import (
    given_back_in,
    open_shift_of,
    payments_in,
    receipt_of,
    shift_by_id,
    shifts_at,
    valid_receipts_in,
    valid_receipts_of,
)
from motcua.payments.rules.cash import NOTES
from motcua.payments.terms import HandOver
from motcua.sites.desk.forms.till import CloseShiftForm, OpenShiftForm
from motcua.sites.desk.shell import actor_of, desk_page

_LAST_SHIFTS = 20


@require_safe
def receipt(request: HttpRequest, code: str, receipt_id: int) -> HttpResponse:
    """`GET /mot-cua/ho-so/<code>/bien-lai/<id>.pdf`: a receipt, the same bytes each time."""
    found = get_visible_by_code(actor_of(request), code)
    return pdf_response(receipt_pdf(receipt_of(KIND, found.pk, receipt_id)), f"{found.code}-bien-lai-{receipt_id}.pdf")


@require_safe
def receipts(request: HttpRequest, code: str) -> HttpResponse:
    """`GET /mot-cua/ho-so/<code>/bien-lai.pdf`: every receipt of the dossier that is not cancelled, a page each."""
    found = get_visible_by_code(actor_of(request), code)
    return pdf_response(receipts_pdf(valid_receipts_of(KIND, found.pk)), f"{found.code}-bien-lai.pdf")


@require_safe
def shift_receipts(request: HttpRequest, shift_id: int) -> HttpResponse:
    """`GET /mot-cua/quay-thu/ca/<id>/bien-lai.pdf`: every receipt of the shift that is not cancelled, a page each."""
    found = _shift(actor_of(request), shift_id)
    return pdf_response(receipts_pdf(valid_receipts_in(found)), f"ca-thu-{shift_id}-bien-lai.pdf")


@require_http_methods(["GET", "HEAD", "POST"])
def till(request: HttpRequest) -> HttpResponse:
    """`/mot-cua/quay-thu/`: my shift, the money taken in it, shifts to take over; POST opens a shift."""
    actor, at = actor_of(request), timezone.now()
    desks = _desks(actor)
    form = OpenShiftForm(desks, request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            open_shift(actor=actor, desk_id=said["desk"], opening=said["opening"], at=at)
        except MotCuaError as refusal:
            form.take(refusal.problems)
        else:
            messages.success(request, "Đã mở ca thu.")
            return HttpResponseRedirect(reverse("desk:till"))
    mine = [found for desk in desks if (found := open_shift_of(actor.known_id, desk.id))]
    context = {
        "form": form if len(mine) < len(desks) else None,
        "mine": [_drawer(one) for one in mine],
        "shifts": shifts_at([desk.id for desk in desks], limit=_LAST_SHIFTS),
        "me": actor.account_id,
    }
    return _page(request, "desk/till.html", context, refused=bool(form.errors))


@require_http_methods(["GET", "HEAD", "POST"])
def shift(request: HttpRequest, shift_id: int) -> HttpResponse:
    """`/mot-cua/quay-thu/ca/<id>/`: what went through the drawer; POST counts the notes and closes."""
    actor, at = actor_of(request), timezone.now()
    found = _shift(actor, shift_id)
    form = CloseShiftForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            close_shift(
                actor=actor,
                shift_id=shift_id,
                counted=form.counted(),
                reason=said["reason"],
                hand_over=HandOver(said["hand_over"]),
                at=at,
            )
        except MotCuaError as refusal:
            form.take(refusal.problems)
        else:
            messages.success(request, "Đã chốt ca; hãy in biên bản và bàn giao tiền.")
            return HttpResponseRedirect(reverse("desk:shift", args=[shift_id]))
    context = {
        **_drawer(found),
        "form": form,
        "notes": [(note, form[f"note_{note}"]) for note in NOTES],
        "may_close": found.closed_at is None and found.cashier_id == actor.account_id,
        "may_take": found.closed_at is not None and not found.taken_at and found.cashier_id != actor.account_id,
    }
    return _page(request, "desk/shift.html", context, refused=bool(form.errors))


@require_POST
def take_shift(request: HttpRequest, shift_id: int) -> HttpResponse:
    """`POST /mot-cua/quay-thu/ca/<id>/nhan/`: a second person confirms the money."""
    take_over_shift(actor=actor_of(request), shift_id=shift_id, at=timezone.now())
    messages.success(request, "Đã xác nhận nhận đủ tiền của ca này.")
    return HttpResponseRedirect(reverse("desk:shift", args=[shift_id]))


@require_safe
def closing_sheet(request: HttpRequest, shift_id: int) -> HttpResponse:
    """`GET /mot-cua/quay-thu/ca/<id>/bien-ban.pdf`: the closing sheet."""
    found = _shift(actor_of(request), shift_id)
    if found.closed_at is None:
        raise NotFound(Problem("not_closed", "Ca thu chưa chốt nên chưa có biên bản."))
    return pdf_response(closing_sheet_pdf(found), f"ca-thu-{shift_id}.pdf")


def pdf_response(content: bytes, name: str) -> HttpResponse:
    """Return a PDF to look at, never kept by caches."""
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = content_disposition(name, inline=True)
    response["Cache-Control"] = "private, no-store"
    return response


def units_of(actor: Actor) -> list[UnitInfo]:
    """Return the agencies whose money the actor works on, the main one first."""
    return sorted((unit(one) for one in money_units(actor)), key=lambda one: one.name)


def _desks(actor: Actor) -> list[UnitInfo]:
    return sorted((unit(one) for one in actor.units_with(Right.RECEIVE)), key=lambda one: one.name)


def _shift(actor: Actor, shift_id: int) -> Shift:
    found = shift_by_id(shift_id)
    if found is None or not (collects_at(actor, found.desk_id) or leads_desk(actor, found.desk_id)):
        raise NotFound(Problem("no_shift", "Không tìm thấy ca thu này."))
    return found


def _drawer(found: Shift) -> dict[str, Any]:
    expected = expected_in(found) if found.expected_total is None else found.expected_total
    payments: Sequence[Any] = payments_in(found)
    may_print = any(not one.cancelled_at for payment in payments for one in payment.receipts.all())
    came = sum(one.amount for one in payments)
    return {
        "shift": found,
        "expected": expected,
        "payments": payments,
        "came": came,
        "back": given_back_in(found),
        "out": found.opening + came - expected,
        "may_print": may_print,
    }


def _page(request: HttpRequest, template: str, context: dict[str, Any], *, refused: bool) -> HttpResponse:
    return desk_page(request, template, context, status=422 if refused else 200)
