"""What a land dossier needs beside its papers: the parcel, the transfer sheet to the tax office."""

from datetime import date
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from motcua.dossiers.access import get_visible_by_code
from motcua.kernel.errors import NotFound, Problem
from motcua.land.access import tax_offices_for
from motcua.land.actions.record_parcel import record_parcel
from motcua.land.actions.send_sheet import send_sheet, withdraw_sheet
from motcua.land.models import LandParcel
from motcua.land.rules.catalogue import FieldSpec, parcel_fields, sheet_fields
from motcua.land.rules.fields import words_of
from motcua.sites.desk.shell import actor_of
from motcua.sites.kit.forms import DayField
from motcua.sites.kit.thread import Link
from motcua.sites.office.acting import Done, Frame, form_page
from motcua.sites.office.forms import OfficeForm, bound_to, choice_field, set_choices, text_field


class FactsForm(OfficeForm):
    """A form made from the specifications of facts."""

    def __init__(self, specs: Any, data: Any = None, files: Any = None) -> None:
        super().__init__(data, files)
        self.specs: list[FieldSpec] = list(specs)
        for spec in self.specs:
            self.fields[spec.key] = _field_of(spec)

    @property
    def typed(self) -> dict[str, Any]:
        """Return what was typed, by the keys of the facts."""
        return {spec.key: self.cleaned_data[spec.key] for spec in self.specs}

    def show(self, facts: dict[str, Any]) -> None:
        """Fill the form with stored facts."""
        for spec in self.specs:
            if value := facts.get(spec.key):
                self.fields[spec.key].initial = _initial_of(spec, value)


class ReasonForm(OfficeForm):
    """Thu hồi phiếu chuyển."""

    reason = text_field("Lý do thu hồi", longest=500)


def _field_of(spec: FieldSpec) -> forms.Field:
    choices = list(spec.values.items())
    common: dict[str, Any] = {"label": spec.label, "required": False, "help_text": spec.hint}
    match spec.kind:
        case "day":
            made: forms.Field = DayField(label=spec.label, required=False, help_text="")
        case "choice":
            made = forms.ChoiceField(choices=[("", "Chọn…"), *choices], **common)
        case "choices":
            made = forms.MultipleChoiceField(choices=choices, widget=forms.CheckboxSelectMultiple, **common)
        case "lines":
            made = forms.CharField(widget=forms.Textarea(attrs={"rows": 3}), **common)
        case "area" | "money" | "number":
            made = forms.CharField(widget=forms.TextInput(attrs={"inputmode": "decimal", "class": "w15"}), **common)
        case _:
            made = forms.CharField(widget=forms.TextInput(attrs={"autocomplete": "off"}), **common)
    setattr(made.widget, "no_optional_mark", spec.required)  # noqa: B010 (read by the template tag `field`)
    return made


def _initial_of(spec: FieldSpec, value: Any) -> Any:
    if spec.kind == "day":
        return date.fromisoformat(value)
    return value if spec.kind in {"choice", "choices"} else words_of(spec, value)


@require_http_methods(["GET", "HEAD", "POST"])
def parcel(request: HttpRequest, code: str) -> HttpResponse:
    """`GET` and `POST /mot-cua/ho-so/<code>/thua-dat/`: the facts of the parcel."""
    actor, at = actor_of(request), timezone.now()
    found = get_visible_by_code(actor, code)
    specs = parcel_fields(found.procedure.code)
    if not specs:
        raise NotFound(Problem("no_page", "Thủ tục này không có thông tin thửa đất."))
    form = FactsForm(specs, **bound_to(request))
    url = reverse("desk:dossier", args=[found.code])
    if known := LandParcel.objects.filter(dossier=found).first():
        form.show(known.facts)

    def perform() -> Done:
        record_parcel(actor=actor, dossier_id=found.pk, typed=form.typed, at=at)
        return Done("Đã ghi thông tin thửa đất.", url)

    frame = Frame(
        title="Thông tin thửa đất",
        button="Ghi thông tin",
        back=[Link(f"Hồ sơ {found.code}", url)],
        lead="Ghi theo Giấy chứng nhận và bản đồ địa chính; diện tích ghi đến một chữ số thập phân.",
    )
    return form_page(request, form, perform, frame)


@require_http_methods(["GET", "HEAD", "POST"])
def transfer(request: HttpRequest, code: str) -> HttpResponse:
    """`GET` and `POST /mot-cua/ho-so/<code>/phieu-chuyen/`: the sheet to the tax office."""
    actor, at = actor_of(request), timezone.now()
    found = get_visible_by_code(actor, code)
    form = FactsForm(sheet_fields(), **bound_to(request))
    offices = tax_offices_for(found, timezone.localdate(at))
    form.fields = {"key": form.fields["key"], "tax_unit": choice_field("Cơ quan thuế nhận"), **form.fields}
    set_choices(form, "tax_unit", [(one.id, one.name) for one in offices])
    if offices:
        form.fields["tax_unit"].initial = str(offices[0].id)
    url = reverse("desk:dossier", args=[found.code])

    def perform() -> Done:
        unit_id = int(form.cleaned_data["tax_unit"])
        made = send_sheet(actor=actor, dossier_id=found.pk, tax_unit_id=unit_id, typed=form.typed, at=at)
        return Done(f"Đã chuyển phiếu {made.code} cho cơ quan thuế.", url)

    frame = Frame(
        title="Chuyển thông tin xác định nghĩa vụ tài chính",
        button="Chuyển cơ quan thuế",
        back=[Link(f"Hồ sơ {found.code}", url)],
        lead="Thông tin thửa đất đã ghi đi kèm phiếu. Thời hạn giải quyết chỉ tạm dừng khi có thông báo nộp thuế.",
    )
    return form_page(request, form, perform, frame)


@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HttpRequest, code: str, sheet_id: int) -> HttpResponse:
    """`GET` and `POST /mot-cua/ho-so/<code>/phieu-chuyen/<id>/thu-hoi/`: a sheet that was wrong."""
    actor, at = actor_of(request), timezone.now()
    found = get_visible_by_code(actor, code)
    form = ReasonForm(**bound_to(request))
    url = reverse("desk:dossier", args=[found.code])

    def perform() -> Done:
        withdraw_sheet(actor=actor, sheet_id=sheet_id, reason=form.cleaned_data["reason"], at=at)
        return Done("Đã thu hồi phiếu chuyển.", url)

    frame = Frame(
        title="Thu hồi phiếu chuyển",
        button="Thu hồi",
        back=[Link(f"Hồ sơ {found.code}", url)],
        lead="Chỉ thu hồi được khi cơ quan thuế chưa trả lời.",
        danger=True,
    )
    return form_page(request, form, perform, frame)
