"""One act of reading: what was typed, what has been read so far, the problems found, and where each belongs."""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol

from motcua.forms.rules.plan import ROW_NAME
from motcua.forms.rules.questions import LONGEST_INPUT, Question
from motcua.kernel.errors import Problem
from motcua.kernel.text import clean

Typed = Mapping[str, str | Sequence[str]]
_BROKEN = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffd]")
_PLAIN = re.compile(r"[!-~](?:[ -~]*[!-~])?")
MOST_CHOICES = 500


class Places(Protocol):
    """Territories, by their official code, as they stand on a day."""

    def provinces_on(self, day: date) -> Mapping[str, str]:
        """Names of provinces and cities by code."""
        ...

    def communes_of(self, province: str, day: date) -> Mapping[str, str]:
        """Names of communes by code; none for an unknown province."""
        ...


class NoPlaces:
    """Where no territories are at hand: every list is empty."""

    def provinces_on(self, day: date) -> Mapping[str, str]:  # noqa: ARG002 (the protocol's shape)
        return {}

    def communes_of(self, province: str, day: date) -> Mapping[str, str]:  # noqa: ARG002 (the protocol's shape)
        return {}


@dataclass(slots=True)
class Reading:
    """What is at hand while a form is read; `known` are facts and values, as expressions see them."""

    typed: Typed
    known: dict[str, object]
    today: date
    places: Places
    problems: list[Problem] = field(default_factory=list)
    asked: set[str] = field(default_factory=set)
    rows: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    _begun: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        """Note which rows were typed and below which names something stands."""
        for name, value in self.typed.items():
            if found := ROW_NAME.fullmatch(name):
                self.rows[found[1]].add(int(found[2]))
            if "." in name and _has_something(value):
                parts = name.split(".")[:-1]
                self._begun.update(".".join(parts[:count]) for count in range(1, len(parts) + 1))

    def is_begun(self, name: str) -> bool:
        """Whether something was typed at the name or below it."""
        return name in self._begun or _has_something(self.typed.get(name, ""))


def _has_something(value: object) -> bool:
    if isinstance(value, str):
        return bool(value.strip()) if len(value) < LONGEST_INPUT else True
    return bool(value)


@dataclass(frozen=True, slots=True)
class Spot:
    """One input: its flat name, its question, and how the place it stands in is called ("Mẹ", "Thành viên, dòng 2")."""

    name: str
    question: Question
    reading: Reading
    where: str = ""

    def say(self, code: str, message: str, basis: str = "", *, at: str = "") -> None:
        """Note a problem; the message begins without its place."""
        start = f"{self.where}: {message[:1].lower()}{message[1:]}" if self.where else message
        self.reading.problems.append(Problem(code, start, at or self.name, basis))

    def inside(self, part: Question) -> "Spot":
        """The spot of a part of a composite value."""
        where = f"{self.where} – {self.question.label}" if self.where else self.question.label
        return Spot(f"{self.name}.{part.key}", part, self.reading, where)

    def text(self, *, keep_lines: bool = False) -> str:
        """What was typed, cleaned; "" with a problem noted for what is no text a person could mean."""
        raw = self.reading.typed.get(self.name, "")
        if not isinstance(raw, str):
            raw = self._only(raw)
        if _PLAIN.fullmatch(raw, 0, LONGEST_INPUT) and "  " not in raw and len(raw) <= LONGEST_INPUT:
            return raw
        return self._cleaned(raw, keep_lines=keep_lines)

    def _only(self, raw: object) -> str:
        found = [str(one) for one in raw] if isinstance(raw, list | tuple) else [str(raw)]
        if len(found) > 1:
            self.say("several_values", f"“{self.question.label}” chỉ nhận một giá trị; hãy chọn lại.")
            return ""
        return found[0] if found else ""

    def _cleaned(self, raw: str, *, keep_lines: bool) -> str:
        if len(raw) > LONGEST_INPUT:
            self.too_long(len(raw), LONGEST_INPUT)
            return ""
        if _BROKEN.search(raw):
            message = f"“{self.question.label}” có ký tự máy không đọc được; hãy xóa và gõ lại bằng bàn phím."
            self.say("broken_characters", message)
            return ""
        return clean(raw, keep_lines=keep_lines)

    def too_long(self, length: int, longest: int) -> None:
        """Note that the text is too long."""
        self.say("too_long", f"“{self.question.label}” dài {length} ký tự; hãy viết gọn trong {longest} ký tự.")

    def texts(self) -> list[str]:
        """Everything typed at a choice of several, cleaned, without blanks and repetitions."""
        raw = self.reading.typed.get(self.name, ())
        found = [raw] if isinstance(raw, str) else [str(one) for one in raw] if isinstance(raw, list | tuple) else []
        if len(found) > MOST_CHOICES:
            self.say("too_many", f"“{self.question.label}” có quá nhiều lựa chọn; hãy chọn lại.")
            return []
        return list(dict.fromkeys(filter(None, (clean(one[:LONGEST_INPUT]) for one in found))))
