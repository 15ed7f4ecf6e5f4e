"""Bank statements: files as they really come, matched, doubtful, resolved by a clerk, nothing twice."""

import io

import pytest
import xlsxwriter

from motcua.dossiers.tests.checks import codes, refused
from motcua.dossiers.tests.world import MONDAY, World
from motcua.kernel.errors import Invalid, NotFound, NotPermitted, RuleBroken
from motcua.payments.actions.statements import book_line, ignore_line, import_statement, read_statement
from motcua.payments.models import BankLine, Payment, Statement
from motcua.payments.providers.sheets import rows_of
from motcua.payments.queries.lists import lines_of, statement_of, statements_of
from motcua.payments.queries.standing import standing_of_bill
from motcua.payments.terms import LineState
from motcua.payments.tests.scene import CHARGE, FEE, charged

_HEADER = ["Ngày giao dịch", "Số bút toán", "Ghi nợ", "Ghi có", "Nội dung"]


def _rows(*lines: list[str]) -> list[list[str]]:
    return [["NGÂN HÀNG", "", "", "", ""], _HEADER, *lines]


def _imported(world: World, *lines: list[str]) -> Statement:
    read = read_statement(actor=world.clerk, unit_id=world.ward.pk, name="sk.xlsx", rows=_rows(*lines), at=MONDAY)
    return import_statement(
        actor=world.clerk, statement_id=read.pk, header=read.header, columns=read.columns, at=MONDAY
    )


def _line(reference: str, amount: str, number: str) -> list[str]:
    return ["02/03/2026", number, "", amount, f"NGUYEN THI HOA {reference} nop phi"]


def test_a_whole_file(world: World) -> None:
    first, second = charged(world, FEE), charged(world, CHARGE, number=2)
    done = _imported(
        world,
        _line(first.reference, "6.000", "FT1"),
        _line(second.reference, "9,000.00", "FT2"),
        ["32/03/2026", "FT3", "", "1.000", "ngày sai"],
        _line("chuc mung", "5.000", "FT4"),
        _line(first.reference, "6.000", "FT1"),
    )
    assert [(one.number, one.state) for one in done.lines.order_by("row")] == [
        ("FT1", LineState.MATCHED), ("FT2", LineState.DOUBTFUL), ("FT4", LineState.UNMATCHED),
    ]  # fmt: skip
    assert (done.repeated, [one["row"] for one in done.bad_rows], str(done)) == (1, [5], "sk.xlsx")
    assert (standing_of_bill(first).owed, standing_of_bill(second).owed) == (0, 8_000)
    waiting = lines_of([world.ward.pk], waiting=True, limit=9)
    assert [str(one) for one in waiting] == ["2026-03-02 9000", "2026-03-02 5000"]

    book_line(actor=world.clerk, line_id=waiting[0].pk, bill_id=second.pk, note="Nộp dư", at=MONDAY)
    assert standing_of_bill(second).excess == 1_000
    again = refused(
        RuleBroken,
        lambda: book_line(actor=world.clerk, line_id=waiting[0].pk, bill_id=second.pk, note="", at=MONDAY),
    )
    assert world.clerk.name in again.problems[0].message
    refused(Invalid, lambda: ignore_line(actor=world.clerk, line_id=waiting[1].pk, note="", at=MONDAY))
    done_line = ignore_line(actor=world.clerk, line_id=waiting[1].pk, note="Tiền thuê nhà", at=MONDAY)
    assert (done_line.state, done_line.resolved_by_name) == (LineState.IGNORED, world.clerk.name)
    matched = BankLine.objects.get(state=LineState.MATCHED)
    plain = refused(RuleBroken, lambda: ignore_line(actor=world.clerk, line_id=matched.pk, note="x", at=MONDAY))
    assert "bởi" not in plain.problems[0].message
    assert lines_of([world.ward.pk], waiting=True, limit=9) == []
    assert len(lines_of([world.ward.pk], waiting=False, limit=9)) == 3


def test_an_earlier_file_again(world: World) -> None:
    bill = charged(world, FEE)
    _imported(world, _line(bill.reference, "6000", "FT1"))
    done = _imported(world, _line(bill.reference, "6.000", "ft1"), _line("x", "7.000", "FT9"))
    assert (done.repeated, done.lines.count(), Payment.objects.count()) == (1, 1, 1)
    assert statements_of([world.ward.pk], limit=1)[0] == done


def test_equal_rows_without_a_number_are_two_transfers(world: World) -> None:
    bill = charged(world, FEE)
    twins = [_line(bill.reference, "6.000", "")] * 2
    done = _imported(world, *twins)
    assert [one.state for one in done.lines.order_by("row")] == [LineState.MATCHED, LineState.DOUBTFUL]
    assert "đã nộp đủ" in done.lines.get(state=LineState.DOUBTFUL).why
    again = _imported(world, *twins)
    assert (again.repeated, again.lines.count(), Payment.objects.count()) == (2, 0, 1)


def test_assigning_by_hand_needs_a_reason(world: World) -> None:
    bill = charged(world, FEE)
    line = _imported(world, _line("x", "6.000", "FT1")).lines.get()
    wrong = refused(Invalid, lambda: book_line(actor=world.clerk, line_id=line.pk, bill_id=bill.pk, note="", at=MONDAY))
    assert codes(wrong) == [("required", "note")]
    assert (BankLine.objects.get().state, Payment.objects.count()) == (LineState.UNMATCHED, 0)


def test_who_and_what_is_missing(world: World) -> None:
    def read(actor: object, rows: list[list[str]]) -> Statement:
        return read_statement(actor=actor, unit_id=world.ward.pk, name="x", rows=rows, at=MONDAY)  # type: ignore[arg-type]

    refused(NotPermitted, lambda: read(world.stranger, _rows()))
    statement = read(world.chair, [["a"], ["b"]])

    def take(actor: object, columns: dict[str, int]) -> Statement:
        return import_statement(
            actor=actor,  # type: ignore[arg-type]
            statement_id=statement.pk,
            header=0,
            columns=columns,
            at=MONDAY,
        )

    refused(NotFound, lambda: take(world.stranger, {}))
    missing = refused(Invalid, lambda: take(world.clerk, {"on": 0}))
    assert (codes(missing), "nội dung" in missing.problems[0].message) == ([("columns", "columns")], True)
    take(world.clerk, {"on": 0, "credit": 0, "text": 0})
    refused(RuleBroken, lambda: take(world.clerk, {"on": 0, "credit": 0, "text": 0}))
    with pytest.raises(NotFound):
        statement_of([], statement.pk)
    refused(NotFound, lambda: ignore_line(actor=world.clerk, line_id=0, note="x", at=MONDAY))
    line = _imported(world, _line("x", "7.000", "FT9")).lines.get()
    refused(NotFound, lambda: book_line(actor=world.clerk, line_id=line.pk, bill_id=0, note="", at=MONDAY))
    refused(NotFound, lambda: ignore_line(actor=world.stranger, line_id=line.pk, note="x", at=MONDAY))


def _excel(rows: list[list[object]]) -> bytes:
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    page = book.add_worksheet()
    for number, row in enumerate(rows):
        page.write_row(number, 0, row)
    book.close()
    return buffer.getvalue()


def test_files() -> None:
    assert rows_of(_excel([["Ngày", "Có"], ["02/03/2026", 8000]]), "a.xlsx") == [["Ngày", "Có"], ["02/03/2026", "8000"]]
    assert rows_of("Ngày;Có\n02/03/2026;8.000\n".encode("utf-8-sig"), "a.csv") == [
        ["Ngày", "Có"], ["02/03/2026", "8.000"],
    ]  # fmt: skip
    assert rows_of("Ngay,C\xe0\n".encode("cp1258"), "a.CSV")[0][0] == "Ngay"


@pytest.mark.parametrize(
    ("content", "name", "code"),
    [
        (b"", "a.csv", "empty"),
        (b"x" * (10 * 1024 * 1024 + 1), "a.csv", "too_large"),
        (b"a\n" * 20_001, "a.csv", "too_large"),
        (b"no workbook", "a.xlsx", "unreadable"),
        ("ngày".encode("utf-16"), "a.csv", "unreadable"),
    ],
)
def test_files_that_cannot_be_read(content: bytes, name: str, code: str) -> None:
    with pytest.raises(Invalid) as caught:
        rows_of(content, name)
    assert codes(caught.value) == [(code, "file")]
