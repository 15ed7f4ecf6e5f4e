"""Differences: nothing is left out, and an official can read them."""

import copy
import json
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from motcua.packages.rules.diff import PARTS, Change, difference, difference_of_json
from motcua.packages.rules.files import definition_from_files
from motcua.packages.tests.generated import definitions
from motcua.packages.tests.samples import sample, with_change
from motcua.procedures.terms import Definition


def _texts(name: str, old: str, new: str) -> list[tuple[str, str]]:
    changed = definition_from_files(with_change(name, old, new))
    return [(change.part, change.text) for change in difference(sample(), changed)]


@pytest.mark.parametrize(
    ("name", "old", "new", "part", "text"),
    [
        (
            *("procedure.yaml", "amount: 5, unit: working_day", "amount: 3, unit: working_day", PARTS["cases"]),
            "Trường hợp «Trong 60 ngày», thời hạn, nộp trực tuyến: 5 → 3 ngày làm việc",
        ),
        (
            *("procedure.yaml", "amount: 3, unit: working_day", "amount: 7, unit: day", PARTS["cases"]),
            "Trường hợp «Quá 60 ngày», thời hạn, mọi cách nộp: 3 ngày làm việc → 7 ngày",
        ),
        (
            *("procedure.yaml", "      online: {amount: 5, unit: working_day}\n", "", PARTS["cases"]),
            "Trường hợp «Trong 60 ngày», thời hạn, nộp trực tuyến: bỏ 5 ngày làm việc",
        ),
        (
            *("procedure.yaml", "amount: 5000", "amount: 8000", PARTS["cases"]),
            "Trường hợp «Quá 60 ngày», phí, lệ phí «Lệ phí», mức thu: 5.000 đồng → 8.000 đồng",
        ),
        (
            *("procedure.yaml", "level: commune", "level: province", "Thông tin chung"),
            "Cấp thực hiện: Cấp xã → Cấp tỉnh",
        ),
        (
            *("procedure.yaml", "name: Giấy chứng sinh, originals: 1", "name: Giấy chứng sinh, originals: 2"),
            *(PARTS["components"], "Thành phần hồ sơ «Giấy chứng sinh», số bản chính: 1 → 2"),
        ),
        (
            *("form.yaml", "kind: number", "kind: money", PARTS["form"]),
            "Trang «Trẻ được khai sinh», ô «Sinh thứ mấy», kiểu ô: số → số tiền",
        ),
        (
            *("process.yaml", "back: [receive]", "back: []", PARTS["steps"]),
            "Bước «Thẩm tra»: bỏ trả lại «Tiếp nhận»",
        ),
        (
            *("procedure.yaml", "cases: [default]", "cases: [default, late]", PARTS["components"]),
            "Thành phần hồ sơ «Giấy chứng sinh», thuộc trường hợp: thêm «Quá 60 ngày»",
        ),
        (
            *("papers/giay-khai-sinh.yaml", "keys: [born]", "keys: [born, order]", PARTS["papers"]),
            "Khuôn giấy tờ «Giấy khai sinh», khối «các ô», các ô: thêm «Sinh thứ mấy»",
        ),
        (
            *("process.yaml", "when: form.twins", "when: paid", PARTS["steps"]),
            "Bước «Thẩm tra», chuyển tới «Ký ngay», điều kiện: [form.twins] → [paid]",
        ),
    ],
)
def test_an_official_can_read_it(name: str, old: str, new: str, part: str, text: str) -> None:
    assert _texts(name, old, new) == [(part, text)]


def test_what_comes_goes_and_moves() -> None:
    old = sample()
    new = old.model_copy(update={"components": (*reversed(old.components),), "form": None})
    assert [(change.kind, change.text) for change in difference(old, new)] == [
        ("moved", "Thứ tự thành phần hồ sơ: «Tờ khai», «Giấy chứng sinh» → «Giấy chứng sinh», «Tờ khai»"),
        ("removed", "Bỏ “Tờ khai đăng ký khai sinh”"),
    ]


def test_what_is_put_before_others_does_not_change_them() -> None:
    texts = _texts(
        "papers/giay-khai-sinh.yaml", "blocks:\n", 'blocks:\n  - {kind: centred, text: "Độc lập - Tự do - Hạnh phúc"}\n'
    )
    assert texts == [(PARTS["papers"], "Khuôn giấy tờ «Giấy khai sinh»: thêm khối «Độc lập - Tự do - Hạnh phúc»")]


def test_of_long_texts_the_place_that_differs_is_shown() -> None:
    text = "Cha hoặc mẹ nộp. " * 100
    old = sample().model_copy(update={"requirements": text})
    new = sample().model_copy(update={"requirements": text + "Trừ ngày lễ."})
    (change,) = difference(old, new)
    assert "Trừ ngày lễ." in change.text
    assert len(change.text) < 500
    assert change.after == new.requirements


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(definitions(), definitions())
def test_only_what_is_the_same_has_no_difference(old: Definition, new: Definition) -> None:
    assert difference(old, old) == ()
    assert bool(difference(old, new)) == (old.as_json() != new.as_json())


def _leaves(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    if isinstance(value, dict | list) and value:
        for name, one in value.items() if isinstance(value, dict) else enumerate(value):
            yield from _leaves(one, (*path, name))
    else:
        yield path


def _with_other_leaf(whole: dict[str, Any], path: tuple[Any, ...]) -> dict[str, Any]:
    made = copy.deepcopy(whole)
    holder: Any = made
    for part in path[:-1]:
        holder = holder[part]
    holder[path[-1]] = _other(holder[path[-1]], path)
    return made


def _other(value: Any, path: tuple[Any, ...]) -> Any:
    if isinstance(value, bool):
        return not value
    if isinstance(value, int):
        return value + 1
    if isinstance(value, str) and path[-1] == "unit" and value in ("working_day", "day", "working_hour", "same_day"):
        return "day" if value != "day" else "working_hour"
    return f"{value} khác" if isinstance(value, str) else "khác"


def _tells(change: Change, path: tuple[Any, ...], value: Any) -> bool:
    """Whether the change is in that part and holds the new value."""
    written = json.dumps(value)
    return change.path.split(".")[0] == path[0] and written in json.dumps(change.after) and bool(change.text)


def _assert_told(whole: dict[str, Any], path: tuple[Any, ...]) -> None:
    value: Any = _with_other_leaf(whole, path)
    changes = difference_of_json(whole, value)
    for part in path:
        value = value[part]
    assert [change for change in changes if _tells(change, path, value)]


def _is_scalar(whole: Any, path: tuple[Any, ...]) -> bool:
    for part in path:
        whole = whole[part]
    return whole is not None and not isinstance(whole, dict | list)


_WHOLE = sample().as_json()


@pytest.mark.parametrize(
    "path", [path for path in _leaves(_WHOLE) if _is_scalar(_WHOLE, path)], ids=lambda path: ".".join(map(str, path))
)
def test_any_change_of_any_leaf_appears(path: tuple[Any, ...]) -> None:
    _assert_told(_WHOLE, path)


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(definitions(), st.data())
def test_any_change_of_any_leaf_of_anything_appears(definition: Definition, data: st.DataObject) -> None:
    whole = definition.as_json()
    path = data.draw(st.sampled_from([path for path in _leaves(whole) if _is_scalar(whole, path)]))
    _assert_told(whole, path)
