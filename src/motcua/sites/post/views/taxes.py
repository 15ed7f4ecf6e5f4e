"""Taxes on land taken at the post office or at the door."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from motcua.agencies.terms import Right
from motcua.identity.requests import actor_in
from motcua.land.actions.pay_tax import collect_tax
from motcua.land.queries import notice_for, notices_to_collect
from motcua.postal.actions.money import Payer
from motcua.sites.kit.thread import Link
from motcua.sites.kit.words import money_text
from motcua.sites.office.acting import Done, Frame, form_page
from motcua.sites.office.forms import bound_to
from motcua.sites.office.shell import office_page
from motcua.sites.post.forms import TaxForm


@require_safe
def taxes(request: HttpRequest) -> HttpResponse:
    """`GET /buu-chinh/thue/?q=`: notices of dossiers this office carries, or by exact number."""
    text = request.GET.get("q", "")[:60]
    found = notices_to_collect(actor_in(request), text)
    return office_page(request, "post/taxes.html", {"q": text, "notices": found})


@require_http_methods(["GET", "HEAD", "POST"])
def collect(request: HttpRequest, notice_id: int) -> HttpResponse:
    """`GET` and `POST /buu-chinh/thue/<id>/`: take money for one notice, whole or in part; a receipt is made."""
    actor, at = actor_in(request), timezone.now()
    notice = notice_for(actor, notice_id)
    form = TaxForm(**bound_to(request))
    form.fields["amount"].initial = f"{notice.owed:,}".replace(",", ".")
    form.fields["payer_name"].initial = notice.dossier.owner.name
    form.fields["payer_number"].initial = notice.dossier.owner.personal_id

    def perform() -> Done:
        said = form.cleaned_data
        paid = collect_tax(
            actor=actor,
            office_id=min(actor.units_with(Right.POST_OFFICE)),
            notice_id=notice.pk,
            amount=said["amount"],
            payer=Payer(said["payer_name"], said["payer_number"]),
            at=at,
        )
        return Done(f"Đã thu {money_text(paid.amount)}, chứng từ số {paid.proof_number}.", reverse("post:money"))

    frame = Frame(
        title=f"Thu {notice.item_name.lower()}",
        button="Thu tiền, lập chứng từ",
        back=[Link("Thu thuế", reverse("post:taxes"))],
        lead=(
            f"Thông báo số {notice.number} ngày {notice.issued_on:%d/%m/%Y} của {notice.sheet.tax_unit.name}, "
            f"hồ sơ {notice.dossier.code}: phải nộp {money_text(notice.amount)}, đã nộp {money_text(notice.paid)}, "
            f"còn {money_text(notice.owed)}; hạn {notice.pay_until:%d/%m/%Y}."
        ),
    )
    return form_page(request, form, perform, frame)
