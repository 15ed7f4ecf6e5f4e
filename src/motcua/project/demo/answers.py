"""Answers to the e-forms of demo dossiers: those of a package's own tests, given by the people of the dossier."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random

from motcua.deadlines.terms import VIET_NAM
from motcua.dossiers.rules.answering import form_facts
from motcua.dossiers.rules.application import PartyFacts
from motcua.dossiers.terms import Channel
from motcua.forms.rules.answers import flatten, read
from motcua.forms.rules.plain import day_text
from motcua.forms.terms import Form
from motcua.packages.standard import shipped_places
from motcua.procedures.terms import Definition, PackageTest
from motcua.project.demo.names import invent_name_like

Flat = dict[str, str | list[str]]

_NUMBER = re.compile(r"0\d{11}")
_DAY = re.compile(r"(\d{2})/(\d{2})/(\d{4})")
_HOUSE = re.compile(r"(Tổ|Số) \d+, khu \d+")
_SHOP = "Hộ kinh doanh "
_NEAR = timedelta(days=400)
#: A personal number: three digits of the place, one of century and gender, two of the year.
_GENDER, _NUMBER_HEAD = 3, 6
_YEARS_APART = 12
_CHILDREN = ("Minh An", "Bảo An", "Khánh An", "Gia An", "Thanh An", "Tường An", "Hoài An")
_SHOPS = ("Tạp hóa", "Quán ăn", "Tiệm bánh", "Cửa hàng hoa", "Tiệm may", "Quán nước")


@dataclass(frozen=True, slots=True)
class Declared:
    """What is typed into a form by flat names, and the keys of papers that its questions ask for besides."""

    typed: Mapping[str, str | list[str]]
    papers: tuple[str, ...] = ()


def declare(
    definition: Definition, case: str, person: PartyFacts, *, channel: Channel, at: datetime, random: Random
) -> Declared:
    """Return how `person` answers the form in that case at that moment; nothing without a form or a fitting example.

    The examples are the tests of the package whose form is taken; their people get other names, their days come near.
    """
    first = definition.cases[0].key
    fitting = [one for one in definition.tests if one.expect.problems == () and (one.case or first) == case]
    if definition.form is not None and person.born and person.personal_id:
        for example in random.sample(fitting, len(fitting)):
            typed = _Retelling(definition.form, example, person, at, random).told()
            declared = _taken(definition, typed, case, channel, at)
            if declared is not None:
                return declared
    return Declared({})


def _taken(definition: Definition, typed: Flat, case: str, channel: Channel, at: datetime) -> Declared | None:
    """What may be handed in of it; None when the form would be refused for more than missing files."""
    if definition.form is None:
        return None
    files = {field.key: field.component for field in definition.form.fields() if field.kind == "file"}
    bare = {name: value for name, value in typed.items() if name not in files}
    facts = form_facts(case=case, channel=channel, procedure=definition.code, applicant=definition.applicants[0])
    today = at.astimezone(VIET_NAM).date()
    problems = read(definition.form, bare, facts=facts, today=today, places=shipped_places()).problems
    if any(one.field not in files for one in problems):
        return None
    return Declared(bare, tuple(files[one.field] for one in problems))


class _Retelling:
    """An example, told of other people at another time."""

    def __init__(self, form: Form, example: PackageTest, person: PartyFacts, at: datetime, random: Random) -> None:
        self.flat = flatten(form, example.form)
        self.person, self.random = person, random
        self.since = (example.at or at).date()
        self.later = at.astimezone(VIET_NAM).date() - self.since
        self.own_keys = {field.key for field in form.fields() if "account" in field.prefill}

    def told(self) -> Flat:
        """The answers."""
        people = dict(self._people())
        mine = self._who_is_me(people)
        names: dict[str, str] = {}
        for prefix, number in people.items():
            if prefix not in mine:
                self._become(prefix, number, names)
        for prefix in mine:
            self._become_me(prefix)
        for name, value in self.flat.items():
            if isinstance(value, str):
                self.flat[name] = self._retold(name, names.get(value, value))
        return self.flat

    def _people(self) -> Iterator[tuple[str, str]]:
        for name, value in self.flat.items():
            prefix, _, part = name.rpartition(".")
            if part == "personal_id" and isinstance(value, str) and _NUMBER.fullmatch(value):
                yield prefix, value

    def _who_is_me(self, people: Mapping[str, str]) -> list[str]:
        """The places where the example speaks of whom the house knows; where nobody is known, of one of the gender."""
        known = [prefix for prefix in people if prefix in self.own_keys]
        alike = [prefix for prefix, number in people.items() if _is_woman(number) == _is_woman(self.person.personal_id)]
        first = next(iter([*known, *alike]), None)
        if first is None:
            return []
        if known and "mother.name" in self.flat and not self._is_of_the_age(people[first]):
            self.flat["relation"] = "relative"
            return [first]
        return [prefix for prefix, number in people.items() if number == people[first]]

    def _is_of_the_age(self, number: str) -> bool:
        """Whether the person could be the mother or father that the example names."""
        apart = abs(int(number[_GENDER + 1 : _NUMBER_HEAD]) + 1900 - (self.person.born or self.since).year)
        return _is_woman(number) == _is_woman(self.person.personal_id) and apart <= _YEARS_APART

    def _become(self, prefix: str, number: str, names: dict[str, str]) -> None:
        """Somebody invented of the same gender, year and family."""
        fresh = Random(f"{number}:{self.person.personal_id}")  # noqa: S311 (the same person wherever the number stands)
        old = str(self.flat.get(f"{prefix}.name", ""))
        if old:
            names[old] = str(invent_name_like(fresh, family=old.split(maxsplit=1)[0], is_woman=_is_woman(number)))
        self.flat[f"{prefix}.personal_id"] = f"{number[:_NUMBER_HEAD]}{fresh.randint(0, 899999):06d}"

    def _become_me(self, prefix: str) -> None:
        person = self.person
        own = {
            "name": person.name,
            "personal_id": person.personal_id,
            "born": day_text(person.born) if person.born else "",
            "gender": "female" if _is_woman(person.personal_id) else "male",
            "phone": person.phone,
        }
        self.flat |= {f"{prefix}.{part}": value for part, value in own.items() if f"{prefix}.{part}" in self.flat}

    def _retold(self, name: str, value: str) -> str:
        if found := _DAY.fullmatch(value):
            day = date(int(found[3]), int(found[2]), int(found[1]))
            return day_text(day + self.later) if abs(day - self.since) < _NEAR else value
        if name == "child_name":
            return f"{value.split(maxsplit=1)[0]} {self.random.choice(_CHILDREN)}"
        if name == "name" and value.startswith(_SHOP):
            return f"{_SHOP}{self.random.choice(_SHOPS)} {self.person.name.split()[-1]}"
        house = f"{self.random.randint(1, 20)}, khu {self.random.randint(1, 9)}"
        return _HOUSE.sub(rf"\1 {house}", value)


def _is_woman(number: str) -> bool:
    return int(number[_GENDER]) % 2 == 1
