"""Writing a process as BPMN 2.0: what every editor knows as such, the rest in the house's own elements."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from motcua.kernel.errors import Invalid, Problem
from motcua.processes.rules.bpmn_drawing import Places, Point, draw, way_between
from motcua.processes.rules.bpmn_terms import BOUNDS, DIAGRAM, INSTANCE, LANGUAGE, MODEL, OWN, POINTS, Box
from motcua.processes.rules.layout import Layout, lane_of, lay_out
from motcua.processes.rules.markup import Out
from motcua.processes.rules.structure import twice
from motcua.processes.rules.wording import in_words
from motcua.processes.terms import FIRST_STEP, LAST_STEP, ConsultSpec, Move, Step, TermSpec, Timer

_DURATIONS = {"working_day": "P{}D", "day": "P{}D", "working_hour": "PT{}H", "same_day": "PT8H"}


def to_bpmn(code: str, name: str, steps: Sequence[Step]) -> bytes:
    """Return the process as a BPMN 2.0 document; raises Invalid for double keys or characters XML cannot hold."""
    if double := twice(step.key for step in steps):
        raise Invalid([Problem("duplicate_step", f"Có hai bước cùng khóa “{key}”.", "steps") for key in double])
    return _Writer(code, name, steps).document().encode()


def shown_label(label: str, when: str) -> str:
    """Return what an editor shows at an arrow: its label, else its condition in words."""
    return label or (in_words(when) if when else "")


@dataclass(slots=True)
class _Flow:
    id: str
    source: str
    target: str
    points: list[Point]
    move: Move | None = None
    kind: str = ""
    order: int = 0


@dataclass(slots=True)
class _Writer:
    code: str
    name: str
    steps: Sequence[Step]
    out: Out = field(default_factory=Out)
    flows: list[_Flow] = field(default_factory=list)
    shapes: dict[str, Box] = field(default_factory=dict)

    def document(self) -> str:
        out = self.out
        spaces = {"bpmn": MODEL, "bpmndi": DIAGRAM, "dc": BOUNDS, "di": POINTS, "xsi": INSTANCE, "mc": OWN}
        names = {f"xmlns__{prefix}": space for prefix, space in spaces.items()}
        layout = lay_out(self.steps)
        self._plan(layout)
        about = {"id": "definitions", "targetNamespace": OWN, "expressionLanguage": LANGUAGE, "exporter": "Một Cửa"}
        with out.within("bpmn:definitions", **names, **about):
            with out.within("bpmn:collaboration", id="collaboration"):
                out.put("bpmn:participant", id="pool", name=self.name, processRef="process")
            with out.within("bpmn:process", id="process", name=self.name, isExecutable="false"):
                with out.within("bpmn:extensionElements"):
                    out.put("mc:process", code=self.code)
                self._write_lanes(layout)
                self._write_nodes()
                for flow in self.flows:
                    self._write_flow(flow)
            draw(out, "collaboration", self.shapes, [(flow.id, flow.points) for flow in self.flows])
        return out.text

    def _plan(self, layout: Layout) -> None:
        """Give every element its box and every move its flow."""
        places = Places(layout)
        self.shapes["pool"] = places.pool
        self.shapes |= {f"lane_{number}": places.lane(number) for number in range(len(layout.lanes))}
        for step in self.steps:
            self.shapes[f"step_{step.key}"] = places.task(step.key)
        for step in self.steps:
            self._plan_step(step, places)

    def _plan_step(self, step: Step, places: Places) -> None:
        task = f"step_{step.key}"
        if step.key == FIRST_STEP:
            self.shapes["start"] = places.start(step.key)
            self._flow("start", task)
        known = [(kind, order, move) for kind, order, move in _moves(step) if f"step_{move.to}" in self.shapes]
        ends = step.key == LAST_STEP
        if ends:
            self.shapes["end"] = places.end(step.key)
        source = task
        if len(known) + ends > 1:
            source = f"gate_{step.key}"
            self.shapes[source] = places.gate(step.key)
            self._flow(task, source)
        if ends:
            self._flow(source, "end")
        for kind, order, move in known:
            self._flow(source, f"step_{move.to}", move, kind, order)
        for number, timer in enumerate(step.timers):
            event = f"timer_{step.key}_{number}"
            self.shapes[event] = places.timer(step.key, number)
            if f"step_{timer.to}" in self.shapes:
                self._flow(event, f"step_{timer.to}", kind="timer")

    def _flow(self, source: str, target: str, move: Move | None = None, kind: str = "", order: int = 0) -> None:
        below = source.startswith("timer_") or kind == "back"
        points = way_between(self.shapes[source], self.shapes[target], from_below=below)
        self.flows.append(_Flow(f"flow_{len(self.flows)}", source, target, points, move, kind, order))

    def _write_lanes(self, layout: Layout) -> None:
        gathered = [[step for step in self.steps if lane_of(step) == (lane.at, lane.unit)] for lane in layout.lanes]
        with self.out.within("bpmn:laneSet", id="lanes"):
            for number, (lane, steps) in enumerate(zip(layout.lanes, gathered, strict=True)):
                with self.out.within("bpmn:lane", id=f"lane_{number}", name=lane.name):
                    with self.out.within("bpmn:extensionElements"):
                        self.out.put("mc:lane", at=lane.at, unit=lane.unit)
                    for node in (node for step in steps for node in self._nodes_of(step)):
                        self.out.put("bpmn:flowNodeRef", node)

    def _nodes_of(self, step: Step) -> list[str]:
        timers = [f"timer_{step.key}_{number}" for number in range(len(step.timers))]
        start = ["start"] if step.key == FIRST_STEP else []
        end = ["end"] if step.key == LAST_STEP else []
        gate = [f"gate_{step.key}"] if f"gate_{step.key}" in self.shapes else []
        return [*start, f"step_{step.key}", *gate, *timers, *end]

    def _write_nodes(self) -> None:
        for step in self.steps:
            if step.key == FIRST_STEP:
                self._write_node("bpmn:startEvent", "start", name="Nộp hồ sơ")
            self._write_task(step)
            if f"gate_{step.key}" in self.shapes:
                self._write_gate(step)
            for number, timer in enumerate(step.timers):
                self._write_timer(step, number, timer)
            if step.key == LAST_STEP:
                self._write_node("bpmn:endEvent", "end", name="Kết thúc")

    def _write_node(self, element: str, node: str, **attributes: str) -> None:
        with self.out.within(element, id=node, **attributes):
            self._write_ends(node)

    def _write_ends(self, node: str) -> None:
        for flow in self.flows:
            if flow.target == node:
                self.out.put("bpmn:incoming", flow.id)
        for flow in self.flows:
            if flow.source == node:
                self.out.put("bpmn:outgoing", flow.id)

    def _write_gate(self, step: Step) -> None:
        node = f"gate_{step.key}"
        leaving = [flow for flow in self.flows if flow.source == node]
        sure = next((flow for flow in leaving if flow.kind != "back" and not (flow.move and flow.move.when)), None)
        default = {"default": sure.id} if sure else {}
        self._write_node("bpmn:exclusiveGateway", node, gatewayDirection="Diverging", **default)

    def _write_task(self, step: Step) -> None:
        out = self.out
        with out.within("bpmn:userTask", id=f"step_{step.key}", name=step.name):
            if step.note:
                out.put("bpmn:documentation", step.note)
            with out.within("bpmn:extensionElements"), out.within("mc:step", **_about(step)):
                self._write_term(step.term)
                for consult in step.consults:
                    self._write_consult(consult)
                for kind, order, move in _moves(step):
                    if f"step_{move.to}" not in self.shapes:
                        said = {"to": move.to, "when": move.when, "label": move.label}
                        out.put("mc:lost", kind=kind, order=str(order), **said)
            self._write_ends(f"step_{step.key}")

    def _write_term(self, term: TermSpec | None) -> None:
        if term is not None:
            unsure = {"unverified": "true"} if term.unverified else {}
            note = {"note": term.note} if term.note else {}
            self.out.put("mc:term", amount=str(term.amount), unit=term.unit, **unsure, **note)

    def _write_consult(self, consult: ConsultSpec) -> None:
        required = "true" if consult.required else "false"
        asked = {"unit": consult.unit, "question": consult.question, "when": consult.when, "required": required}
        with self.out.within("mc:consult", key=consult.key, **asked):
            self._write_term(consult.term)

    def _write_timer(self, step: Step, number: int, timer: Timer) -> None:
        out, node = self.out, f"timer_{step.key}_{number}"
        moves = "true" if timer.do == "move" else "false"
        attached = {"attachedToRef": f"step_{step.key}", "cancelActivity": moves}
        with out.within("bpmn:boundaryEvent", id=node, name=timer.key, **attached):
            said = {"key": timer.key, "do": timer.do, "to": timer.to, "when": timer.when}
            with out.within("bpmn:extensionElements"), out.within("mc:timer", **said):
                self._write_term(timer.after)
            self._write_ends(node)
            with out.within("bpmn:timerEventDefinition", id=f"{node}_after"):
                lasting = _DURATIONS[timer.after.unit].format(timer.after.amount)
                out.put("bpmn:timeDuration", lasting, xsi__type="bpmn:tFormalExpression")

    def _write_flow(self, flow: _Flow) -> None:
        out, move = self.out, flow.move
        ends = {"id": flow.id, "sourceRef": flow.source, "targetRef": flow.target}
        if move is None:
            out.put("bpmn:sequenceFlow", **ends)
            return
        shown = shown_label(move.label, move.when)
        with out.within("bpmn:sequenceFlow", **ends, **({"name": shown} if shown else {})):
            with out.within("bpmn:extensionElements"):
                out.put("mc:move", kind=flow.kind, order=str(flow.order), label=move.label)
            if move.when:
                typed = {"xsi__type": "bpmn:tFormalExpression", "language": LANGUAGE}
                out.put("bpmn:conditionExpression", move.when, **typed)


def _moves(step: Step) -> list[tuple[str, int, Move]]:
    """The ways of a step with their direction and place in it."""
    ahead = [("forward", order, move) for order, move in enumerate(step.forward)]
    return [*ahead, *(("back", order, move) for order, move in enumerate(step.back))]


def _about(step: Step) -> dict[str, str]:
    said = {
        "right": step.right,
        "at": step.at,
        "unit": step.unit,
        "gates": " ".join(step.gates),
        "gatesWhen": step.gates_when,
        "clock": step.clock,
        "initials": step.initials,
        "initialsRequired": "true" if step.initials_required else "",
    }
    return {name: value for name, value in said.items() if value}
