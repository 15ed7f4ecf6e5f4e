"""Processes as BPMN 2.0: there and back without loss; files of others; hostile files."""

from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from motcua.kernel.errors import Invalid
from motcua.processes.rules.bpmn import from_bpmn, to_bpmn
from motcua.processes.rules.bpmn_terms import BOUNDS, DIAGRAM, MODEL, POINTS
from motcua.processes.rules.checker import problems_in_process
from motcua.processes.terms import Step

from .samples import plain, raw, rich, steps_of

_SPACES = {"b": MODEL, "di": DIAGRAM, "dc": BOUNDS, "dd": POINTS}


def test_what_is_written_is_read_back_to_the_last_field() -> None:
    read = from_bpmn(to_bpmn("1.001193", "Đăng ký <khai sinh> & “liên thông”", rich()))
    assert read.steps == rich()
    assert (read.code, read.name, read.notes) == ("1.001193", "Đăng ký <khai sinh> & “liên thông”", ())


def test_a_process_with_faults_is_read_back_with_its_faults() -> None:
    broken = steps_of(
        raw("receive", ["nowhere", {"to": "deliver", "when": "paid and (", "label": "x"}, "receive"], back=["gone"]),
        raw("alone", [], at="unit", unit=""),
        raw("deliver", ["receive"], unit="thua"),
    )
    assert from_bpmn(to_bpmn("", "", broken)).steps == broken
    assert from_bpmn(to_bpmn("x", "Không có bước trả", plain()[:2])).steps == plain()[:2]


words = st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=40).map(str.strip).filter(bool)
lines = st.lists(words, max_size=3).map("\n".join)
terms = st.fixed_dictionaries(
    {
        "amount": st.integers(-5, 500),
        "unit": st.sampled_from(["working_day", "day", "working_hour", "same_day"]),
        "unverified": st.booleans(),
        "note": words,
    }
)
keys = st.sampled_from(["receive", "a", "b-2", "c", "deliver", "none"])
moves = st.lists(st.fixed_dictionaries({"to": keys, "when": lines, "label": st.one_of(st.just(""), words)}), max_size=4)
consults = st.fixed_dictionaries(
    {"key": keys, "unit": words, "question": words, "term": st.none() | terms, "when": lines, "required": st.booleans()}
)
timers = st.fixed_dictionaries(
    {
        "key": keys,
        "after": terms,
        "do": st.sampled_from(["remind", "escalate", "move"]),
        "to": st.just("") | keys,
        "when": lines,
    }
)


def a_step(key: str) -> st.SearchStrategy[Step]:
    return st.builds(
        Step,
        key=st.just(key),
        name=words,
        right=st.sampled_from(["receive", "handle", "lead_division", "lead_agency", "seal"]),
        at=st.sampled_from(["desk", "handling", "agency", "unit"]),
        unit=st.just("") | words,
        term=st.none() | terms,
        forward=moves,
        back=moves,
        gates=st.lists(st.sampled_from(["paid", "parts", "opinions"]), max_size=3),
        gates_when=lines,
        clock=st.sampled_from(["", "stop", "run"]),
        consults=st.lists(consults, max_size=2),
        timers=st.lists(timers, max_size=3),
        note=lines,
    )


processes = st.lists(st.sampled_from(["receive", "a", "b-2", "c", "deliver"]), unique=True, min_size=1).flatmap(
    lambda chosen: st.tuples(*(a_step(key) for key in chosen))
)


@given(processes)
@settings(max_examples=120, deadline=None)
def test_no_process_whatever_loses_anything(steps: tuple[Step, ...]) -> None:
    assert from_bpmn(to_bpmn("x", "y", steps)).steps == steps


def test_double_keys_and_control_characters_are_refused() -> None:
    with pytest.raises(Invalid) as double:
        to_bpmn("x", "y", [*plain(), plain()[0]])
    assert [problem.code for problem in double.value.problems] == ["duplicate_step"]
    with pytest.raises(Invalid) as control:
        to_bpmn("x", "a\x07b", plain())
    assert [problem.code for problem in control.value.problems] == ["xml_characters"]


def ids(root: ElementTree.Element) -> list[str]:
    return [element.attrib["id"] for element in root.iter() if "id" in element.attrib]


def test_the_file_is_sound_by_structure() -> None:
    root = ElementTree.fromstring(to_bpmn("1.001193", "Khai sinh", rich()))  # noqa: S314 (written a line above)
    known = ids(root)
    assert len(known) == len(set(known))
    process = root.find("b:process", _SPACES)
    assert process is not None
    flows = process.findall("b:sequenceFlow", _SPACES)
    nodes = {
        node.attrib["id"]: node
        for node in process
        if node.find("b:incoming", _SPACES) is not None or "id" in node.attrib
    }
    for flow in flows:
        source, target = nodes[flow.attrib["sourceRef"]], nodes[flow.attrib["targetRef"]]
        assert flow.attrib["id"] in [one.text for one in source.findall("b:outgoing", _SPACES)]
        assert flow.attrib["id"] in [one.text for one in target.findall("b:incoming", _SPACES)]
    in_lanes = [ref.text for ref in process.iterfind(".//b:flowNodeRef", _SPACES)]
    tags = {"startEvent", "endEvent", "userTask", "exclusiveGateway", "boundaryEvent"}
    flow_nodes = [node.attrib["id"] for node in process if node.tag.rpartition("}")[2] in tags]
    assert sorted(in_lanes) == sorted(flow_nodes)
    defaults = [
        gate.attrib["default"] for gate in process.findall("b:exclusiveGateway", _SPACES) if "default" in gate.attrib
    ]
    unconditional = {flow.attrib["id"] for flow in flows if flow.find("b:conditionExpression", _SPACES) is None}
    assert set(defaults) <= unconditional


def boxes(root: ElementTree.Element) -> Iterator[tuple[str, tuple[float, float, float, float]]]:
    for shape in root.iterfind(".//di:BPMNShape", _SPACES):
        bounds = shape.find("dc:Bounds", _SPACES)
        assert bounds is not None
        x, y, width, height = (float(bounds.attrib[name]) for name in ("x", "y", "width", "height"))
        yield shape.attrib["bpmnElement"], (x, y, width, height)


def test_everything_is_drawn_once_and_inside_its_pool() -> None:
    root = ElementTree.fromstring(to_bpmn("1.001193", "Khai sinh", rich()))  # noqa: S314
    drawn = dict(boxes(root))
    edges = {edge.attrib["bpmnElement"] for edge in root.iterfind(".//di:BPMNEdge", _SPACES)}
    flows = {flow.attrib["id"] for flow in root.iterfind(".//b:sequenceFlow", _SPACES)}
    assert edges == flows
    x, y, width, height = drawn["pool"]
    for left, top, wide, high in drawn.values():
        assert x <= left
        assert y <= top
        assert left + wide <= x + width
        assert top + high <= y + height
    tasks = [box for key, box in drawn.items() if key.startswith("step_")]
    assert len({(left, top) for left, top, _, _ in tasks}) == len(rich())
    assert all(len(edge.findall("dd:waypoint", _SPACES)) >= 2 for edge in root.iterfind(".//di:BPMNEdge", _SPACES))


def test_what_an_editor_changes_is_taken_over() -> None:
    text = to_bpmn("x", "y", rich()).decode()
    changed = (
        text.replace('name="Bước tax"', 'name="Thông báo thuế"')
        .replace(">form.area &gt;= 100<", ">form.area &gt;= 200<")
        .replace('name="Chuyển cơ quan thuế"', 'name="Sang thuế"')
    )
    lanes = changed.replace("<bpmn:flowNodeRef>step_seal</bpmn:flowNodeRef>", "").replace(
        "<bpmn:flowNodeRef>step_appraise</bpmn:flowNodeRef>",
        "<bpmn:flowNodeRef>step_appraise</bpmn:flowNodeRef><bpmn:flowNodeRef>step_seal</bpmn:flowNodeRef>",
    )
    steps = {step.key: step for step in from_bpmn(lanes.encode()).steps}
    assert steps["tax"].name == "Thông báo thuế"
    assert (steps["appraise"].forward[0].when, steps["appraise"].forward[0].label) == ("form.area >= 200", "Sang thuế")
    assert steps["seal"].at == "handling"


def foreign(body: str, name: str = "Cấp phép") -> bytes:
    return (
        f'<?xml version="1.0"?><definitions xmlns="{MODEL}" targetNamespace="t">'
        f'<process id="P" name="{name}">{body}</process></definitions>'
    ).encode()


def flow(source: str, target: str, condition: str = "", name: str = "") -> str:
    inner = f"<conditionExpression>{condition}</conditionExpression>" if condition else ""
    ends = f'sourceRef="{source}" targetRef="{target}"'
    return f'<sequenceFlow id="{source}-{target}" {ends} name="{name}">{inner}</sequenceFlow>'


_USUAL = (
    '<startEvent id="S"/><userTask id="T1" name="Tiếp nhận hồ sơ"/>'
    '<manualTask id="T2" name="Thẩm định"><documentation>3 ngày làm việc</documentation></manualTask>'
    '<serviceTask id="T3" name="Phê duyệt kết quả"/><task id="T4" name="Trả kết quả"/><endEvent id="E"/>'
)


def test_gateways_of_others_become_conditions_and_ways_back() -> None:
    read = from_bpmn(
        foreign(
            _USUAL
            + '<exclusiveGateway id="G"/>'
            + flow("S", "T1")
            + flow("T1", "T2")
            + flow("T2", "T3")
            + flow("T3", "G")
            + flow("G", "T4", "${approved == true &amp;&amp; copies > 2}")
            + flow("G", "T2", "kết quả chưa đạt", "Làm lại")
            + flow("T4", "E")
        )
    )
    steps = {step.key: step for step in read.steps}
    assert [step.name for step in read.steps] == ["Tiếp nhận hồ sơ", "Thẩm định", "Phê duyệt kết quả", "Trả kết quả"]
    decided = steps["phe-duyet-ket-qua"]
    assert [(move.to, move.when) for move in decided.forward] == [("deliver", "approved == True and copies > 2")]
    assert [(move.to, move.when, move.label) for move in decided.back] == [("tham-dinh", "", "Làm lại")]
    assert (decided.right, decided.at) == ("lead_agency", "agency")
    assert steps["tham-dinh"].term is not None
    assert any("kết quả chưa đạt" in note for note in read.notes)
    assert any("serviceTask" in note for note in read.notes)
    assert [problem.code for problem in problems_in_process(read.steps)] == ["expression_name"]


def test_parallel_branches_are_put_in_line_and_none_is_left_out() -> None:
    read = from_bpmn(
        foreign(
            _USUAL
            + '<parallelGateway id="F" name="Song song"/><parallelGateway id="J"/>'
            + '<userTask id="T5" name="Đo đạc thửa đất"/>'
            + flow("S", "T1")
            + flow("T1", "F")
            + flow("F", "T2")
            + flow("F", "T5")
            + flow("T2", "J")
            + flow("T5", "J")
            + flow("J", "T3")
            + flow("T3", "T4")
            + flow("T4", "E")
        )
    )
    ways = {step.key: step.forward_keys for step in read.steps}
    assert ways["receive"] == ("tham-dinh",)
    assert ways["tham-dinh"] == ("do-dac-thua-dat",)
    assert ways["do-dac-thua-dat"] == ("phe-duyet-ket-qua",)
    assert any("lần lượt" in note for note in read.notes)
    assert problems_in_process(read.steps) == []


def test_timers_at_the_edge_of_tasks() -> None:
    event = (
        '<boundaryEvent id="B1" attachedToRef="T2" name="Nhắc việc"><timerEventDefinition>'
        "<timeDuration>PT16H</timeDuration></timerEventDefinition></boundaryEvent>"
        '<boundaryEvent id="B2" attachedToRef="T2" name="Quá hạn"><timerEventDefinition>'
        "<timeDuration>P10D</timeDuration></timerEventDefinition></boundaryEvent>"
        '<boundaryEvent id="B3" attachedToRef="T2"><errorEventDefinition/></boundaryEvent>'
    )
    chain = (
        flow("S", "T1") + flow("T1", "T2") + flow("T2", "T3") + flow("T3", "T4") + flow("T4", "E") + flow("B2", "T3")
    )
    read = from_bpmn(foreign(_USUAL + event + chain))
    timers = next(step for step in read.steps if step.key == "tham-dinh").timers
    assert [(timer.key, timer.do, timer.to, timer.after.amount, timer.after.unit) for timer in timers] == [
        ("nhac-viec", "remind", "", 16, "working_hour"),
        ("qua-han", "move", "phe-duyet-ket-qua", 10, "day"),
    ]
    assert any("không hiểu sự kiện" in note for note in read.notes)


def test_several_ends_get_one_delivery() -> None:
    tasks = '<startEvent id="S"/><task id="A" name="Nhận"/><task id="B" name="Cấp"/><task id="C" name="Từ chối"/>'
    read = from_bpmn(foreign(tasks + flow("S", "A") + flow("A", "B") + flow("A", "C")))
    assert [step.key for step in read.steps] == ["receive", "cap", "tu-choi", "deliver"]
    assert problems_in_process(read.steps) == []
    assert any("Thêm bước" in note for note in read.notes)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "xml_broken"),
        (b"<a><b></a>", "xml_broken"),
        (b"\xff\xfe\x00", "xml_broken"),
        (b'<?xml version="1.0" encoding="klingon"?><a/>', "xml_encoding"),
        (b'<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>', "xml_doctype"),
        (b'<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>', "xml_doctype"),
        (b"<a>&unknown;</a>", "xml_broken"),
        (b"<a>" * 61 + b"</a>" * 61, "xml_too_deep"),
        (b"<a>" + b"<b/>" * 50_000 + b"</a>", "xml_too_many"),
        (b"<a " + b" ".join(b'x%d=""' % number for number in range(201)) + b"/>", "xml_too_many"),
        (b"<a>" + b"x" * (5 * 1024 * 1024) + b"</a>", "xml_too_large"),
        (b"<html/>", "not_bpmn"),
        (foreign('<startEvent id="S"/>'), "bpmn_without_tasks"),
    ],
    ids=range(13),
)
def test_broken_and_hostile_files_are_refused(data: bytes, code: str) -> None:
    with pytest.raises(Invalid) as refused:
        from_bpmn(data)
    assert [problem.code for problem in refused.value.problems] == [code]


def test_values_that_are_none_are_refused_with_their_place() -> None:
    text = (
        to_bpmn("x", "y", plain())
        .decode()
        .replace('right="seal"', 'right="king"')
        .replace('amount="8"', 'amount="viel"')
    )
    with pytest.raises(Invalid) as refused:
        from_bpmn(text.encode())
    assert [problem.field for problem in refused.value.problems] == ["steps.appraise.term.amount", "steps.seal.right"]


@pytest.mark.parametrize("name", ["DT01", "TC01"])
def test_a_real_file_of_a_running_desk(name: str, trial_data: Path) -> None:
    read = from_bpmn((trial_data / "onegate" / "bpmn" / f"{name}.bpmn").read_bytes())
    assert problems_in_process(read.steps) == []
    assert from_bpmn(to_bpmn(read.code, read.name, read.steps)).steps == read.steps


def test_an_order_of_thousands_of_digits_is_no_crash() -> None:
    text = to_bpmn("x", "y", plain()).decode()
    assert 'order="0"' in text
    assert from_bpmn(text.replace('order="0"', f'order="{"9" * 5000}"').encode()).steps == plain()
