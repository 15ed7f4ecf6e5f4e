"""Tiếp nhận tại quầy: the whole dossier on one page."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from django import forms
from django.db import transaction
from django.forms import BoundField
from django.http import QueryDict

from motcua.dossiers.actions.compose import FORM_MARKS, FORM_TYPED
from motcua.dossiers.actions.forward import forward_dossier
from motcua.dossiers.actions.join_group import join_group
from motcua.dossiers.actions.take_in import take_in_dossier
from motcua.dossiers.models import Dossier, Draft
from motcua.dossiers.queries.drafts import draft_by_code
from motcua.dossiers.queries.groups import followed
from motcua.dossiers.rules.answering import PREFIX, form_facts, mark
from motcua.dossiers.rules.application import Application, ComponentFacts, PartyFacts
from motcua.dossiers.terms import Channel, PartyKind, ResultChannel, Seen, Source
from motcua.forms.rules.prefill import first_values
from motcua.identity.terms import Actor
from motcua.kernel.errors import NotFound, Problem
from motcua.procedures.rules.selection import NeededComponent, components_for
from motcua.procedures.terms import Definition
from motcua.sites.desk.forms.base import DeskForm, Files
from motcua.sites.desk.forms.fees import FeeRow, asked_fees, chosen_of, fee_fields, fee_rows
from motcua.sites.desk.forms.papers import pages_field, seen_field
from motcua.sites.desk.forms.stored import StoredPapers
from motcua.sites.desk.forms.uploads import StoredFilesField
from motcua.sites.desk.identity_card import Card, reading_of
from motcua.sites.kit.declaration import Declaration, posted_answers, touched
from motcua.sites.kit.forms import CleanCharField, DayField
from motcua.sites.kit.words import local_date

PARTIES = {"owner": "chủ hồ sơ", "submitter": "người nộp"}
#: Who types online for people has a page of their own.
_SOURCES = [(one.value, one.label) for one in Source if one != Source.ASSISTED]
_CHANNELS = [(one.value, one.label) for one in (Channel.IN_PERSON, Channel.POST)]


class Choice(NamedTuple):
    """A unit to choose."""

    id: int
    name: str


@dataclass(frozen=True)
class Counter:
    """What the form needs to know of the place: the procedure, who may solve it, the desks of this clerk, and every
    desk of the province where the result may be collected."""

    definition: Definition
    agencies: Sequence[Choice]
    desks: Sequence[Choice]
    result_desks: Sequence[Choice] = ()


class IntakeForm(DeskForm):
    """Fields are named as the problems of the rules name them: owner.name, components.to-khai …"""

    def __init__(
        self, counter: Counter, actor: Actor, at: datetime, data: Mapping[str, Any] | None = None, files: Files = None
    ) -> None:
        super().__init__(data, files, label_suffix="")
        self.counter, self.actor, self.at = counter, actor, at
        self._add_place()
        for prefix, label in PARTIES.items():
            self._add_party(prefix, label)
        self._add_rest()
        self.needed = components_for(counter.definition, self.case_key)
        for one in self.needed:
            self._add_component(one)
        self.stored = StoredPapers(self, self.needed, actor, at)
        self.asked = asked_fees(counter.definition, self.case_key)
        self.fields |= fee_fields(self.asked)
        self.declaration = self._declaration(data)
        self.settle()

    @property
    def case_key(self) -> str:
        """The case chosen, the first when none is or the one chosen does not exist."""
        cases = [case.key for case in self.counter.definition.cases]
        typed = str(self.data.get("case_key", ""))
        return typed if typed in cases else cases[0]

    def _declaration(self, data: Mapping[str, Any] | None) -> Declaration | None:
        """The e-form of the procedure with what was typed; its defaults on a fresh page."""
        form = self.counter.definition.form
        if form is None:
            return None
        typed = posted_answers(form, data) if isinstance(data, QueryDict) else dict(first_values(form, {}).typed)
        person = self.data.get("owner.kind", PartyKind.PERSON) == PartyKind.PERSON
        facts = form_facts(
            case=self.case_key,
            channel=str(self.data.get("channel", Channel.IN_PERSON)),
            procedure=self.counter.definition.code,
            applicant="citizen" if person else "organisation",
        )
        return Declaration(form, facts, local_date(self.at), typed)

    def press(self, pressed: str) -> None:
        """Do what a button inside the e-form asks for: a row more or less, the communes of a province."""
        if self.declaration is not None:
            self.declaration = self.declaration.after(pressed)

    def take(self, problems: Iterable[Problem]) -> None:
        """Put every problem beside its field; those of the e-form beside its questions too."""
        found = list(problems)
        if self.declaration is not None:
            self.declaration = self.declaration.refused(found)
        super().take(found)

    def fingerprint(self, *more: str) -> str:
        """Return the mark of what was typed, the e-form with it."""
        typed = sorted(self.declaration.typed.items()) if self.declaration else []
        return super().fingerprint(*more, *[f"{PREFIX}{name}={value!r}" for name, value in typed])

    def _add_place(self) -> None:
        counter = self.counter
        cases = [(case.key, case.name) for case in counter.definition.cases]
        self.fields |= {
            "case_key": forms.CharField(label="Trường hợp", widget=_select(cases), initial=cases[0][0]),
            "agency": forms.IntegerField(
                label="Cơ quan giải quyết", widget=_select(counter.agencies), initial=counter.agencies[0].id
            ),
            "desk": forms.IntegerField(
                label="Nơi tiếp nhận", widget=_select(counter.desks), initial=counter.desks[0].id
            ),
            "channel": forms.ChoiceField(label="Cách nộp", choices=_CHANNELS),
            "source": forms.ChoiceField(label="Người mang hồ sơ", choices=_SOURCES),
            "then": forms.CharField(required=False, widget=forms.HiddenInput),
            "after": forms.CharField(required=False, widget=forms.HiddenInput),
            "draft_code": CleanCharField(
                label="Mã soạn sẵn của người nộp",
                required=False,
                help_text="Dạng 1532-840271, trên trang «Xem lại» của người nộp.",
                widget=forms.TextInput(attrs={"class": "w15", "autocomplete": "off"}),
            ),
        }

    def _add_party(self, prefix: str, label: str) -> None:
        numeric = {"inputmode": "numeric", "class": "w15", "autocomplete": "off"}
        plain = {"autocomplete": "off"}
        self.fields |= {
            f"{prefix}.qr": forms.CharField(
                label="Quét QR căn cước",
                required=False,
                help_text="Đặt con trỏ vào đây rồi quét thẻ.",
                widget=forms.TextInput(attrs=plain),
            ),
            f"{prefix}.kind": forms.ChoiceField(label=f"Loại {label}", required=False, choices=PartyKind.choices),
            f"{prefix}.name": CleanCharField(
                label="Họ tên hoặc tên tổ chức", required=False, widget=forms.TextInput(attrs=plain)
            ),
            f"{prefix}.personal_id": CleanCharField(
                label="Số định danh", required=False, widget=forms.TextInput(attrs=numeric)
            ),
            f"{prefix}.born": DayField(label="Ngày sinh", required=False, help_text=""),
            f"{prefix}.phone": CleanCharField(
                label="Số điện thoại", required=False, widget=forms.TextInput(attrs=numeric | {"inputmode": "tel"})
            ),
            f"{prefix}.address": CleanCharField(label="Địa chỉ", required=False, widget=forms.TextInput(attrs=plain)),
            f"{prefix}.email": CleanCharField(label="Thư điện tử", required=False, widget=forms.TextInput(attrs=plain)),
            f"{prefix}.tax_code": CleanCharField(
                label="Mã số thuế", required=False, widget=forms.TextInput(attrs=numeric)
            ),
            f"{prefix}.representative": CleanCharField(
                label="Người đại diện", required=False, widget=forms.TextInput(attrs=plain)
            ),
        }

    def _add_rest(self) -> None:
        number = forms.NumberInput(attrs={"class": "w5", "min": 1, "max": 100})
        self.fields |= {
            "abstract": CleanCharField(label="Trích yếu", required=False),
            "set_count": forms.IntegerField(label="Số bộ hồ sơ", initial=1, widget=number),
            "result_channel": forms.ChoiceField(label="Nhận kết quả", choices=ResultChannel.choices),
            "result_place": CleanCharField(label="Địa chỉ nhận (bưu chính)", required=False),
            "result_desk": forms.IntegerField(
                label="Trả kết quả tại",
                required=False,
                widget=forms.Select(choices=[("", "Nơi tiếp nhận này"), *self.counter.result_desks]),
            ),
            "external_code": CleanCharField(label="Mã trên hệ thống khác", required=False),
            "relation": CleanCharField(
                label="Quan hệ với chủ hồ sơ, hoặc số, ngày, nơi chứng thực văn bản ủy quyền", required=False
            ),
            "proxy_files": StoredFilesField(actor=self.actor, at=self.at, label="Văn bản ủy quyền (bản quét)"),
            "confirmed_duplicate": forms.BooleanField(
                label="Đã kiểm tra, vẫn tiếp nhận thêm hồ sơ này", required=False
            ),
        }

    def _add_component(self, one: NeededComponent) -> None:
        component, name = one.component, f"components.{one.component.key}"
        small = {"class": "w5", "min": 0, "max": 1000}
        self.fields |= {
            name: forms.BooleanField(label=component.name, required=False, help_text=component.note),
            f"{name}.originals": forms.IntegerField(
                label="Bản chính",
                required=False,
                initial=component.originals,
                min_value=0,
                widget=forms.NumberInput(attrs=small),
            ),
            f"{name}.copies": forms.IntegerField(
                label="Bản sao",
                required=False,
                initial=component.copies,
                min_value=0,
                widget=forms.NumberInput(attrs=small),
            ),
            f"{name}.seen": seen_field(),
            f"{name}.pages": pages_field(),
            f"{name}.files": StoredFilesField(actor=self.actor, at=self.at, label="Bản quét"),
        }

    # What the template shows

    def owner_fields(self) -> list[BoundField]:
        """Return the fields of the owner."""
        return [self[name] for name in self.fields if name.startswith("owner.")]

    def submitter_fields(self) -> list[BoundField]:
        """Return the fields of whoever brought the dossier for the owner."""
        return [self[name] for name in self.fields if name.startswith("submitter.")]

    @property
    def case_bound(self) -> BoundField:
        """The field of the case (templates cannot name it apart from the property `case_key`)."""
        return self["case_key"]

    def rest_fields(self) -> list[BoundField]:
        """Return the short fields of the dossier itself."""
        names = (
            "channel",
            "agency",
            "desk",
            "set_count",
            "result_channel",
            "result_desk",
            "result_place",
            "external_code",
        )
        return [self[name] for name in names]

    def component_rows(self) -> list[tuple[NeededComponent, dict[str, BoundField]]]:
        """Return each paper with its box, numbers and files."""
        rows = []
        for one in self.needed:
            name = f"components.{one.component.key}"
            parts = {part: self[f"{name}.{part}"] for part in ("originals", "copies", "seen", "pages", "files")}
            if f"{name}.store" in self.fields:
                parts["store"] = self[f"{name}.store"]
            rows.append((one, {"box": self[name], **parts}))
        return rows

    def fee_rows(self) -> list[FeeRow]:
        """Return the fees that must be counted or confirmed."""
        return fee_rows(self, self.asked)

    # What becomes of it

    @property
    def is_duplicate(self) -> bool:
        """Whether the rules found an open dossier of the same person, or the clerk confirmed it."""
        return "confirmed_duplicate" in self.errors or bool(self.data.get("confirmed_duplicate"))

    @transaction.atomic
    def perform(self) -> Dossier:
        """Take the dossier in, and hand it over at once when asked to."""
        dossier = take_in_dossier(
            actor=self.actor, application=self.application(), at=self.at, fees=chosen_of(self.cleaned_data, self.asked)
        )
        self.stored.use(dossier)
        if self.cleaned_data["after"] and (before := followed(self.actor, self.cleaned_data["after"])):
            join_group(actor=self.actor, dossier_id=dossier.pk, after_id=before.pk, at=self.at)
        if self.cleaned_data["then"] == "forward":
            dossier = forward_dossier(actor=self.actor, dossier_id=dossier.pk, at=self.at)
        return dossier

    def application(self) -> Application:
        """Return what was typed as the values that the rules check."""
        said = self.cleaned_data
        source = Source(said["source"])
        return Application(
            procedure_code=self.counter.definition.code,
            agency_id=said["agency"],
            desk_id=said["desk"],
            case_key=said["case_key"],
            channel=Channel(said["channel"]),
            owner=self._party_facts("owner"),
            submitter=self._party_facts("submitter") if self.has_submitter(source) else None,
            source=source,
            components=tuple(self._component_facts(one.component.key) for one in self.needed),
            abstract=said["abstract"],
            set_count=said["set_count"],
            result_channel=ResultChannel(said["result_channel"]),
            result_place=said["result_place"],
            result_desk_id=said["result_desk"],
            external_code=said["external_code"],
            proxy_files=said["proxy_files"],
            relation=said["relation"],
            confirmed_duplicate=said["confirmed_duplicate"],
            form=self._answers(),
            form_marks=self._marks(),
        )

    def _marks(self) -> Mapping[str, Mapping[str, str]]:
        """Where answers come from that a citizen had prepared and the clerk left as they were."""
        code = self.cleaned_data["draft_code"]
        if self.declaration is None or not code:
            return {}
        try:
            draft = draft_by_code(code)
        except NotFound:
            return {}
        typed = draft.data.get(FORM_TYPED, {})
        own = mark("typed", by=draft.account.full_name, at=draft.saved_at.isoformat())
        keys = {name.partition(".")[0] for name in typed}
        same = keys - touched(typed, self.declaration.typed, keys)
        return {key: draft.data.get(FORM_MARKS, {}).get(key, own) for key in same}

    def _answers(self) -> Mapping[str, str | Sequence[str]]:
        """The e-form as typed; nothing when the declaration was brought on paper."""
        return {} if self.declaration is None or self.declaration.is_blank else self.declaration.typed

    def has_submitter(self, source: Source) -> bool:
        """Return whether somebody else than the owner hands in."""
        return source != Source.SELF

    def _party_facts(self, prefix: str) -> PartyFacts:
        said = self.cleaned_data
        names = ("name", "personal_id", "tax_code", "born", "phone", "email", "address", "representative")
        kind = PartyKind(said[f"{prefix}.kind"] or PartyKind.PERSON)
        return PartyFacts(kind=kind, **{name: said[f"{prefix}.{name}"] for name in names})

    def _component_facts(self, key: str) -> ComponentFacts:
        said, name = self.cleaned_data, f"components.{key}"
        ticked = said[name]
        facts = ComponentFacts(
            key=key,
            originals=(said[f"{name}.originals"] or 0) if ticked else 0,
            copies=(said[f"{name}.copies"] or 0) if ticked else 0,
            files=said[f"{name}.files"],
            seen=Seen(said[f"{name}.seen"]) if ticked else Seen.UNSEEN,
            pages=(said[f"{name}.pages"] or 0) if ticked else 0,
        )
        return self.stored.added_to(facts)


def filled_from_draft(data: QueryDict, draft: Draft) -> QueryDict:
    """Return what was typed with the owner and the e-form of a draft; what the draft does not say stays."""
    filled = data.copy()
    for name, value in draft.data.get("thong-tin", {}).items():
        prefix, _, field = name.partition("-")
        if prefix in PARTIES and value:
            filled[f"{prefix}.{field}"] = value
    for name, value in draft.data.get(FORM_TYPED, {}).items():
        filled.setlist(f"{PREFIX}{name}", [value] if isinstance(value, str) else list(value))
    return filled


def filled_from_card(data: QueryDict, prefix: str) -> tuple[QueryDict, list[Problem]]:
    """Return what was typed with the fields of the owner or submitter filled from the QR, and what is wrong with it."""
    reading = reading_of(data.get(f"{prefix}.qr", ""))
    problems = [Problem(one.code, one.message, _card_field(prefix, one.field), one.basis) for one in reading.problems]
    if reading.card is None:
        return data, problems
    filled = data.copy()
    filled[f"{prefix}.qr"] = ""
    for name, value in card_fields(reading.card).items():
        if value or not reading.is_mangled:
            filled[f"{prefix}.{name}"] = value
    return filled, problems


def card_fields(card: Card) -> dict[str, str]:
    """Return the fields of a party that a card fills, as they are typed."""
    born = f"{card.born:%d/%m/%Y}" if card.born else ""
    return {"personal_id": card.personal_id, "name": card.name, "born": born, "address": card.address}


def _card_field(prefix: str, name: str) -> str:
    return f"{prefix}.{name if name in {'personal_id', 'born'} else 'qr'}"


def _select(choices: Sequence[tuple[Any, str]]) -> forms.Widget:
    return forms.Select(choices=list(choices)) if len(choices) > 1 else forms.HiddenInput()
