"""Facts of parcels and sheets, notices: pure rules."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.land.rules.catalogue import FieldSpec, is_land, is_taxed, items, parcel_fields, sheet_fields
from motcua.land.rules.fields import read_fields, words_of
from motcua.land.rules.notices import NoticeFacts, notices_problems
from motcua.land.tests.world import CODE, FACTS, FEE, INCOME, PARCEL

TODAY = date(2026, 3, 2)
SPECS = {spec.key: spec for spec in (*parcel_fields(CODE), *sheet_fields())}


def read_one(key: str, value: Any) -> tuple[Any, list[str]]:
    facts, problems = read_fields([SPECS[key]], {key: value}, today=TODAY)
    return facts.get(key), [one.code for one in problems]


def test_the_list_of_procedures_is_data() -> None:
    assert is_land(CODE)
    assert is_taxed(CODE)
    assert is_land("1.012783")
    assert not is_taxed("1.012783")
    assert not is_land("1.001193")
    assert parcel_fields("1.001193") == ()
    assert [one.key for one in parcel_fields(CODE) if one.required][-1] == "serial"
    assert [one.key for one in parcel_fields("1.013978") if one.required][-1] == "purposes"
    assert {one.code for one in items()} >= {"1006", "2801"}


def test_a_complete_parcel_and_sheet() -> None:
    facts, problems = read_fields(parcel_fields(CODE), PARCEL, today=TODAY)
    assert problems == []
    assert (facts["area"], facts["purposes"], facts["certificate_on"]) == ("120.5", ["ODT"], "2026-03-02")
    facts, problems = read_fields(sheet_fields(), FACTS, today=TODAY)
    assert (facts["transfer_price"], problems) == ("1500000000", [])


def test_every_missing_fact_is_named() -> None:
    facts, problems = read_fields(parcel_fields(CODE), {"parcel": " "}, today=TODAY)
    assert facts == {}
    assert {one.field for one in problems} >= {"map_sheet", "parcel_address", "area", "purposes", "serial"}


@pytest.mark.parametrize(
    ("key", "value", "code"),
    [
        ("map_sheet", "x" * 21, "too_long"),
        ("area", "nhiều", "area"),
        ("area", "0", "area"),
        ("area", "-5", "area"),
        ("area", "NaN", "area"),
        ("area", "1.25", "area"),
        ("land_price", "mười", "money"),
        ("land_price", "9" * 20, "money"),
        ("floors", "-1", "number"),
        ("floors", "201", "number"),
        ("quality_left", "101", "number"),
        ("certificate_on", "hôm qua", "day"),
        ("certificate_on", date(2026, 3, 3), "in_future"),
        ("use_form", "khac", "choice"),
        ("purposes", ["ODT", "XYZ"], "choice"),
        ("purposes", "XYZ", "choice"),
    ],
)
def test_wrong_facts(key: str, value: Any, code: str) -> None:
    assert read_one(key, value) == (None, [code])


@pytest.mark.parametrize(
    ("key", "value", "words"),
    [
        ("area", "1200,5", "1.200,5"),
        ("land_price", "1.500.000", "1.500.000"),
        ("certificate_on", date(2026, 2, 24), "24/02/2026"),
        ("use_form", "own", "Sử dụng riêng"),
        ("purposes", ["ODT", "CLN"], "Đất ở tại đô thị (ODT); Đất trồng cây lâu năm (CLN)"),
        ("wanted", ["income"], "Thuế thu nhập cá nhân"),
        ("floors", "2", "2"),
        ("assets", "Nhà  2 tầng\nvườn", "Nhà 2 tầng\nvườn"),
    ],
)
def test_facts_in_words(key: str, value: Any, words: str) -> None:
    found, problems = read_one(key, value)
    assert problems == []
    assert words_of(SPECS[key], found) == words


@given(st.decimals(min_value="0.1", max_value="99999999", places=1))
def test_areas_are_read_back(area: Any) -> None:
    found, problems = read_one("area", str(area).replace(".", ","))
    assert (found, problems) == (f"{area:.1f}", [])


def test_an_empty_line_of_text_is_no_fact() -> None:
    spec = FieldSpec("note", "Ghi chú")
    assert read_fields([spec], {"note": " \u200b "}, today=TODAY) == ({}, [])


def test_an_answer_needs_a_notice_or_a_reason() -> None:
    assert [one.code for one in notices_problems([], note="", today=TODAY)] == ["no_notice"]
    assert notices_problems([], note="Được miễn", today=TODAY) == []
    assert notices_problems([INCOME, FEE], note="", today=TODAY) == []
    assert [one.code for one in notices_problems([INCOME, INCOME], note="", today=TODAY)] == ["notice_twice"]
    empty = NoticeFacts("", None, "", 0, None)
    fields = ["0.number", "0.issued_on", "0.item_code", "0.amount", "0.pay_until"]
    assert [one.field for one in notices_problems([empty], note="", today=TODAY)] == fields
    past = NoticeFacts("1" * 61, date(2026, 3, 3), "1006", 1, date(2026, 3, 1))
    assert [one.code for one in notices_problems([past], note="", today=TODAY)] == ["number", "issued_on", "pay_until"]
