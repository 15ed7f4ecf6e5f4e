"""Reading a process from BPMN 2.0: files of the house without loss, those of others as far as they are understood."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from pydantic import ValidationError

from motcua.kernel.errors import Invalid, Problem
from motcua.kernel.text import clean, fold
from motcua.processes.rules.bpmn_guessing import formula_of, term_in, term_of_duration, work_of
from motcua.processes.rules.bpmn_net import END, Arrow, Net, Way, in_line, net_of
from motcua.processes.rules.bpmn_own import about_step, lost_moves, order_of, own, timer
from motcua.processes.rules.bpmn_terms import MODEL, BpmnProcess
from motcua.processes.rules.bpmn_writing import shown_label
from motcua.processes.rules.markup import Element, read_markup
from motcua.processes.terms import FIRST_STEP, LAST_STEP, Step

_NO_KEY = re.compile(r"[^a-z0-9]+")
_LONGEST_KEY = 60
_LONGEST_LABEL = 200


def from_bpmn(data: bytes) -> BpmnProcess:
    """Return the process of a BPMN 2.0 document and notes of what was guessed, changed or passed over.

    A file of the house gives back exactly what was written, with what an editor changed in names, lanes, arrows and
    conditions. Raises Invalid for hostile or broken XML, a file without a process, or one without tasks.
    """
    root = read_markup(data)
    if root.space != MODEL or root.name != "definitions":
        raise Invalid(Problem("not_bpmn", "Tệp không phải BPMN 2.0 (phần tử gốc phải là definitions)."))
    chosen = _process_in(root)
    return _Reader(root, chosen).process()


def _process_in(root: Element) -> Element:
    found = list(root.each(MODEL, "process"))
    with_tasks = [process for process in found if net_of(process).tasks]
    if not with_tasks:
        raise Invalid(Problem("bpmn_without_tasks", "Tệp BPMN không có quy trình nào chứa bước công việc."))
    return with_tasks[0]


@dataclass(slots=True)
class _Reader:
    root: Element
    element: Element
    net: Net = field(init=False)
    keys: dict[str, str] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    back: set[tuple[str, str]] = field(default_factory=set)
    loose: bool = False

    def process(self) -> BpmnProcess:
        self.net = net_of(self.element)
        processes = [one.get("name") or one.get("id") for one in self.root.each(MODEL, "process")]
        if len(processes) > 1:
            self.notes.append(
                f"Tệp có {len(processes)} quy trình ({', '.join(processes)}); chỉ đọc quy trình đầu tiên."
            )
        in_line(self.net)
        said = own(self.element, "process")
        self._name_steps(is_own=said is not None)
        self._find_back()
        raw = [self._step(task) for task in self._in_order(is_own=said is not None)]
        if self.loose:
            raw.append({"key": LAST_STEP, "name": "Trả kết quả", "right": "receive", "at": "desk"})
            self.notes.append("Thêm bước «Trả kết quả» ở cuối, vì quy trình trong tệp kết thúc ở nhiều bước khác nhau.")
        code = said.get("code") if said is not None else self.element.get("id")
        name = self.element.get("name") or self._pool_name()
        return BpmnProcess(
            steps=_steps(raw), name=name, code=code, notes=tuple(dict.fromkeys([*self.net.notes, *self.notes]))
        )

    def _pool_name(self) -> str:
        for collaboration in self.root.each(MODEL, "collaboration"):
            for pool in collaboration.each(MODEL, "participant"):
                if pool.get("processRef") == self.element.get("id"):
                    return pool.get("name")
        return ""

    # --- keys

    def _name_steps(self, *, is_own: bool) -> None:
        for task in self.net.tasks:
            said = task.removeprefix("step_") if is_own and task.startswith("step_") else ""
            self.keys[task] = said if said and said not in self.keys.values() else self._new_key(task)
        if is_own:
            return
        if FIRST_STEP not in self.keys.values():
            self._name_first()
        if LAST_STEP not in self.keys.values():
            self._name_last()

    def _new_key(self, task: str) -> str:
        words = self.net.nodes[task].get("name") or task
        base = _NO_KEY.sub("-", fold(words)).strip("-")[: _LONGEST_KEY - 4].strip("-") or "buoc"
        base = f"{base}-1" if base in {FIRST_STEP, LAST_STEP} else base
        key, number = base, 1
        while key in self.keys.values():
            number += 1
            key = f"{base}-{number}"
        return key

    def _name_first(self) -> None:
        ways = [way for start in self.net.starts for way in self.net.ways(start) if way.to != END]
        reached = {way.to for task in self.net.tasks for way in self.net.ways(task)}
        chosen = ways[0].to if ways else next((task for task in self.net.tasks if task not in reached), None)
        chosen = chosen or self.net.tasks[0]
        self.keys[chosen] = FIRST_STEP
        if len({way.to for way in ways}) > 1:
            self.notes.append(f"Quy trình bắt đầu ở nhiều bước; lấy «{self._said(chosen)}» làm bước tiếp nhận.")

    def _name_last(self) -> None:
        """The one task that only leads out of the process delivers; of several the one that says so by its name."""
        first = next(task for task, key in self.keys.items() if key == FIRST_STEP)
        ends = [task for task in self.net.tasks if task != first and self._only_ends(task)]
        named = [task for task in ends if "tra ket qua" in fold(self._said(task))]
        chosen = ends[0] if len(ends) == 1 else named[0] if named else None
        if chosen is not None:
            self.keys[chosen] = LAST_STEP
        self.loose = chosen is None

    def _only_ends(self, task: str) -> bool:
        return all(way.to == END for way in self.net.ways(task))

    def _said(self, task: str) -> str:
        return self.net.nodes[task].get("name").strip() or task

    def _in_order(self, *, is_own: bool) -> list[str]:
        tasks = self.net.tasks
        if is_own:
            return tasks
        return sorted(tasks, key=lambda task: (self.keys[task] != FIRST_STEP, self.keys[task] == LAST_STEP))

    # --- moves

    def _find_back(self) -> None:
        """Ways that lead back into a step on the way to them are ways back."""
        first = next((task for task, key in self.keys.items() if key == FIRST_STEP), self.net.tasks[0])
        state: dict[str, int] = {}
        stack = [(first, iter(self.net.ways(first)))]
        state[first] = 1
        while stack:
            task, ways = stack[-1]
            way = next(ways, None)
            if way is None:
                state[task] = 2
                stack.pop()
            elif way.to == END:
                continue
            elif state.get(way.to) == 1:
                self.back.add((task, way.to))
            elif way.to not in state:
                state[way.to] = 1
                stack.append((way.to, iter(self.net.ways(way.to))))

    def _moves(self, task: str, said: Element | None) -> dict[str, list[dict[str, Any]]]:
        found: dict[str, list[tuple[int, dict[str, Any]]]] = {"forward": [], "back": []}
        for kind, order, move in lost_moves(said) if said is not None else []:
            found["back" if kind == "back" else "forward"].append((order, dict(move)))
        for number, way in enumerate(self._ways(task, said)):
            to = self._target(task, way)
            if to is None:
                continue
            drawn = own(way.arrow.element, "move")
            kind = drawn.get("kind") if drawn is not None else "back" if (task, way.to) in self.back else "forward"
            place = order_of(drawn)
            move = self._move(task, way, to, drawn)
            if drawn is None and any(other == move for _, other in found["forward"] + found["back"]):
                continue
            found["back" if kind == "back" else "forward"].append((1000 + number if place is None else place, move))
        return {kind: [move for _, move in sorted(moves, key=lambda one: one[0])] for kind, moves in found.items()}

    def _ways(self, task: str, said: Element | None) -> list[Way]:
        """The ways from a task; one of others that leads nowhere ends the process (BPMN 2.0, 10.3.2)."""
        ways = self.net.ways(task)
        if ways or said is not None:
            return ways
        node = self.net.nodes[task]
        return [Way(END, (), (), Arrow(task, END, "", "", node))]

    def _target(self, task: str, way: Way) -> str | None:
        if way.to != END:
            return self.keys[way.to]
        if self.keys[task] == LAST_STEP:
            return None
        if not self.loose:
            self.notes.append(
                f"Bước «{self._said(task)}» kết thúc quy trình trong tệp; cho đi tiếp tới bước trả kết quả."
            )
        return LAST_STEP

    def _move(self, task: str, way: Way, to: str, drawn: Element | None) -> dict[str, Any]:
        when, unread = self._condition(way, is_own=drawn is not None)
        name = way.names[-1] if way.names else ""
        label = name
        if drawn is not None and name == shown_label(drawn.get("label"), when):
            label = drawn.get("label")
        if unread:
            self.notes.append(f"Bước «{self._said(task)}»: không hiểu điều kiện “{unread}”; giữ làm nhãn của mũi tên.")
            label = label or unread
        return {"to": to, "when": when, "label": label[:_LONGEST_LABEL]}

    def _condition(self, way: Way, *, is_own: bool) -> tuple[str, str]:
        """Return the conditions along the way as one, and what of them was not understood."""
        if is_own and len(way.conditions) <= 1:
            return "".join(way.conditions), ""
        read = [(words, formula_of(words)) for words in way.conditions]
        unread = "; ".join(words for words, formula in read if formula is None)
        if unread:
            return "", unread
        formulas = [formula for _, formula in read if formula]
        return formulas[0] if len(formulas) == 1 else " and ".join(f"({formula})" for formula in formulas), ""

    # --- steps

    def _step(self, task: str) -> dict[str, Any]:
        node, said = self.net.nodes[task], own(self.net.nodes[task], "step")
        documented = " ".join(one.text for one in node.each(MODEL, "documentation"))
        base = about_step(said) if said is not None else self._guessed(task, documented)
        if said is not None:
            base |= self._moved_lane(task, base)
            base["note"] = documented
        timers = [found for event in self.net.timers.get(task, []) if (found := self._timer(task, event))]
        name = node.get("name").strip() if said is not None else clean(node.get("name")) or task
        return {"key": self.keys[task], "name": name, "timers": timers, **base, **self._moves(task, said)}

    def _moved_lane(self, task: str, base: dict[str, Any]) -> dict[str, str]:
        lane = own(self.net.lane_of.get(task), "lane")
        if lane is None or lane.get("at") == base["at"] == "unit" == lane.get("unit"):
            return {}
        if lane.get("at") != base["at"] or (base["at"] == "unit" and lane.get("unit") != base["unit"]):
            return {"at": lane.get("at"), "unit": lane.get("unit")}
        return {}

    def _guessed(self, task: str, documented: str) -> dict[str, Any]:
        key, name = self.keys[task], self._said(task)
        lane = self.net.lane_of.get(task)
        lane_name = lane.get("name") if lane is not None else ""
        node = self.net.nodes[task].name
        if node not in {"task", "userTask", "manualTask"}:
            self.notes.append(f"Bước «{name}» là {node} trong tệp; ở đây là bước do người làm.")
        if key in {FIRST_STEP, LAST_STEP}:
            right, at = "receive", "desk"
        else:
            guess = work_of(name, lane_name)
            right, at = guess or ("handle", "handling")
            how = "đoán theo tên" if guess else "không đoán được từ tên, tạm để đơn vị thụ lý"
            self.notes.append(f"Người làm bước «{name}»: {how}; hãy kiểm tra lại.")
        term = term_in(documented)
        note = "" if term is not None or "time_days" in documented else clean(documented, keep_lines=True)[:2000]
        return {"right": right, "at": at, "term": term, "note": note}

    def _timer(self, task: str, event: Element) -> dict[str, Any] | None:
        targets = [self.keys[way.to] for way in self.net.ways(event.get("id")) if way.to != END]
        to = targets[0] if targets else ""
        said = own(event, "timer")
        if said is not None:
            return timer(said, to)
        definition = event.first(MODEL, "timerEventDefinition")
        lasting = definition.first(MODEL, "timeDuration") if definition is not None else None
        after = term_of_duration(lasting.text) if lasting is not None else None
        if after is None:
            self.notes.append(f"Dòng {event.line}: không hiểu sự kiện gắn vào bước «{self._said(task)}»; bỏ qua.")
            return None
        key = _NO_KEY.sub("-", fold(event.get("name") or event.get("id"))).strip("-")[:_LONGEST_KEY] or "hen-gio"
        return {"key": key, "after": after, "do": "move" if to else "remind", "to": to}


def _steps(raw: Sequence[dict[str, Any]]) -> tuple[Step, ...]:
    """Return the steps; raises Invalid with every value that is none."""
    steps, problems = [], []
    for one in raw:
        try:
            steps.append(Step.model_validate(one))
        except ValidationError as error:
            for fault in error.errors():
                place = ".".join(str(part) for part in fault["loc"])
                message = f"Bước «{one['name'] or one['key']}»: giá trị ở “{place}” không dùng được."
                problems.append(Problem("bpmn_value", message, f"steps.{one['key']}.{place}"))
    if problems:
        raise Invalid(problems)
    return tuple(steps)
