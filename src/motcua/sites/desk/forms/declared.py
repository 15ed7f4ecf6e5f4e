"""The e-form of a dossier inside the form of an act: answered anew when supplementing or correcting."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from django.http import QueryDict

from motcua.dossiers.actions.keep_answers import answers_of, facts_on
from motcua.dossiers.rules.answering import PREFIX, typed_from
from motcua.forms.rules.answers import Typed
from motcua.kernel.errors import Problem
from motcua.sites.desk.forms.base import ActForm
from motcua.sites.kit.declaration import Declaration, posted_answers, shown_keys, touched
from motcua.sites.kit.words import local_date


class DeclaredForm(ActForm):
    """An act that may change answers of the e-form; without an e-form it is an act like any other."""

    declaration: Declaration | None = None
    before: Typed

    def declare(self, data: Mapping[str, Any] | None, *, only: Collection[str] | None) -> None:
        """Show the questions `only` (None: all that are asked) with their answers, or with what was typed anew."""
        form = self.dossier.definition.form
        answers = answers_of(self.dossier) if form is not None else None
        if form is None or answers is None:
            return
        self.before = typed_from(form, answers.values)
        typed = dict(self.before)
        if isinstance(data, QueryDict):
            shown = shown_keys(form, data)
            typed = {name: value for name, value in typed.items() if name.partition(".")[0] not in shown}
            typed |= posted_answers(form, data)
        today = local_date(self.at)
        self.declaration = Declaration(form, facts_on(self.dossier), today, typed, only)

    @property
    def touched(self) -> frozenset[str]:
        """Keys of the questions whose answers differ from what stood there."""
        if self.declaration is None:
            return frozenset()
        keys = [field.key for field in self.declaration.form.fields() if field.kind != "file"]
        return touched(self.before, self.declaration.typed, keys)

    @property
    def answers(self) -> dict[str, Any]:
        """What was answered anew, by flat names."""
        typed = self.declaration.typed if self.declaration else {}
        return {name: value for name, value in typed.items() if name.partition(".")[0] in self.touched}

    def press(self, pressed: str) -> None:
        """Do what a button inside the e-form asks for."""
        if self.declaration is not None:
            self.declaration = self.declaration.after(pressed)

    def take(self, problems: Iterable[Problem]) -> None:
        found = list(problems)
        if self.declaration is not None:
            self.declaration = self.declaration.refused(found)
        super().take(found)

    def fingerprint(self, *more: str) -> str:
        typed = sorted(self.answers.items())
        return super().fingerprint(*more, *[f"{PREFIX}{name}={value!r}" for name, value in typed])
