"""The citizen asks the post to fetch papers at home."""

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from motcua.dossiers.access import get_visible_by_code
from motcua.kernel.errors import MotCuaError
from motcua.postal.actions.register import Contact, register_order
from motcua.postal.terms import Direction
from motcua.sites.kit.forms import CleanCharField, add_problems
from motcua.sites.portal.citizen import citizen_in


class PickUpForm(forms.Form):
    """Where and when the post clerk comes; fields are named as the problems of the rules name them."""

    contact_name = CleanCharField(label="Người giao hồ sơ", max_length=200)
    contact_phone = CleanCharField(label="Số điện thoại", max_length=20, widget=forms.TextInput(attrs={"class": "w15"}))
    contact_address = CleanCharField(label="Số nhà, đường, khu", max_length=500)
    contact_commune = CleanCharField(label="Phường, xã", max_length=200, required=False)
    contact_province = CleanCharField(label="Tỉnh, thành phố", max_length=200, required=False)
    note = CleanCharField(label="Giờ thuận tiện, ghi chú", max_length=500, required=False)


@require_http_methods(["GET", "HEAD", "POST"])
def pick_up(request: HttpRequest, code: str) -> HttpResponse:
    """`GET` and `POST /ho-so/<code>/gom/`: a second press finds the order made and changes nothing."""
    actor, at = citizen_in(request), timezone.now()
    dossier = get_visible_by_code(actor, code)
    owner = dossier.owner
    initial = {"contact_name": owner.name, "contact_phone": owner.phone, "contact_address": owner.address}
    form = PickUpForm(request.POST if request.method == "POST" else None, initial=initial, label_suffix="")
    status = 200
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        contact = Contact(
            address=said["contact_address"],
            name=said["contact_name"],
            phone=said["contact_phone"],
            commune=said["contact_commune"],
            province=said["contact_province"],
            note=said["note"],
        )
        try:
            register_order(actor=actor, dossier_id=dossier.pk, direction=Direction.PICK_UP, contact=contact, at=at)
        except MotCuaError as refusal:
            add_problems(form, refusal.problems)
            status = refusal.status
        else:
            answer = HttpResponseRedirect(reverse("portal:dossier", args=[dossier.code]))
            answer.status_code = 303
            return answer
    status = 422 if form.errors and status == 200 else status  # noqa: PLR2004 (OK)
    return render(request, "portal/pick_up.html", {"dossier": dossier, "form": form}, status=status)
