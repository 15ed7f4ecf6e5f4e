"""The picture of a process: sound, complete, free of what the content policy forbids, no arrow through a box."""

from itertools import pairwise
from xml.etree import ElementTree

import pytest

from motcua.processes.rules.diagram import diagram, diagram_lines
from motcua.processes.rules.diagram_routes import Routes, arrows_of
from motcua.processes.rules.diagram_text import wrapped
from motcua.processes.rules.layout import lay_out
from motcua.processes.terms import Step

from .samples import plain, raw, rich, steps_of

SVG = "{http://www.w3.org/2000/svg}"
WILD = steps_of(
    raw("receive", ["a", "b", "c", {"to": "deliver", "when": "online", "label": "Trả ngay"}]),
    raw("a", ["b", "d"], back=["receive"]),
    raw("b", ["c"], at="unit", unit="so-y-te", back=["a", "receive"]),
    raw("c", ["d", "b"], right="lead_agency", at="agency"),
    raw("d", ["deliver"], right="seal", at="agency", back=["receive", "a"]),
    raw("deliver", [], back=["d"]),
)


def drawn(steps: tuple[Step, ...], current: str = "") -> ElementTree.Element:
    return ElementTree.fromstring(diagram(steps, current=current))  # noqa: S314 (drawn here)


def words(root: ElementTree.Element) -> str:
    return " ".join("".join(root.itertext()).split())


@pytest.mark.parametrize("steps", [plain(), rich(), WILD, ()])
def test_it_has_a_title_a_description_and_nothing_that_the_policy_forbids(steps: tuple[Step, ...]) -> None:
    root = drawn(steps)
    title = root.find(f"{SVG}title")
    assert title is not None
    assert title.text
    assert root.attrib["role"] == "img"
    assert all(
        "style" not in element.attrib and not element.tag.endswith(("style", "script")) for element in root.iter()
    )
    assert not any(name.startswith("on") for element in root.iter() for name in element.attrib)


def test_steps_terms_conditions_and_lanes_are_on_it() -> None:
    said = words(drawn(rich(), "tax"))
    for expected in (
        "Bộ phận Một cửa",
        "chi-cuc-thue",
        "5 ngày làm việc",
        "trong ngày",
        "Chuyển cơ quan thuế",
        "hết giờ chờ",
    ):
        assert expected in said
    assert "Hồ sơ đang ở bước «Bước tax»." in said
    marked = [box for box in drawn(rich(), "tax").iter(f"{SVG}rect") if box.get("stroke-width") == "3"]
    assert len(marked) == 1


def test_ways_back_look_different() -> None:
    paths = [path for path in drawn(plain()).iter(f"{SVG}path") if "marker-end" in path.attrib]
    dashed = [path for path in paths if "stroke-dasharray" in path.attrib]
    assert (len(paths), len(dashed)) == (6, 2)
    assert {path.attrib["stroke"] for path in dashed}.isdisjoint(
        path.attrib["stroke"] for path in paths if path not in dashed
    )


def test_words_of_strangers_stay_words() -> None:
    steps = steps_of(raw("receive", ["deliver"], name='<script>"&'), raw("deliver", []))
    root = drawn(steps)
    assert "script" not in {element.tag.rpartition("}")[2] for element in root.iter()}
    assert '<script>"&' in words(root)


@pytest.mark.parametrize("steps", [plain(), rich(), WILD])
def test_no_arrow_runs_through_a_box_or_off_the_picture(steps: tuple[Step, ...]) -> None:
    arrows = arrows_of(steps)
    routes = Routes(lay_out(steps), arrows)
    boxes = [routes.box(step.key) for step in steps]
    for arrow in arrows:
        for (x1, y1), (x2, y2) in pairwise(arrow.points):
            assert x1 == x2 or y1 == y2
            assert min(x1, x2) >= 0
            assert max(x1, x2) <= routes.width
            assert min(y1, y2) >= 0
            assert max(y1, y2) <= routes.height
            for box in boxes:
                beside = max(x1, x2) <= box.x or min(x1, x2) >= box.x + box.width
                above = max(y1, y2) <= box.y or min(y1, y2) >= box.y + box.height
                assert beside or above, (arrow, box)


def test_boxes_stand_apart() -> None:
    for steps in (plain(), rich(), WILD):
        routes = Routes(lay_out(steps), arrows_of(steps))
        assert len({(routes.box(step.key).x, routes.box(step.key).y) for step in steps}) == len(steps)


def test_the_list_says_what_the_picture_shows() -> None:
    lines = {line.key: line for line in diagram_lines(rich())}
    assert lines["appraise"].title == "2. Bước appraise"
    assert lines["appraise"].place == "Đơn vị thụ lý"
    assert lines["appraise"].sentences == (
        "Thời hạn: 5 ngày làm việc.",
        "Chuyển tới «Bước tax» (Chuyển cơ quan thuế) khi “area” từ 100 trở lên.",
        "Chuyển tới «Bước approve» khi “area” nhỏ hơn 100 và giấy tờ đã nộp có “to-khai”.",
        'Chuyển tới «Bước approve» (Trình ký "ngay" & luôn) khi chưa khai “area”.',
        "Trả lại «Bước receive» (Trả một cửa).",
        "Chỉ đi tiếp khi đã nộp đủ tiền, đã đủ ý kiến (khi không qua bưu chính).",
        "Lấy ý kiến phong-kinh-te khi trường hợp bằng “default”, trả lời trong 3 ngày làm việc.",
        "Lấy ý kiến H49.10.",
        "Chờ quá 16 giờ làm việc thì nhắc người xử lý.",
        "Chờ quá 4 ngày làm việc thì báo lãnh đạo, khi đã nộp đủ tiền.",
        "Chờ quá 20 ngày thì tự chuyển tới «Bước receive».",
    )
    assert lines["tax"].place == "chi-cuc-thue"
    assert lines["tax"].sentences == ("Chuyển tới «Bước approve».", "Dừng tính thời hạn.")
    assert "Kết thúc quy trình." in lines["deliver"].sentences


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("một hai ba", ["một hai", "ba"]),
        ("mộthaibabốnnăm", ["mộthaiba", "bốnnăm"]),
        ("một hai ba bốn năm sáu", ["một hai", "ba bốn…"]),
        ("", []),
    ],
)
def test_wrapping(said: str, expected: list[str]) -> None:
    assert wrapped(said, 8, 2) == expected
