"""From records of every shape to definitions."""

import unicodedata
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from motcua.importing.national.definition import applicants_of, definition_of
from motcua.importing.national.parsing import channel_of, parse
from motcua.importing.national.shapes import provisional_code, record_of
from motcua.importing.tests import samples
from motcua.procedures.terms import Definition, DomainSpec, Level


def read(row: dict[str, Any], domains: dict[str, DomainSpec] | None = None) -> Definition:
    record = record_of(row)
    return definition_of(record, parse(record), domains or {})


def flags(definition: Definition) -> set[str]:
    return {flag.code for flag in definition.flags}


def test_a_full_record() -> None:
    said = read(samples.portal())
    assert (said.code, said.name, said.level, said.decision) == (
        "1.900001",
        "Cấp giấy phép thử",
        Level.PROVINCE,
        "12/QĐ-BT",
    )
    (case,) = said.cases
    assert {channel: (term.amount, term.unit) for channel, term in case.terms.items()} == {
        "online": (4, "working_day"),
        "in_person": (6, "working_day"),
    }
    assert [(fee.amount, fee.per, fee.channels) for fee in case.fees] == [(60_000, "giấy", ())]
    assert [(paper.name, paper.originals, paper.copies) for paper in said.components] == [
        ("Đơn đề nghị", 1, 0),
        ("Bản vẽ", 0, 2),
    ]
    assert [(one.code, one.name) for one in said.results] == [("KQ.G99.000001", "Giấy phép thử")]
    assert [(one.number, one.name) for one in said.legal_basis] == [("01/2025/QH15", "Luật Thử (Quốc hội)")]
    assert said.applicants == ("citizen", "organisation")
    assert said.domain == DomainSpec(code="LVT", name="Lĩnh vực thử")
    assert said.texts["steps"] == "Bước 1: nộp.\nBước 2: nhận."
    assert "requirements" not in said.texts
    assert flags(said) == set()


def test_tables_with_two_rows_of_a_channel_are_two_cases() -> None:
    said = read(samples.tables())
    assert [(case.name, case.terms["in_person"].amount) for case in said.cases] == [
        ("Trường hợp 1 (3 ngày)", 3),
        ("Trường hợp phải xác minh", 9),
    ]
    assert [(paper.originals, paper.copies, paper.form) for paper in said.components] == [(3, 1, "Mau1.doc")]
    assert [one.number for one in said.legal_basis] == ["7/2024/NĐ-CP"]
    assert "ngày 05/01/2024" in said.legal_basis[0].name
    assert (said.level, flags(said)) == (Level.COMMUNE, {"several_levels", "result_without_code"})


def test_the_old_portal_has_no_code() -> None:
    said = read(samples.archive())
    assert said.code == provisional_code("XÁC NHẬN  THỬ") == provisional_code("Xác nhận thử")
    assert {"code_missing", "domain_missing", "level_guessed"} <= flags(said)
    assert said.level == Level.COMMUNE
    assert [(paper.originals, paper.copies) for paper in said.components] == [(1, 2)]
    assert said.cases[0].terms["in_person"].unit == "same_day"


def test_what_the_exchange_answers() -> None:
    said = read(samples.exchange())
    assert said.code == "1.900003.H90"
    assert said.domain == DomainSpec(code="G99LV01", name="Thẻ")
    assert [case.name for case in said.cases] == ["Trường hợp cấp mới", "Trường hợp cấp lại"]
    assert [(paper.name, paper.cases) for paper in said.components] == [("Đơn", ("default",)), ("Thẻ cũ", ("case-2",))]
    terms = {channel: (term.amount, term.unit) for channel, term in said.cases[1].terms.items()}
    assert terms == {"online": (5, "working_day"), "post": (8, "day")}
    (fee,) = said.cases[0].fees
    assert (fee.amount, fee.per, fee.channels) == (120_000, "thẻ", ("online",))
    assert said.texts["steps"] == "Nộp\nNhận"
    assert flags(said) == set()


def test_a_row_of_a_list() -> None:
    said = read(samples.listed())
    assert (said.code, said.level) == ("1.900001", Level.PROVINCE)
    assert {"ways_not_stated", "components_not_stated", "level_guessed"} <= flags(said)


def test_known_fields_keep_their_code() -> None:
    known = {"linh vuc thu": DomainSpec(code="ABC", name="Lĩnh vực thử")}
    assert read(samples.portal(), known).domain.code == "ABC"
    other = {"x": DomainSpec(code="LVT", name="Làng văn thơ")}
    assert read(samples.portal(), other).domain.code.startswith("LVT")
    assert read(samples.portal(), other).domain.code != "LVT"


def test_a_code_of_another_build_is_kept_aside() -> None:
    said = read(samples.portal(ma_thu_tuc="B-BCA-1234"))
    assert said.code.startswith("X.")
    assert "code_not_national" in flags(said)
    assert read(samples.portal(ma_thu_tuc="2.000815.000.00.00.H55")).code == "2.000815.000.00.00.H55"


def test_money_that_is_no_dong_and_fees_by_rule() -> None:
    ways = "Hình thức nộpThời gianPhí, lệ phíMô tảTrực tiếp2 Ngày{}"
    (foreign,) = read(samples.portal(cach_thuc_thuc_hien=ways.format("30 USD(30 USD/thẻ)"))).cases[0].fees
    assert (foreign.amount, foreign.unverified, foreign.note.startswith("30 USD/thẻ")) == (0, True, True)
    (ruled,) = read(samples.portal(cach_thuc_thuc_hien=ways.format("Miễn phí(theo quy định)"))).cases[0].fees
    assert (ruled.unverified, "văn bản khác" in ruled.note) == (True, True)


def test_decomposed_text_is_read_and_kept() -> None:
    row = {key: unicodedata.normalize("NFD", value) for key, value in samples.portal().items()}
    said = read(row)
    assert said.name == "Cấp giấy phép thử"
    assert said.cases[0].terms == read(samples.portal()).cases[0].terms
    assert said.texts["steps"] == row["trinh_tu_thuc_hien"]


def test_long_names_and_papers() -> None:
    said = read(samples.portal(ten_thu_tuc="Cấp " * 300))
    assert len(said.name) == 1199
    long_paper = f"--Tên giấy tờMẫu đơn, tờ khaiSố lượng{'Giấy ' * 800}1 bản chính"
    (paper,) = read(samples.portal(thanh_phan_ho_so=long_paper)).components
    assert (len(paper.name) <= 2000, paper.originals) == (True, 1)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Công dân Việt Nam", ("citizen",)),
        ("Doanh nghiệp, Hợp tác xã", ("organisation",)),
        ("Tổ chức (không bao gồm doanh nghiệp, HTX), Người nước ngoài", ("citizen", "organisation")),
        ("", ("citizen", "organisation")),
    ],
)
def test_who_may_apply(words: str, expected: tuple[str, ...]) -> None:
    assert applicants_of(words)[-1:] == expected[-1:]


@pytest.mark.parametrize(
    ("words", "channel"),
    [("Trực tiếp", "in_person"), ("2", "online"), ("Dịch vụ bưu chính công ích", "post"), ("", "any"), ("Fax", "any")],
)
def test_channels(words: str, channel: str) -> None:
    assert channel_of(words) == channel


_TEXT = st.one_of(
    st.text(max_size=80),
    st.sampled_from(
        [
            "Trực tiếp",
            "5 Ngày",
            "Miễn phí(",
            "1 bản chính",
            "Mã: ",
            "12/2020/TT-BTC",
            "\0",
            "\ud800",
            "Không",
            "trường hợp",
        ]
    ),
)
_VALUE = st.one_of(
    _TEXT, st.lists(_TEXT, max_size=6).map("".join), st.none(), st.integers(), st.lists(_TEXT, max_size=2)
)


@settings(max_examples=150, deadline=None)
@given(st.fixed_dictionaries({}, optional={key: _VALUE for key in samples.portal()}))
def test_whatever_a_record_holds_it_becomes_a_definition(changes: dict[str, Any]) -> None:
    said = read({**samples.portal(), **changes, "ten_thu_tuc": "Tên"})
    assert said.name == "Tên"
    assert Definition.model_validate(said.as_json()) == said
