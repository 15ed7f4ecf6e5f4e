"""May this happen? Every act against the state of the dossier, without asking who."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from motcua.dossiers.rules import charges, exchange, leaving, rebasing, stopping
from motcua.dossiers.rules.charges import Money
from motcua.dossiers.rules.flow import is_assigning, is_deciding
from motcua.dossiers.terms import Act, Status, SuspensionKind
from motcua.kernel.errors import Problem
from motcua.procedures.rules.selection import last_step
from motcua.procedures.terms import Definition
from motcua.processes.rules.moves import Known
from motcua.processes.terms import FIRST_STEP, Step

#: A clock may run a little ahead of the server's.
_CLOCK_SLACK = timedelta(minutes=2)
_DECREE = "Nghị định 118/2025/NĐ-CP"

NO_MONEY = Money()


@dataclass(frozen=True, slots=True)
class Facts:
    """The state of a dossier as the rules see it at the moment `at`.

    `is_untaken`: the last move, the act `handed_over_by`, brought it to another unit, where nobody has touched it
    yet. `open_parts`: those parts that are required.
    `promised_at`: named by the last signed apology that is no extension. `has_successor`: a dossier that continues this
    ended one is open or was solved. `newer_since`: from when the next version of its procedure holds.
    `opinions_awaited`: by the gate of the step. `process`: what conditions of the process read.
    """

    status: Status
    definition: Definition
    step: Step
    is_received: bool
    has_open_request: bool
    supplement_count: int
    draft_number: int
    at: datetime | None = None
    due_at: datetime | None = None
    answer_until: date | None = None
    suspended_for: SuspensionKind | None = None
    extension_count: int = 0
    is_untaken: bool = False
    handed_over_by: str = ""
    open_consultations: int = 0
    opinions_awaited: int = 0
    open_parts: int = 0
    has_open_correction: bool = False
    has_parent: bool = False
    money: Money = NO_MONEY
    promised_at: datetime | None = None
    has_successor: bool = False
    newer_since: date | None = None
    process: Known = field(default_factory=dict)


def problems_before(act: Act, facts: Facts) -> list[Problem]:
    """Return every reason why the act does not fit the state of the dossier."""
    return [*_RULES[act](facts), *leaving.problems(act, facts)]


def known_acts() -> list[Act]:
    """Return the acts that this release can do, in the order of their buttons."""
    return [act for act in Act if act in _RULES]


def problems_of_moment(at: datetime, *, last_act_at: datetime, now: datetime) -> list[Problem]:
    """Return what is wrong with the moment of an act: before the last act, or in the future."""
    problems = []
    if at < last_act_at:
        problems.append(
            Problem(
                "before_last_act",
                "Thời điểm thực hiện sớm hơn việc gần nhất của hồ sơ; hãy kiểm tra đồng hồ hoặc thời điểm đã nhập.",
                "at",
            )
        )
    if at > now + _CLOCK_SLACK:
        problems.append(Problem("in_future", "Thời điểm thực hiện ở tương lai; hãy kiểm tra lại.", "at"))
    return problems


def _wrong_status(facts: Facts, *allowed: Status) -> list[Problem]:
    if facts.status in allowed:
        return []
    return [
        Problem(
            "wrong_status",
            f"Hồ sơ đang ở trạng thái «{facts.status.label}», không thực hiện được việc này.",
            basis=_DECREE,
        )
    ]


def _wrong_step(fits: bool, facts: Facts, what: str) -> list[Problem]:  # noqa: FBT001 (a fact, not a switch)
    return [] if fits else [Problem("wrong_step", f"Bước «{facts.step.name}» không phải bước {what}.", basis=_DECREE)]


def _awaits_first_answer(facts: Facts) -> bool:
    if facts.status == Status.SUPPLEMENT_REQUESTED:
        return not facts.is_received and not facts.has_open_request
    return facts.status == Status.SUBMITTED


def _receive(facts: Facts) -> list[Problem]:
    if facts.status == Status.SUPPLEMENT_REQUESTED and facts.has_open_request and not facts.is_received:
        return [Problem("awaiting_supplement", "Hồ sơ đang chờ người nộp bổ sung; tiếp nhận sau khi có bổ sung.")]
    return [] if _awaits_first_answer(facts) else _wrong_status(facts, Status.SUBMITTED)


def _refuse(facts: Facts) -> list[Problem]:
    return _wrong_status(facts, Status.SUBMITTED)


def _request_supplement(facts: Facts) -> list[Problem]:
    if facts.has_open_request:
        return [
            Problem("request_open", "Đã có yêu cầu bổ sung đang chờ trả lời; không yêu cầu thêm khi chưa được trả lời.")
        ]
    if _awaits_first_answer(facts):
        return []
    problems = _wrong_status(facts, Status.SUBMITTED, Status.RECEIVED, Status.PROCESSING)
    return problems or _wrong_step(facts.step.right in {"receive", "handle"}, facts, "tiếp nhận hoặc thẩm định")


def _supplement(facts: Facts) -> list[Problem]:
    problems = _wrong_status(facts, Status.SUPPLEMENT_REQUESTED)
    if not problems and not facts.has_open_request:
        problems.append(Problem("no_request", "Hồ sơ không có yêu cầu bổ sung nào đang chờ trả lời."))
    return problems


def _assign(facts: Facts) -> list[Problem]:
    fits = facts.step.right == "handle" or is_assigning(facts.definition, facts.step)
    return [*_wrong_status(facts, Status.RECEIVED, Status.PROCESSING), *_wrong_step(fits, facts, "phân công")]


def _forward(facts: Facts) -> list[Problem]:
    definition, step = facts.definition, facts.step
    has_own_act = step.right in {"handle", "seal"} or is_assigning(definition, step) or is_deciding(definition, step)
    fits = bool(step.forward) and not has_own_act
    # Between decision and hand-out a fee may be collected, a paper fetched.
    decided = [Status.FINISHED] if step.right == "receive" and step.forward and step.key != FIRST_STEP else []
    allowed = (Status.RECEIVED, Status.PROCESSING, *decided)
    return [*_wrong_status(facts, *allowed), *_wrong_step(fits, facts, "chuyển tiếp")]


def _appraise(facts: Facts) -> list[Problem]:
    fits = facts.step.right == "handle" and bool(facts.step.forward)
    return [*_wrong_status(facts, Status.RECEIVED, Status.PROCESSING), *_wrong_step(fits, facts, "thẩm định")]


def _send_back(facts: Facts) -> list[Problem]:
    fits = bool(facts.step.back)
    return [
        *_wrong_status(facts, Status.RECEIVED, Status.PROCESSING),
        *_wrong_step(fits, facts, "được trả lại bước trước"),
    ]


def _decide(facts: Facts) -> list[Problem]:
    fits = is_deciding(facts.definition, facts.step)
    problems = [*_wrong_status(facts, Status.PROCESSING), *_wrong_step(fits, facts, "phê duyệt")]
    if fits and not facts.draft_number:
        problems.append(Problem("no_draft", "Chưa có dự thảo kết quả để phê duyệt; hãy trả lại bước thẩm định."))
    return problems


def _seal(facts: Facts) -> list[Problem]:
    return [*_wrong_status(facts, Status.FINISHED), *_wrong_step(facts.step.right == "seal", facts, "đóng dấu")]


def _deliver(facts: Facts) -> list[Problem]:
    if facts.has_parent:
        return [Problem("part", "Kết quả hồ sơ thành phần tự chuyển về hồ sơ chính, không trả riêng cho người nộp.")]
    at_last = facts.step.key == last_step(facts.definition).key
    owed = charges.before_delivery(facts.money)
    return [*_wrong_status(facts, Status.FINISHED), *_wrong_step(at_last, facts, "trả kết quả"), *owed]


def _withdraw(facts: Facts) -> list[Problem]:
    open_ones = (
        Status.SUBMITTED,
        Status.RECEIVED,
        Status.PROCESSING,
        Status.SUPPLEMENT_REQUESTED,
        Status.OBLIGATION_REQUESTED,
    )
    return _wrong_status(facts, *open_ones)


def _correct(facts: Facts) -> list[Problem]:
    if facts.has_parent:
        return [Problem("part", "Hồ sơ thành phần dùng thông tin của hồ sơ chính; hãy đính chính ở hồ sơ chính.")]
    return _withdraw(facts)


def _collect(facts: Facts) -> list[Problem]:
    return charges.before_asking(facts.status, facts.money)


_RULES: Mapping[Act, Callable[[Facts], list[Problem]]] = {
    Act.RECEIVE: _receive,
    Act.REFUSE: _refuse,
    Act.REQUEST_SUPPLEMENT: _request_supplement,
    Act.SUPPLEMENT: _supplement,
    Act.ASSIGN: _assign,
    Act.FORWARD: _forward,
    Act.APPRAISE: _appraise,
    Act.SEND_BACK: _send_back,
    Act.APPROVE: _decide,
    Act.REJECT: _decide,
    Act.SEAL: _seal,
    Act.DELIVER: _deliver,
    Act.WITHDRAW: _withdraw,
    Act.CORRECT: _correct,
    Act.COLLECT_CASH: _collect,
    Act.ADD_CHARGE: lambda facts: charges.while_at_work(facts.status),
    Act.REQUEST_PAYMENT: _collect,
    Act.WAIVE_CHARGE: lambda facts: charges.before_waiving(facts.money),
    Act.REFUND_CHARGE: lambda facts: charges.before_refunding(facts.money),
    Act.CORRECT_PAYMENT: lambda facts: charges.before_correcting(facts.money),
    Act.DECIDE_CORRECTION: exchange.decide_correction,
    Act.CONSULT: exchange.consult,
    Act.ANSWER_CONSULT: exchange.answer_consult,
    Act.CANCEL_CONSULT: exchange.cancel_consult,
    Act.TAKE_OVER: exchange.take_over,
    Act.TAKE_BACK: exchange.take_back,
    Act.TRANSFER: exchange.transfer,
    Act.REBASE: rebasing.rebase,
    Act.OPEN_PART: exchange.open_part,
    Act.CHECK_PAPERS: exchange.check_papers,
    Act.SHELVE: exchange.shelve,
    Act.SUSPEND: stopping.suspend,
    Act.RESUME: stopping.resume,
    Act.REQUEST_OBLIGATION: stopping.request_obligation,
    Act.FULFIL_OBLIGATION: stopping.fulfil_obligation,
    Act.EXTEND: stopping.extend,
    Act.APOLOGISE: stopping.apologise,
    Act.DRAFT_APOLOGY: stopping.draft_apology,
    Act.STOP: stopping.stop,
    Act.REFUSE_SUPPLEMENT: stopping.refuse_supplement,
    Act.RECALL: stopping.recall,
    Act.REOPEN: stopping.reopen,
    Act.RENEW: stopping.renew,
}
