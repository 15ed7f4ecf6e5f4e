"""Trying a procedure out: what was typed and chosen, kept in the session of whoever tries, touching no real data.

A trial is gone when its owner ends it, begins another one of the same procedure, signs out, or after twelve hours
with the session. Nothing of it is written into any table of the house.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Final

from django.http import HttpRequest
from django.utils import timezone

from motcua.deadlines.queries import calendar_of
from motcua.deadlines.rules.due import compute_due
from motcua.deadlines.terms import Due, Term, TermUnit
from motcua.forms.queries import places
from motcua.forms.rules.answers import Answers, read
from motcua.kernel.errors import MotCuaError
from motcua.packages.rules.sums import fees_together, term_of_set
from motcua.procedures.rules.selection import NeededComponent, components_for
from motcua.procedures.terms import Definition, PackageTest
from motcua.processes.terms import FIRST_STEP

_SESSION: Final = "studio_trials"
#: The trials one person may have open at once; the oldest goes first.
MOST_TRIALS: Final = 3
_FROM_AFAR: Final = frozenset({"online", "online_portal", "vneid"})
#: Facts the clerk may set while trying, with their words and what they begin with.
SWITCHES: Final[Mapping[str, tuple[str, bool]]] = {
    "paid": ("đã nộp đủ tiền", True),
    "by_post": ("nhận kết quả qua bưu chính", False),
    "opinions_in": ("mọi nơi được hỏi đã trả lời", True),
    "parts_done": ("thủ tục liên thông đã xong", True),
    "supplement_asked": ("đang chờ bổ sung", False),
    "withdrawal_asked": ("người nộp xin rút", False),
}


@dataclass(frozen=True, slots=True)
class Trial:
    """One trial: how it is handed in, what was typed so far, the steps gone through, the facts that were set."""

    case: str = ""
    channel: str = "in_person"
    copies: int = 1
    pages: int = 1
    at: str = ""
    typed: Mapping[str, Any] = field(default_factory=dict)
    path: tuple[str, ...] = (FIRST_STEP,)
    switches: Mapping[str, bool] = field(default_factory=dict)

    @property
    def moment(self) -> datetime:
        """When it is handed in."""
        return datetime.fromisoformat(self.at) if self.at else timezone.now()

    @property
    def day(self) -> date:
        """The day it is handed in, in Vietnam."""
        return timezone.localtime(self.moment).date()

    def test(self, definition: Definition) -> PackageTest:
        """The trial as a test that expects nothing yet."""
        return PackageTest(
            key="thu",
            name="Thử",
            case=self.case_key(definition),
            channel=self.channel,
            at=self.moment,
            form=dict(self.typed),
            copies=self.copies,
            pages=self.pages,
        )

    def case_key(self, definition: Definition) -> str:
        """The case, the first one where none was chosen or it is gone."""
        if definition.case(self.case):
            return self.case
        return definition.cases[0].key if definition.cases else ""

    def facts(self, definition: Definition) -> dict[str, object]:
        """What conditions of the form may read besides its fields."""
        return {
            "case": self.case_key(definition),
            "channel": self.channel,
            "online": self.channel in _FROM_AFAR,
            "procedure": definition.code,
            "procedure_name": definition.name,
            "applicant": definition.applicants[0] if definition.applicants else "citizen",
            "copies": Decimal(self.copies),
            "pages": Decimal(self.pages),
            "today": self.day,
        }

    def set(self, name: str) -> bool:
        """Whether a switch is on."""
        return self.switches.get(name, SWITCHES[name][1])


def trial_in(request: HttpRequest, code: str) -> Trial | None:
    """Return the trial of the procedure in this session, None when there is none."""
    kept = request.session.get(_SESSION, {}).get(code)
    return Trial(**{**kept, "path": tuple(kept["path"])}) if kept else None


def keep_trial(request: HttpRequest, code: str, trial: Trial) -> None:
    """Keep the trial in the session, the oldest one dropped when there are too many."""
    kept = {name: one for name, one in request.session.get(_SESSION, {}).items() if name != code}
    for name in list(kept)[: max(len(kept) - MOST_TRIALS + 1, 0)]:
        del kept[name]
    request.session[_SESSION] = {**kept, code: asdict(trial)}


def end_trial(request: HttpRequest, code: str) -> None:
    """Forget the trial."""
    request.session[_SESSION] = {name: one for name, one in request.session.get(_SESSION, {}).items() if name != code}


def answers_of(definition: Definition, trial: Trial) -> Answers | None:
    """Return the form as it was read; None without a form."""
    if definition.form is None:
        return None
    return read(definition.form, trial.typed, facts=trial.facts(definition), today=trial.day, places=places())


@dataclass(frozen=True, slots=True)
class Outcome:
    """What comes of a trial: money, due date, papers; `failed` says what could not be worked out."""

    fees: int | None
    due: Due | None
    components: tuple[NeededComponent, ...]
    failed: tuple[str, ...]


def outcome_of(definition: Definition, trial: Trial) -> Outcome:
    """Return what the trial costs, until when it is done, which papers it needs."""
    case, test, failed = trial.case_key(definition), trial.test(definition), []
    fees: int | None = None
    due: Due | None = None
    needed: tuple[NeededComponent, ...] = ()
    try:
        fees = fees_together(definition, case, test)
        needed = components_for(definition, case)
        term = term_of_set(definition, case, test)
        due = compute_due(trial.moment, Term(term.amount, TermUnit(term.unit)), calendar_of(on=trial.day))
    except MotCuaError as refusal:
        failed = [problem.message for problem in refusal.problems]
    return Outcome(fees, due, needed, tuple(failed))


def process_facts(definition: Definition, trial: Trial) -> dict[str, object]:
    """Return the facts that the clerk's ways rest on."""
    answers = answers_of(definition, trial)
    owed = outcome_of(definition, trial).fees or 0
    return {
        **trial.facts(definition),
        "paid": trial.set("paid"),
        "owed": Decimal(0 if trial.set("paid") else owed),
        "by_post": trial.set("by_post"),
        "components": [one.component.key for one in outcome_of(definition, trial).components if one.required],
        "open_parts": Decimal(0 if trial.set("parts_done") else 1),
        "open_opinions": Decimal(0 if trial.set("opinions_in") else 1),
        "roles": [],
        "waiting_hours": Decimal(0),
        "supplement_asked": trial.set("supplement_asked"),
        "supplement_count": Decimal(1 if trial.set("supplement_asked") else 0),
        "withdrawal_asked": trial.set("withdrawal_asked"),
        "agency": "",
        "form": dict(answers.values) if answers else {},
        "step": trial.path[-1],
        "done": list(trial.path[:-1]),
    }


def gone_to(trial: Trial, key: str) -> Trial:
    """Return the trial one step on."""
    return replace(trial, path=(*trial.path, key))
