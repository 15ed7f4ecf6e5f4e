"""The e-form of a draft: its pages on the way, what was typed, what the house filled in first."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

from django.http import QueryDict

from motcua.dossiers.actions.compose import FORM_MARKS, FORM_SEEN, FORM_TYPED
from motcua.dossiers.queries.first_values import notes_of, sources_for
from motcua.dossiers.rules.answering import Mark, form_facts
from motcua.dossiers.terms import Channel, Source
from motcua.forms.queries import places
from motcua.forms.rules.answers import Answers, Places, read
from motcua.forms.rules.prefill import Prefilled, first_values, provenance_after
from motcua.forms.rules.wording import Part, parts_in_words
from motcua.forms.terms import WORDLESS, Form, FormPage
from motcua.forms.web.screens import Screen, Turn, open_pages, screen_of, take
from motcua.sites.kit.words import local_date

if TYPE_CHECKING:
    from motcua.sites.portal.applying import Applying

FORM: Final = "to-khai"


@dataclass
class Declaring:
    """The e-form of a draft with everything its pages need."""

    applying: "Applying"
    form: Form

    @cached_property
    def typed(self) -> dict[str, str | list[str]]:
        """What was typed so far by flat names; before the first page was saved, what the house knows already."""
        saved: dict[str, str | list[str]] | None = self.applying.draft.data.get(FORM_TYPED)
        return {**(self._first.typed if saved is None else saved), **self._file_counts}

    @property
    def handed_in(self) -> dict[str, str | list[str]]:
        """What is handed in: answers to questions that are asked; files are counted with the papers."""
        files = {field.key for field in self.form.fields() if field.kind == "file"}
        asked = {name.partition(".")[0] for name in self.answers.asked} - files
        return {name: value for name, value in self.typed.items() if name.partition(".")[0] in asked}

    @cached_property
    def marks(self) -> Mapping[str, Mark]:
        """Where what stands there comes from, by the key of the question."""
        saved: dict[str, Mark] | None = self.applying.draft.data.get(FORM_MARKS)
        return self._first.provenance if saved is None else saved

    @property
    def seen(self) -> list[str]:
        """Keys of the pages that were shown and saved."""
        found: list[str] = self.applying.draft.data.get(FORM_SEEN, [])
        return found

    @cached_property
    def _first(self) -> Prefilled:
        return first_values(self.form, sources_for(self.form, self.applying.account, at=self.applying.at))

    @cached_property
    def _file_counts(self) -> dict[str, str]:
        counts = {field.key: len(self.applying.files_for(field.component)) for field in self.file_fields()}
        return {key: str(count) for key, count in counts.items() if count}

    def file_fields(self, page: FormPage | None = None) -> list[Any]:
        """Return the questions for a file of a page (of the form); each belongs to a paper."""
        fields = page.fields if page else self.form.fields()
        return [field for field in fields if field.kind == "file" and field.component]

    @cached_property
    def facts(self) -> dict[str, object]:
        """What conditions may read besides the fields."""
        applying = self.applying
        return form_facts(
            case=applying.place[1] if applying.place else "",
            channel=Channel.ONLINE,
            procedure=applying.definition.code,
            applicant="organisation" if applying.source == Source.REPRESENTATIVE else "citizen",
        )

    @cached_property
    def places(self) -> Places:
        """The territories, for this request."""
        return places()

    @cached_property
    def answers(self) -> Answers:
        """The whole form as read; missing files are no problem yet, they may come with the papers."""
        today, keys = local_date(self.applying.at), [page.key for page in self.form.pages]
        return read(self.form, self.typed, facts=self.facts, today=today, places=self.places, pages=keys)

    @cached_property
    def pages(self) -> tuple[FormPage, ...]:
        """The pages on which something is asked or told, in order."""
        return open_pages(self.form, self.answers)

    def undone(self, before: str = "") -> str:
        """Return the key of the first page (before that one) not seen yet or with a problem; "" when all are done."""
        wrong = {self._page_of(problem.field) for problem in self.answers.problems}
        for page in self.pages:
            if page.key == before:
                return ""
            if page.key not in self.seen or page.key in wrong:
                return page.key
        return ""

    def _page_of(self, name: str) -> str:
        """The page on which a problem is mended; what has no field of its own, on the last."""
        key = name.partition(".")[0]
        found = (page.key for page in self.pages if any(field.key == key for field in page.fields))
        return next(found, self.pages[-1].key if self.pages else "")

    def take(self, page: str, post: QueryDict) -> Turn:
        """Return what a press of a button on the page makes of the form."""
        today = local_date(self.applying.at)
        return take(self.form, page, self.typed, post, facts=self.facts, today=today, places=self.places)

    def marks_after(self, turn: Turn) -> dict[str, dict[str, str]]:
        """Return where answers come from after a turn: what was changed is the citizen's."""
        by, at = self.applying.account.full_name, self.applying.at.isoformat()
        return provenance_after(
            {key: dict(mark) for key, mark in self.marks.items()}, self.typed, turn.typed, source="typed", by=by, at=at
        )

    def screen(self, page: str, turn: Turn | None = None) -> Screen:
        """Return the page for the template, after a turn with its problems."""
        return screen_of(
            self.form,
            page,
            turn.answers if turn else self.answers,
            today=local_date(self.applying.at),
            places=self.places,
            facts=self.facts,
            problems=turn.problems if turn else (),
            focus=turn.focus if turn else "",
        )

    def notes(self, page: FormPage) -> list[tuple[str, str]]:
        """Return what on the page the house filled in: label and source in words."""
        keys = [field.key for field in page.fields if field.kind not in {*WORDLESS, "computed"}]
        return notes_of(self.form, self.marks, [key for key in keys if key in self.answers.values])

    def in_words(self) -> tuple[Part, ...]:
        """Return the answers page by page, to read once more."""
        return parts_in_words(self.form, self.answers.values)


def after(declaring: Declaring, answers: Answers, page: str) -> str:
    """Return the page that follows in the form as it is after a turn; "" after the last."""
    keys = [one.key for one in open_pages(declaring.form, answers)]
    later = keys[keys.index(page) + 1 :] if page in keys else []
    return later[0] if later else ""


def previous(declaring: Declaring, page: str) -> str:
    """Return the page before; "" before the first."""
    keys = [one.key for one in declaring.pages]
    at = keys.index(page) if page in keys else 0
    return keys[at - 1] if at else ""
