"""Reasons for refusing and for asking for a supplement: which paper, what is wrong with it, what to do."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from motcua.kernel.checks import length_problems
from motcua.kernel.errors import Problem
from motcua.kernel.text import clean

#: What may be wrong with a paper or a dossier, and what the applicant should do. A catalogue: add, never rename.
REASONS: Mapping[str, tuple[str, str]] = {
    "missing": ("Thiếu giấy tờ", "Nộp thêm giấy tờ này."),
    "expired": ("Giấy tờ hết hiệu lực", "Nộp bản còn hiệu lực."),
    "illegible": ("Bản chụp, bản sao không đọc được", "Chụp hoặc sao lại cho rõ, đủ trang."),
    "not_certified": ("Bản sao chưa được chứng thực", "Nộp bản sao có chứng thực hoặc mang bản chính để đối chiếu."),
    "wrong_form": ("Không đúng mẫu", "Kê khai lại theo đúng mẫu quy định."),
    "wrong_content": ("Nội dung kê khai chưa đúng hoặc mâu thuẫn", "Sửa nội dung đã nêu rồi nộp lại."),
    "unsigned": ("Thiếu chữ ký hoặc con dấu", "Ký, đóng dấu đầy đủ rồi nộp lại."),
    "not_competent": ("Không thuộc thẩm quyền của cơ quan này", "Nộp tại cơ quan có thẩm quyền đã hướng dẫn."),
    "not_eligible": ("Không đủ điều kiện theo quy định", "Xem điều kiện của thủ tục và căn cứ pháp lý đã nêu."),
    "no_authority": ("Thiếu văn bản ủy quyền hợp lệ", "Nộp văn bản ủy quyền hoặc chủ hồ sơ tự nộp."),
    "other": ("Lý do khác", ""),
}
_LONGEST = 2000
LONGEST_NOTE = 4000


@dataclass(frozen=True, slots=True)
class Ground:
    """One reason: `component` is the key of a paper ("" for the whole dossier), `code` a key of REASONS."""

    code: str
    component: str = ""
    note: str = ""
    remedy: str = ""

    def as_dict(self) -> dict[str, str]:
        return {"code": self.code, "component": self.component, "note": self.note, "remedy": self.remedy}


def tidy_grounds(grounds: Iterable[Ground]) -> tuple[Ground, ...]:
    """Return the grounds with clean texts and the catalogue's advice where none was written."""
    return tuple(
        replace(
            ground,
            note=clean(ground.note, keep_lines=True),
            remedy=clean(ground.remedy, keep_lines=True) or REASONS.get(ground.code, ("", ""))[1],
        )
        for ground in grounds
    )


def ground_problems(grounds: Sequence[Ground], component_names: Mapping[str, str]) -> list[Problem]:
    """Return everything that is wrong with the grounds."""
    if not grounds:
        return [Problem("no_ground", "Phải nêu ít nhất một lý do cụ thể.", "grounds", "Nghị định 118/2025/NĐ-CP")]
    problems: list[Problem] = []
    for index, ground in enumerate(grounds):
        place = f"grounds.{index}"
        if ground.code not in REASONS:
            problems.append(
                Problem("unknown_reason", f"Không có lý do «{ground.code}» trong danh mục.", f"{place}.code")
            )
        if ground.component and ground.component not in component_names:
            problems.append(Problem("unknown_component", "Hồ sơ không có giấy tờ đã chọn.", f"{place}.component"))
        if ground.code == "other" and not ground.note:
            problems.append(Problem("reason_unsaid", "Chọn «Lý do khác» thì phải ghi rõ lý do.", f"{place}.note"))
        if not ground.remedy:
            problems.append(Problem("remedy_unsaid", "Phải hướng dẫn người nộp cần làm gì.", f"{place}.remedy"))
        if max(len(ground.note), len(ground.remedy)) > _LONGEST:
            problems.append(Problem("too_long", f"Lý do và hướng dẫn dài tối đa {_LONGEST} ký tự.", f"{place}.note"))
    return problems


def note_problems(text: str, *, field: str, missing: str = "", basis: str = "") -> list[Problem]:
    """Return what is wrong with a note; with `missing`, the words for an absent one, it must be given."""
    if missing and not text:
        return [Problem("required", missing, field, basis)]
    return length_problems(text, longest=LONGEST_NOTE, label="Nội dung", field=field)


def ground_text(ground: Ground, component_names: Mapping[str, str]) -> str:
    """Return one ground as a sentence: what, why, what to do."""
    reason = REASONS[ground.code][0]
    why = ground.note if ground.code == "other" else f"{reason}: {ground.note}" if ground.note else reason
    about = component_names.get(ground.component, "")
    said = f"{why.rstrip('.')}. {ground.remedy}"
    return f"{about} – {said}" if about else said


def grounds_text(grounds: Iterable[Ground], component_names: Mapping[str, str]) -> str:
    """Return all grounds, one a line."""
    return "\n".join(ground_text(ground, component_names) for ground in grounds)
