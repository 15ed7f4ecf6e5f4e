"""What a BPMN file of others says in words only: who does a task, how long it may take, what a condition means."""

import re
from collections.abc import Mapping, Sequence
from math import ceil
from typing import Final

from motcua.expressions.rules.parsing import parse
from motcua.kernel.errors import Invalid
from motcua.kernel.text import fold
from motcua.processes.rules.lengths import HOURS_A_DAY
from motcua.processes.terms import Place, StepRight, TermSpec

Guess = tuple[StepRight, Place]

#: Words in the name of a task or a lane (without diacritics), and whose work it is; the first that fits counts.
_WORKS: Final[Sequence[tuple[str, Guess]]] = (
    (r"dong dau|van thu|vao so|phat hanh", ("seal", "agency")),
    (
        r"ky duyet|phe duyet|ky ban hanh|lanh dao (so|uy ban|ubnd|don vi|co quan)|chu tich|giam doc",
        ("lead_agency", "agency"),
    ),
    (
        r"phan cong|xet duyet|soat xet|truong phong|lanh dao phong|trinh ky|kiem tra ket qua",
        ("lead_division", "handling"),
    ),
    (r"thu ly|tham dinh|xu ly|giai quyet|tham tra|xac minh|du thao|chuyen vien", ("handle", "handling")),
    (
        r"tiep nhan|tra ket qua|ban giao|thu phi|mot cua|tra ho so|nop le phi|thu le phi|chuyen ho so",
        ("receive", "desk"),
    ),
)
_LANES: Final[Sequence[tuple[str, Guess]]] = (
    (r"mot cua|tiep nhan|trung tam phuc vu", ("receive", "desk")),
    (r"van thu", ("seal", "agency")),
    (r"lanh dao phong|truong phong", ("lead_division", "handling")),
    (r"lanh dao|chu tich|giam doc|ubnd|uy ban", ("lead_agency", "agency")),
    (r"phong|chuyen mon|chi cuc|chuyen vien", ("handle", "handling")),
)
_SAID_DAYS = re.compile(r"time_days\s*=\s*(\d+(?:[.,]\d+)?)")
_SAID_WORDS = re.compile(r"(\d+(?:[.,]\d+)?)\s*(ngày làm việc|giờ làm việc|ngày|giờ)", re.IGNORECASE)
_ISO = re.compile(r"P(?:(?P<weeks>\d+)W)?(?:(?P<days>\d+)D)?(?:T(?:(?P<hours>\d+)H)?(?:(?P<minutes>\d+)M)?(?:\d+S)?)?")
_WRAPPED = re.compile(r"[$#]\{(.*)\}", re.DOTALL)
_OTHER_SIGNS: Final[Mapping[str, str]] = {"&&": " and ", "||": " or ", "===": "==", "!==": "!="}


def work_of(task: str, lane: str) -> Guess | None:
    """Return whose work a task is, by its own name first, then by its lane's; None when neither says."""
    for words, guesses in ((task, _WORKS), (lane, _LANES)):
        said = fold(words).replace("_", " ")
        found = next((guess for pattern, guess in guesses if re.search(pattern, said)), None)
        if found is not None:
            return found
    return None


def term_in(words: str) -> TermSpec | None:
    """Return the term that a documentation names (`time_days=0.5`, «3 ngày làm việc»); None when none."""
    if found := _SAID_DAYS.search(words):
        return term_of_days(float(found[1].replace(",", ".")))
    if found := _SAID_WORDS.search(words):
        amount = float(found[1].replace(",", "."))
        unit = found[2].lower()
        if unit.startswith("giờ"):
            return TermSpec(amount=ceil(amount), unit="working_hour") if amount else None
        if unit == "ngày" and amount == int(amount) and amount:
            return TermSpec(amount=int(amount), unit="day")
        return term_of_days(amount)
    return None


def term_of_days(days: float) -> TermSpec | None:
    """Return working days as a term, parts of a day in hours; None for none."""
    if not days:
        return None
    if days == int(days):
        return TermSpec(amount=int(days), unit="working_day")
    return TermSpec(amount=ceil(days * HOURS_A_DAY), unit="working_hour")


def term_of_duration(duration: str) -> TermSpec | None:
    """Return a duration of ISO 8601 as a term; None for what is none, or holds months and years."""
    found = _ISO.fullmatch(duration.strip())
    if found is None or not any(found.groupdict().values()):
        return None
    days = int(found["weeks"] or 0) * 7 + int(found["days"] or 0)
    hours = int(found["hours"] or 0) + ceil(int(found["minutes"] or 0) / 60)
    if hours:
        return TermSpec(amount=days * HOURS_A_DAY + hours, unit="working_hour")
    return TermSpec(amount=days, unit="day") if days else None


def formula_of(words: str) -> str | None:
    """Return a condition of another language in that of the house; None when it cannot be read."""
    text = words.strip()
    if wrapped := _WRAPPED.fullmatch(text):
        text = wrapped[1].strip()
    for theirs, ours in sorted(_OTHER_SIGNS.items(), key=lambda sign: -len(sign[0])):
        text = text.replace(theirs, ours)
    text = re.sub(r"!(?!=)", " not ", text)
    text = re.sub(r"\btrue\b", "True", text)
    text = re.sub(r"\bfalse\b", "False", text)
    text = " ".join(text.split())
    try:
        parse(text)
    except Invalid:
        return None
    return text
