"""Finding procedures in plain words."""

from collections.abc import Callable

import pytest

from motcua.kernel.errors import Invalid
from motcua.procedures.models import Procedure
from motcua.procedures.queries import search

from .conftest import AT

BIRTH = {"code": "1.001193", "name": "Đăng ký khai sinh", "keywords": ["giấy khai sinh", "làm giấy cho con mới sinh"]}
COPY = {
    "code": "2.000635",
    "name": "Cấp bản sao Trích lục hộ tịch, bản sao Giấy khai sinh",
    "keywords": ["bản sao giấy khai sinh"],
}
MARRIAGE = {
    "code": "1.000894",
    "name": "Đăng ký kết hôn",
    "keywords": ["cưới", "lấy vợ", "hôn thú"],
    "summary": "Cùng ký sổ.",
}
SHOP = {
    "code": "1.001612",
    "name": "Đăng ký thành lập hộ kinh doanh",
    "keywords": ["mở quán", "hộ kinh doanh"],
    "summary": "Mở cửa hàng nhỏ.",
    "domain": {"code": "HKD", "name": "Hộ kinh doanh"},
}
LAND = {
    "code": "1.013978",
    "name": "Đăng ký đất đai, cấp Giấy chứng nhận lần đầu",
    "keywords": ["làm sổ đỏ"],
    "summary": "Hòa Bình.",
    "level": "province",
    "domain": {"code": "DD", "name": "Đất đai"},
}


@pytest.fixture(autouse=True)
def _catalogue(published: Callable[..., Procedure]) -> None:
    for facts in (BIRTH, COPY, MARRIAGE, SHOP, LAND):
        published(**facts)


def first(text: str) -> str:
    rows = search(text, at=AT).rows
    return rows[0].code if rows else ""


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("giấy khai sinh", "1.001193"),
        ("giay khai sinh", "1.001193"),
        ("GIẤY KHAI SINH", "1.001193"),
        ("đăng ký khai sinh", "1.001193"),
        ("bản sao giấy khai sinh", "2.000635"),
        ("tôi muốn làm giấy cho con mới sinh", "1.001193"),
        ("mở quán", "1.001612"),
        ("mo quan", "1.001612"),
        ("ho kinh doanh", "1.001612"),
        ("làm sổ đỏ", "1.013978"),
        ("so do", "1.013978"),
        ("lấy vợ", "1.000894"),
        ("kết hôn", "1.000894"),
        ("ket hom", "1.000894"),
        ("khai sihn", "1.001193"),
        ("hoà bình", "1.013978"),
        ("trích l", "2.000635"),
        ("1.000894", "1.000894"),
        ("1.0008", "1.000894"),
        ("đăng ký kết hôn với người ngoài hành tinh", "1.000894"),
        ("thời tiết ngày mai", ""),
    ],
)
def test_what_comes_first(text: str, code: str) -> None:
    assert first(text) == code


def test_hostile_text_is_only_text() -> None:
    for text in ("'; DROP TABLE", "a & | ! ( ) :*", "%_\\", "khai:sinh", "\x00khai sinh", "x" * 5000):
        search(text, at=AT)


def test_without_text_by_name() -> None:
    assert [row.code for row in search(at=AT).rows] == ["2.000635", "1.013978", "1.000894", "1.001193", "1.001612"]


def test_narrowing() -> None:
    assert [row.code for row in search(at=AT, level="province").rows] == ["1.013978"]
    assert [row.code for row in search("đăng ký", at=AT, domain="HKD").rows] == ["1.001612"]


@pytest.mark.parametrize("text", ["", "đăng ký", "đăng ký zzzz"])
def test_pages_follow_each_other_without_gap(text: str) -> None:
    whole = [row.code for row in search(text, at=AT, limit=50).rows]
    seen: list[str] = []
    cursor = ""
    while True:
        page = search(text, at=AT, cursor=cursor, limit=2)
        assert len(page.rows) <= 2
        seen += [row.code for row in page.rows]
        cursor = page.next_cursor
        if not cursor:
            break
    assert seen == whole


@pytest.mark.parametrize(("text", "cursor"), [("", "x"), ("khai sinh", "W10"), ("khai sinh", "e30")])
def test_a_foreign_cursor_is_refused(text: str, cursor: str) -> None:
    with pytest.raises(Invalid):
        search(text, at=AT, cursor=cursor)


def test_a_row_says_what_a_list_shows() -> None:
    row = search("kết hôn", at=AT).rows[0]
    assert (row.name, row.domain_code, row.domain_name) == ("Đăng ký kết hôn", "HT", "Hộ tịch")
    assert (row.level, row.service_level, row.summary) == ("commune", "full", "Cùng ký sổ.")
