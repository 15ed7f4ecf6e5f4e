"""What a register lists: unit, period, domain, procedure, status."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django import forms

from motcua.agencies.queries import UnitInfo
from motcua.dossiers.queries.register import Scope
from motcua.dossiers.terms import Status
from motcua.identity.terms import Actor
from motcua.procedures.models import Domain
from motcua.sites.kit.forms import CleanCharField, DayField

_STATUSES = [(str(value), label) for value, label in Status.choices if value not in {Status.SUBMITTED, Status.REFUSED}]


class RegisterForm(forms.Form):
    """The filters; what is left empty is the usual: the officer's own unit, this month until today."""

    def __init__(self, actor: Actor, units: Sequence[UnitInfo], today: date, data: Mapping[str, Any]) -> None:
        mine = {posting.unit_id for posting in actor.postings}
        usual = next((unit for unit in units if unit.id in mine), units[0])
        self.usual = {"don-vi": str(usual.id), "tu": f"{today.replace(day=1):%d/%m/%Y}", "den": f"{today:%d/%m/%Y}"}
        typed = {name: data.get(name) or usual for name, usual in self.usual.items()}
        rest = {name: data.get(name, "") for name in ("linh-vuc", "thu-tuc", "trang-thai")}
        super().__init__(typed | rest, label_suffix="")
        domains = [("", "Tất cả"), *Domain.objects.order_by("name").values_list("code", "name")]
        short = {"class": "w10"}
        self.fields |= {
            "don-vi": forms.ChoiceField(label="Đơn vị", choices=[(str(unit.id), unit.name) for unit in units]),
            "tu": DayField(label="Nhận từ ngày", help_text=""),
            "den": DayField(label="Đến ngày", help_text=""),
            "linh-vuc": forms.ChoiceField(label="Lĩnh vực", required=False, choices=domains),
            "thu-tuc": CleanCharField(label="Mã thủ tục", required=False, widget=forms.TextInput(attrs=short)),
            "trang-thai": forms.ChoiceField(label="Trạng thái", required=False, choices=[("", "Tất cả"), *_STATUSES]),
        }
        for field in self.fields.values():
            setattr(field.widget, "no_optional_mark", True)  # noqa: B010 (read by the template tag `field`)

    def scope(self) -> Scope:
        """Return what was asked for; only after the form was found valid."""
        said = self.cleaned_data
        return Scope(
            unit_id=int(said["don-vi"]),
            first=said["tu"],
            last=said["den"],
            domain=said["linh-vuc"],
            procedure=said["thu-tuc"],
            status=int(said["trang-thai"]) if said["trang-thai"] else None,
        )
