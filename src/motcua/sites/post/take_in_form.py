"""Nhận hồ sơ tại bưu điện: one page for the post clerk."""

from datetime import datetime
from typing import Any

from django import forms

from motcua.agencies.queries import unit as unit_by_id
from motcua.dossiers.queries.desks import desk_of
from motcua.dossiers.rules.application import Application, ComponentFacts, PartyFacts
from motcua.dossiers.terms import Channel, ResultChannel, Source
from motcua.identity.terms import Actor
from motcua.procedures.rules.selection import NeededComponent, components_for
from motcua.procedures.terms import Definition
from motcua.sites.kit.forms import CleanCharField, DayField, choice_text
from motcua.sites.kit.words import local_date
from motcua.sites.office.forms import OfficeForm, text_field

_NUMERIC = {"inputmode": "numeric", "class": "w15"}
_RESULTS = [(one.value, one.label) for one in (ResultChannel.POST, ResultChannel.IN_PERSON)]


class PostIntakeForm(OfficeForm):
    """Fields are named as the problems of the rules name them: owner.name, components.don …"""

    places = {"agency": "agency", "desk": "agency", "submitter.name": "owner.name"}  # noqa: RUF012 (as its base has it)

    def __init__(
        self,
        definition: Definition,
        agencies: list[tuple[int, str]],
        actor: Actor,
        at: datetime,
        data: Any = None,
        files: Any = None,
    ) -> None:
        super().__init__(data, files)
        self.definition, self.actor, self.at = definition, actor, at
        cases = [(case.key, case.name) for case in definition.cases]
        chosen = str(self.data.get("case_key", cases[0][0]))
        self.needed = components_for(definition, chosen if chosen in dict(cases) else cases[0][0])
        self.fields |= {
            "case_key": forms.ChoiceField(label="Trường hợp", choices=cases),
            "agency": forms.ChoiceField(label="Cơ quan giải quyết", choices=agencies),
            "owner.name": text_field("Họ tên chủ hồ sơ"),
            "owner.personal_id": text_field("Số định danh", longest=20, attrs=_NUMERIC),
            "owner.born": DayField(label="Ngày sinh", required=False, help_text=""),
            "owner.phone": text_field("Số điện thoại", longest=20, attrs={"inputmode": "tel", "class": "w15"}),
            "owner.address": text_field("Địa chỉ", longest=500),
            "abstract": CleanCharField(label="Trích yếu", required=False),
            "result_channel": forms.ChoiceField(label="Nhận kết quả", choices=_RESULTS),
            "result_place": text_field(
                "Địa chỉ nhận kết quả", required=False, longest=500, help_text="Để trống nếu như địa chỉ trên."
            ),
            "confirmed_duplicate": forms.BooleanField(
                label="Đã kiểm tra, vẫn nhận thêm hồ sơ này", required=False, widget=forms.HiddenInput
            ),
        }
        for one in self.needed:
            self._add_component(one)
        if self.data.get("asked_again") or "confirmed_duplicate" in self.data:
            self.fields["confirmed_duplicate"].widget = forms.CheckboxInput()

    def _add_component(self, one: NeededComponent) -> None:
        name = f"components.{one.component.key}"
        small = forms.NumberInput(attrs={"class": "w5", "min": 0, "max": 1000})
        name_of_it = one.component.name
        label = name_of_it if one.required or name_of_it.endswith("(nếu có)") else f"{name_of_it} (nếu có)"
        self.fields[name] = forms.BooleanField(
            label=choice_text(label, one.component.note), required=False, initial=one.required
        )
        for part, words, initial in (
            ("originals", "Bản chính", one.component.originals),
            ("copies", "Bản sao", one.component.copies),
        ):
            self.fields[f"{name}.{part}"] = forms.IntegerField(
                label=words, required=False, initial=initial, min_value=0, max_value=1000, widget=small
            )
            setattr(self.fields[f"{name}.{part}"].widget, "no_optional_mark", True)  # noqa: B010 (read by `field`)

    def take(self, problems: Any) -> None:
        """Show the box that confirms a second dossier once the rules have found the first."""
        found = list(problems)
        if any(one.field == "confirmed_duplicate" for one in found):
            self.fields["confirmed_duplicate"].widget = forms.CheckboxInput()
        super().take(found)

    def plain_fields(self) -> list[forms.BoundField]:
        """Return the fields above the papers."""
        skipped = {"key", "confirmed_duplicate"}
        return [self[name] for name in self.fields if not name.startswith("components.") and name not in skipped]

    def component_rows(self) -> list[tuple[forms.BoundField, forms.BoundField, forms.BoundField]]:
        """Return each paper: its box, originals, copies."""
        names = [f"components.{one.component.key}" for one in self.needed]
        return [(self[name], self[f"{name}.originals"], self[f"{name}.copies"]) for name in names]

    def application(self, clerk_phone: str) -> Application:
        """Return what was typed as the values that the rules check; the post clerk is the one who hands in."""
        said = self.cleaned_data
        agency = unit_by_id(int(said["agency"]))
        desk = desk_of(agency, on=local_date(self.at))
        owner = PartyFacts(
            name=said["owner.name"],
            personal_id=said["owner.personal_id"],
            born=said["owner.born"],
            phone=said["owner.phone"],
            address=said["owner.address"],
        )
        submitter = PartyFacts(name=self.actor.name, phone=clerk_phone or said["owner.phone"])
        return Application(
            procedure_code=self.definition.code,
            agency_id=agency.id,
            desk_id=desk.id if desk else None,
            case_key=said["case_key"],
            channel=Channel.POST,
            source=Source.POST_OFFICE,
            owner=owner,
            submitter=submitter,
            components=tuple(self._component(one.component.key) for one in self.needed),
            abstract=said["abstract"],
            result_channel=ResultChannel(said["result_channel"]),
            result_place=said["result_place"] or said["owner.address"],
            confirmed_duplicate=bool(said["confirmed_duplicate"]),
        )

    def _component(self, key: str) -> ComponentFacts:
        said, name = self.cleaned_data, f"components.{key}"
        ticked = said[name]
        return ComponentFacts(
            key=key,
            originals=(said[f"{name}.originals"] or 0) if ticked else 0,
            copies=(said[f"{name}.copies"] or 0) if ticked else 0,
        )
