"""Terms, fees and reviews of many procedures as a table in Excel: out, edited, in again. Reading is pure."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from motcua.agencies.rules.sheets import Column, Row, day_of
from motcua.kernel.errors import Invalid, Problem
from motcua.kernel.text import fold
from motcua.procedures.queries.readiness import ReadyRow
from motcua.procedures.terms import Case, Definition, Fee, Level, ServiceLevel, TermChannel
from motcua.processes.terms import TermSpec
from motcua.sites.studio.parts import term_words

_CHANNELS: Final[Mapping[TermChannel, str]] = {
    "any": "mọi cách nộp",
    "in_person": "nộp trực tiếp",
    "online": "nộp trực tuyến",
    "post": "nộp bưu chính",
}
COLUMNS: Final = (
    Column("code", "Mã thủ tục", required=True),
    Column("number", "Phiên bản", required=True),
    Column("case", "Mã trường hợp", required=True),
    *(Column(f"term_{name}", f"Thời hạn {words}") for name, words in _CHANNELS.items()),
    *(Column(f"law_{name}", f"Luật định {words}") for name, words in _CHANNELS.items()),
    Column("fees", "Phí, lệ phí"),
    Column("reviewed_on", "Rà soát ngày"),
)
#: Columns that only tell; they are not read back.
TOLD: Final = (
    "Tên thủ tục",
    "Trường hợp",
    "Lĩnh vực",
    "Cấp",
    "Mức trực tuyến",
    "Biểu mẫu",
    "Quy trình",
    "Văn bản in",
    "Bài thử",
    "Số bước tại trung tâm",
    "Số ngày làm việc cắt giảm",
    "Chỗ chưa đọc được",
    "Công bố",
)
HEADERS: Final = (*(column.header for column in COLUMNS), *TOLD)
_MARK: Final = " | "
_TERM: Final = re.compile(r"(\d{1,4}) (ngay lam viec|ngay|gio lam viec)")
_UNITS: Final = {"ngay lam viec": "working_day", "ngay": "day", "gio lam viec": "working_hour"}
_AMOUNT: Final = re.compile(r"([\d. ]+?)\s*(?:đồng|đ)?\s*(?:/\s*(.+))?")


def rows_of(found: Iterable[ReadyRow], numbers: Mapping[str, int]) -> Iterator[list[object]]:
    """Yield a row a case; a procedure without cases has one row."""
    for row in found:
        for case in row.definition.cases or (Case(key="-", name="–"),):
            yield [*_editable(row, case, numbers.get(row.code, 0)), *_told(row, case)]


def _editable(row: ReadyRow, case: Case, number: int) -> list[object]:
    fees = _MARK.join(_fee_words(fee) for fee in case.fees)
    terms = [term_words(case.terms.get(name)) for name in _CHANNELS]
    laws = [term_words(case.law_terms.get(name)) for name in _CHANNELS]
    reviewed = row.definition.reviewed_on
    return [row.code, number, case.key, *terms, *laws, fees, f"{reviewed:%d/%m/%Y}" if reviewed else ""]


def _fee_words(fee: Fee) -> str:
    per = f"/{fee.per}" if fee.per else ""
    return f"{fee.name}: {fee.amount:,}".replace(",", ".") + per


def _told(row: ReadyRow, case: Case) -> list[object]:
    ready, yes = row.readiness, {True: "có", False: ""}
    cut = ready.days_cut
    return [
        row.name,
        case.name,
        row.domain,
        Level(row.level).label,
        ServiceLevel(ready.service_level).label,
        yes[ready.has_form],
        yes[ready.has_steps],
        yes[ready.has_papers],
        yes[ready.has_tests],
        ready.centre_steps,
        "" if cut is None else f"{cut:.1f}".removesuffix(".0").replace(".", ","),
        ready.flags,
        "đã công bố" if row.is_published else "bản thảo",
    ]


@dataclass(frozen=True, slots=True)
class Edits:
    """What one row changes: terms and the law's by channel (None = taken away), fees, the day of review."""

    case: str
    terms: Mapping[TermChannel, TermSpec | None]
    laws: Mapping[TermChannel, TermSpec | None]
    fees: tuple[Fee, ...] | None
    reviewed_on: date | None

    @property
    def is_nothing(self) -> bool:
        """Whether the row says what is there already."""
        return not (self.terms or self.laws or self.fees is not None or self.reviewed_on)


def edits_in(row: Row, base: Definition) -> Edits:
    """Return what a row changes of the definition it was written from; raises Invalid with every problem."""
    case = base.case(row["case"])
    if case is None and row["case"] != "-":
        raise Invalid(Problem("unknown_case", f"Thủ tục không có trường hợp “{row['case']}”.", "case"))
    problems: list[Problem] = []
    terms = _changed_terms(row, "term", case.terms if case else {}, problems)
    laws = _changed_terms(row, "law", case.law_terms if case else {}, problems)
    fees = _changed_fees(row["fees"], case.fees if case else (), problems)
    reviewed, faults = day_of(row["reviewed_on"], label="Rà soát ngày", field="reviewed_on")
    problems += faults
    if problems:
        raise Invalid(problems)
    return Edits(row["case"], terms, laws, fees, reviewed if reviewed != base.reviewed_on else None)


def _changed_terms(
    row: Row, prefix: str, known: Mapping[TermChannel, TermSpec], problems: list[Problem]
) -> dict[TermChannel, TermSpec | None]:
    changed: dict[TermChannel, TermSpec | None] = {}
    for name, words in _CHANNELS.items():
        said, old = row[f"{prefix}_{name}"], known.get(name)
        if fold(said) == fold(term_words(old)):
            continue
        term = read_term(said)
        if said and term is None:
            message = f"Không đọc được thời hạn “{said}” ({words}); ghi như: 3 ngày làm việc, 15 ngày, trong ngày."
            problems.append(Problem("term_unreadable", message, f"{prefix}_{name}"))
        else:
            changed[name] = term
    return changed


def read_term(said: str) -> TermSpec | None:
    """Return the term a cell says, None where it says none that can be read."""
    words = fold(said)
    if words in {"trong ngay lam viec", "trong ngay"}:
        return TermSpec(amount=0, unit="same_day")
    found = _TERM.fullmatch(words)
    if found is None or int(found[1]) == 0:
        return None
    return TermSpec.model_validate({"amount": int(found[1]), "unit": _UNITS[found[2]]})


def _changed_fees(said: str, known: Sequence[Fee], problems: list[Problem]) -> tuple[Fee, ...] | None:
    if said == _MARK.join(_fee_words(fee) for fee in known):
        return None
    left, made = list(known), []
    for part in filter(None, (one.strip() for one in said.split(_MARK.strip()))):
        name, mark, amount = part.rpartition(":")
        found = _AMOUNT.fullmatch(amount.strip()) if mark else None
        if found is None or not found[1].strip():
            message = f"Không đọc được khoản thu “{part}”; ghi như: Lệ phí: 8.000 hoặc Phí bản sao: 8.000/bản."
            problems.append(Problem("fee_unreadable", message, "fees"))
            continue
        old = next((fee for fee in left if fee.name == name.strip()), None)
        if old is not None:
            left.remove(old)
        made.append(_fee(name.strip(), found, old))
    return tuple(made)


def _fee(name: str, found: re.Match[str], old: Fee | None) -> Fee:
    amount = int(re.sub(r"[. ]", "", found[1]))
    facts: dict[str, Any] = {"name": name, "amount": amount, "per": (found[2] or "").strip()}
    if old is None:
        return Fee.model_validate({"kind": "fee" if fold(name).startswith("phi") else "charge", **facts})
    kept = old.model_dump()
    return Fee.model_validate({**kept, **facts, "unverified": old.unverified and old.amount == amount})


def edited(definition: Definition, edits: Edits) -> Definition:
    """Return the definition with the edits of one row; raises Invalid when the draft no longer has the case."""
    changes: dict[str, Any] = {}
    if edits.reviewed_on:
        changes["reviewed_on"] = edits.reviewed_on
    if edits.case != "-" and (edits.terms or edits.laws or edits.fees is not None):
        if definition.case(edits.case) is None:
            message = f"Bản thảo không còn trường hợp “{edits.case}”."
            raise Invalid(Problem("unknown_case", message, "case"))
        changes["cases"] = tuple(_case(case, edits) if case.key == edits.case else case for case in definition.cases)
    return definition.model_copy(update=changes)


def _case(case: Case, edits: Edits) -> Case:
    changes: dict[str, Any] = {
        "terms": _merged(case.terms, edits.terms),
        "law_terms": _merged(case.law_terms, edits.laws),
    }
    if edits.fees is not None:
        changes["fees"] = edits.fees
    return case.model_copy(update=changes)


def _merged(
    known: Mapping[TermChannel, TermSpec], changes: Mapping[TermChannel, TermSpec | None]
) -> dict[TermChannel, TermSpec]:
    merged = {**known, **changes}
    return {name: term for name, term in merged.items() if term is not None}
