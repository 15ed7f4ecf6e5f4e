"""Which acts may be done on many dossiers at once, and what makes one of them differ from the others."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from motcua.deadlines.terms import VIET_NAM
from motcua.dossiers.rules.acts import Facts
from motcua.dossiers.terms import Act
from motcua.kernel.errors import Problem

#: Acts done in batches. What needs words of its own for every dossier (appraising, refusing, sending back) is not.
BATCH_ACTS = (Act.RECEIVE, Act.ASSIGN, Act.FORWARD, Act.APPROVE, Act.SEAL, Act.DELIVER)
LARGEST_BATCH = 200


@dataclass(frozen=True, slots=True)
class Look:
    """One chosen dossier as it is now, for the review before a batch.

    `chosen_revision`: what the list showed (None: nothing was shown); `missing`: names of required papers that are
    not there; `draft_is_file`: the draft is a file that has to be opened to be read; `changed_by`: who was first.
    """

    facts: Facts
    at: datetime
    revision: int
    chosen_revision: int | None
    late_since: datetime | None
    is_negative: bool = False
    draft_is_file: bool = False
    missing: Sequence[str] = ()
    changed_by: str = ""


def differences(act: Act, look: Look) -> list[Problem]:
    """Return everything that makes this dossier one to look at by itself; nothing for a plain one."""
    return [
        *_changed(look),
        *_late(look),
        *_of_draft(act, look),
        *(Problem("missing_paper", f"Thiếu giấy tờ bắt buộc: {name}.") for name in look.missing),
        *_open_around(act, look.facts),
    ]


def _changed(look: Look) -> list[Problem]:
    if look.chosen_revision in {None, look.revision}:
        return []
    return [Problem("changed", f"Đã thay đổi sau khi bạn chọn. {look.changed_by}".strip())]


def _late(look: Look) -> list[Problem]:
    problems = []
    if look.late_since is not None and look.late_since < look.at:
        days = (look.at.astimezone(VIET_NAM).date() - look.late_since.astimezone(VIET_NAM).date()).days
        problems.append(Problem("late", f"Quá hạn {days} ngày." if days else "Quá hạn trong hôm nay."))
    if look.facts.supplement_count > 1:
        count = look.facts.supplement_count
        problems.append(Problem("twice", f"Đã yêu cầu bổ sung {count} lần: bị tính quá hạn theo Bộ chỉ số 766."))
    return problems


def _of_draft(act: Act, look: Look) -> list[Problem]:
    if act not in {Act.APPROVE, Act.SEAL, Act.DELIVER}:
        return []
    problems = []
    if look.is_negative:
        problems.append(Problem("negative", "Kết quả là từ chối giải quyết."))
    if act != Act.APPROVE:
        return problems
    if look.facts.draft_number > 1:
        problems.append(Problem("newer_draft", f"Dự thảo đã sửa, đây là phiên bản số {look.facts.draft_number}."))
    if look.draft_is_file:
        problems.append(Problem("draft_is_file", "Dự thảo nằm trong tệp: hãy mở đọc trước khi đánh dấu."))
    return problems


def _open_around(act: Act, facts: Facts) -> list[Problem]:
    owed = facts.money.owed if act == Act.DELIVER else facts.money.owed_now
    money = f"{owed:,}".replace(",", ".")
    paused = facts.suspended_for.label.lower() if facts.suspended_for else ""
    known: Sequence[tuple[str, object, Callable[[], str]]] = (
        ("owed", owed, lambda: f"Còn phải nộp {money} đồng."),
        ("opinions", facts.open_consultations, lambda: f"Còn {facts.open_consultations} nơi chưa trả lời lấy ý kiến."),
        ("parts", facts.open_parts, lambda: f"Còn {facts.open_parts} hồ sơ liên thông chưa xong."),
        ("correction", facts.has_open_correction, lambda: "Có đề nghị đính chính đang chờ duyệt."),
        ("suspended", paused, lambda: f"Đang tạm dừng tính thời hạn ({paused})."),
        ("request", facts.has_open_request, lambda: "Đang chờ người nộp bổ sung."),
    )
    return [Problem(code, said()) for code, value, said in known if value]


def problems_of_batch(act: str, count: int) -> list[Problem]:
    """Return why a batch cannot be opened at all."""
    problems = []
    if act not in BATCH_ACTS:
        problems.append(Problem("not_in_batches", "Việc này phải làm riêng với từng hồ sơ.", "act"))
    if not count:
        problems.append(Problem("none_chosen", "Chưa chọn hồ sơ nào; hãy đánh dấu ít nhất một hồ sơ.", "items"))
    if count > LARGEST_BATCH:
        message = f"Đã chọn {count} hồ sơ; mỗi lần làm được nhiều nhất {LARGEST_BATCH} hồ sơ, hãy bỏ bớt."
        problems.append(Problem("too_many", message, "items"))
    return problems
