"""The e-form of a dossier inside the form of an act: answered anew when supplementing or correcting."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from motcua.dossiers.rules.answering import PREFIX
from motcua.forms.rules.answers import Typed
from motcua.kernel.errors import Problem
from motcua.sites.desk.forms.base import ActForm
from motcua.sites.kit.declaration import Declaration, changed, declared_on, touched
from motcua.sites.kit.words import local_date


class DeclaredForm(ActForm):
    """An act that may change answers of the e-form; without an e-form it is an act like any other."""

    declaration: Declaration | None = None
    before: Typed

    def declare(self, data: Mapping[str, Any] | None, *, only: Collection[str] | None) -> None:
        """Show the questions `only` (None: all that are asked) with their answers, or with what was typed anew."""
        found = declared_on(self.dossier, data, only=only, today=local_date(self.at))
        if found is not None:
            self.declaration, self.before = found

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
        return changed(self.declaration, self.before) if self.declaration else {}

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
