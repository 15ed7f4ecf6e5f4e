"""Forms of the catalogue."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, ClassVar

from django import forms

from motcua.agencies.queries import UnitInfo
from motcua.kernel.errors import Problem
from motcua.kernel.text import fold
from motcua.sites.kit.forms import DayField
from motcua.sites.office.forms import OfficeForm, SmallFileField, content_of, day_label, whole

_NO_DAY = {"required": "Hãy nhập ngày, ví dụ 01/07/2025."}


class PublishForm(OfficeForm):
    """What a procedure shall say: typed, or in a file that goes before."""

    text = forms.CharField(
        label="Nội dung thủ tục (YAML)",
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 24, "class": "mono", "spellcheck": "false", "autocomplete": "off"}),
    )
    file = SmallFileField(
        label="Hoặc chọn tệp YAML",
        required=False,
        help_text="Có tệp thì nội dung trong ô trên được thay bằng nội dung tệp.",
        widget=forms.FileInput(attrs={"accept": ".yaml,.yml,text/yaml"}),
        error_messages={"empty": "Tệp này không có nội dung; hãy chọn tệp khác."},
    )
    on = DayField(label="Có hiệu lực từ ngày", error_messages=_NO_DAY)
    revision = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *, today: date, **options: Any) -> None:
        super().__init__(**options)
        self.fields["on"].initial = day_label(today)
        self.path_problems: list[Problem] = []

    @property
    def content(self) -> bytes | str:
        """What was handed in."""
        found = self.cleaned_data.get("file")
        return content_of(found) if found else str(self.cleaned_data.get("text") or "")

    def take(self, problems: Iterable[Problem]) -> None:
        """Put problems with a path into a table, all others on the form."""
        known = list(problems)
        self.path_problems = [one for one in known if one.field and one.field not in {"text", "file", "valid_from"}]
        super().take([one for one in known if one not in self.path_problems])
        if self.path_problems:
            self.add_error("text", f"Nội dung có {len(self.path_problems)} chỗ cần sửa; chưa ghi gì.")

    places: ClassVar[Mapping[str, str]] = {"valid_from": "on"}


def handling_choices(units: Sequence[UnitInfo]) -> list[tuple[str, list[tuple[str, str]]]]:
    """Return the units that may work on a procedure, under the name of their agency."""
    names = {unit.id: unit.name for unit in units}
    groups: dict[int, list[tuple[str, str]]] = {}
    for unit in sorted(units, key=lambda one: (len(one.path), one.name_fold)):
        if not unit.is_desk:
            groups.setdefault(unit.agency_id, []).append((str(unit.id), unit.name))
    named = [(names.get(agency, ""), choices) for agency, choices in groups.items() if agency in names]
    return sorted(named, key=lambda pair: fold(pair[0]))


class OfferForm(OfficeForm):
    """Who takes the procedure."""

    places: ClassVar[Mapping[str, str]] = {"handling_unit": "handling", "agency": "handling", "procedure": ""}

    handling = forms.ChoiceField(
        label="Đơn vị thụ lý",
        help_text="Cơ quan có đơn vị này là cơ quan giải quyết; hồ sơ được chuyển đến đơn vị này để thẩm định.",
        error_messages={"required": "Hãy chọn đơn vị thụ lý.", "invalid_choice": "Hãy chọn một mục trong danh sách."},
    )
    on = DayField(label="Tiếp nhận từ ngày", error_messages=_NO_DAY)

    def __init__(self, units: Sequence[UnitInfo], *, today: date, **options: Any) -> None:
        super().__init__(**options)
        field = self.fields["handling"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [("", "Chọn…"), *handling_choices(units)]
        self.fields["on"].initial = day_label(today)

    @property
    def handling_id(self) -> int:
        """The unit that works on the dossiers."""
        return whole(self.cleaned_data["handling"]) or 0


class OfferManyForm(OfferForm):
    """All procedures of some fields for one unit."""

    domains = forms.MultipleChoiceField(
        label="Lĩnh vực đơn vị này thụ lý",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Hãy chọn ít nhất một lĩnh vực."},
    )
    field_order = ("handling", "domains", "on")

    def __init__(self, units: Sequence[UnitInfo], domains: Iterable[tuple[str, str]], **options: Any) -> None:
        super().__init__(units, **options)
        field = self.fields["domains"]
        if isinstance(field, forms.MultipleChoiceField):
            field.choices = list(domains)


class RetireForm(OfficeForm):
    """The end of a procedure."""

    places: ClassVar[Mapping[str, str]] = {"retired_on": "on"}

    on = DayField(label="Ngày đầu tiên không còn hiệu lực", error_messages=_NO_DAY)
    reason = forms.CharField(
        label="Căn cứ bãi bỏ",
        help_text="Số, ngày của quyết định.",
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": "Hãy nhập số quyết định bãi bỏ."},
    )


class CatalogueForm(OfficeForm):
    """Definitions to take in, one or many."""

    file = SmallFileField(
        label="Tệp YAML, hoặc tệp .zip gồm nhiều tệp YAML",
        help_text="Tối đa 10 MB. Mỗi thủ tục một tệp .yaml.",
        widget=forms.FileInput(attrs={"accept": ".yaml,.yml,.zip"}),
        error_messages={"required": "Hãy chọn tệp.", "empty": "Tệp này không có nội dung; hãy chọn tệp khác."},
    )
    on = DayField(label="Có hiệu lực từ ngày", error_messages=_NO_DAY)
