"""May the clock stand still, the dossier be stopped, solved anew, renewed? Against its state, without asking who."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from motcua.deadlines.terms import VIET_NAM
from motcua.dossiers.terms import OF_OTHER_ACTS, Status
from motcua.kernel.errors import Problem

if TYPE_CHECKING:
    from motcua.dossiers.rules.acts import Facts

_DECREE: Final = "Nghị định 118/2025/NĐ-CP"
_WORKED_ON: Final = frozenset({Status.RECEIVED, Status.PROCESSING})
_STOPPABLE: Final = _WORKED_ON | {Status.SUPPLEMENT_REQUESTED, Status.OBLIGATION_REQUESTED}


def suspend(facts: Facts) -> list[Problem]:
    """Tạm dừng tính thời hạn: while the dossier is worked on, one pause at a time."""
    problems = _wrong_status(facts, _WORKED_ON)
    if facts.suspended_for is not None:
        message = f"Hồ sơ đang tạm dừng tính thời hạn ({facts.suspended_for.label.lower()})."
        problems.append(Problem("suspended_already", message))
    return problems


def resume(facts: Facts) -> list[Problem]:
    """Tiếp tục tính thời hạn: what was suspended by hand."""
    problems = _wrong_status(facts, _WORKED_ON)
    if facts.suspended_for is None or facts.suspended_for in OF_OTHER_ACTS:
        problems.append(Problem("not_suspended", "Hồ sơ không có lần tạm dừng nào đang mở để tiếp tục."))
    return problems


def request_obligation(facts: Facts) -> list[Problem]:
    """Yêu cầu nghĩa vụ tài chính: at a step where the dossier is handled."""
    problems = _wrong_status(facts, _WORKED_ON)
    if facts.step.right != "handle":
        message = f"Bước «{facts.step.name}» không phải bước thụ lý."
        problems.append(Problem("wrong_step", message, basis=_DECREE))
    return problems


def fulfil_obligation(facts: Facts) -> list[Problem]:
    """Xác nhận nghĩa vụ tài chính: while it is asked for."""
    return _wrong_status(facts, frozenset({Status.OBLIGATION_REQUESTED}))


def extend(facts: Facts) -> list[Problem]:
    """Xin lỗi và gia hạn: once, and at the latest one day before the due day."""
    problems = _wrong_status(facts, _WORKED_ON)
    instead = "; hãy dùng «Xin lỗi vì trễ hạn»."
    if facts.extension_count:
        message = f"Hồ sơ đã gia hạn một lần và chỉ được gia hạn một lần{instead}"
        problems.append(Problem("extended_already", message, basis=_DECREE))
    elif is_too_late_to_extend(facts):
        due = f" {facts.due_at.astimezone(VIET_NAM):%d/%m/%Y}" if facts.due_at else ""
        message = f"Gia hạn phải làm chậm nhất một ngày trước ngày hẹn trả{due}, nay đã muộn{instead}"
        problems.append(Problem("too_late_to_extend", message, basis=_DECREE))
    return problems


def apologise(facts: Facts) -> list[Problem]:
    """Xin lỗi vì trễ hạn: once the due moment cannot be extended any more, anew when the promised day has passed."""
    problems = _wrong_status(facts, _WORKED_ON)
    if not problems and may_extend(facts):
        message = "Hồ sơ còn gia hạn được; hãy dùng «Xin lỗi và gia hạn» để hẹn lại ngày trả."
        problems.append(Problem("may_be_extended", message, basis=_DECREE))
    if is_promised(facts) and facts.promised_at is not None:
        day = facts.promised_at.astimezone(VIET_NAM)
        message = f"Đã xin lỗi và hẹn trả chậm nhất {day:%d/%m/%Y}; chỉ xin lỗi lại khi ngày này đã qua."
        problems.append(Problem("promised_already", message, basis=_DECREE))
    return problems


def draft_apology(facts: Facts) -> list[Problem]:
    """Soạn văn bản xin lỗi: while the dossier is worked on."""
    return _wrong_status(facts, _WORKED_ON)


def stop(facts: Facts) -> list[Problem]:
    """Dừng giải quyết: before there is a result; a dossier not yet received only while it waits for a supplement."""
    return _wrong_status(facts, _STOPPABLE)


def refuse_supplement(facts: Facts) -> list[Problem]:
    """Không nhận bổ sung quá hạn: what was asked for did not come in time."""
    problems = _wrong_status(facts, frozenset({Status.SUPPLEMENT_REQUESTED}))
    return problems or unanswered_problems(facts)


def unanswered_problems(facts: Facts) -> list[Problem]:
    """Return why the time to supplement is not over: nothing is asked, no day was named, or it has not passed."""
    if not facts.has_open_request:
        return [Problem("no_request", "Người nộp đã bổ sung; không có yêu cầu bổ sung nào đang chờ trả lời.")]
    if facts.answer_until is None:
        return [Problem("no_answer_until", "Yêu cầu bổ sung không ấn định hạn nộp, nên chưa thể coi là quá hạn.")]
    if facts.at is None or facts.at.astimezone(VIET_NAM).date() <= facts.answer_until:
        message = f"Người nộp còn được bổ sung đến hết ngày {facts.answer_until:%d/%m/%Y}."
        return [Problem("answer_until_not_passed", message, basis=_DECREE)]
    return []


def recall(facts: Facts) -> list[Problem]:
    """Thu hồi kết quả đã trả."""
    return _wrong_status(facts, frozenset({Status.DELIVERED}))


def reopen(facts: Facts) -> list[Problem]:
    """Giải quyết lại: a result that was recalled, or not yet handed over."""
    return _wrong_status(facts, frozenset({Status.FINISHED}))


def renew(facts: Facts) -> list[Problem]:
    """Lập hồ sơ mới nối tiếp: for what ended without a result, once."""
    problems = _wrong_status(facts, frozenset({Status.REFUSED, Status.WITHDRAWN, Status.STOPPED}))
    if not problems and facts.has_successor:
        problems.append(Problem("renewed_already", "Đã có hồ sơ mới nối tiếp hồ sơ này và hồ sơ đó chưa kết thúc."))
    return problems


def may_extend(facts: Facts) -> bool:
    """Whether time and the one extension allowed let the due moment be moved."""
    return not facts.extension_count and not is_too_late_to_extend(facts)


def is_too_late_to_extend(facts: Facts) -> bool:
    """Whether the local day of `at` is not before that of the due moment (both unknown: too late)."""
    if facts.at is None or facts.due_at is None:
        return True
    return facts.at.astimezone(VIET_NAM).date() >= facts.due_at.astimezone(VIET_NAM).date()


def is_promised(facts: Facts) -> bool:
    """Whether a signed apology (no extension) names a day that has not passed."""
    if facts.at is None or facts.promised_at is None:
        return False
    return facts.at.astimezone(VIET_NAM).date() <= facts.promised_at.astimezone(VIET_NAM).date()


def _wrong_status(facts: Facts, allowed: frozenset[Status]) -> list[Problem]:
    if facts.status in allowed:
        return []
    message = f"Hồ sơ đang ở trạng thái «{facts.status.label}», không thực hiện được việc này."
    return [Problem("wrong_status", message, basis=_DECREE)]
