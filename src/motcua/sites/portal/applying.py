"""A draft on its way to become a dossier: its pages, what was typed on each, and the application they make."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any, Final

from django import forms

from motcua.agencies.queries import unit
from motcua.dossiers.models import Draft, DraftFile
from motcua.dossiers.queries.desks import desks_for
from motcua.dossiers.queries.drafts import draft_files
from motcua.dossiers.rules.application import Application, ComponentFacts, FileRef, PartyFacts
from motcua.dossiers.terms import Channel, Digitised, ResultChannel, Source
from motcua.identity.models import Account
from motcua.kernel.errors import Invalid, Problem
from motcua.procedures.models import Offering
from motcua.procedures.rules.selection import NeededComponent, components_for
from motcua.procedures.terms import Definition
from motcua.sites.kit.words import local_date
from motcua.sites.portal.declaring import FORM, Declaring
from motcua.sites.portal.forms.applying import (
    OrganisationForm,
    OwnerForm,
    PartyForm,
    PlaceForm,
    ResultForm,
    SelfForm,
    SubmitterForm,
    WhoForm,
    account_facts,
    organisation_facts,
)

PLACE, WHO, PARTIES, PAPERS, RESULT, REVIEW = "noi-nop", "nop-cho-ai", "thong-tin", "giay-to", "nhan-ket-qua", "xem-lai"

#: Address of each page → its name in the row of steps, in the order of the way.
PAGES: Final[Mapping[str, str]] = {
    PLACE: "Nơi giải quyết",
    WHO: "Nộp cho ai",
    PARTIES: "Thông tin",
    FORM: "Tờ khai",
    PAPERS: "Giấy tờ",
    RESULT: "Nhận kết quả",
    REVIEW: "Xem lại và nộp",
}
#: Where the letter of authority is kept among the files of a draft; no component can have that key.
PROXY_KEY: Final = "@uy-quyen"
#: Where a draft keeps which of its files came from the citizen's store: "component|sha256" → "paper:code".
STORE: Final = "@kho"


@dataclass
class Applying:
    """A draft with everything its pages need."""

    draft: Draft
    definition: Definition
    offerings: Sequence[Offering]
    account: Account
    at: datetime

    def typed(self, page: str) -> dict[str, str]:
        """Return what was last typed on a page, by the names of the inputs."""
        found: dict[str, str] = self.draft.data.get(page, {})
        return found

    def forms_of(self, page: str, data: Any = None) -> Sequence[forms.Form]:
        """Return the forms of a page, bound to `data`, else filled with what was typed before."""
        makers: Mapping[str, Callable[[Any], Sequence[forms.Form]]] = {
            PLACE: self._place,
            WHO: self._who,
            PARTIES: self._parties,
            RESULT: self._result,
        }
        return makers[page](data)

    def checked(self, page: str) -> Sequence[forms.Form]:
        """Return the forms of a page bound to what was saved."""
        return self.forms_of(page, self.typed(page))

    @property
    def pages(self) -> Mapping[str, str]:
        """Address of each page of this draft → its name, in the order of the way."""
        asks = self.declaring is not None and bool(self.declaring.pages)
        return PAGES if asks else {page: name for page, name in PAGES.items() if page != FORM}

    @cached_property
    def declaring(self) -> Declaring | None:
        """The e-form of the procedure; None when it has none."""
        return Declaring(self, self.definition.form) if self.definition.form else None

    def is_done(self, page: str) -> bool:
        """Whether everything on the page is there and right."""
        if page == PAPERS:
            return not self.missing
        if page == FORM:
            return self.declaring is None or not self.declaring.undone()
        return bool(self.typed(page)) and all(form.is_valid() for form in self.checked(page))

    def first_undone(self, before: str = REVIEW) -> str:
        """Return the first page before `before` that is not done; "" when all are."""
        for page in self.pages:
            if page == before:
                return ""
            if not self.is_done(page):
                return page
        return ""

    @cached_property
    def source(self) -> Source:
        """For whom the dossier is; the owner themselves until something else is chosen."""
        (form,) = self.checked(WHO)
        return Source(form.cleaned_data["source"]) if form.is_valid() else Source.SELF

    @cached_property
    def place(self) -> tuple[Offering, str] | None:
        """The offering and the case chosen; None until both are."""
        (form,) = self.checked(PLACE)
        if not self.typed(PLACE) or not form.is_valid():
            return None
        chosen = next(one for one in self.offerings if str(one.agency_id) == form.cleaned_data["agency"])
        return chosen, str(form.cleaned_data["case"])

    @cached_property
    def needed(self) -> tuple[NeededComponent, ...]:
        """The papers of the chosen case."""
        return components_for(self.definition, self.place[1]) if self.place else ()

    @cached_property
    def files(self) -> list[DraftFile]:
        """The files uploaded so far."""
        return draft_files(self.draft)

    def files_for(self, key: str) -> list[DraftFile]:
        """Return the files of one paper."""
        return [file for file in self.files if file.component_key == key]

    @cached_property
    def taken(self) -> dict[str, list[int]]:
        """Key of a paper → ids of the papers that were taken from the citizen's store for it and are still there."""
        found: dict[str, list[int]] = {}
        for file in self.files:
            if said := self.typed(STORE).get(f"{file.component_key}|{file.blob_id}"):
                found.setdefault(file.component_key, []).append(int(said.partition(":")[0]))
        return found

    @cached_property
    def declared(self) -> str:
        """The paper that the e-form takes the place of; "" when it asks nothing here."""
        asked = self.declaring is not None and bool(self.declaring.handed_in)
        return self.definition.form.component if asked and self.definition.form else ""

    @cached_property
    def to_upload(self) -> list[NeededComponent]:
        """The papers that files are asked for: not those only shown, not the one filled in on the screen."""
        return [one for one in self.needed if not one.component.present_only and one.component.key != self.declared]

    @cached_property
    def missing(self) -> list[NeededComponent]:
        """Required papers without a file."""
        return [one for one in self.to_upload if one.required and not self.files_for(one.component.key)]

    def application(self, *, confirmed_duplicate: bool) -> Application:
        """Return what is handed in; only when every page is done."""
        if self.place is None:
            raise Invalid(Problem("required", "Chưa chọn cơ quan giải quyết.", "agency"))
        owner, submitter = self._party_facts()
        (result,) = self.checked(RESULT)
        result.full_clean()
        channel = ResultChannel(result.cleaned_data["result_channel"])
        return Application(
            procedure_code=self.definition.code,
            agency_id=self.place[0].agency_id,
            case_key=self.place[1],
            channel=Channel.ONLINE,
            owner=owner,
            submitter=submitter,
            source=self.source,
            components=tuple(self._components()),
            abstract=result.cleaned_data["abstract"],
            result_channel=channel,
            result_place=result.cleaned_data["result_place"] if channel == ResultChannel.POST else "",
            result_desk_id=int(result.cleaned_data["result_desk"] or 0) or None,
            proxy_files=_refs(self.files_for(PROXY_KEY)) if self.source == Source.PROXY else (),
            confirmed_duplicate=confirmed_duplicate,
            form=self.declaring.handed_in if self.declaring else {},
            form_marks=self.declaring.marks if self.declaring else {},
        )

    def _components(self) -> list[ComponentFacts]:
        with_files = [(one.component.key, self.files_for(one.component.key)) for one in self.needed]
        return [
            ComponentFacts(key, files=_refs(files), digitised=self._digitised(files))
            for key, files in with_files
            if files
        ]

    def _digitised(self, files: Sequence[DraftFile]) -> Digitised:
        """How the files of a paper came to be: from the store when any of them did."""
        said = (self.typed(STORE).get(f"{file.component_key}|{file.blob_id}", "") for file in files)
        return next((Digitised(int(one.partition(":")[2])) for one in said if one), Digitised.NO)

    def _party_facts(self) -> tuple[PartyFacts, PartyFacts | None]:
        parties = []
        for form in self._parties(self.typed(PARTIES)):
            form.full_clean()
            parties.append(form.facts())
        return parties[0], parties[1] if len(parties) > 1 else None

    def _place(self, data: Any) -> list[forms.Form]:
        return [PlaceForm(self.offerings, self.definition, data, initial=self.typed(PLACE), label_suffix="")]

    def _who(self, data: Any) -> list[forms.Form]:
        return [WhoForm(self.definition, data, initial=self.typed(WHO), label_suffix="")]

    def _parties(self, data: Any) -> list[PartyForm]:
        if self.source == Source.SELF:
            return [self._party(SelfForm, "owner", account_facts(self.account), data)]
        owner = (
            self._party(OrganisationForm, "owner", organisation_facts(self.account), data)
            if self.source == Source.REPRESENTATIVE
            else self._party(OwnerForm, "owner", {}, data)
        )
        return [owner, self._party(SubmitterForm, "submitter", account_facts(self.account), data)]

    def _party(self, kind: type[PartyForm], prefix: str, known: dict[str, Any], data: Any) -> PartyForm:
        typed = self.typed(PARTIES)
        start = f"{prefix}-"
        before = {name.removeprefix(start): value for name, value in typed.items() if name.startswith(start)}
        return kind(local_date(self.at), data, prefix=prefix, initial={**known, **before}, label_suffix="")

    def _result(self, data: Any) -> list[forms.Form]:
        initial = {"result_place": self.account.address, **self.typed(RESULT)}
        return [ResultForm(self._desks, data, initial=initial, label_suffix="")]

    @cached_property
    def _desks(self) -> list[tuple[int, str]]:
        """Every desk where the result may be collected."""
        if self.place is None:
            return []
        agency = unit(self.place[0].agency_id)
        return [(desk.id, desk.name) for desk in desks_for(agency, on=local_date(self.at))]


def _refs(files: Sequence[DraftFile]) -> tuple[FileRef, ...]:
    return tuple(FileRef(sha256=file.blob_id, name=file.name) for file in files)


def next_page(applying: Applying, page: str) -> str:
    """Return the page that follows."""
    names = list(applying.pages)
    return names[names.index(page) + 1]


def previous_page(applying: Applying, page: str) -> str:
    """Return the page before; "" before the first."""
    names = list(applying.pages)
    return names[names.index(page) - 1] if page != names[0] else ""
