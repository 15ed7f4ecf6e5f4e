"""May a dossier leave its step? While its clock stands, at the gates, by the ways that are open. Without asking who."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from motcua.dossiers.rules.flow import closed_ways
from motcua.dossiers.terms import OF_OTHER_ACTS, Act, SuspensionKind
from motcua.kernel.errors import Problem
from motcua.processes.rules.moves import gates_asked

if TYPE_CHECKING:
    from motcua.dossiers.rules.acts import Facts

#: Acts that carry the dossier on; none of them happens while its clock is stopped by hand.
_CARRY_ON: Final = frozenset(
    {
        Act.REQUEST_SUPPLEMENT,
        Act.REQUEST_OBLIGATION,
        Act.ASSIGN,
        Act.FORWARD,
        Act.APPRAISE,
        Act.SEND_BACK,
        Act.APPROVE,
        Act.REJECT,
        Act.EXTEND,
        Act.TRANSFER,
    }
)
#: Acts that stop the clock themselves or move the due moment: not while the process lets it stand.
_NEED_A_RUNNING_CLOCK: Final = frozenset({Act.REQUEST_SUPPLEMENT, Act.REQUEST_OBLIGATION, Act.EXTEND})
#: Acts by which a dossier leaves its step forward.
_LEAVE_FORWARD: Final = frozenset({Act.FORWARD, Act.APPRAISE, Act.APPROVE, Act.SEAL, Act.DELIVER})
#: Acts that take one of the step's ways on. A refusal (`REJECT`) reaches the applicant whatever the conditions say.
_BY_A_WAY: Final = frozenset({Act.FORWARD, Act.APPRAISE, Act.APPROVE, Act.SEAL})


def problems(act: Act, facts: Facts) -> list[Problem]:
    """Return why the act cannot carry the dossier on from its step."""
    return [*_while_suspended(act, facts), *_gates(act, facts), *_closed(act, facts)]


def _while_suspended(act: Act, facts: Facts) -> list[Problem]:
    kind = facts.suspended_for
    if kind == SuspensionKind.PROCESS and act in _NEED_A_RUNNING_CLOCK:
        message = "Quy trình đang cho dừng tính thời hạn ở bước này; việc này chờ đến khi thời hạn được tính tiếp."
        return [Problem("clock_stands", message)]
    if act not in _CARRY_ON or kind is None or kind in OF_OTHER_ACTS:
        return []
    message = f"Hồ sơ đang tạm dừng tính thời hạn ({kind.label.lower()}); hãy «Tiếp tục tính thời hạn» trước."
    return [Problem("suspended", message)]


def _gates(act: Act, facts: Facts) -> list[Problem]:
    if act not in _LEAVE_FORWARD:
        return []
    owed = _owed_here(act, facts)
    money = f"{owed:,}".replace(",", ".")
    open_ones = {
        "paid": (owed, f"Hồ sơ còn phải nộp {money} đồng; hãy thu hoặc chờ xác nhận đã nộp."),
        "parts": (facts.open_parts, f"Còn {facts.open_parts} hồ sơ liên thông bắt buộc chưa giải quyết xong."),
        "opinions": (facts.opinions_awaited, f"Còn {facts.opinions_awaited} nơi chưa trả lời lấy ý kiến."),
    }
    asked = gates_asked(facts.step, facts.process)
    return [Problem(f"gate_{gate}", open_ones[gate][1]) for gate in asked if open_ones[gate][0]]


def _owed_here(act: Act, facts: Facts) -> int:
    """What must be paid before this act; the whole of it is asked for by the rule of delivery itself."""
    return 0 if act == Act.DELIVER else facts.money.owed_now


def _closed(act: Act, facts: Facts) -> list[Problem]:
    """Why no way of the step is open now, in the words of its conditions."""
    if act in _BY_A_WAY:
        return closed_ways(facts.definition, facts.step, facts.process)
    return closed_ways(facts.definition, facts.step, facts.process, back=True) if act == Act.SEND_BACK else []
