"""Số hóa: bringing a stack, confirming what was read."""

from typing import Any, ClassVar, Final

from django import forms
from django.http import QueryDict

from motcua.dossiers.models import Dossier
from motcua.scanning.actions.binding import Pen
from motcua.scanning.actions.confirm import Confirmed
from motcua.scanning.queries import Laid, Value
from motcua.signing.rules.wheres import typed
from motcua.signing.terms import KeyChoice
from motcua.sites.desk.forms.signing import code_field
from motcua.sites.kit.forms import CleanCharField
from motcua.sites.office.forms import OfficeForm, choice_field, set_choices

#: The name of the file input.
FILES: Final = "scan"
_ACCEPTED: Final = ".pdf,.jpg,.jpeg,.png"


class FilesInput(forms.FileInput):
    """Several files, sent in pieces where there is a script."""

    allow_multiple_selected = True


class StackForm(OfficeForm):
    """The files of a stack, and whose pages they are when no separator sheet says so."""

    places: ClassVar = {"files": FILES}

    scan = forms.Field(
        label="Tệp quét (PDF) hoặc ảnh chụp",
        required=False,
        help_text="Chọn một hay nhiều tệp; mỗi tệp tối đa 20 MB. Quét màu, 200–300 dpi, tỷ lệ 1:1.",
        widget=FilesInput(attrs={"accept": _ACCEPTED, "data-tep": "/tep/", "multiple": True}),
    )
    component_key = choice_field(
        "Giấy tờ, khi không dùng tờ phân cách",
        required=False,
        help_text="Có tờ phân cách trong xấp thì để trống: máy tự chia theo từng tờ.",
    )

    def __init__(self, dossier: Dossier, **options: Any) -> None:
        super().__init__(**options)
        components = dossier.components.order_by("position").values_list("key", "name")
        set_choices(self, "component_key", components, empty="Theo tờ phân cách, hoặc chọn sau")
        for one in self.fields.values():
            setattr(one.widget, "no_optional_mark", True)  # noqa: B010 (read by the template tag `field`)


class ConfirmForm(OfficeForm):
    """The values of all papers by their names, the key and its PIN, the revision that was on the screen."""

    revision = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(
        self, laid: Laid, keys: list[KeyChoice], *, revision: int, must_sign: bool, data: QueryDict | None = None
    ) -> None:
        super().__init__(data)
        self.laid = laid
        self.fields["revision"].initial = revision
        for value in self._values():
            self.fields[value.name] = _value_field(value)
        if keys:
            label = "Ký bằng" if must_sign else "Ký bằng (không bắt buộc)"
            self.fields["key_ref"] = forms.ChoiceField(
                label=label,
                required=False,
                choices=[(one.ref, one.label) for one in keys] + ([] if must_sign else [("", "Không ký số")]),
                initial=keys[0].ref,
                widget=forms.Select,
            )
            self.fields["pin"] = forms.CharField(
                label="PIN",
                required=False,
                strip=False,
                widget=forms.PasswordInput(attrs={"autocomplete": "off", "class": "w15", "inputmode": "numeric"}),
            )
            if any(one.needs_code for one in keys):
                self.fields["code"] = code_field()
            for name in ("key_ref", "pin", "code"):
                if name not in self.fields:
                    continue
                setattr(self.fields[name].widget, "no_optional_mark", True)  # noqa: B010 (as above)

    def _values(self) -> list[Value]:
        return [value for paper in self.laid.papers for value in paper.values]

    def confirmed(self) -> Confirmed:
        """Return what the clerk confirms."""
        said = self.cleaned_data
        values = {value.name: said.get(value.name, "") for value in self._values()}
        secret = typed(said.get("pin", ""), said.get("code", ""))
        return Confirmed(said["revision"], values, Pen(said.get("key_ref", ""), secret))

    def papers(self) -> list[dict[str, Any]]:
        """Return the papers with the bound fields of their values, for the template."""
        return [
            {"paper": paper, "rows": [{"value": value, "bound": self[value.name]} for value in paper.values]}
            for paper in self.laid.papers
        ]


def _value_field(value: Value) -> CleanCharField:
    marks = {"autocomplete": "off"} | ({} if value.is_sure else {"class": "unsure"})
    field = CleanCharField(
        label=value.field.label,
        required=False,
        max_length=300,
        initial=value.found.value,
        widget=forms.TextInput(attrs=marks),
    )
    setattr(field.widget, "no_optional_mark", True)  # noqa: B010 (read by the template tag `field`)
    return field


def pages_moved(pressed: str, data: QueryDict) -> tuple[str, int, str] | None:
    """Return what a button of a page asks for: ("drop", page, component), None for no such button."""
    how, _, number = pressed.partition(":")
    if not how or not number.isdecimal() or len(number) > len("9" * 18):
        return None
    return how, int(number), data.get(f"den-{number}", "")
