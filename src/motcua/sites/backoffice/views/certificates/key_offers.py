"""Keys that officers put in and whose certificates the register does not know yet: look, confirm, refuse."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from motcua.identity.requests import actor_in
from motcua.identity.terms import Actor
from motcua.kernel.errors import NotFound, Problem
from motcua.signing.access import offers_visible_to
from motcua.signing.actions.settle_keys import confirm_key, refuse_key
from motcua.signing.models import KeyOffer
from motcua.sites.backoffice.forms.signing_services import ConfirmForm
from motcua.sites.backoffice.views.certificates.register import back, in_groups
from motcua.sites.kit.thread import Link
from motcua.sites.office.acting import Done, Frame, form_page
from motcua.sites.office.forms import ReasonForm, bound_to
from motcua.sites.office.shell import office_page
from motcua.trust.rules.certificates import Holder, fit_problems, read_file
from motcua.trust.terms import HolderKind

_methods = require_http_methods(["GET", "HEAD", "POST"])
_SHOWN = 100


def _way(*more: Link) -> list[Link]:
    return [*back(), Link("Khóa chờ xác nhận", reverse("backoffice:key_offers")), *more]


def _offer(actor: Actor, offer_id: int) -> KeyOffer:
    found = offers_visible_to(actor).filter(pk=offer_id).first()
    if found is None:
        raise NotFound(Problem("no_offer", "Không tìm thấy khóa chờ xác nhận này."))
    return found


@require_safe
def key_offers(request: HttpRequest) -> HttpResponse:
    """`GET /quan-tri/chung-thu/khoa-cho/`: what waits, then what was settled last."""
    found = offers_visible_to(actor_in(request)).defer("content", "chain")
    context = {
        "waiting": found.filter(settled_at__isnull=True).order_by("offered_at")[:_SHOWN],
        "settled": found.filter(settled_at__isnull=False).order_by("-settled_at")[:_SHOWN],
    }
    return office_page(request, "backoffice/key_offers.html", context)


@_methods
def key_offer(request: HttpRequest, offer_id: int) -> HttpResponse:
    """`GET, POST /quan-tri/chung-thu/khoa-cho/<id>/`: the certificate, what does not fit; confirm it."""
    actor = actor_in(request)
    row, form, at = _offer(actor, offer_id), ConfirmForm(**bound_to(request)), timezone.now()
    facts = read_file(bytes(row.content)).certificate

    def act() -> Done:
        made = confirm_key(actor=actor, offer_id=offer_id, reason=form.cleaned_data["reason"], at=at)
        words = "Đã xác nhận; chứng thư vào sổ, người giữ ký được."
        return Done(words, reverse("backoffice:certificate", args=[made.pk]))

    frame = Frame(
        f"Khóa chờ xác nhận: {row.name}",
        "Xác nhận, ghi vào sổ",
        _way(),
        template="backoffice/key_offer.html",
        more={
            "row": row,
            "facts": facts,
            "fingerprint": in_groups(row.fingerprint),
            "doubts": fit_problems(facts, _holder(row), at=at),
        },
    )
    return form_page(request, form, act, frame)


def _holder(row: KeyOffer) -> Holder:
    if row.account is None:
        return Holder(HolderKind.AGENCY, row.unit.name, row.unit.name)
    return Holder(HolderKind.OFFICER, row.account.full_name, row.unit.name)


@_methods
def refuse(request: HttpRequest, offer_id: int) -> HttpResponse:
    """`GET, POST /quan-tri/chung-thu/khoa-cho/<id>/tu-choi/`: the key is not taken, and its keeper is told why."""
    actor = actor_in(request)
    row, form = _offer(actor, offer_id), ReasonForm(**bound_to(request))
    here = reverse("backoffice:key_offer", args=[offer_id])

    def act() -> Done:
        refuse_key(actor=actor, offer_id=offer_id, reason=form.cleaned_data["reason"], at=timezone.now())
        return Done("Đã từ chối khóa này.", reverse("backoffice:key_offers"))

    lead = "Người đưa khóa vào được báo lý do; tệp khóa trên máy chủ bị xóa."
    return form_page(
        request, form, act, Frame("Không chấp nhận khóa", "Từ chối", _way(Link(row.name, here)), lead, danger=True)
    )
