"""Pages of forms: what they show, what their buttons do."""

import re
from html.parser import HTMLParser

import pytest
from django.http import QueryDict
from django.template.loader import render_to_string

from motcua.forms.rules.examples import example_typed
from motcua.forms.rules.wording import parts_in_words
from motcua.forms.terms import Form
from motcua.forms.tests.samples import PLACES, TODAY, TYPED, WHOLE, answers, form_of
from motcua.forms.tests.test_absurd import big_form
from motcua.forms.web.items import bare_name
from motcua.forms.web.screens import Screen, Turn, open_pages, posted, screen_of, take

_TABLE = form_of(
    {
        "key": "t",
        "kind": "table",
        "label": "Con",
        "columns": [
            {"key": "name", "kind": "name", "label": "Tên", "required": True},
            {"key": "land", "kind": "text", "label": "Nước", "default": "Việt Nam"},
            {"key": "share", "kind": "number", "label": "Phần"},
            {"key": "twice", "kind": "computed", "label": "Gấp đôi", "value": "share * 2"},
        ],
        "max_rows": 3,
    },
    {"key": "home", "kind": "address", "label": "Nhà"},
    {"key": "scan", "kind": "file", "label": "Bản quét"},
    {"key": "has", "kind": "yes_no", "label": "Có không"},
    {"key": "why", "kind": "text", "label": "Vì sao", "when": "has", "required": True},
)


def _post(**values: str | list[str]) -> QueryDict:
    found = QueryDict(mutable=True)
    for name, value in values.items():
        found.setlist(name, [value] if isinstance(value, str) else value)
    return found


def _take(typed: dict[str, str | list[str]], post: dict[str, str | list[str]], form: Form = _TABLE) -> Turn:
    return take(form, "p", typed, _post(**post), facts={}, today=TODAY, places=PLACES)


def _screen(form: Form, typed: dict[str, str | list[str]], page: str = "p", **more: object) -> Screen:
    found = answers(form, typed)
    return screen_of(form, page, found, today=TODAY, places=PLACES, problems=found.problems, **more)  # type: ignore[arg-type]


def _html(screen: Screen) -> str:
    return render_to_string("forms/problems.html", {"screen": screen}) + render_to_string(
        "forms/fields.html", {"screen": screen}
    )


class _Page(HTMLParser):
    """Ids, what refers to them, and open elements of a page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.refers: list[str] = []
        self.inputs: dict[str, str] = {}
        self.labels: set[str] = set()
        self.open: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        if tag not in {"input", "br"}:
            self.open.append(tag)
        self.ids += [found["id"]] if "id" in found else []
        self.refers += found.get("aria-describedby", "").split() + ([found["for"]] if "for" in found else [])
        self.refers += [found["href"][1:]] if found.get("href", "").startswith("#") else []
        self.labels |= {found["for"]} if "for" in found else set()
        if tag in {"input", "select", "textarea"}:
            self.inputs[found["id"]] = found["name"]

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def _checked(html: str) -> _Page:
    """The page, after what every page must be: ids once, nothing refers to nothing, every input has a label."""
    page = _Page(html)
    assert page.open == []
    assert len(page.ids) == len(set(page.ids))
    assert set(page.refers) <= set(page.ids)
    assert set(page.inputs) <= page.labels
    assert "style=" not in html
    assert "<script" not in html
    return page


@pytest.mark.parametrize("page", ["owner", "business"])
def test_a_page_with_everything_is_whole_html(page: str) -> None:
    typed = {name: "zz" if name in {"phone", "capital"} else value for name, value in TYPED.items()}
    found = _checked(_html(_screen(WHOLE, typed, page)))
    names = set(found.inputs.values())
    keys = {field.key for one in WHOLE.pages if one.key == page for field in one.fields}
    assert {name.split(".")[0] for name in names} <= keys
    if page == "owner":
        assert {"owner.address.commune", "members.1.guardian"} <= names
        assert "members.0.guardian" not in names


def test_an_empty_page_shows_one_row_of_a_required_table() -> None:
    page = _checked(_html(_screen(WHOLE, {"is_shared": "yes"}, "owner")))
    assert "members.0.name" in page.inputs.values()
    assert "members.1.name" not in page.inputs.values()


def test_problems_lead_to_their_inputs() -> None:
    screen = _screen(WHOLE, {"is_shared": "yes"}, "owner")
    targets = {line.text: line.target for line in screen.lines}
    assert targets["Chủ hộ kinh doanh: hãy nhập “Họ, chữ đệm, tên”."] == "q-owner-name"
    assert targets["Chủ hộ kinh doanh: hãy chọn “Giới tính”."] == "q-owner-gender-0"
    assert targets["Hãy nhập “Vốn”."] == ""  # on the other page
    html = _html(screen)
    assert 'aria-describedby="q-phone-error"' in html
    assert 'aria-invalid="true"' in html
    near = re.findall(r'<p class="error">(.*?)</p>', html)
    assert "Hãy nhập “Họ, chữ đệm, tên”." in near
    assert not any(one.startswith("Chủ hộ kinh doanh") for one in near)
    assert "Căn cứ" in _html(_screen(WHOLE, {**TYPED, "members.0.share": "1"}, "owner"))


def test_what_was_typed_is_shown_again_and_is_harmless() -> None:
    form = form_of({"key": "q", "kind": "text"}, {"key": "r", "kind": "long_text"})
    html = _html(_screen(form, {"q": '"><script>alert(1)</script>', "r": "</textarea>\x00\ud800 x"}))
    _checked(html)
    assert "&lt;/textarea&gt; x" in html
    html.encode()


def test_chosen_options_are_marked_however_they_were_typed() -> None:
    html = _html(_screen(WHOLE, {**TYPED, "is_shared": "Có", "owner.gender": "nữ"}, "owner"))
    assert re.search(r'value="female" checked', html)
    assert re.search(r'name="is_shared"[^>]*value="yes" checked', html)
    assert '<option value="00004" selected>Ba Đình (phường)</option>' in html


def test_a_row_is_added_and_the_cursor_goes_there() -> None:
    turn = _take({}, {"go": "row+t", "t.0.name": "An", "t.0.share": "4"})
    assert turn.typed == {"t.0.name": "An", "t.0.share": "4", "t.1.name": "", "t.1.land": "Việt Nam"}
    assert (turn.stay, turn.problems, turn.focus) == (True, (), "t.1.name")
    screen = screen_of(_TABLE, "p", turn.answers, today=TODAY, places=PLACES, focus=turn.focus)
    html = _html(screen)
    _checked(html)
    assert re.search(r'id="q-t-1-name"[^>]* autofocus', html)
    assert '<output id="q-t-0-twice">8</output>' in html
    assert html.count("autofocus") == 1


def test_no_more_rows_than_the_table_has() -> None:
    typed: dict[str, str | list[str]] = {f"t.{row}.name": "An" for row in range(3)}
    assert _take({}, {"go": "row+t", **typed}).typed == typed


def test_a_row_is_removed() -> None:
    turn = _take({}, {"go": "row-t.0", "t.0.name": "An", "t.1.name": "Ba"})
    assert (turn.typed, turn.stay, turn.focus) == ({"t.1.name": "Ba"}, True, "t")


@pytest.mark.parametrize("go", ["row-t", "row-t.x", "row-.1", "row+home", "row+zzz", "row+", "next", "places", ""])
def test_buttons_that_are_none_change_nothing(go: str) -> None:
    assert _take({}, {"go": go, "t.0.name": "An"}).typed == {"t.0.name": "An"}


def test_communes_are_fetched_for_the_province_chosen() -> None:
    before = _html(_screen(_TABLE, {}))
    assert "Chọn tỉnh, thành phố trước" in before
    turn = _take({}, {"go": "places+home", "home.province": "46"})
    assert (turn.stay, turn.problems, turn.focus) == (True, (), "home.commune")
    html = _html(screen_of(_TABLE, "p", turn.answers, today=TODAY, places=PLACES, focus=turn.focus))
    assert "Thuận Hóa (phường)" in html
    assert "Ba Đình" not in html


def test_a_page_stays_for_problems_and_for_questions_that_came_up() -> None:
    turn = _take({}, {"has": "yes", "go": "next"})
    assert (turn.stay, turn.problems, turn.focus) == (True, (), "why")
    turn = _take(turn.typed, {"has": "yes", "why": "", "go": "next"})
    assert turn.stay
    assert [problem.field for problem in turn.problems] == ["why"]
    turn = _take(turn.typed, {"has": "yes", "why": "vì thế", "go": "next"})
    assert (turn.stay, turn.problems) == (False, ())


def test_cells_that_came_up_and_communes_just_opened_are_no_reproach() -> None:
    columns = [
        {"key": "share", "kind": "number", "label": "Phần", "required": True},
        {"key": "why", "kind": "text", "label": "Vì sao", "when": "share > 50", "required": True},
    ]
    form = form_of({"key": "t", "kind": "table", "columns": columns}, {"key": "home", "kind": "address"})
    posted_once: dict[str, str | list[str]] = {
        "t.0.share": "60",
        "home.province": "46",
        "home.commune": "",
        "home.line": "1",
    }
    turn = _take({}, posted_once, form)
    assert (turn.stay, turn.problems, turn.focus) == (True, (), "t.0.why")
    turn = _take(turn.typed, {**posted_once, "t.0.why": ""}, form)
    assert [problem.field for problem in turn.problems] == ["t.0.why", "home.commune"]
    stale = _take(turn.typed, {**posted_once, "t.0.why": "x", "home.province": "01", "home.commune": "19803"}, form)
    assert (stale.stay, stale.problems, stale.focus) == (True, (), "home.commune")


def test_what_no_database_keeps_is_marked_and_told() -> None:
    turn = _take({}, {"t.0.name": "An\x00\ud800"})
    assert turn.typed == {"t.0.name": "An\ufffd\ufffd"}
    assert [problem.code for problem in turn.problems] == ["broken_characters"]


def test_only_what_was_on_the_page_is_replaced() -> None:
    typed: dict[str, str | list[str]] = {**TYPED, "scan": "2"}
    turn = take(
        WHOLE,
        "business",
        typed,
        _post(shop="Quán Mới", scan="9", phone="1", go="next"),
        facts={},
        today=TODAY,
        places=PLACES,
    )
    assert turn.typed["shop"] == "Quán Mới"
    assert (turn.typed["phone"], turn.typed["scan"]) == (TYPED["phone"], "2")
    assert "agree" not in turn.typed  # a box that is not ticked sends nothing
    assert turn.typed["owner.name"] == TYPED["owner.name"]
    shown = take(
        WHOLE,
        "owner",
        {"is_shared": "no", "members.0.name": "An"},
        _post(is_shared="no"),
        facts={},
        today=TODAY,
        places=PLACES,
    )
    assert shown.typed["members.0.name"] == "An"  # was not on the page


def test_foreign_names_are_not_taken_from_a_page() -> None:
    assert posted(_TABLE, "p", _post(has="yes", zzz="1", **{"t.0.zz": "1", "owner.name": "x"})) == {"has": "yes"}


def test_pages_without_questions_are_passed_over() -> None:
    pages = [
        {"key": "one", "title": "M", "fields": [{"key": "a", "kind": "yes_no", "label": "A"}]},
        {"key": "two", "title": "H", "when": "a", "fields": [{"key": "b", "kind": "text", "label": "B"}]},
    ]
    form = Form.model_validate({"title": "T", "pages": pages})
    assert [page.key for page in open_pages(form, answers(form, {"a": "no"}))] == ["one"]
    assert [page.key for page in open_pages(form, answers(form, {"a": "yes"}))] == ["one", "two"]
    with pytest.raises(KeyError):
        screen_of(form, "three", answers(form, {}), today=TODAY, places=PLACES)


def test_answers_are_shown_in_words() -> None:
    html = render_to_string("forms/answers.html", {"parts": parts_in_words(WHOLE, answers(WHOLE, TYPED).values)})
    _checked(html)
    assert "1.500.000 đồng" in html
    assert 'data-label="Tỷ lệ">60,5 %<' in html


def test_a_form_of_hundreds_of_fields_is_shown() -> None:
    form = big_form(300)
    typed = example_typed(form, today=TODAY, places=PLACES)
    for page in form.pages:
        _checked(_html(_screen(form, typed, page.key)))


def test_lists_of_places_and_lines_have_their_inputs() -> None:
    form = form_of(
        {"key": "p", "kind": "choice", "lookup": "provinces"},
        {"key": "c", "kind": "choice", "lookup": "communes"},
        {"key": "b", "kind": "choice", "lookup": "business_lines"},
        {"key": "n", "kind": "text", "max_length": 9},
        {"key": "scan", "kind": "file"},
    )
    screen = _screen(form, {"p": "Thành phố Huế", "c": "Phường Ba Đình, Thành phố Hà Nội", "scan": "2"})
    assert screen.has_files
    html = _html(screen)
    page = _checked(html)
    assert page.inputs == {f"q-{key}": key for key in ("p", "c", "b", "n", "scan")}
    assert '<option value="46" selected>Huế (thành phố)</option>' in html
    assert "Đã có 2 tệp." in html
    assert not _screen(form_of({"key": "q", "kind": "text"}), {}).has_files


def test_units_without_a_kind_keep_their_name() -> None:
    assert bare_name("Hoàng Sa") == "Hoàng Sa"
