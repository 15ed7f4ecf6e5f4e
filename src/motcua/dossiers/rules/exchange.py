"""May units work together on the dossier this way? Consulting, handing over, transferring, parts, checks, shelves."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from motcua.dossiers.terms import ENDED, Act, Status
from motcua.kernel.errors import Problem

if TYPE_CHECKING:
    from motcua.dossiers.rules.acts import Facts

_DECREE: Final = "Nghị định 118/2025/NĐ-CP"
_WORKED_ON: Final = frozenset({Status.RECEIVED, Status.PROCESSING})
_AFTER_RECEIPT: Final = _WORKED_ON | {Status.SUPPLEMENT_REQUESTED, Status.OBLIGATION_REQUESTED}
_BEFORE_RESULT: Final = _AFTER_RECEIPT | {Status.SUBMITTED}
#: Acts by which a dossier is given on and may be taken back; a decision or a sealed result may not.
TAKEN_BACK: Final = frozenset({Act.FORWARD, Act.APPRAISE, Act.ASSIGN, Act.SEND_BACK, Act.TRANSFER})
#: Acts by which a dossier is given on and may be sent back to the giver instead of being taken over.
SENT_BACK: Final = TAKEN_BACK | {Act.SEAL}


def consult(facts: Facts) -> list[Problem]:
    """Lấy ý kiến: while the dossier is worked on."""
    return _wrong_status(facts, _WORKED_ON)


def answer_consult(facts: Facts) -> list[Problem]:
    """Trả lời ý kiến: while the question is open and the dossier not decided."""
    return _wrong_status(facts, _AFTER_RECEIPT) or _without_question(facts)


def cancel_consult(facts: Facts) -> list[Problem]:
    """Rút yêu cầu lấy ý kiến: the same."""
    return answer_consult(facts)


def take_over(facts: Facts) -> list[Problem]:
    """Nhận bàn giao: what another unit gave and nobody here has touched."""
    problems = _wrong_status(facts, _AFTER_RECEIPT | {Status.FINISHED})
    if not problems and not facts.is_untaken:
        problems.append(Problem("nothing_handed_over", "Hồ sơ không có lần bàn giao nào đang chờ nhận."))
    return problems


def take_back(facts: Facts) -> list[Problem]:
    """Thu hồi hồ sơ vừa chuyển: while the other unit has not touched it."""
    problems = _wrong_status(facts, _WORKED_ON)
    if not problems and not facts.is_untaken:
        problems.append(Problem("taken_already", "Nơi nhận đã nhận hoặc đã xử lý hồ sơ; không thu hồi được nữa."))
    if not problems and facts.handed_over_by not in TAKEN_BACK:
        problems.append(Problem("not_taken_back", "Lần chuyển này không thu hồi được."))
    return problems


def transfer(facts: Facts) -> list[Problem]:
    """Chuyển đơn vị thụ lý: while the dossier is worked on."""
    return _wrong_status(facts, _WORKED_ON)


def open_part(facts: Facts) -> list[Problem]:
    """Mở hồ sơ thành phần: below a received dossier that is no part itself."""
    problems = _wrong_status(facts, _WORKED_ON)
    if facts.has_parent:
        problems.append(Problem("part_of_part", "Hồ sơ này đã là hồ sơ thành phần; hãy mở ở hồ sơ chính."))
    return problems


def check_papers(facts: Facts) -> list[Problem]:
    """Đánh dấu giấy tờ đã kiểm tra: until the result is decided."""
    return _wrong_status(facts, _BEFORE_RESULT)


def shelve(facts: Facts) -> list[Problem]:
    """Ghi nơi để hồ sơ giấy: as long as the dossier is open."""
    return _wrong_status(facts, frozenset(Status) - ENDED)


def decide_correction(facts: Facts) -> list[Problem]:
    """Duyệt đính chính: when the desk proposed one."""
    problems = _wrong_status(facts, _AFTER_RECEIPT | {Status.FINISHED})
    if not problems and not facts.has_open_correction:
        problems.append(Problem("no_correction", "Hồ sơ không có đề nghị đính chính nào đang chờ duyệt."))
    return problems


def _without_question(facts: Facts) -> list[Problem]:
    if facts.open_consultations:
        return []
    return [Problem("no_question", "Hồ sơ không có yêu cầu lấy ý kiến nào đang chờ trả lời.")]


def _wrong_status(facts: Facts, allowed: frozenset[Status]) -> list[Problem]:
    if facts.status in allowed:
        return []
    message = f"Hồ sơ đang ở trạng thái «{facts.status.label}», không thực hiện được việc này."
    return [Problem("wrong_status", message, basis=_DECREE)]
