"""What the forms of all acts have in common: parse, hand over to the action, put its problems beside the fields."""

from abc import ABCMeta, abstractmethod
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, ClassVar
from uuid import uuid4

from django import forms
from django.forms import BoundField
from django.forms.forms import DeclarativeFieldsMetaclass
from django.utils.datastructures import MultiValueDict

from motcua.dossiers.access import capacities_open_to
from motcua.dossiers.models import Dossier
from motcua.dossiers.rules.flow import Way
from motcua.dossiers.terms import Act
from motcua.identity.terms import Actor
from motcua.journal.idempotency import fingerprint_of
from motcua.kernel.errors import Problem
from motcua.processes.terms import Step
from motcua.sites.kit.forms import add_problems, secret_names

Files = MultiValueDict[str, Any] | None


class DeskForm(forms.Form):
    """A form whose write is done once: `key` names the write, `revision` what was on the screen."""

    key = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Mapping[str, Any] | None = None, files: Files = None, **options: Any) -> None:
        super().__init__(data, files, **options)
        self.fields["key"].initial = uuid4().hex

    def settle(self) -> None:
        """Say of no field that it is optional: what is needed depends on the case, and the actions know it."""
        for one in self.fields.values():
            setattr(one.widget, "no_optional_mark", True)  # noqa: B010 (read by the template tag `field`)

    def fingerprint(self, *more: str) -> str:
        """Return the mark of what was typed, files by their content; nothing secret goes into it."""
        skipped = {"key", "revision"} | secret_names(self)
        said = [f"{name}={value!r}" for name, value in sorted(self.cleaned_data.items()) if name not in skipped]
        return fingerprint_of(*more, *said)

    def take(self, problems: Iterable[Problem]) -> None:
        """Put every problem of an action beside its field, or on top."""
        add_problems(self, [Problem(one.code, one.message, self.place(one.field), one.basis) for one in problems])

    def forget_errors(self, problems: Iterable[Problem] = ()) -> None:
        """Show what was typed without judging it (a button only filled something in), but store what was uploaded."""
        self.full_clean()
        self.errors.clear()
        self.take(problems)

    def place(self, field: str) -> str:
        """Return the field of the form that a problem's field stands for."""
        return field


class _FormMeta(DeclarativeFieldsMetaclass, ABCMeta):
    """Django's forms have a metaclass of their own; with this one Python refuses a form that does no act."""


class ActForm(DeskForm, metaclass=_FormMeta):
    """The form of one act on one dossier."""

    act: ClassVar[Act]
    template: ClassVar[str] = "desk/act.html"
    button: ClassVar[str] = ""
    danger: ClassVar[bool] = False
    lead: ClassVar[str] = ""

    revision = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(
        self, dossier: Dossier, actor: Actor, at: datetime, data: Mapping[str, Any] | None = None, files: Files = None
    ) -> None:
        super().__init__(data, files, label_suffix="")
        self.dossier, self.actor, self.at = dossier, actor, at
        self.fields["revision"].initial = dossier.revision
        self.prepare()
        self._ask_capacity()
        self.settle()

    def _ask_capacity(self) -> None:
        """Ask in which capacity, when the act is possible in several; by one's own rights unless chosen."""
        self.capacities = capacities_open_to(self.actor, self.dossier, self.act, self.at)
        if len(self.capacities) > 1:
            choices = [(_mandate_id(one), _capacity_text(one)) for one in self.capacities]
            self.fields["capacity"] = forms.CharField(
                label="Thực hiện với tư cách", required=False, widget=forms.RadioSelect(choices=choices), initial=""
            )

    @property
    def capacity_text(self) -> str:
        """In which capacity the officer acts when there is only one and it is not their own; else ""."""
        only = self.capacities[0] if len(self.capacities) == 1 else None
        return only.mandate.words if only and only.mandate else ""

    @property
    def capacity_bound(self) -> BoundField | None:
        """The field that asks for the capacity, when there is a choice."""
        return self["capacity"] if "capacity" in self.fields else None

    @property
    def acting(self) -> Actor:
        """The actor, with the capacity that was chosen."""
        chosen = str(self.cleaned_data.get("capacity") or "")
        return self.actor.preferring(int(chosen) if chosen.isdecimal() else None)

    def prepare(self) -> None:
        """Add what depends on the dossier: choices, initial values, rows."""

    def renew(self, dossier: Dossier) -> None:
        """Show what was typed against the dossier as it is now."""
        self.dossier = dossier

    @abstractmethod
    def perform(self) -> Dossier:
        """Do the act; raises what the action raises."""

    @property
    def common(self) -> dict[str, Any]:
        """The facts that every action wants."""
        return {
            "actor": self.acting,
            "dossier_id": self.dossier.pk,
            "at": self.at,
            "revision": self.cleaned_data["revision"],
        }

    @property
    def done(self) -> str:
        """The sentence shown after the act."""
        return f"Đã thực hiện: {self.act.label.lower()}."

    @property
    def looks_at(self) -> str:
        """The sheet that this act reads first, as `story.Sheet.key`; "" for the first there is."""
        return ""

    def shown(self) -> list[BoundField]:
        """Return the visible fields in their order."""
        return [bound for bound in self.visible_fields() if bound.name != "capacity"]


def _mandate_id(actor: Actor) -> str:
    return str(actor.mandate.delegation_id) if actor.mandate else ""


def _capacity_text(actor: Actor) -> str:
    if actor.mandate is None:
        return f"Quyền của mình: {actor.title}"
    basis = f", văn bản {actor.mandate.basis}" if actor.mandate.basis else ""
    return f"{actor.mandate.words[:1].upper()}{actor.mandate.words[1:]}{basis}"


def step_choice(label: str, steps: Sequence[Step]) -> forms.Field:
    """Return a field to choose a step; hidden when there is only one way. The action checks what is chosen."""
    choices = [(step.key, step.name) for step in steps]
    if len(choices) < 2:  # noqa: PLR2004 (one way is no choice)
        return forms.CharField(required=False, widget=forms.HiddenInput, initial=choices[0][0] if choices else "")
    return forms.CharField(label=label, widget=forms.RadioSelect(choices=choices), initial=choices[0][0])


def way_choice(label: str, ways: Sequence[Way]) -> forms.Field:
    """Return a field to choose one of the ways that are open now, in the words of the process; see `step_choice`."""
    choices = [
        (way.step.key, f"{way.label} (đến bước {way.step.name})" if way.label else way.step.name) for way in ways
    ]
    if len(choices) < 2:  # noqa: PLR2004 (one way is no choice)
        return forms.CharField(required=False, widget=forms.HiddenInput, initial=choices[0][0] if choices else "")
    return forms.CharField(label=label, widget=forms.RadioSelect(choices=choices), initial=choices[0][0])


def long_text(label: str, *, rows: int = 4, required: bool = False, help_text: str = "") -> forms.CharField:
    """Return a field for several lines; whether it may be empty is the action's rule unless `required`."""
    widget = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, required=required, help_text=help_text, widget=widget)


def is_number(text: str) -> bool:
    """Return whether the text is a number that the database can hold."""
    return text.isdecimal() and text.isascii() and len(text) < 18  # noqa: PLR2004 (what a bigint holds)
