"""Lists that answers are looked up in, shipped as data with their sources (`data/README.md`)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from motcua.forms.terms import Option
from motcua.kernel.text import fold


@dataclass(frozen=True, slots=True)
class Choices:
    """The answers open to a choice; `labels` by value, `values` by what may be typed, folded."""

    options: tuple[Option, ...]
    labels: Mapping[str, str]
    values: Mapping[str, str]

    def chosen(self, typed: str) -> str | None:
        """The value of the option typed, by its value or by its label in any spelling; None if there is none."""
        return typed if typed in self.labels else self.values.get(fold(typed)) or None


def choices_of(options: Iterable[Option]) -> Choices:
    """Make options findable; a label that two of them share finds neither."""
    listed = tuple(options)
    found: dict[str, str] = {}
    for option in listed:
        folded = fold(option.label)
        found[folded] = "" if folded in found else option.value
    found |= {fold(option.value): option.value for option in listed}
    return Choices(listed, {option.value: option.label for option in listed}, found)


#: As identity cards write it.
GENDERS = choices_of((Option(value="male", label="Nam"), Option(value="female", label="Nữ")))
YES_NO = choices_of((Option(value="yes", label="Có"), Option(value="no", label="Không")))
NO_CHOICES = choices_of(())

_SHIPPED = frozenset({"ethnicities", "nationalities", "relations"})
_YES = frozenset({"yes", "true", "1", "on", "co", "dung", "x"})
_NO = frozenset({"no", "false", "0", "off", "khong", "sai"})


@cache
def shipped(lookup: str) -> Choices:
    """The options of a list that ships with the product; none for a name that is no such list."""
    if lookup not in _SHIPPED:
        return GENDERS if lookup == "genders" else NO_CHOICES
    text = files("motcua.forms").joinpath("data", f"{lookup}.csv").read_text(encoding="utf-8")
    pairs = (line.split(",", maxsplit=1) for line in text.splitlines() if line)
    return choices_of(Option(value=code, label=name) for code, name in pairs)


def truth(typed: str) -> bool | None:
    """Yes or no as people and programs write it; None for anything else."""
    folded = fold(typed)
    return True if folded in _YES else False if folded in _NO else None
