"""Conditions, formulas, rows, checks across fields, pages."""

from datetime import UTC, date, datetime
from decimal import Decimal

from motcua.forms.rules.answers import NoPlaces, read
from motcua.forms.terms import Form
from motcua.forms.tests.samples import PLACES, TODAY, TYPED, WHOLE, answers, codes, form_of

_CHAIN = form_of(
    {"key": "c", "kind": "computed", "value": "b + 1"},
    {"key": "b", "kind": "computed", "value": "a * 2"},
    {"key": "why", "kind": "text", "when": "c > 10", "required": True},
    {"key": "a", "kind": "number"},
)


def test_the_whole_sample_is_accepted() -> None:
    found = answers(WHOLE, TYPED)
    assert found.problems == ()
    assert found.values["words"] == "một triệu năm trăm nghìn"
    assert found.values["members"][1]["part"] == Decimal(592500)  # type: ignore[index]


def test_formulas_and_conditions_settle_whatever_their_order() -> None:
    assert answers(_CHAIN, {"a": "3"}).values == {"a": Decimal(3), "b": Decimal(6), "c": Decimal(7)}
    assert codes(_CHAIN, {"a": "5"}) == {"why": ["required"]}
    assert "why" in answers(_CHAIN, {"a": "5"}).asked
    assert "why" not in answers(_CHAIN, {"a": "3"}).asked


def test_what_is_not_asked_has_no_value_and_no_problem() -> None:
    form = form_of(
        {"key": "has", "kind": "yes_no"},
        {"key": "many", "kind": "number", "when": "has", "required": True},
        {"key": "twice", "kind": "computed", "value": "many * 2"},
    )
    found = answers(form, {"has": "no", "many": "nhiều"})
    assert found.problems == ()
    assert found.values == {"has": False}


def test_an_unknown_condition_does_not_hold() -> None:
    form = form_of({"key": "a", "kind": "text"}, {"key": "b", "kind": "text", "when": "a != 'x'"})
    assert "b" not in answers(form, {}).asked
    assert "b" in answers(form, {"a": "y"}).asked


def test_a_field_may_be_required_by_a_condition() -> None:
    form = form_of({"key": "a", "kind": "yes_no"}, {"key": "b", "kind": "text", "required_when": "a"})
    assert codes(form, {"a": "yes"}) == {"b": ["required"]}
    assert codes(form, {"a": "no"}) == {}


def test_facts_are_read_and_hidden_by_fields_of_their_name() -> None:
    form = form_of({"key": "child", "kind": "text"}, {"key": "b", "kind": "text", "when": "case == 'new'"})
    assert "b" in answers(form, {}, case="new").asked
    hidden = form_of({"key": "child", "kind": "text"}, {"key": "b", "kind": "computed", "value": "child"})
    assert answers(hidden, {}, child="fact").values == {}


def test_broken_expressions_are_unknown() -> None:
    form = form_of(
        {"key": "a", "kind": "text", "when": "((("},
        {"key": "b", "kind": "computed", "value": "1 +"},
        checks=({"key": "c", "holds": "=", "message": "m"},),
    )
    found = answers(form, {"a": "x"})
    assert (found.values, found.problems) == ({}, ())


def test_circles_end() -> None:
    form = form_of({"key": "a", "kind": "text", "when": "filled(b)"}, {"key": "b", "kind": "text", "when": "filled(a)"})
    assert answers(form, {"a": "1", "b": "1"}).values == {}


def test_rows_see_their_own_columns_first() -> None:
    form = form_of(
        {"key": "share", "kind": "number"},
        {
            "key": "members",
            "kind": "table",
            "columns": [
                {"key": "why", "kind": "text", "label": "Vì sao", "when": "share > 50 and rate == 2", "required": True},
                {"key": "share", "kind": "number", "label": "Tỷ lệ"},
                {"key": "kind", "kind": "computed", "label": "K", "value": "share"},
            ],
        },
        {"key": "rate", "kind": "number"},
        {"key": "total", "kind": "computed", "value": "sum(members.share)"},
    )
    typed = {"share": "99", "rate": "2", "members.0.share": "60", "members.4.share": "10", "members.7.share": ""}
    found = answers(form, typed)
    assert found.values["total"] == Decimal(70)
    assert [row.get("kind") for row in found.values["members"]] == [Decimal(60), Decimal(10)]  # type: ignore[attr-defined]
    assert [(problem.field, problem.message) for problem in found.problems] == [
        ("members.0.why", "Members, dòng 1: hãy nhập “Vì sao”.")
    ]
    hidden = answers(form, {"share": "99", "rate": "2", "members.0.why": "x"})
    assert hidden.values["members"] == []  # the blank column hides the outer 99: "why" is not asked, the row is void
    assert not any(name.startswith("members.") for name in hidden.asked)


def test_rows_are_counted() -> None:
    columns = [{"key": "n", "kind": "text", "label": "N"}]
    form = form_of({"key": "t", "kind": "table", "columns": columns, "min_rows": 2, "max_rows": 3})
    assert codes(form, {"t.0.n": "a"}) == {"t": ["too_few_rows"]}
    assert codes(form, {f"t.{row}.n": "a" for row in range(3)}) == {}
    many = answers(form, {f"t.{row}.n": "a" for row in range(1000)})
    assert [problem.code for problem in many.problems] == ["too_many_rows"]
    assert len(many.values["t"]) == 3  # type: ignore[arg-type]


def test_a_check_tells_at_its_field_with_its_basis() -> None:
    typed = {**TYPED, "members.1.share": "30"}
    (found,) = answers(WHOLE, typed).problems
    assert (found.code, found.field, found.basis) == ("check_hundred", "members", "Điều 1")


def test_an_unknown_check_is_no_problem() -> None:
    form = form_of(
        {"key": "a", "kind": "number"}, checks=({"key": "c", "holds": "a > 3", "field": "a", "message": "Quá nhỏ."},)
    )
    assert codes(form, {}) == {}
    assert codes(form, {"a": "x"}) == {"a": ["unreadable"]}
    assert codes(form, {"a": "1"}) == {"a": ["check_c"]}


def _pages() -> Form:
    one = {"key": "a", "kind": "text", "label": "A", "required": True}
    scan = {"key": "scan", "kind": "file", "label": "Tệp", "required": True}
    two = {"key": "b", "kind": "number", "label": "B", "required": True}
    checks = [{"key": "c", "holds": "b > 3", "message": "Nhỏ."}]
    pages = [
        {"key": "one", "title": "Một", "fields": [one, scan]},
        {"key": "two", "title": "Hai", "fields": [two], "when": "a == 'x'"},
    ]
    return Form.model_validate({"title": "T", "pages": pages, "checks": checks})


def test_problems_of_some_pages_only() -> None:
    def fields(typed: dict[str, str], *pages: str) -> list[str]:
        found = read(_pages(), typed, facts={}, today=TODAY, places=PLACES, pages=pages or None)
        return [problem.field or problem.code for problem in found.problems]

    assert fields({}) == ["a", "scan"]
    assert fields({}, "one") == ["a"]  # files are uploaded elsewhere
    assert fields({"a": "x"}, "one") == []
    assert fields({"a": "x"}, "two") == ["b"]
    assert fields({"a": "x", "b": "1"}, "one") == []
    assert fields({"a": "x", "b": "1"}, "two") == ["check_c"]
    assert fields({"a": "y", "b": "1"}, "two") == []


def test_a_calculated_moment_is_a_day_and_sets_the_units_of_an_address() -> None:
    form = form_of(
        {"key": "home", "kind": "address", "units_on": "sent", "optional_parts": ["line"]},
        {"key": "kept", "kind": "computed", "value": "sent"},
    )
    typed = {"home.province": "46", "home.commune": "19789"}
    found = answers(form, typed, sent=datetime(2024, 6, 1, 9, tzinfo=UTC))
    assert found.problems == ()
    assert found.values["kept"] == date(2024, 6, 1)


def test_nowhere_has_no_addresses() -> None:
    form = form_of({"key": "home", "kind": "address", "required": True})
    found = read(form, {"home.province": "01"}, facts={}, today=TODAY, places=NoPlaces())
    assert [problem.code for problem in found.problems] == ["unknown_option", "required"]
    assert NoPlaces().communes_of("01", TODAY) == {}
