"""Fees: figures, free, by rule, percent; other money; numbers that were cut; what the note knows better."""

from decimal import Decimal

import pytest

from motcua.importing.national.fees import FeeValue, read_fees


def fees(*cells: str) -> list[tuple[str, str, str]]:
    return [(one.kind, one.status, _figure(one)) for one in read_fees(cells).fees]


def _figure(one: FeeValue) -> str:
    return "" if one.amount is None else f"{one.amount.normalize():f} {one.currency}"


def codes(*cells: str) -> list[str]:
    return [remark.code for remark in read_fees(cells).remarks]


@pytest.mark.parametrize(
    ("cell", "amount"),
    [
        ("150,000 Việt Nam Đồng", 150_000),
        ("1.250.000 đồng", 1_250_000),
        ("Phí : 350000 ĐồngXem chi tiết", 350_000),
        ("2,500,000 VNĐ(đồng/lần)", 2_500_000),
        ("Lệ phí: 12.000 đồng/giấy", 12_000),
    ],
)
def test_a_figure(cell: str, amount: int) -> None:
    assert [one.amount for one in read_fees([cell]).fees] == [Decimal(amount)]
    assert codes(cell) == []


@pytest.mark.parametrize(
    "cell", ["Miễn phí", "Miễn phí(Không)", "Phí : 0 Đồng", "Lệ phí : Không Đồng", "Phí : o Đồng", "Không thu phí"]
)
def test_free(cell: str) -> None:
    assert [one.status for one in read_fees([cell]).fees] == ["free"]
    assert codes(cell) == []


@pytest.mark.parametrize("cell", ["", "Không có thông tin"])
def test_nothing_said(cell: str) -> None:
    assert (fees(cell), codes(cell)) == ([], [])


def test_a_blank_amount_is_told() -> None:
    assert (fees("Lệ phí: ĐồngXem chi tiết"), codes("Lệ phí: ĐồngXem chi tiết")) == ([], ["fee_without_amount"])


@pytest.mark.parametrize(
    "cell",
    [
        "Miễn phí(theo biểu giá của tỉnh)",
        "Miễn phí(Thông tư số 1/2020/TT-BTC)",
        "Lệ phí: Theo quy định",
        "Miễn phí(do Ủy ban nhân dân tỉnh quy định)",
        "Miễn phí(Miễn lệ phí đối với trẻ em)",
    ],
)
def test_by_another_rule_is_not_free(cell: str) -> None:
    assert [one.status for one in read_fees([cell]).fees] == ["by_rule"]
    assert codes(cell) == ["fee_by_rule"]


def test_what_the_note_says_outweighs_free() -> None:
    cell = "Miễn phí(- Cấp mới: 90.000 đồng/giấy; - Cấp lại: 40.000 đồng/giấy)"
    found = read_fees([cell]).fees
    assert [(one.name, one.amount, one.per) for one in found] == [
        ("Cấp mới", Decimal(90_000), "giấy"),
        ("Cấp lại", Decimal(40_000), "giấy"),
    ]
    assert codes(cell) == ["fee_from_note"]


def test_thousands_that_were_cut_off() -> None:
    assert fees("30 VNĐ(30.000 đồng/lần)") == [("fee", "stated", "30000 VND")]
    assert codes("30 VNĐ(30.000 đồng/lần)") == ["fee_cut_at_thousands"]
    assert (fees("30 VNĐ"), codes("30 VNĐ")) == ([("fee", "stated", "30 VND")], ["fee_suspiciously_small"])


def test_other_money() -> None:
    assert fees("Lệ phí : 1.5 USD", "20 USD(20 USD/thẻ)") == [
        ("charge", "stated", "1.5 USD"),
        ("fee", "stated", "20 USD"),
    ]
    assert fees("75 VNĐ(Thẻ một năm: 75 USD/thẻ)") == [("fee", "stated", "75 USD")]
    assert codes("75 VNĐ(Thẻ một năm: 75 USD/thẻ)") == ["fee_in_other_money"]


def test_percent() -> None:
    cell = "Phí : Mức thu bằng 40% mức quy định tại Biểu mức ngày 1 tháng 1 năm 2016 Đồng"
    assert [one.status for one in read_fees([cell]).fees] == ["percent"]
    assert codes(cell) == ["fee_percent"]


def test_several_in_one_cell() -> None:
    cell = (
        "Phí : 200.000 Đồng (Trên đất liền)\nPhí : 350.000 Đồng (Trên biển)\nLệ phí : 50.000 Đồng\nFile đính kèm: a.pdf"
    )
    assert fees(cell) == [
        ("fee", "stated", "200000 VND"),
        ("fee", "stated", "350000 VND"),
        ("charge", "stated", "50000 VND"),
    ]


def test_a_reduction_for_a_time_stays_in_the_note() -> None:
    cell = "800,000 VNĐ((từ tháng giêng áp dụng 410.000 đồng một lượt))"
    found = read_fees([cell])
    assert [(one.amount, "410.000" in one.note) for one in found.fees] == [(Decimal(800_000), True)]
    assert [remark.code for remark in found.remarks] == ["fee_reduced_for_a_time"]


def test_what_a_fee_is_for() -> None:
    cell = "500,000 VNĐ(Lệ phí cấp giấy phép: 500.000 đồng/giấy phép)"
    (found,) = read_fees([cell]).fees
    assert (found.name, found.kind, found.per) == ("Lệ phí cấp giấy phép", "charge", "giấy phép")


def test_words_that_tell_no_amount() -> None:
    assert codes("Phí: tùy từng lần") == ["fee_not_read"]
