"""Forms of a process: steps, moves, opinions asked for, timers."""

from collections.abc import Mapping
from typing import Any, ClassVar, Final

from motcua.agencies.terms import Right
from motcua.expressions.terms import Kind
from motcua.processes.terms import FIRST_STEP, LAST_STEP, ConsultSpec, Move, Step, Timer
from motcua.sites.studio.forms.base import (
    PartForm,
    formula_field,
    line_field,
    long_field,
    pick_field,
    tick_field,
    ticks_field,
    value_of,
)
from motcua.sites.studio.forms.cases import amount_field, check_term, term_in, term_values, unit_field
from motcua.sites.studio.keys import key_of

_RIGHTS: Final = (Right.RECEIVE, Right.HANDLE, Right.LEAD_DIVISION, Right.LEAD_AGENCY, Right.SEAL)
PLACES: Final[Mapping[str, str]] = {
    "desk": "Bộ phận Một cửa",
    "handling": "đơn vị thụ lý",
    "agency": "cơ quan giải quyết",
    "unit": "cơ quan, đơn vị khác (liên thông)",
}
GATES: Final[Mapping[str, str]] = {
    "paid": "người nộp đã nộp đủ tiền",
    "parts": "các thủ tục liên thông đã xong",
    "opinions": "mọi nơi được hỏi đã trả lời",
}
CLOCK: Final[Mapping[str, str]] = {
    "": "vẫn tính thời hạn",
    "stop": "dừng tính thời hạn (thời gian của người nộp)",
    "run": "tính tiếp thời hạn",
}
INITIALS: Final[Mapping[str, str]] = {"": "không ký nháy", "content": "ký nháy nội dung", "form": "ký nháy thể thức"}
TIMERS: Final[Mapping[str, str]] = {
    "remind": "nhắc người đang giữ hồ sơ",
    "escalate": "báo lãnh đạo",
    "move": "tự chuyển bước",
}


class StepForm(PartForm):
    """A step: who works on it, where, how long, what must be so before it ends."""

    formulas: ClassVar[Mapping[str, Kind]] = {"gates_when": "boolean"}
    folded: ClassVar = ("unit", "gates", "gates_when", "clock", "initials", "initials_required", "note")

    name = line_field("Tên bước", help_text="Một việc, ví dụ: Thẩm định hồ sơ.")
    right = pick_field("Ai làm", [(right.value, str(right.label)) for right in _RIGHTS], required=True)
    at = pick_field("Ở đâu", PLACES.items(), required=True)
    unit = line_field("Cơ quan, đơn vị khác", required=False, longest=120, help_text="Mã định danh, ví dụ H49.12.")
    term_amount = amount_field("Thời hạn của bước")
    term_unit = unit_field("Đơn vị")
    gates = ticks_field("Chỉ được chuyển tiếp khi", GATES.items())
    gates_when = formula_field("Và điều trên chỉ cần khi", help_text="Bỏ trống: luôn cần.")
    clock = pick_field("Khi hồ sơ đến bước này", CLOCK.items())
    initials = pick_field("Khi chuyển tiếp, người làm bước này với dự thảo kết quả", INITIALS.items())
    initials_required = tick_field("Bắt buộc ký nháy mới được chuyển tiếp")
    note = long_field("Ghi chú cho người làm", rows=2)

    def first_values(self, value: Step) -> dict[str, Any]:
        """The term in two fields."""
        return super().first_values(value) | term_values("term", value.term)

    def clean(self) -> dict[str, Any]:
        """A term has number and unit; another agency is named."""
        said = super().clean()
        check_term(self, "term")
        if said.get("at") == "unit" and not said.get("unit"):
            self.add_error("unit", "Hãy ghi mã định danh của cơ quan, đơn vị.")
        return said

    def build(self) -> Step:
        """Return the step; its moves, consults and timers stay. The first at the desk receives, the second delivers."""
        said, old = self.typed_facts(), self.scene.value
        term = term_in(said, "term", old.term if old else None)
        kept = {name: getattr(old, name) for name in ("forward", "back", "consults", "timers")} if old else {}
        facts = {name: value for name, value in said.items() if not name.startswith("term_")}
        facts["unit"] = facts["unit"] if facts["at"] == "unit" else ""
        return value_of(Step, kept | facts | {"key": old.key if old else self._key(said), "term": term})  # type: ignore[no-any-return]

    def _key(self, said: Mapping[str, Any]) -> str:
        taken = self.scene.taken
        if said["right"] == "receive" and said["at"] == "desk":
            for key in (FIRST_STEP, LAST_STEP):
                if key not in taken:
                    return key
        return key_of(said["name"], {*taken, FIRST_STEP, LAST_STEP}, instead="buoc")


class MoveForm(PartForm):
    """A way on from a step."""

    formulas: ClassVar[Mapping[str, Kind]] = {"when": "boolean"}

    to = pick_field("Đến bước", required=True)
    when = formula_field("Chỉ khi", help_text="Bỏ trống: lúc nào cũng được. Ví dụ: form.co_yeu_to_nuoc_ngoai")
    label = line_field("Chữ trên nút", required=False, longest=200, help_text="Bỏ trống: tên bước đến.")

    def arrange(self) -> None:
        """Offer the other steps."""
        offers = [(step.key, step.name) for step in self._others()]
        self.fields["to"].choices = [("", "Chọn…"), *offers]  # type: ignore[attr-defined]

    def _others(self) -> list[Step]:
        holder = self.scene.place.holder
        here = holder.index if holder else None
        return [step for number, step in enumerate(self.scene.definition.steps) if number != here]

    def build(self) -> Move:
        """Return the move."""
        return value_of(Move, self.typed_facts())  # type: ignore[no-any-return]


class ConsultForm(PartForm):
    """An opinion asked for as soon as the step begins."""

    formulas: ClassVar[Mapping[str, Kind]] = {"when": "boolean"}
    folded: ClassVar = ("when",)

    unit = line_field("Hỏi cơ quan, đơn vị", longest=120, help_text="Mã định danh, ví dụ H49.12.")
    question = long_field("Nội dung hỏi", required=True, rows=3)
    term_amount = amount_field("Trả lời trong")
    term_unit = unit_field("Đơn vị")
    required = tick_field("Phải có trả lời mới được đi tiếp")
    when = formula_field("Chỉ hỏi khi")

    def arrange(self) -> None:
        """An opinion is waited for unless said otherwise."""
        if self.scene.value is None:
            self.initial["required"] = True

    def first_values(self, value: ConsultSpec) -> dict[str, Any]:
        """The term in two fields."""
        return super().first_values(value) | term_values("term", value.term)

    def clean(self) -> dict[str, Any]:
        """A term has number and unit."""
        said = super().clean()
        check_term(self, "term")
        return said

    def build(self) -> ConsultSpec:
        """Return the opinion to ask for."""
        said, old = self.typed_facts(), self.scene.value
        facts = {name: value for name, value in said.items() if not name.startswith("term_")}
        facts["key"] = old.key if old else key_of(said["question"], self.scene.taken, instead="y-kien")
        facts["term"] = term_in(said, "term", old.term if old else None)
        return value_of(ConsultSpec, facts)  # type: ignore[no-any-return]


class TimerForm(PartForm):
    """What happens when a dossier waits too long at the step."""

    formulas: ClassVar[Mapping[str, Kind]] = {"when": "boolean"}
    folded: ClassVar = ("when",)

    after_amount = amount_field("Khi hồ sơ nằm ở bước quá")
    after_unit = unit_field("Đơn vị")
    do = pick_field("Thì", TIMERS.items(), required=True)
    to = pick_field("Chuyển đến bước", help_text="Chỉ dùng khi tự chuyển bước.")
    when = formula_field("Chỉ khi")

    def arrange(self) -> None:
        """Offer the ways this step has."""
        holder = self.scene.place.holder
        here = holder.index if holder else None
        steps = [step for number, step in enumerate(self.scene.definition.steps) if number != here]
        self.fields["to"].choices = [("", "–"), *((step.key, step.name) for step in steps)]  # type: ignore[attr-defined]

    def first_values(self, value: Timer) -> dict[str, Any]:
        """The time in two fields."""
        return super().first_values(value) | term_values("after", value.after)

    def clean(self) -> dict[str, Any]:
        """The time is there; a move says where to."""
        said = super().clean()
        check_term(self, "after")
        if not said.get("after_unit"):
            self.add_error("after_unit", "Hãy chọn đơn vị của thời gian.")
        if said.get("do") == "move" and not said.get("to"):
            self.add_error("to", "Hãy chọn bước chuyển đến.")
        return said

    def build(self) -> Timer:
        """Return the timer."""
        said, old = self.typed_facts(), self.scene.value
        facts = {name: value for name, value in said.items() if not name.startswith("after_")}
        facts["after"] = term_in(said, "after")
        facts["to"] = said["to"] if said["do"] == "move" else ""
        facts["key"] = old.key if old else key_of(f"{said['do']} {said['after_amount'] or ''}", self.scene.taken)
        return value_of(Timer, facts)  # type: ignore[no-any-return]
