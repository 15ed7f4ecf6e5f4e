"""Finding a procedure and reading what it asks for; weight and queries of the public pages."""

import brotli
import pytest
from django.contrib.staticfiles import finders
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from motcua.dossiers.tests.world import CODE, World

MOST_BYTES = 14 * 1024
PUBLIC = ["/", "/thu-tuc/", "/thu-tuc/?q=khai+sinh", f"/thu-tuc/{CODE}/", "/tra-cuu/", "/kieu-dang/"]


def test_plain_words_without_marks_find_it(client: Client, world: World) -> None:
    page = client.get("/thu-tuc/", {"q": "dang ky khai sinh"}).content.decode()
    assert f'href="/thu-tuc/{CODE}/"' in page


def test_nothing_found_says_what_to_try(client: Client, world: World) -> None:
    page = client.get("/thu-tuc/", {"q": "zzzz qqqq"}).content.decode()
    assert "Không tìm thấy thủ tục nào" in page


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"cap": "commune"}, True),
        ({"cap": "province"}, False),
        ({"cap": "nonsense"}, True),
        ({"linh-vuc": "HT"}, True),
        ({"linh-vuc": "DD"}, False),
    ],
)
def test_filters(asked: dict[str, str], found: bool, client: Client, world: World) -> None:
    assert (CODE in client.get("/thu-tuc/", asked).content.decode()) is found


def test_by_agency(client: Client, world: World) -> None:
    assert CODE in client.get("/thu-tuc/", {"co-quan": world.ward.slug}).content.decode()
    assert CODE not in client.get("/thu-tuc/", {"co-quan": world.other_ward.slug}).content.decode()


def test_the_page_answers_the_questions(client: Client, world: World) -> None:
    page = client.get(f"/thu-tuc/{CODE}/").content.decode()
    for text in (
        "Tờ khai",
        "03 ngày làm việc",
        "8.000 đồng",
        "Giấy khai sinh",
        "Luật Hộ tịch",
        "Thẩm định",
        "Nộp hồ sơ",
    ):
        assert text in page


def test_an_unknown_code_is_a_page_in_words(client: Client, world: World) -> None:
    answer = client.get("/thu-tuc/9.999999/")
    assert answer.status_code == 404
    assert "Không có thủ tục hành chính mang mã này" in answer.content.decode()


@pytest.mark.parametrize(("path", "most"), [("/", 2), ("/thu-tuc/", 6), (f"/thu-tuc/{CODE}/", 5), ("/tra-cuu/", 1)])
def test_public_pages_ask_little(path: str, most: int, client: Client, world: World) -> None:
    client.get(path)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(path).status_code == 200
    assert len(queries) <= most, [query["sql"] for query in queries]


@pytest.mark.parametrize("path", PUBLIC[:-1])
def test_a_first_visit_is_light(path: str, client: Client, world: World) -> None:
    page = brotli.compress(client.get(path).content, quality=4)
    css = brotli.compress(finders_bytes("ui/ui.css"), quality=4)
    assert len(page) + len(css) <= MOST_BYTES


@pytest.mark.parametrize("path", PUBLIC)
def test_no_page_needs_a_script(path: str, client: Client, world: World) -> None:
    page = client.get(path).content.decode()
    assert "<script" not in page
    assert " style=" not in page


def finders_bytes(name: str) -> bytes:
    """Return a static file as it is served."""
    with open(str(finders.find(name)), "rb") as file:
        return file.read()
