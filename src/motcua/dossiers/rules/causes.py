"""What the papers about time rest on: causes of lateness, pauses, new due moments, grounds of stopping. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from motcua.deadlines.rules.calendar import Calendar, align
from motcua.deadlines.terms import VIET_NAM
from motcua.dossiers.rules.reasons import note_problems
from motcua.dossiers.terms import OF_OTHER_ACTS, StopGround, SuspensionKind
from motcua.kernel.errors import Problem

_DECREE: Final = "Nghị định 118/2025/NĐ-CP"
#: Why a dossier is late. A catalogue: add, never rename.
LATE_CAUSES: Final[Mapping[str, str]] = {
    "overload": "Số lượng hồ sơ tăng đột biến, thiếu người giải quyết",
    "coordination": "Chờ cơ quan phối hợp, lấy ý kiến, xác minh",
    "complex": "Hồ sơ phức tạp, cần xác minh thêm",
    "law_change": "Quy định pháp luật thay đổi hoặc chưa rõ, phải xin hướng dẫn",
    "system": "Sự cố hệ thống thông tin, dữ liệu",
    "staff": "Cán bộ giải quyết nghỉ đột xuất, thay đổi người giải quyết",
    "leader": "Lãnh đạo có thẩm quyền ký vắng mặt",
    "force_majeure": "Thiên tai, dịch bệnh, sự kiện bất khả kháng",
    "own_fault": "Cán bộ, cơ quan xử lý chậm",
    "other": "Nguyên nhân khác",
}
#: How a pause is named in the working of a due moment.
_PAUSE_WORDS: Final[Mapping[SuspensionKind, str]] = {
    SuspensionKind.SUPPLEMENT: "chờ bổ sung",
    SuspensionKind.OBLIGATION: "chờ nộp nghĩa vụ tài chính",
    SuspensionKind.CONSULTATION: "lấy ý kiến, xác minh",
    SuspensionKind.PUBLIC_NOTICE: "niêm yết công khai",
    SuspensionKind.SURVEY: "trích đo, đo đạc",
    SuspensionKind.INSPECTION: "thanh tra, kiểm tra",
    SuspensionKind.DISPUTE: "giải quyết tranh chấp",
    SuspensionKind.FORCE_MAJEURE: "vì sự kiện bất khả kháng",
    SuspensionKind.SYSTEM_FAULT: "vì lỗi hệ thống",
    SuspensionKind.PROCESS: "chờ theo quy trình",
}
LONGEST_NUMBER: Final = 100


def pause_words(kind: SuspensionKind | str) -> str:
    """Return why the clock stands still, after "tạm dừng": "niêm yết công khai"."""
    return _PAUSE_WORDS[SuspensionKind(kind)]


@dataclass(frozen=True, slots=True)
class PauseRule:
    """What holds for a kind of pause on a day: whether it stops the clock, for at most how many days."""

    stops_clock: bool
    most_days: int | None = None


def pause_problems(kind: SuspensionKind, rule: PauseRule | None, *, reason: str, basis: str) -> list[Problem]:
    """Return everything that is wrong with a pause by hand."""
    problems = []
    if kind in OF_OTHER_ACTS:
        message = f"«{kind.label}» bắt đầu bằng việc riêng của nó, không tạm dừng bằng tay."
        problems.append(Problem("of_other_act", message, "kind"))
    elif rule is None or not rule.stops_clock:
        message = (
            f"Không có quy định nào cho dừng tính thời hạn vì «{kind.label.lower()}» với thủ tục này; "
            "thời gian này vẫn tính vào thời hạn giải quyết."
        )
        problems.append(Problem("clock_runs_on", message, "kind", _DECREE))
    problems += note_problems(reason, field="reason", missing="Phải ghi lý do tạm dừng.")
    return problems + note_problems(basis, field="basis", missing="Phải ghi căn cứ pháp lý của việc tạm dừng.")


def pause_limit(since: datetime, rule: PauseRule | None) -> datetime | None:
    """Return until when a pause that begins at `since` may stop the clock; None: no limit is known."""
    return since + timedelta(days=rule.most_days) if rule and rule.most_days else None


def promise_problems(new: datetime, *, old: datetime, at: datetime, calendar: Calendar) -> list[Problem]:
    """Return what is wrong with a promised moment: not later than the old one and than now, or nobody works then."""
    problems = []
    if new <= old:
        when = f"{old.astimezone(VIET_NAM):%H:%M ngày %d/%m/%Y}"
        problems.append(Problem("not_later", f"Ngày hẹn mới phải sau ngày hẹn cũ ({when}).", "promised_at"))
    elif new <= at:
        problems.append(Problem("not_later", "Ngày hẹn phải ở tương lai.", "promised_at"))
    return problems + working_problems(new, calendar, field="promised_at")


def working_problems(new: datetime, calendar: Calendar, *, field: str) -> list[Problem]:
    """Return what is wrong with a promised moment at which nobody works."""
    if align(new, calendar) == new:
        return []
    local = new.astimezone(VIET_NAM)
    message = f"{local:%H:%M ngày %d/%m/%Y} không phải giờ làm việc của cơ quan; hãy chọn ngày khác."
    return [Problem("not_working", message, field)]


def cause_problems(cause: str, reason: str) -> list[Problem]:
    """Return what is wrong with the cause of lateness and its text."""
    problems = []
    if cause not in LATE_CAUSES:
        problems.append(Problem("unknown_cause", "Hãy chọn một nguyên nhân trong danh mục.", "cause"))
    missing = "Phải ghi rõ lý do để người nộp hiểu." if cause == "other" else ""
    return problems + note_problems(reason, field="reason", missing=missing)


def cause_text(cause: str, reason: str) -> str:
    """Return cause and text as one sentence for papers and people."""
    named = "" if cause == "other" else LATE_CAUSES[cause]
    return ": ".join(part for part in (named, reason) if part)


@dataclass(frozen=True, slots=True)
class Stopping:
    """Why a dossier is stopped, and what becomes of money and papers. `asked_on`: of the applicant's request."""

    ground: StopGround
    reason: str = ""
    basis: str = ""
    asked_on: date | None = None
    fees: str = ""
    papers: str = ""


def stopping_problems(stopping: Stopping, *, today: date) -> list[Problem]:
    """Return everything that is wrong with the grounds of a stop."""
    by_law = stopping.ground in {StopGround.BY_LAW, StopGround.OTHER}
    need_basis = "Phải ghi căn cứ pháp lý." if by_law else ""
    need_reason = "Phải ghi rõ lý do dừng giải quyết." if stopping.ground != StopGround.NOT_SUPPLEMENTED else ""
    problems = note_problems(stopping.reason, field="reason", missing=need_reason)
    problems += note_problems(stopping.basis, field="basis", missing=need_basis)
    if stopping.ground == StopGround.BY_REQUEST and stopping.asked_on is None:
        problems.append(Problem("required", "Phải ghi ngày người nộp đề nghị dừng.", "asked_on"))
    if stopping.asked_on is not None and stopping.asked_on > today:
        problems.append(Problem("in_future", "Ngày đề nghị ở tương lai.", "asked_on"))
    missing = "Phải ghi xử lý phí, lệ phí đã nộp thế nào (không thu thì ghi «không thu»)."
    problems += note_problems(stopping.fees, field="fees", missing=missing)
    missing = "Phải ghi giấy tờ nào trả lại người nộp, trả ở đâu."
    return problems + note_problems(stopping.papers, field="papers", missing=missing)


def ground_of_stop(stopping: Stopping) -> str:
    """Return the ground of a stop in words for papers, people and the timeline."""
    named = "" if stopping.ground == StopGround.OTHER else stopping.ground.label
    said = ": ".join(part for part in (named, stopping.reason) if part).rstrip(".") + "."
    return f"{said} Căn cứ: {stopping.basis}" if stopping.basis else said


def decision_problems(number: str, decided_on: date | None, reason: str, *, today: date) -> list[Problem]:
    """Return what is wrong with the decision an act rests on."""
    problems = []
    if not number:
        problems.append(Problem("required", "Phải ghi số quyết định.", "decision_number"))
    if len(number) > LONGEST_NUMBER:
        message = f"Số quyết định dài tối đa {LONGEST_NUMBER} ký tự."
        problems.append(Problem("too_long", message, "decision_number"))
    if decided_on is None:
        problems.append(Problem("required", "Phải ghi ngày quyết định.", "decided_on"))
    elif decided_on > today:
        problems.append(Problem("in_future", "Ngày quyết định ở tương lai.", "decided_on"))
    return problems + note_problems(reason, field="reason", missing="Phải ghi lý do.")


@dataclass(frozen=True, slots=True)
class Notice:
    """A notice to pay: what for, how much (đồng), its number and day, until when and where to pay."""

    title: str
    amount: int
    number: str
    on: date | None
    pay_until: date | None = None
    pay_at: str = ""


def notice_problems(notice: Notice, *, today: date) -> list[Problem]:
    """Return everything that is wrong with a notice to pay."""
    problems = note_problems(notice.title, field="title", missing="Phải ghi khoản phải nộp.")
    if notice.amount <= 0:
        problems.append(Problem("amount", "Số tiền phải nộp phải lớn hơn 0 đồng.", "amount"))
    problems += note_problems(notice.number, field="number", missing="Phải ghi số thông báo.")
    if notice.on is None:
        problems.append(Problem("required", "Phải ghi ngày thông báo.", "on"))
    elif notice.on > today:
        problems.append(Problem("in_future", "Ngày thông báo ở tương lai.", "on"))
    if notice.pay_until is not None and notice.pay_until < today:
        problems.append(Problem("pay_until_past", "Hạn nộp đã qua; hãy chọn ngày sau.", "pay_until"))
    return problems + note_problems(notice.pay_at, field="pay_at")


@dataclass(frozen=True, slots=True)
class Proof:
    """Proof of payment: number and day of the voucher, how much (đồng); `note` when it is not what was asked for."""

    number: str
    on: date | None
    amount: int
    note: str = ""


def proof_problems(proof: Proof, *, asked: int, today: date) -> list[Problem]:
    """Return everything that is wrong with a proof of payment of `asked` đồng."""
    problems = note_problems(proof.number, field="number", missing="Phải ghi số chứng từ nộp tiền.")
    if proof.on is None:
        problems.append(Problem("required", "Phải ghi ngày chứng từ.", "on"))
    elif proof.on > today:
        problems.append(Problem("in_future", "Ngày chứng từ ở tương lai.", "on"))
    if proof.amount < 0:
        problems.append(Problem("amount", "Số tiền không thể âm.", "amount"))
    differs = proof.amount != asked
    missing = "Số tiền khác thông báo; hãy ghi vì sao (miễn, giảm, nộp nhiều lần …)." if differs else ""
    return problems + note_problems(proof.note, field="note", missing=missing)
