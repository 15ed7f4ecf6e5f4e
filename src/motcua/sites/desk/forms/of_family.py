"""Opening a part of a dossier at another agency (liên thông)."""

from typing import Any

from django import forms

from motcua.agencies.queries import UnitInfo, unit
from motcua.dossiers.actions.open_part import open_part
from motcua.dossiers.models import Dossier
from motcua.dossiers.queries.family import offered_codes, offers_of
from motcua.dossiers.terms import Act
from motcua.sites.desk.forms.base import ActForm
from motcua.sites.desk.forms.units import UnitField
from motcua.sites.kit.forms import choice_text

_OTHER = "khac"


class OpenPartForm(ActForm):
    """Mở hồ sơ thành phần: what the procedure names, or any other procedure; people, papers and files go along."""

    act = Act.OPEN_PART
    template = "desk/acts/open_part.html"
    button = "Mở hồ sơ thành phần"
    lead = (
        "Người nộp không phải nộp lại gì: thông tin, giấy tờ và tệp được mang sang, hồ sơ đi thẳng đến cơ quan giải "
        "quyết. Người nộp vẫn theo dõi bằng một mã hồ sơ duy nhất."
    )

    def prepare(self) -> None:
        linked = self.dossier.definition.linked
        self.offers = offers_of([one.procedure for one in linked], self.at)
        self.procedures = offered_codes(self.at)
        choices: list[tuple[str, Any]] = [
            (one.procedure, choice_text(one.name, self._where(one.procedure, required=one.required))) for one in linked
        ]
        if choices:
            choices.append((_OTHER, "Thủ tục khác"))
        self.fields["link"] = forms.CharField(
            label="Phần liên thông",
            required=False,
            widget=forms.RadioSelect(choices=choices) if choices else forms.HiddenInput(),
            initial=choices[0][0] if choices else _OTHER,
        )
        self.fields["procedure"] = forms.CharField(
            label="Thủ tục khác" if choices else "Thủ tục",
            required=False,
            help_text="Gõ mã hoặc vài chữ trong tên rồi chọn.",
            widget=forms.TextInput(attrs={"list": "cac-thu-tuc", "autocomplete": "off"}),
        )
        self.fields["agency"] = UnitField(
            self._agencies(),
            label="Cơ quan giải quyết",
            help_text="Để trống: cơ quan của hồ sơ này nếu có giải quyết, hoặc cơ quan duy nhất giải quyết.",
        )

    def _agencies(self) -> list[UnitInfo]:
        found = {one.agency_id for offers in self.offers.values() for one in offers}
        found |= {agency_id for one in self.procedures for agency_id in one.agency_ids}
        root = unit(self.dossier.agency_id).path[0]
        return sorted((one for one in map(unit, found) if one.path[0] == root), key=lambda one: one.name_fold)

    def _where(self, code: str, *, required: bool) -> str:
        agencies = [one.agency.short_name or one.agency.name for one in self.offers[code]]
        where = agencies[0] if len(agencies) == 1 else f"{len(agencies)} cơ quan giải quyết"
        need = "Bắt buộc trước khi có kết quả." if required else "Không bắt buộc."
        return f"{need} {where if agencies else 'Chưa cơ quan nào giải quyết'}."

    @property
    def units(self) -> list[UnitInfo]:
        """The agencies to choose from, for the list on the page."""
        field = self.fields["agency"]
        return list(field.units) if isinstance(field, UnitField) else []

    def clean_procedure(self) -> str:
        """Return the code of what was typed: the code itself, or "mã – tên" as the list offers it."""
        chosen = self.cleaned_data.get("link") or _OTHER
        if chosen != _OTHER:
            return str(chosen)
        typed = str(self.cleaned_data["procedure"]).strip().split(" ")[0]
        if not typed:
            raise forms.ValidationError("Hãy chọn thủ tục.", code="required")
        return typed

    @property
    def done(self) -> str:
        return "Đã mở hồ sơ thành phần và chuyển đến cơ quan giải quyết."

    def perform(self) -> Dossier:
        said = self.cleaned_data
        return open_part(**self.common, procedure_code=said["procedure"], agency_id=said["agency"])
