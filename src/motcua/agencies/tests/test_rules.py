"""Pure rules of units, posts, hours, slugs and tables."""

import io
from datetime import date, time

import pytest
import xlsxwriter

from motcua.agencies.rules import sheets
from motcua.agencies.rules.hours import week_problems
from motcua.agencies.rules.posts import post_closing_problems, post_problems
from motcua.agencies.rules.sheets import Column, cell_text, day_of, has_sheet, read_table, yes_no
from motcua.agencies.rules.slugs import slug_of
from motcua.agencies.rules.units import (
    NewUnit,
    Place,
    Span,
    change_problems,
    closing_problems,
    move_problems,
    place_problems,
    problems_before_creation,
)
from motcua.agencies.terms import UnitKind
from motcua.kernel import workbooks
from motcua.kernel.errors import Invalid, Problem

SINCE = date(2025, 7, 1)
PROVINCE = Place(UnitKind.PROVINCE, Span(SINCE), (1,), "UBND tỉnh")


def codes(problems: list[Problem]) -> list[str]:
    return [problem.code for problem in problems]


def new(**changes: object) -> NewUnit:
    facts = {
        "name": "Sở Y tế", "short_name": "", "slug": "so-y-te", "kind": "department", "agency_code": "H49.09",
        "is_desk": False, "email": "", "valid_from": SINCE,
    }  # fmt: skip
    return NewUnit(**(facts | changes))  # type: ignore[arg-type]


def test_a_good_unit_has_no_problem() -> None:
    assert problems_before_creation(new(), PROVINCE) == []


def test_every_problem_of_a_unit_is_said() -> None:
    bad = new(name="", slug="Sở", agency_code="?", is_desk=True, email="a", phone="1" * 31, address="x" * 301)
    assert codes(problems_before_creation(bad, None)) == [
        "required", "email_format", "too_long", "too_long", "slug_format", "agency_code_format", "desk_kind",
        "parent_missing",
    ]  # fmt: skip


def test_an_unknown_kind() -> None:
    assert codes(problems_before_creation(new(kind="ministry"), PROVINCE)) == ["unit_kind"]


def test_agencies_need_a_code_and_divisions_do_not() -> None:
    assert codes(problems_before_creation(new(agency_code=""), PROVINCE)) == ["agency_code_missing"]
    assert problems_before_creation(new(kind="division", agency_code=""), PROVINCE) == []


@pytest.mark.parametrize(
    ("kind", "above", "code"),
    [
        (UnitKind.PROVINCE, PROVINCE, "province_is_root"),
        (UnitKind.COMMUNE, Place(UnitKind.COMMUNE, Span(SINCE), (1, 2)), "parent_kind"),
        (UnitKind.BRANCH, PROVINCE, "parent_kind"),
        (UnitKind.DEPARTMENT, Place(UnitKind.PROVINCE, Span(SINCE, date(2025, 8, 1)), (1,)), "parent_not_in_force"),
        (UnitKind.DEPARTMENT, None, "parent_missing"),
    ],
)
def test_where_a_unit_may_not_stand(kind: UnitKind, above: Place | None, code: str) -> None:
    assert codes(place_problems(kind, above, date(2025, 9, 1))) == [code]


def test_a_province_stands_alone() -> None:
    assert place_problems(UnitKind.PROVINCE, None, SINCE) == []


def test_changes_go_forward_in_time() -> None:
    today = date(2026, 3, 2)
    assert change_problems(Span(SINCE), [], on=today, today=today) == []
    assert codes(change_problems(Span(SINCE), [], on=date(2026, 3, 3), today=today)) == ["change_in_future"]
    assert codes(change_problems(Span(SINCE), [], on=SINCE, today=today)) == ["change_before_last"]
    assert codes(change_problems(Span(SINCE), [today], on=today, today=today)) == ["change_before_last"]
    assert codes(change_problems(Span(SINCE, date(2026, 1, 1)), [], on=today, today=today)) == ["unit_not_in_force"]


def test_moves() -> None:
    assert move_problems(5, 2, None) == []
    assert move_problems(5, 2, Place(UnitKind.COMMUNE, Span(SINCE), (1, 3))) == []
    assert codes(move_problems(5, 2, Place(UnitKind.DIVISION, Span(SINCE), (1, 5, 6)))) == ["move_into_itself"]
    assert codes(move_problems(5, 2, Place(UnitKind.COMMUNE, Span(SINCE), (1, 2)))) == ["move_nowhere"]


def test_closing_says_everything() -> None:
    names = [f"Phòng {n}" for n in range(7)]
    found = closing_problems(
        Span(SINCE, date(2026, 1, 1)), on=SINCE, open_children=names, successor=None, is_own_successor=True
    )
    assert codes(found) == ["unit_closed_already", "close_before_start", "children_in_force", "own_successor"]
    assert "7 đơn vị" in found[2].message
    assert "…" in found[2].message


def test_closing_needs_a_successor_that_is() -> None:
    span, on = Span(SINCE), date(2026, 1, 1)
    gone = closing_problems(span, on=on, open_children=[], successor=Span(SINCE, on), is_own_successor=False)
    assert codes(gone) == ["successor_not_in_force"]
    assert closing_problems(span, on=on, open_children=[], successor=Span(SINCE), is_own_successor=False) == []


def test_posts() -> None:
    assert post_problems("Văn thư", ["seal"], Span(SINCE), on=SINCE) == []
    assert codes(post_problems("", ["rule"], Span(SINCE), on=date(2025, 1, 1))) == [
        "required", "unknown_right", "unit_not_in_force",
    ]  # fmt: skip
    assert post_closing_problems(Span(SINCE), on=date(2026, 1, 1)) == []
    assert codes(post_closing_problems(Span(SINCE), on=SINCE)) == ["close_before_start"]
    assert codes(post_closing_problems(Span(SINCE, date(2026, 1, 1)), on=SINCE)) == ["post_closed_already"]


def test_weeks() -> None:
    morning, noon = (time(7), time(11)), (time(10), time(12))
    assert week_problems({0: (morning, (time(13), time(17)))}) == []
    assert codes(week_problems({7: (morning,), 1: ((time(9), time(8)),), 2: (morning, noon)})) == [
        "shift_order", "shift_overlap", "weekday",
    ]  # fmt: skip


def test_slugs() -> None:
    assert slug_of("UBND phường Hạ Long – Đông") == "ubnd-phuong-ha-long-dong"
    assert slug_of("…") == "don-vi"


COLUMNS = (Column("name", "Tên đơn vị", required=True), Column("since", "Từ ngày"))


def workbook(rows: list[list[object]], sheet: str = "Sheet1") -> bytes:
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True, "default_date_format": "dd/mm/yyyy"}) as book:
        page = book.add_worksheet(sheet)
        for number, row in enumerate(rows):
            page.write_row(number, 0, row)
    return stream.getvalue()


def test_a_table_under_a_motto() -> None:
    content = workbook(
        [["CỘNG HÒA"], [], ["STT", "TÊN ĐƠN VỊ *", "Từ ngày"], [1, "Sở Y tế", date(2025, 7, 1)], [], [2, 15.0]]
    )
    rows = read_table(content, COLUMNS)
    assert [(row.number, row["name"], row["since"], row["other"]) for row in rows] == [
        (4, "Sở Y tế", "01/07/2025", ""), (6, "15", "", ""),
    ]  # fmt: skip
    assert rows[0].located(Problem("x", "Sai.", "name")) == Problem("x", "Dòng 4: Sai.", "row.4.name")


def test_sheets_are_found_by_name() -> None:
    content = workbook([["Tên đơn vị"], ["A"]], sheet="Đơn vị")
    assert has_sheet(content, "DON VI")
    assert not has_sheet(content, "Người dùng")


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"not excel", "table_unreadable"),
        (b"PK\x03\x04broken", "table_unreadable"),
        (workbook([["Khác"], ["A"]]), "columns_missing"),
        (workbook([["Tên đơn vị"]]), "table_empty"),
    ],
)
def test_tables_that_cannot_be_read(content: bytes, code: str) -> None:
    with pytest.raises(Invalid) as refusal:
        read_table(content, COLUMNS)
    assert codes(list(refusal.value.problems)) == [code]


def test_tables_too_large(monkeypatch: pytest.MonkeyPatch) -> None:
    content = workbook([["Tên đơn vị"], ["A"], ["B"]])
    monkeypatch.setattr(sheets, "MOST_ROWS", 1)
    with pytest.raises(Invalid, match="tối đa 1 dòng"):
        read_table(content, COLUMNS)
    monkeypatch.setattr(workbooks, "LARGEST_UNPACKED", 10)
    with pytest.raises(Invalid, match="quá lớn"):
        read_table(content, COLUMNS)


def test_cells() -> None:
    assert [cell_text(value) for value in (None, 2.0, 2.5, "  A  B ", True)] == ["", "2", "2.5", "A B", "True"]
    assert yes_no("Có")
    assert not yes_no("Không")
    assert day_of("1/7/2025", label="Ngày", field="x") == (SINCE, [])
    assert day_of("2025-07-01", label="Ngày", field="x") == (SINCE, [])
    assert day_of("", label="Ngày", field="x") == (None, [])
    assert codes(day_of("31/02/2025", label="Ngày", field="x")[1]) == ["day_format"]
