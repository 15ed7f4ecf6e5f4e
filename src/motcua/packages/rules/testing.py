"""Running the tests of a package: somebody hands this in, that must come out. Nothing is kept, nothing is sent."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Final

from motcua.deadlines.rules.calendar import Calendar
from motcua.deadlines.rules.due import compute_due
from motcua.deadlines.terms import VIET_NAM, Term, TermUnit
from motcua.forms.rules.answers import Answers, Places, flatten, read, to_json
from motcua.kernel.errors import MotCuaError
from motcua.packages.rules.paper_words import words_on_paper
from motcua.packages.rules.sums import fees_together, term_of_set
from motcua.procedures.rules.selection import components_for
from motcua.procedures.terms import Definition, PackageTest
from motcua.processes.rules.walk import walk

#: When something is handed in where a test does not say: a plain working Monday.
USUAL_MOMENT: Final = datetime(2026, 3, 2, 8, 0, tzinfo=VIET_NAM)
_FROM_AFAR: Final = frozenset({"online", "online_portal", "vneid"})
_MINUTES: Final = "%H:%M %d/%m/%Y"


@dataclass(frozen=True, slots=True)
class Finding:
    """What came out otherwise than expected. `what`: of what it is said, in Vietnamese."""

    what: str
    expected: str
    came: str

    @property
    def text(self) -> str:
        """One Vietnamese line."""
        return f"{self.what}: phải là {self.expected}, nhưng ra {self.came}"


@dataclass(frozen=True, slots=True)
class TestOutcome:
    """What became of one test; it passed when there is no finding."""

    key: str
    name: str
    findings: tuple[Finding, ...]

    @property
    def passed(self) -> bool:
        """Whether everything came out as expected."""
        return not self.findings


@dataclass(frozen=True, slots=True)
class _Run:
    """One test while it runs."""

    definition: Definition
    test: PackageTest
    case: str
    at: datetime
    answers: Answers | None
    calendar: Calendar

    @property
    def values(self) -> Mapping[str, object]:
        return self.answers.values if self.answers else {}

    @property
    def facts(self) -> dict[str, object]:
        """What forms and papers may read besides the fields."""
        return _facts(self.definition, self.test, self.case, self.at.date())


def run_tests(definition: Definition, *, calendar: Calendar, places: Places) -> tuple[TestOutcome, ...]:
    """Run every test of the definition in order; never raises for what a package says."""
    return tuple(run_test(definition, test, calendar=calendar, places=places) for test in definition.tests)


def run_test(definition: Definition, test: PackageTest, *, calendar: Calendar, places: Places) -> TestOutcome:
    """Run one test; what cannot be worked out at all is a finding too."""
    case = test.case or (definition.cases[0].key if definition.cases else "")
    at = _in_vietnam(test.at) if test.at else USUAL_MOMENT
    answers = _answers(definition, test, case, at.date(), places)
    run = _Run(definition, test, case, at, answers, calendar)
    findings: list[Finding] = []
    for look in _LOOKS:
        try:
            findings.extend(look(run))
        except MotCuaError as error:
            findings.append(Finding(_WHAT[look], "tính được", " ".join(one.message for one in error.problems)))
    return TestOutcome(test.key, test.name, tuple(findings))


def _in_vietnam(moment: datetime) -> datetime:
    return moment.replace(tzinfo=VIET_NAM) if moment.tzinfo is None else moment.astimezone(VIET_NAM)


def _answers(definition: Definition, test: PackageTest, case: str, today: date, places: Places) -> Answers | None:
    form = definition.form
    if form is None:
        return None
    facts = _facts(definition, test, case, today)
    return read(form, flatten(form, test.form), facts=facts, today=today, places=places)


def _facts(definition: Definition, test: PackageTest, case: str, today: date) -> dict[str, object]:
    applicant = definition.applicants[0] if definition.applicants else "citizen"
    usual: dict[str, object] = {
        "case": case,
        "case_name": chosen.name if (chosen := definition.case(case)) else "",
        "received_at": today,
        "channel": test.channel,
        "online": test.channel in _FROM_AFAR,
        "procedure": definition.code,
        "procedure_name": definition.name,
        "applicant": applicant,
        "copies": Decimal(test.copies),
        "pages": Decimal(test.pages),
        "today": today,
    }
    return {**usual, **test.facts}


def _problems(run: _Run) -> Iterator[Finding]:
    expected = run.test.expect.problems
    if expected is None:
        return
    found = run.answers.problems if run.answers else ()
    names = [_names_of(problem.field, problem.code) for problem in found]
    missed = [one for one in expected if not any(one in known for known in names)]
    more = [problem for problem, known in zip(found, names, strict=True) if not known & set(expected)]
    if missed or more:
        came = "; ".join(f"{one.field}: {one.message}" for one in found) or "không báo lỗi nào"
        yield Finding("Ô bị báo lỗi", ", ".join(expected) or "không có", came)


def _names_of(field: str, code: str) -> set[str]:
    """What a problem may be called in a test: its input, its field, its check."""
    return {field, field.split(".", maxsplit=1)[0], code.removeprefix("check_")}


def _values(run: _Run) -> Iterator[Finding]:
    kept = to_json(run.definition.form, run.values) if run.definition.form else {}
    for name, expected in run.test.expect.values.items():
        came = _inside(kept, name)
        if not _alike(expected, came):
            yield Finding(f"Giá trị “{name}”", _shown(expected), _shown(came))


def _inside(values: Mapping[str, Any], name: str) -> Any:
    found: Any = values
    for part in name.split("."):
        if isinstance(found, list) and part.isdigit() and int(part) < len(found):
            found = found[int(part)]
        else:
            found = found.get(part) if isinstance(found, dict) else None
    return found


def _alike(expected: Any, came: Any) -> bool:
    """Whether a value is the expected one: numbers by their value, of mappings only what is expected."""
    if isinstance(expected, dict) and isinstance(came, dict):
        return all(_alike(one, came.get(name)) for name, one in expected.items())
    if isinstance(expected, list) and isinstance(came, list):
        return len(expected) == len(came) and all(map(_alike, expected, came))
    if isinstance(expected, bool) or isinstance(came, bool) or expected is None or came is None:
        return expected is came
    return bool(_number(expected) == _number(came))


def _number(value: Any) -> Any:
    return Decimal(str(value)) if isinstance(value, int | float | Decimal) else value


def _shown(value: Any) -> str:
    if value is None:
        return "không có giá trị"
    if isinstance(value, bool):
        return "có" if value else "không"
    return f"“{value}”" if isinstance(value, str) else str(value)


def _asked(run: _Run) -> Iterator[Finding]:
    asked = run.answers.asked if run.answers else frozenset()
    for name in run.test.expect.asked:
        if name not in asked:
            yield Finding(f"Ô “{name}”", "được hỏi", "không hỏi")
    for name in run.test.expect.not_asked:
        if name in asked:
            yield Finding(f"Ô “{name}”", "không hỏi", "được hỏi")


def _fees(run: _Run) -> Iterator[Finding]:
    expected = run.test.expect.fees
    if expected is None:
        return
    came = fees_together(run.definition, run.case, run.test)
    if came != expected:
        yield Finding("Phí, lệ phí", _money(expected), _money(came))


def _money(amount: int) -> str:
    return f"{amount:,} đồng".replace(",", ".")


def _due(run: _Run) -> Iterator[Finding]:
    if run.test.expect.due is None:
        return
    expected = _in_vietnam(run.test.expect.due)
    term = term_of_set(run.definition, run.case, run.test)
    due = compute_due(run.at, Term(term.amount, TermUnit(term.unit)), run.calendar)
    if due.due_at != expected:
        yield Finding("Hẹn trả", f"{expected:{_MINUTES}}", f"{due.due_at:{_MINUTES}} ({due.text})")


def _components(run: _Run) -> Iterator[Finding]:
    expected = run.test.expect.components
    if expected is None:
        return
    came = [one.component.key for one in components_for(run.definition, run.case) if one.required]
    if sorted(came) != sorted(expected):
        yield Finding("Giấy tờ bắt buộc", ", ".join(expected) or "không có", ", ".join(came) or "không có")


def _path(run: _Run) -> Iterator[Finding]:
    expected = run.test.expect.path
    if expected is None:
        return
    gone = walk(run.definition.steps, _process_facts(run))
    if gone.path != expected:
        stopped = {"": "", "closed": " (không còn đường đi tiếp)", "circle": " (đi vòng mãi)"}[gone.stopped]
        yield Finding("Các bước đi qua", " → ".join(expected), " → ".join(gone.path) + stopped)


def _process_facts(run: _Run) -> dict[str, object]:
    """A dossier with which everything is in order, unless the test says otherwise."""
    required = [one.component.key for one in components_for(run.definition, run.case) if one.required]
    usual: dict[str, object] = {
        "paid": True,
        "owed": Decimal(0),
        "by_post": run.test.channel in ("post", "proxy_service"),
        "components": required,
        "open_parts": Decimal(0),
        "open_opinions": Decimal(0),
        "roles": [],
        "waiting_hours": Decimal(0),
        "supplement_asked": False,
        "supplement_count": Decimal(0),
        "withdrawal_asked": False,
        "agency": "",
        "form": run.values,
    }
    return {**usual, **run.facts}


def _papers(run: _Run) -> Iterator[Finding]:
    papers = {paper.key: paper for paper in run.definition.papers}
    for key, expected in run.test.expect.papers.items():
        if key not in papers:
            yield Finding(f"Giấy tờ “{key}”", "có khuôn", "không có khuôn nào như vậy")
            continue
        came = words_on_paper(papers[key], run.definition.form, run.values, run.facts)
        for words in expected:
            if " ".join(words.split()).casefold() not in " ".join(came.split()).casefold():
                yield Finding(f"Giấy tờ “{papers[key].name}”", f"có chữ “{words}”", f"“{came}”")


_Look = Callable[[_Run], Iterator[Finding]]
_WHAT: Final[Mapping[_Look, str]] = {
    _problems: "Ô bị báo lỗi",
    _values: "Giá trị",
    _asked: "Ô được hỏi",
    _fees: "Phí, lệ phí",
    _due: "Hẹn trả",
    _components: "Giấy tờ bắt buộc",
    _path: "Các bước đi qua",
    _papers: "Giấy tờ",
}
_LOOKS: Final[tuple[_Look, ...]] = tuple(_WHAT)
