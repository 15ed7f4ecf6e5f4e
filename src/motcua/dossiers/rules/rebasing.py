"""May a dossier go on under a newer version of its procedure, and what would that mean for it?"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Literal

from motcua.deadlines.terms import VIET_NAM
from motcua.dossiers.terms import Status
from motcua.forms.terms import Field, Form
from motcua.kernel.errors import Invalid, Problem
from motcua.procedures.rules.selection import components_for, fees_for, term_for
from motcua.procedures.terms import Definition
from motcua.processes.terms import Step, TermSpec

if TYPE_CHECKING:
    from motcua.dossiers.rules.acts import Facts

_DECREE: Final = "Nghị định 118/2025/NĐ-CP"
#: Until the result is decided; what is decided stays decided under the version it was decided under.
BEFORE_RESULT: Final = frozenset(
    {
        Status.SUBMITTED,
        Status.RECEIVED,
        Status.PROCESSING,
        Status.SUPPLEMENT_REQUESTED,
        Status.OBLIGATION_REQUESTED,
    }
)
Part = Literal["step", "form", "paper", "term", "fee"]
PART_NAMES: Final[Mapping[Part, str]] = {
    "step": "Bước đang ở",
    "form": "Tờ khai",
    "paper": "Giấy tờ",
    "term": "Thời hạn",
    "fee": "Phí, lệ phí",
}


def rebase(facts: Facts) -> list[Problem]:
    """Chuyển sang phiên bản mới: until the result is decided, when a newer version already holds."""
    if facts.status not in BEFORE_RESULT:
        message = f"Hồ sơ đang ở trạng thái «{facts.status.label}», không chuyển phiên bản thủ tục được nữa."
        return [Problem("wrong_status", message, basis=_DECREE)]
    if facts.has_open_correction:
        return [Problem("correction_open", "Hồ sơ đang có đề nghị đính chính chờ duyệt; hãy duyệt trước.")]
    today = facts.at.astimezone(VIET_NAM).date() if facts.at else None
    if facts.newer_since is None or (today is not None and facts.newer_since > today):
        return [Problem("no_newer_version", "Hồ sơ đang theo phiên bản mới nhất đang có hiệu lực của thủ tục.")]
    return []


@dataclass(frozen=True, slots=True)
class Meaning:
    """One thing that the newer version means for this dossier; `asks`: somebody has to do something about it."""

    part: Part
    text: str
    asks: bool = False

    @property
    def part_name(self) -> str:
        """What it is about, in words."""
        return PART_NAMES[self.part]


@dataclass(frozen=True, slots=True)
class Standing:
    """What of a dossier a change of version touches: where it is, what came with it, what was answered."""

    case_key: str
    channel: str
    step: Step
    is_received: bool
    papers: Collection[str] = ()
    answers: Mapping[str, Any] | None = None


def case_problems(new: Definition, standing: Standing) -> list[Problem]:
    """Return why the case or its term has no place in the newer version."""
    case = new.case(standing.case_key)
    if case is None:
        return [Problem("case_gone", "Phiên bản mới không còn trường hợp của hồ sơ này.", "version")]
    try:
        term_for(new, standing.case_key, standing.channel)
    except Invalid as error:
        return list(error.problems)
    return []


def same_step(new: Definition, step: Step) -> Step | None:
    """Return the step of the newer version that is the same work: same key, right and place."""
    return next((one for one in new.steps if one.key == step.key and _fits(one, step)), None)


def possible_steps(new: Definition, step: Step) -> tuple[Step, ...]:
    """Return the steps at which somebody with the same right could go on with the dossier."""
    return tuple(one for one in new.steps if one.right == step.right)


def target_step(new: Definition, step: Step, chosen: str) -> Step | None:
    """Return the step the dossier goes on at: the chosen one when it is possible, else the same one; None: none."""
    if chosen:
        return next((one for one in possible_steps(new, step) if one.key == chosen), None)
    return same_step(new, step)


def kept_and_dropped(
    old: Form | None, new: Form | None, values: Mapping[str, Any]
) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return the answers that are still answers in the newer form, and those that have no question any more."""
    kept = {key: value for key, value in values.items() if _is_same_question(old, new, key)}
    return kept, {key: value for key, value in values.items() if key not in kept}


def meanings(old: Definition, new: Definition, standing: Standing, step: Step | None) -> list[Meaning]:
    """Return what the newer version means for the dossier; only when its case is in both."""
    return [
        *_step_meaning(standing.step, step),
        *_term_meaning(old, new, standing),
        *_paper_meaning(new, standing),
        *_fee_meaning(old, new, standing),
        *_form_meaning(old.form, new.form, standing.answers),
    ]


def _fits(one: Step, step: Step) -> bool:
    return (one.right, one.at, one.unit) == (step.right, step.at, step.unit)


def _is_same_question(old: Form | None, new: Form | None, key: str) -> bool:
    before, after = (form.field(key) if form else None for form in (old, new))
    return before is not None and after is not None and _shape(before) == _shape(after)


def _shape(field: Field) -> tuple[object, ...]:
    return (field.kind, field.asked_parts, tuple((column.key, _shape(column)) for column in field.columns))


def _step_meaning(before: Step, after: Step | None) -> list[Meaning]:
    if after is None:
        text = f"Phiên bản mới không còn bước «{before.name}» như cũ; phải chọn bước tiếp tục."
        return [Meaning("step", text, asks=True)]
    if after.key != before.key:
        return [Meaning("step", f"Hồ sơ chuyển từ bước «{before.name}» sang bước «{after.name}».")]
    return [Meaning("step", f"Hồ sơ tiếp tục ở bước «{after.name}».")]


def _term_meaning(old: Definition, new: Definition, standing: Standing) -> list[Meaning]:
    before = term_for(old, standing.case_key, standing.channel)
    after = term_for(new, standing.case_key, standing.channel)
    if (before.amount, before.unit) == (after.amount, after.unit):
        return []
    change = f"{_term_text(before)} → {_term_text(after)}"
    if standing.is_received:
        return [Meaning("term", f"{change}; ngày hẹn trả đã ghi cho người nộp được giữ nguyên.")]
    return [Meaning("term", f"{change}; áp dụng khi tiếp nhận.")]


_UNIT_WORDS: Final = {"working_day": "ngày làm việc", "day": "ngày", "working_hour": "giờ làm việc"}


def _term_text(term: TermSpec) -> str:
    return "trong ngày" if term.unit == "same_day" else f"{term.amount} {_UNIT_WORDS[term.unit]}"


def _paper_meaning(new: Definition, standing: Standing) -> list[Meaning]:
    needed = components_for(new, standing.case_key)
    known = {one.component.key for one in needed}
    missing = [one.component.name for one in needed if one.required and one.component.key not in standing.papers]
    found = [Meaning("paper", f"Cần thêm giấy tờ: {name}.", asks=True) for name in missing]
    gone = len([key for key in standing.papers if key not in known])
    if gone:
        found.append(Meaning("paper", f"{gone} giấy tờ đã nộp không còn bắt buộc; vẫn giữ trong hồ sơ."))
    return found


def _fee_meaning(old: Definition, new: Definition, standing: Standing) -> list[Meaning]:
    before, after = (
        {fee.name: fee.amount for fee in fees_for(one, standing.case_key, standing.channel)} for one in (old, new)
    )
    lines = [
        f"{name}: {_money(before.get(name))} → {_money(after.get(name))}"
        for name in {**before, **after}
        if before.get(name) != after.get(name)
    ]
    if not lines:
        return []
    if standing.is_received:
        return [Meaning("fee", f"{line}; khoản đã tính không tự đổi.", asks=True) for line in lines]
    return [Meaning("fee", f"{line}; áp dụng khi tiếp nhận.") for line in lines]


def _money(amount: int | None) -> str:
    return "không có" if amount is None else f"{amount:,} đồng".replace(",", ".")


def _form_meaning(old: Form | None, new: Form | None, answers: Mapping[str, Any] | None) -> list[Meaning]:
    if new is None and not answers:
        return []
    _kept, dropped = kept_and_dropped(old, new, answers or {})
    labels = [field.label for key in dropped if old is not None and (field := old.field(key)) is not None]
    return [
        Meaning("form", f"Không còn hỏi «{label}»; câu trả lời được giữ trong lịch sử tờ khai.") for label in labels
    ]
