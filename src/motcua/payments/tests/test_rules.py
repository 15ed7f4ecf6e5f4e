"""Signs, sharing, references, matching, notes, statements, the platform's messages."""

import hashlib
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.payments.rules.cash import closing_problems, total_of
from motcua.payments.rules.ledger import (
    LARGEST_AMOUNT,
    charge_problems,
    payment_problems,
    refund_problems,
    shared,
    standing_of,
    state_of,
)
from motcua.payments.rules.matching import OpenBill, match
from motcua.payments.rules.platform import (
    ASK_FIELDS,
    CALLBACK_FIELDS,
    amount_of,
    ask_message,
    init_message,
    is_genuine,
    next_question,
    signature,
    signed,
)
from motcua.payments.rules.references import found_in, nearly_in, order_reference, reference_of
from motcua.payments.rules.statement import (
    BankRow,
    cell_text,
    day_of,
    fingerprint,
    guess_columns,
    money_of,
    read_rows,
)
from motcua.payments.terms import BillState, Charge, FeeKind, LineState, Standing

AT = datetime(2026, 3, 2, 2, 15, 30, tzinfo=UTC)
FEE, CHARGE = FeeKind.FEE, FeeKind.CHARGE


def test_standing() -> None:
    found = standing_of({"due": 100, "waived": -10, "cancelled": -20, "paid": -50, "refunded": 5}, was_requested=True)
    assert found == Standing(due=100, waived=10, cancelled=20, received=50, refunded=5, was_requested=True)
    assert (found.to_pay, found.paid, found.owed, found.excess) == (70, 45, 25, 0)
    assert standing_of({}, was_requested=False) == Standing()


@pytest.mark.parametrize(
    ("standing", "state"),
    [
        (Standing(), BillState.NONE),
        (Standing(due=10), BillState.UNPAID),
        (Standing(due=10, was_requested=True), BillState.WAITING),
        (Standing(due=10, received=4), BillState.PART),
        (Standing(due=10, received=10), BillState.PAID),
        (Standing(due=10, received=12), BillState.OVERPAID),
        (Standing(due=10, cancelled=10, received=10, refunded=10), BillState.REFUNDED),
        (Standing(due=10, cancelled=10), BillState.CANCELLED),
    ],
)
def test_state(standing: Standing, state: BillState) -> None:
    assert state_of(standing) == state


@pytest.mark.parametrize(
    ("amount", "owed", "parts", "excess"),
    [
        (10, {FEE: 10}, [(FEE, 10)], 0),
        (10, {FEE: 4, CHARGE: 6}, [(FEE, 4), (CHARGE, 6)], 0),
        (5, {FEE: 4, CHARGE: 6}, [(FEE, 4), (CHARGE, 1)], 0),
        (12, {CHARGE: 6, FEE: -3}, [(CHARGE, 6)], 6),
        (7, {}, [], 7),
    ],
)
def test_shared(amount: int, owed: dict[FeeKind, int], parts: list[tuple[FeeKind, int]], excess: int) -> None:
    assert shared(amount, owed) == (parts, excess)


@given(st.integers(1, 10**9), st.integers(-(10**9), 10**9), st.integers(-(10**9), 10**9))
def test_nothing_is_lost_in_sharing(amount: int, fee: int, charge: int) -> None:
    parts, excess = shared(amount, {FEE: fee, CHARGE: charge})
    assert sum(part for _, part in parts) + excess == amount
    assert all(0 < part <= {FEE: fee, CHARGE: charge}[kind] for kind, part in parts)


def test_charges() -> None:
    assert charge_problems([Charge(FEE, "Phí", 2000, 3)]) == []
    wrong = [Charge(FEE, "", 0), Charge(FEE, "Phí", 1, 0), Charge(FEE, "Phí", LARGEST_AMOUNT, 2)]
    assert [one.code for one in charge_problems(wrong)] == ["required", "amount", "amount", "amount"]


@pytest.mark.parametrize(
    ("amount", "due", "code"), [(0, 10, "amount"), (5, 0, "nothing_owed"), (11, 10, "too_much"), (10, 10, "")]
)
def test_payment(amount: int, due: int, code: str) -> None:
    assert "".join(one.code for one in payment_problems(amount, Standing(due=due))) == code


@pytest.mark.parametrize(("amount", "code"), [(0, "amount"), (6, "too_much"), (5, "")])
def test_refund(amount: int, code: str) -> None:
    assert "".join(one.code for one in refund_problems(amount, Standing(due=5, received=10))) == code


CODE = "H49.61-260302-0001"
REF = reference_of(CODE)
OTHER = reference_of("H49.61-260302-0012")
BILLS = [OpenBill(1, REF, 8000), OpenBill(2, OTHER, 5000)]


def test_references() -> None:
    assert REF == "MCH49612603020001"
    assert order_reference(CODE, "20260302091530") == "dvcH4961260302000120260302091530"
    assert found_in("CK tu 0912 mch49.61-260302 0001 nop phi", [REF, OTHER]) == [REF]
    assert found_in(f"{REF}5", [REF, f"{REF}5"]) == [f"{REF}5"]
    assert nearly_in("H49612603020001", [REF]) == [REF]
    assert nearly_in(REF[:-2], [REF]) == [REF]
    assert nearly_in(REF.replace("H49", "H48"), [REF]) == [REF]
    assert nearly_in("chuc mung nam moi, tien nha", [REF]) == []


@pytest.mark.parametrize(
    ("text", "amount", "state", "bill", "candidates", "word"),
    [
        (f"nop phi {REF}", 8000, LineState.MATCHED, 1, (1,), "Khớp"),
        (f"nop phi {REF}", 7000, LineState.DOUBTFUL, None, (1,), "số tiền khác"),
        (f"{REF} va {OTHER}", 13000, LineState.DOUBTFUL, None, (1, 2), "nhiều hồ sơ"),
        ("H49612603020001", 8000, LineState.DOUBTFUL, None, (1, 2), "sai ký tự"),
        ("luong thang 3", 8000, LineState.UNMATCHED, None, (), "Không thấy"),
    ],
)
def test_match(
    text: str, amount: int, state: LineState, bill: int | None, candidates: tuple[int, ...], word: str
) -> None:
    found = match(text, amount, BILLS)
    assert (found.state, found.bill_id) == (state, bill)
    assert set(candidates) >= set(found.candidates)
    assert bool(found.candidates) == bool(candidates)
    assert word in found.why


def test_notes() -> None:
    assert total_of({500_000: 2, 1_000: 3}) == 1_003_000
    assert closing_problems({1_000: 8}, expected=8_000, reason="") == []
    assert closing_problems({1_000: 9}, expected=8_000, reason="Khách cho thêm") == []
    assert [one.code for one in closing_problems({1_000: 7, 30: 1, 200: -1}, expected=8_000, reason="")] == [
        "note", "negative", "unexplained",
    ]  # fmt: skip
    assert "thừa 1.000" in closing_problems({1_000: 9}, expected=8_000, reason="")[0].message
    assert "thiếu 1.000" in closing_problems({1_000: 7}, expected=8_000, reason="")[0].message


# Statements

_TITLE = [["NGÂN HÀNG …", "", "", "", ""], ["", "SAO KÊ TÀI KHOẢN", "", "", ""]]
_HEADER = ["STT", "Ngày giao dịch", "Số bút toán", "Ghi nợ", "Ghi có", "Diễn giải"]


def test_guess_below_merged_titles() -> None:
    assert guess_columns([*_TITLE, _HEADER]) == (2, {"on": 1, "credit": 4, "text": 5, "number": 2})
    english = ["Transaction Date", "Debit", "Credit", "Description", "Reference"]
    assert guess_columns([english]) == (0, {"on": 0, "credit": 2, "text": 3, "number": 4})
    assert guess_columns([["a"], ["b"]]) == (0, {})
    assert guess_columns([]) == (0, {})


def test_rows_as_they_come() -> None:
    columns = {"on": 1, "credit": 4, "text": 5, "number": 2}
    rows = [
        *_TITLE,
        _HEADER,
        ["1", "02/03/2026 09:15:00", "FT1", "", "8.000", f"nop {REF}"],
        ["2", "2026-03-02", "FT2", "5,000.00", "0", "ghi nợ"],
        ["3", "31/02/2026", "FT3", "", "8.000", "ngày sai"],
        ["4", "2-3-26", "FT4", "", "tám nghìn", "tiền sai"],
        ["5", "hôm qua", "FT5", "", "1", "ngày sai"],
        ["", "Tổng cộng", "", "", "16.000"],
        [],
        ["6", "2-3-26", "FT6", "", "+1,250,000.00 VND", "x"],
    ]
    good, bad = read_rows(rows, 2, columns)
    assert good == [
        BankRow(4, date(2026, 3, 2), 8000, f"nop {REF}", "FT1"),
        BankRow(11, date(2026, 3, 2), 1_250_000, "x", "FT6"),
    ]
    assert [one.row for one in bad] == [6, 7, 8, 9]
    assert bad[0].why == "Không có ngày «31/02/2026»."


@pytest.mark.parametrize(
    ("text", "amount"),
    [("8000", 8000), ("8 000", 8000), ("1.250.000", 1_250_000), ("1,250,000.0", 1_250_000), ("50000 đ", 50000)],
)
def test_sums(text: str, amount: int) -> None:
    assert money_of(text) == amount


@pytest.mark.parametrize("text", ["8.00.0", "1,5", "-8000", "x", ""])
def test_no_sums(text: str) -> None:
    with pytest.raises(ValueError, match="số tiền"):
        money_of(text)


@given(st.dates(date(2000, 1, 1), date(2099, 12, 31)))
def test_days(day: date) -> None:
    assert day_of(f"{day:%d/%m/%Y}") == day_of(f"{day.day}-{day.month}-{day:%y}") == day_of(f"{day}T10:00") == day


def test_cells() -> None:
    assert cell_text(datetime(2026, 3, 2, 9, tzinfo=UTC)) == cell_text(date(2026, 3, 2)) == "02/03/2026"
    assert [cell_text(one) for one in (8000.0, 1.5, None, "x", 7)] == ["8000", "1.5", "", "x", "7"]


def test_fingerprint_knows_a_line_again() -> None:
    row = BankRow(4, date(2026, 3, 2), 8000, "Nộp  phí", "ft1")
    assert fingerprint("1", row) == fingerprint("1", BankRow(9, date(2026, 3, 2), 8000, "nop phi", "FT1"))
    for other in (BankRow(4, date(2026, 3, 3), 8000, "Nộp phí", "ft1"), BankRow(4, row.on, 8001, "Nộp phí", "ft1")):
        assert fingerprint("1", row) != fingerprint("1", other)
    assert fingerprint("1", row) != fingerprint("2", row)


# The platform

_INIT = "INIT|1.0.6|DT01|dvcH4920260302|8000|PAY|1|1|vi-VN|VND|PAYMENT|Nop phi|20260302091530|10.0.0.1|khoa-bi-mat"


def test_init_is_signed_in_the_order_of_the_protocol() -> None:
    message = init_message(
        partner="DT01", reference="dvcH4920260302", amount=8000, text="Nop phi", at=AT, ip="10.0.0.1",
        secret="khoa-bi-mat",
    )  # fmt: skip
    assert message["MaXacThuc"] == hashlib.sha256(_INIT.encode()).hexdigest()
    assert list(message)[-1] == "MaXacThuc"


def test_query_is_signed() -> None:
    message = ask_message("QUERY", partner="DT01", reference="r", at=AT, secret="s")
    assert message["MaXacThuc"] == hashlib.sha256(b"QUERY|1.0.6|DT01|r|20260302091530|s").hexdigest()


def test_genuine() -> None:
    message = signed(dict.fromkeys(CALLBACK_FIELDS, "x"), CALLBACK_FIELDS, "s")
    assert is_genuine(message, CALLBACK_FIELDS, "s")
    assert is_genuine({**message, "MaXacThuc": str(message["MaXacThuc"]).upper()}, CALLBACK_FIELDS, "s")
    assert not is_genuine(message, CALLBACK_FIELDS, "t")
    assert not is_genuine({**message, "SoTien": "1"}, CALLBACK_FIELDS, "s")
    assert not is_genuine({**message, "MaXacThuc": "ạ"}, CALLBACK_FIELDS, "s")
    assert not is_genuine({"MaXacThuc": signature({}, ASK_FIELDS, "")}, ASK_FIELDS, "")


def test_patience() -> None:
    waits = [next_question(AT, attempts) - AT for attempts in (0, 1, 5, 50)]
    assert waits == [timedelta(seconds=30), timedelta(minutes=1), timedelta(minutes=16), timedelta(hours=1)]


@pytest.mark.parametrize(("said", "amount"), [("8000", 8000), (8000, 8000), ("8000.0", 8000), ("x", None), ("", None)])
def test_amount_of(said: object, amount: int | None) -> None:
    assert amount_of({"SoTien": said}) == amount
