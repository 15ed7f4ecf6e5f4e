"""An e-form as part of a larger form: its pages one below the other, names of inputs behind "form."."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from django.http import QueryDict

from motcua.dossiers.actions.keep_answers import answers_of, facts_on
from motcua.dossiers.models import Dossier
from motcua.dossiers.rules.answering import PREFIX, typed_from
from motcua.forms.queries import places
from motcua.forms.rules.answers import Answers, Typed, read
from motcua.forms.rules.plan import plan_of
from motcua.forms.terms import WORDLESS, Form
from motcua.forms.web.screens import Screen, open_pages, screen_of, take
from motcua.kernel.errors import Problem

#: Name of the hidden input that says which questions were on the page.
SHOWN = f"{PREFIX}@shown"
#: How the buttons inside the e-form begin: rows, communes.
OWN_BUTTONS = ("row+", "row-", "places+")


@dataclass
class Declaration:
    """The e-form with what was typed. `only`: the questions to show (None: all that are asked)."""

    form: Form
    facts: Mapping[str, object]
    today: date
    typed: Typed
    only: Collection[str] | None = None
    problems: tuple[Problem, ...] = ()
    focus: str = ""

    @cached_property
    def answers(self) -> Answers:
        """The form as read."""
        return read(self.form, self.typed, facts=self.facts, today=self.today, places=places())

    def screens(self) -> list[Screen]:
        """Return every page with something to ask, for the template."""
        return [screen for screen in self._screens() if screen.items]

    def _screens(self) -> Iterator[Screen]:
        territories = places()
        for page in open_pages(self.form, self.answers):
            screen = screen_of(
                self.form,
                page.key,
                self.answers,
                today=self.today,
                places=territories,
                facts=self.facts,
                problems=self._problems_on(field.key for field in page.fields),
                focus=self.focus,
            )
            items = tuple(item for item in screen.items if self._is_wanted(item.name) and item.widget != "files")
            yield replace(screen, items=items, prefix=PREFIX)

    def _problems_on(self, keys: Iterable[str]) -> list[Problem]:
        wanted = set(keys)
        return [one for one in self.problems if one.field.partition(".")[0] in wanted]

    def _is_wanted(self, key: str) -> bool:
        if self.only is None or key in self.only:
            return True
        field = self.form.field(key)
        is_new = field is not None and field.kind not in {*WORDLESS, "computed"} and key not in self.answers.values
        return is_new and any(one.field.partition(".")[0] == key for one in self.answers.problems)

    @property
    def shown(self) -> str:
        """Keys of the questions on the page, for the hidden input."""
        return " ".join(item.name for screen in self.screens() for item in screen.items)

    @property
    def is_blank(self) -> bool:
        """Whether nothing but defaults stands there."""
        defaults = {field.key: field.default for field in self.form.fields() if field.default}
        return not any(value and defaults.get(name) != value for name, value in self.typed.items())

    @property
    def is_begun(self) -> bool:
        """Whether somebody is at it: something was typed, refused, or a button of it pressed."""
        return bool(self.problems or self.focus) or not self.is_blank

    def after(self, pressed: str) -> "Declaration":
        """Return the form after a press of one of its own buttons (rows, communes)."""
        key = next((pressed.removeprefix(one) for one in OWN_BUTTONS if pressed.startswith(one)), "").partition(".")[0]
        page = next((one.key for one in self.form.pages if any(field.key == key for field in one.fields)), None)
        if page is None:
            return self
        post = QueryDict(mutable=True)
        for name, value in self.typed.items():
            post.setlist(name, [value] if isinstance(value, str) else list(value))
        post["go"] = pressed
        turn = take(self.form, page, self.typed, post, facts=self.facts, today=self.today, places=places())
        return replace(self, typed=turn.typed, focus=turn.focus)

    def refused(self, problems: Iterable[Problem]) -> "Declaration":
        """Return the form with those problems (of the act) that are about it."""
        own = [replace(one, field=one.field.removeprefix(PREFIX)) for one in problems if one.field.startswith(PREFIX)]
        return replace(self, problems=tuple(own))


def posted_answers(form: Form, post: QueryDict) -> dict[str, str | list[str]]:
    """Return what was typed into the e-form, by flat names."""
    plan = plan_of(form)
    found: dict[str, str | list[str]] = {}
    for name in post:
        bare = name.removeprefix(PREFIX)
        if bare != name and plan.knows(bare):
            values = [str(one) for one in post.getlist(name)]
            found[bare] = values[0] if len(values) == 1 else values
    return found


def shown_keys(form: Form, post: QueryDict) -> frozenset[str]:
    """Return the questions that were on the page; what of them was not sent was left empty."""
    return frozenset(str(post.get(SHOWN, "")).split()) & {field.key for field in form.fields()}


def touched(before: Typed, after: Typed, keys: Collection[str]) -> frozenset[str]:
    """Return those of the questions whose answers differ from what stood there."""
    return frozenset(key for key in keys if _of(before, key) != _of(after, key))


def _of(typed: Typed, key: str) -> dict[str, object]:
    own = {name: value for name, value in typed.items() if name.partition(".")[0] == key and value}
    return {name: value if isinstance(value, str) else list(value) for name, value in own.items()}


def declared_on(
    dossier: Dossier, data: object, *, only: Collection[str] | None, today: date
) -> tuple[Declaration, Typed] | None:
    """Return the e-form of a dossier to answer anew, with what stood there; None when it has none.

    `data`: what was posted, when something was; what of a shown question was not sent was left empty.
    """
    form = dossier.definition.form
    answers = answers_of(dossier) if form is not None else None
    if form is None or answers is None:
        return None
    before = typed_from(form, answers.values)
    typed = dict(before)
    if isinstance(data, QueryDict):
        shown = shown_keys(form, data)
        typed = {name: value for name, value in typed.items() if name.partition(".")[0] not in shown}
        typed |= posted_answers(form, data)
    return Declaration(form, facts_on(dossier), today, typed, only), before


def changed(declaration: Declaration, before: Typed) -> dict[str, str | list[str]]:
    """Return what was answered anew, by flat names."""
    keys = touched(before, declaration.typed, [field.key for field in declaration.form.fields()])
    return {
        name: value if isinstance(value, str) else list(value)
        for name, value in declaration.typed.items()
        if name.partition(".")[0] in keys
    }
