"""Words on a picture of a process, wrapped; and the same picture as plain lines for whoever does not see it."""

from collections.abc import Sequence
from dataclasses import dataclass

from motcua.processes.rules.layout import LANE_NAMES
from motcua.processes.rules.walk import by_key
from motcua.processes.rules.wording import in_words
from motcua.processes.terms import LAST_STEP, Move, Step, TermSpec, Timer

UNIT_WORDS = {"working_day": "ngày làm việc", "day": "ngày", "working_hour": "giờ làm việc"}
_GATES = {
    "paid": "đã nộp đủ tiền",
    "parts": "hồ sơ liên thông đã xong",
    "opinions": "đã đủ ý kiến",
}
_INITIALS = {"content": "Ký nháy nội dung dự thảo", "form": "Ký nháy thể thức dự thảo"}
_CLOCK = {"stop": "Dừng tính thời hạn.", "run": "Tính tiếp thời hạn."}
_TIMERS = {"remind": "nhắc người xử lý", "escalate": "báo lãnh đạo"}


@dataclass(frozen=True, slots=True)
class DiagramLine:
    """A step in words: number and name, who and where, and sentences on where it leads and what holds there."""

    key: str
    title: str
    place: str
    sentences: tuple[str, ...]


def diagram_lines(steps: Sequence[Step]) -> tuple[DiagramLine, ...]:
    """Return everything that the picture shows as a list, in the order of the steps."""
    names = {key: step.name for key, step in by_key(steps).items()}
    return tuple(
        DiagramLine(step.key, f"{number}. {step.name}", place_in_words(step), _sentences(step, names))
        for number, step in enumerate(by_key(steps).values(), start=1)
    )


def place_in_words(step: Step) -> str:
    """Return where a step is done."""
    return LANE_NAMES.get(step.at) or step.unit or "Cơ quan khác"


def term_in_words(term: TermSpec) -> str:
    """Return a term as it is said: «3 ngày làm việc», «trong ngày»."""
    return "trong ngày" if term.unit == "same_day" else f"{term.amount} {UNIT_WORDS[term.unit]}"


def wrapped(words: str, width: int, most: int) -> list[str]:
    """Return words in lines of at most `width` characters; what does not fit into `most` lines ends in «…»."""
    lines: list[str] = []
    for word in words.split():
        for piece in (word[at : at + width] for at in range(0, len(word), width)):
            if lines and len(lines[-1]) + 1 + len(piece) <= width:
                lines[-1] += f" {piece}"
            else:
                lines.append(piece)
    if len(lines) > most:
        lines = [*lines[: most - 1], f"{lines[most - 1][: width - 1].rstrip()}…"]
    return lines


def _sentences(step: Step, names: dict[str, str]) -> tuple[str, ...]:
    said = [f"Thời hạn: {term_in_words(step.term)}."] if step.term else []
    said += [_way("Chuyển tới", move, names) for move in step.forward]
    said += [_way("Trả lại", move, names) for move in step.back]
    if step.key == LAST_STEP:
        said.append("Kết thúc quy trình.")
    if step.gates:
        when = f" (khi {in_words(step.gates_when)})" if step.gates_when else ""
        said.append(f"Chỉ đi tiếp khi {', '.join(_GATES[gate] for gate in step.gates)}{when}.")
    if step.clock:
        said.append(_CLOCK[step.clock])
    if step.initials:
        said.append(f"{_INITIALS[step.initials]}{' (bắt buộc)' if step.initials_required else ''}.")
    for consult in step.consults:
        when = f" khi {in_words(consult.when)}" if consult.when else ""
        until = f", trả lời trong {term_in_words(consult.term)}" if consult.term else ""
        said.append(f"Lấy ý kiến {consult.unit}{when}{until}.")
    return (*said, *(_timer(timer, names) for timer in step.timers))


def _way(verb: str, move: Move, names: dict[str, str]) -> str:
    label = f" ({move.label})" if move.label else ""
    when = f" khi {in_words(move.when)}" if move.when else ""
    return f"{verb} «{names.get(move.to, move.to)}»{label}{when}."


def _timer(timer: Timer, names: dict[str, str]) -> str:
    does = _TIMERS.get(timer.do) or f"tự chuyển tới «{names.get(timer.to, timer.to)}»"
    when = f", khi {in_words(timer.when)}" if timer.when else ""
    return f"Chờ quá {term_in_words(timer.after)} thì {does}{when}."
