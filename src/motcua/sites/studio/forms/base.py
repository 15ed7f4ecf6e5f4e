"""What the forms of the studio have in common: which draft was seen, expressions checked, lists one entry a line."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from django import forms
from django.http import QueryDict
from pydantic import ValidationError

from motcua.expressions.rules.checking import check
from motcua.expressions.terms import Kind
from motcua.kernel.errors import Invalid, Problem
from motcua.kernel.text import clean
from motcua.kernel.values import Value
from motcua.procedures.terms import Definition
from motcua.sites.kit.forms import CleanCharField
from motcua.sites.office.forms import OfficeForm, text_field
from motcua.sites.studio.names import kinds_of, names_for
from motcua.sites.studio.places import Place, elements


@dataclass(frozen=True, slots=True)
class Scene:
    """What a form is about: the definition, the place in it, what stands there now (None: something new)."""

    definition: Definition
    place: Place
    value: Any = None
    revision: int = 0
    kind: str = ""

    @property
    def taken(self) -> frozenset[str]:
        """The keys of the neighbours."""
        return frozenset(one.key for one in elements(self.definition, self.place) if one is not self.value)


class SeenForm(OfficeForm):
    """A form that says which revision of the draft it was filled in upon."""

    revision = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def show_again(self, revision: int) -> None:
        """Let a refused form be sent once more, upon the revision that is there now."""
        data = QueryDict(mutable=True)
        data.update(self.data)
        data["revision"] = str(revision)
        self.data = data


class PartForm(SeenForm):
    """The form of one element of a draft. `formulas`: fields that hold expressions, with the kind they must yield."""

    formulas: ClassVar[Mapping[str, Kind]] = {}
    #: Fields folded away under "Thêm lựa chọn".
    folded: ClassVar[Sequence[str]] = ()

    marks = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, scene: Scene, **options: Any) -> None:
        self.scene = scene
        first = self.first_values(scene.value) if scene.value is not None else {}
        super().__init__(initial={**first, "revision": scene.revision}, **options)
        self.arrange()
        for name in self.folded:
            if name in self.fields:
                self.fields[name].widget.no_optional_mark = True

    def arrange(self) -> None:
        """Set choices that depend on the draft, drop fields that do not fit."""

    def first_values(self, value: Any) -> dict[str, Any]:
        """Return what the fields show of the value that is there."""
        return {name: getattr(value, name) for name in self.base_fields if hasattr(value, name)}

    def typed_facts(self) -> dict[str, Any]:
        """Return what was typed as the fields of the value."""
        return {name: said for name, said in self.cleaned_data.items() if name not in {"key", "revision", "marks"}}

    def build(self) -> Any:
        """Return the value; raises Invalid when it cannot be one."""
        raise NotImplementedError

    def clean(self) -> dict[str, Any]:
        """Check every expression against the names it may use."""
        said = super().clean() or self.cleaned_data
        wanted = {name: kind for name, kind in self.formulas.items() if said.get(name)}
        if wanted:
            known = kinds_of(names_for(self.scene.definition, self.scene.place))
            for name, kind in wanted.items():
                for problem in check(str(said[name]), known, expected=kind):
                    self.add_error(name, problem.message)
        return said

    @property
    def plain_fields(self) -> list[forms.BoundField]:
        """The fields that are always seen."""
        return [bound for bound in self if bound.name not in self.folded]

    @property
    def folded_fields(self) -> list[forms.BoundField]:
        """The fields seldom needed; seen at once when one of them is filled in or wrong."""
        return [bound for bound in self if bound.name in self.folded]

    @property
    def is_unfolded(self) -> bool:
        """Whether one of the folded fields is filled in or wrong."""
        return any(bound.errors or bound.value() for bound in self.folded_fields)


def value_of(kind: type[Value], facts: Mapping[str, Any]) -> Any:
    """Return the value; raises Invalid with a problem a field."""
    try:
        return kind.model_validate(dict(facts))
    except ValidationError as error:
        raise Invalid(
            [
                Problem(one["type"], "Giá trị này không hợp lệ; hãy xem lại.", str(one["loc"][0]) if one["loc"] else "")
                for one in error.errors(include_url=False, include_context=False)
            ]
        ) from error


def formula_field(label: str, *, help_text: str = "") -> forms.CharField:
    """Return a field for an expression; empty is allowed."""
    attrs = {"rows": 2, "class": "mono formula", "spellcheck": "false", "autocomplete": "off"}
    return forms.CharField(
        label=label, required=False, max_length=2000, help_text=help_text, widget=forms.Textarea(attrs=attrs)
    )


def long_field(
    label: str, *, required: bool = False, rows: int = 3, longest: int = 2000, help_text: str = ""
) -> forms.CharField:
    """Return a field for a paragraph; line breaks stay."""
    return forms.CharField(
        label=label,
        required=required,
        max_length=longest,
        help_text=help_text,
        widget=forms.Textarea(attrs={"rows": rows}),
        error_messages={"required": f"Hãy nhập {label[:1].lower()}{label[1:]}."},
    )


def line_field(
    label: str, *, required: bool = True, longest: int = 2000, help_text: str = "", width: str = ""
) -> CleanCharField:
    """Return a field for one line."""
    attrs = {"class": width} if width else {}
    return text_field(label, required=required, longest=longest, help_text=help_text, attrs=attrs)


def whole_field(label: str, *, lowest: int = 0, required: bool = False, help_text: str = "") -> forms.IntegerField:
    """Return a field for a whole number."""
    return forms.IntegerField(
        label=label,
        required=required,
        min_value=lowest,
        max_value=10**13,
        help_text=help_text,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "w5", "autocomplete": "off"}),
        error_messages={
            "invalid": "Hãy ghi số nguyên.",
            "required": "Hãy ghi một số.",
            "min_value": f"Số này không được nhỏ hơn {lowest}.",
            "max_value": "Số này quá lớn.",
        },
    )


def tick_field(label: str, *, help_text: str = "") -> forms.BooleanField:
    """Return a box to tick."""
    return forms.BooleanField(label=label, required=False, help_text=help_text)


def pick_field(
    label: str, choices: Iterable[tuple[str, str]] = (), *, required: bool = False, help_text: str = ""
) -> forms.ChoiceField:
    """Return a list to choose one from."""
    return forms.ChoiceField(
        label=label,
        required=required,
        choices=list(choices),
        help_text=help_text,
        error_messages={
            "required": "Hãy chọn một mục.",
            "invalid_choice": "Hãy chọn một mục trong danh sách.",
        },
    )


def ticks_field(
    label: str, choices: Iterable[tuple[str, str]] = (), *, help_text: str = ""
) -> forms.MultipleChoiceField:
    """Return boxes of which several may be ticked."""
    return forms.MultipleChoiceField(
        label=label,
        required=False,
        choices=list(choices),
        widget=forms.CheckboxSelectMultiple,
        help_text=help_text,
        error_messages={"invalid_choice": "Hãy chọn trong danh sách."},
    )


def lines_of(text: str) -> list[str]:
    """Return the lines of a text that say something, cleaned."""
    return [said for said in (clean(line) for line in text.splitlines()) if said]


def set_offers(form: forms.Form, name: str, choices: Iterable[tuple[str, str]]) -> None:
    """Give a field its choices; one that offers nothing is left out."""
    field, offers = form.fields[name], list(choices)
    if isinstance(field, forms.ChoiceField):
        field.choices = offers
    if not [value for value, _ in offers if value]:
        del form.fields[name]
