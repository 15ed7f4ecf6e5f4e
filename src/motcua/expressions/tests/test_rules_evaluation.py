"""What expressions yield: operators, unknown values, names into nested facts."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from motcua.expressions.rules.parsing import parse

FACTS: dict[str, object] = {
    "child": {"name": "Nguyễn Thị Ánh", "born": date(2020, 2, 29), "papers": ["birth", "photo"]},
    "form.area": 120.5,
    "paid": True,
    "online": False,
    "copies": 3,
    "note": "",
    "received": datetime(2026, 3, 1, 20, 30, tzinfo=UTC),
    "today": date(2026, 3, 2),
    "members": [
        {"name": "An", "share": 40, "roles": ["owner"]},
        {"name": "Bình", "share": Decimal("60.5"), "roles": ["owner", "head"]},
        {"name": "", "share": None},
    ],
    "broken": [{"share": 1}, {"share": "một"}],
    "thing": object(),
}

_VALUES = [
    ("1 + 2 * 3", Decimal(7)),
    ("(1 + 2) * 3", Decimal(9)),
    ("0.1 + 0.2", Decimal("0.3")),
    ("-copies", Decimal(-3)),
    ("10 / 4", Decimal("2.5")),
    ("1 / 0", None),
    ("'Ông ' + child.name", "Ông Nguyễn Thị Ánh"),
    ("'a' + 1", None),
    ("today - child.born", None),
    ("form.area * 2", Decimal("241.0")),
    ("'x' if paid else 'y'", "x"),
    ("'x' if missing else 'y'", "y"),
    ("[1, 'a', True]", [Decimal(1), "a", True]),
    ("[[1, 2], 3]", [Decimal(1), Decimal(2), Decimal(3)]),
    ("members.name", ["An", "Bình", ""]),
    ("members.share", [Decimal(40), Decimal("60.5"), None]),
    ("members.roles", ["owner", "owner", "head", None]),
    ("child.missing", None),
    ("child.name.length", None),
    ("members.share.deeper", [None, None, None]),
    ("thing", None),
    ("None", None),
    ("1\n  + 2", Decimal(3)),
    ("-9999999999999999999999999999.5", Decimal("-9999999999999999999999999999.5")),
]


@pytest.mark.parametrize(("text", "value"), _VALUES)
def test_values(text: str, value: object) -> None:
    assert parse(text).evaluate(FACTS) == value


_TRUTHS = [
    ("paid", True),
    ("not online", True),
    ("not missing", None),
    ("not copies", None),
    ("paid and online", False),
    ("paid and missing", None),
    ("online and missing", False),
    ("missing and online", False),
    ("paid or missing", True),
    ("missing or paid", True),
    ("online or missing", None),
    ("copies and paid", None),
    ("copies == 3", True),
    ("copies == '3'", None),
    ("copies != 3", False),
    ("missing == 3", None),
    ("missing != 3", None),
    ("missing == None", True),
    ("copies != None", True),
    ("None == None", True),
    ("copies < None", None),
    ("1 < copies <= 3", True),
    ("1 < copies < 3", False),
    ("missing < copies < 2", False),
    ("missing < copies < 5", None),
    ("'b' < 'c'", None),
    ("True < False", None),
    ("today > child.born", True),
    ("today == received", True),
    ("received >= today", True),
    ("received < today", False),
    ("received == received", True),
    ("received < received", False),
    ("'birth' in child.papers", True),
    ("'map' not in child.papers", True),
    ("copies in (1, 2, 3)", True),
    ("copies in ('3', missing)", None),
    ("copies not in [1, 2]", True),
    ("missing in [1]", None),
    ("'Thị' in child.name", True),
    ("1 in child.name", None),
    ("copies in missing", None),
    ("[1, 2] == [1, 2]", True),
    ("[1, 2] == [1, 3]", False),
    ("[1, 2] == [1]", False),
    ("[1, missing] == [1, 2]", None),
    ("members == members", None),
]


@pytest.mark.parametrize(("text", "truth"), _TRUTHS)
def test_truths(text: str, truth: object) -> None:
    expression = parse(text)
    assert expression.evaluate(FACTS) is truth
    assert expression.holds(FACTS) is (truth is True)


def test_a_moment_is_of_the_day_it_has_in_viet_nam() -> None:
    assert parse("day(received)").evaluate(FACTS) == Decimal(2)
    assert parse("text(received)").evaluate(FACTS) == "03:30 02/03/2026"
    assert parse("text(at)").evaluate({"at": datetime(2026, 3, 2, 7, 0)}) == "07:00 02/03/2026"  # noqa: DTZ001
    assert parse("at").evaluate({"at": datetime.min.replace(tzinfo=UTC)}) is not None
    assert parse("at").evaluate({"at": datetime.max.replace(tzinfo=UTC)}) is None


def test_names() -> None:
    read = parse("age(child.born, today) > 14 and 'a' in members.share or text == None")
    assert read.names == {"child.born", "today", "members.share", "text"}


def test_the_same_text_is_read_once() -> None:
    assert parse("a + b") is parse("a + b")


def test_a_text_is_equal_however_it_is_composed() -> None:
    assert parse("name == 'Hồng'").holds({"name": "Hồng"})
    assert parse("name == 'Hồng'").holds({"name": "Hồng"})
