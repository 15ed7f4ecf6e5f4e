"""Papers as lines, and as PDF."""

import io
from collections.abc import Mapping
from datetime import UTC, datetime

import pikepdf
import pytest

from motcua.forms.papers.printing import Head, declaration_pdf, paper_pdf
from motcua.forms.rules.examples import example_typed
from motcua.forms.rules.paper import DOTS, PaperLine, Signer, declaration_lines, paper_lines, problems_in_paper
from motcua.forms.rules.wording import parts_in_words
from motcua.forms.terms import PaperTemplate
from motcua.forms.tests.samples import PLACES, TODAY, TYPED, WHOLE, answers, form_of
from motcua.forms.tests.test_absurd import big_form

_AT = datetime(2026, 3, 2, 3, 4, tzinfo=UTC)
_HEAD = Head(
    _AT, agency_name="Ủy ban nhân dân phường Ba Đình", place="Ba Đình", code="H26-1", url="https://example.vn/1"
)
_VALUES = answers(WHOLE, TYPED).values


def _paper(*blocks: dict[str, object], **more: object) -> PaperTemplate:
    return PaperTemplate.model_validate(
        {"key": "p", "name": "Giấy", "kind": "result", "title": "Giấy chứng nhận", "blocks": list(blocks)} | more
    )


def _lines(*blocks: dict[str, object], **facts: object) -> list[PaperLine]:
    return list(paper_lines(_paper(*blocks), WHOLE, _VALUES, facts))


def test_expressions_in_braces_are_filled_in() -> None:
    text = (
        "Ông (bà) {owner.name}, {owner.gender}, sinh {owner.born}, ở {place}; {{1}}; {capital}; {upper(shop)}; {trade}"
    )
    (found,) = _lines({"kind": "text", "text": text})
    assert found.text == (
        "Ông (bà) Nguyễn Văn An, Nam, sinh 01/02/1990, ở Số 12, phố Đội Cấn, Phường Ngọc Hà, Thành phố Hà Nội; "
        "{1}; 1.500.000 đồng; QUÁN CÔ BA; Ăn uống"
    )
    facts = _lines({"kind": "text", "text": "{result.number} {email} {zzz} {1 +}"}, result={"number": "12"})
    assert facts[0].text == f"12 {DOTS} {DOTS} {DOTS}"


def test_blocks_of_every_kind() -> None:
    found = _lines(
        {"kind": "heading", "text": "Phần một"},
        {"kind": "text", "text": "Một\nHai"},
        {"kind": "text", "text": "Không", "when": "capital > 10000000"},
        {"kind": "fields", "keys": ["shop", "firm", "email", "members"]},
        {"kind": "table", "keys": ["members"]},
        {"kind": "list", "items": "members.name", "text": "{number}. {item}"},
        {"kind": "list", "items": "needs"},
        {"kind": "space"},
        {"kind": "signatures", "text": "Người lập | {owner.name}\nChủ tịch | {boss}\n"},
    )
    kinds = [line.kind for line in found]
    table = PaperLine(
        "table",
        heads=("Họ tên", "Ngày sinh", "Tỷ lệ", "Người giám hộ", "Số tiền góp"),
        rows=(
            ("Trần Thị Bình", "02/09/1990", "60,5 %", "", "907.500 đồng"),
            ("Lê Văn Con", "01/01/2015", "39,5 %", "Lê Thị Dung", "592.500 đồng"),
        ),
    )
    assert kinds == ["heading", "text", "text", "field", "group", "field", "field", "field", "table", "table", "list",
                     "list", "list", "list", "space", "signatures"]  # fmt: skip
    assert (found[3].label, found[3].text, found[7].text) == ("Tên hộ kinh doanh", "Quán Cô Ba", "")
    assert found[9] == table
    assert [line.text for line in found[10:14]] == ["1. Trần Thị Bình", "2. Lê Văn Con", "safe", "fire"]
    assert found[-1].signers == (Signer("Người lập", "Nguyễn Văn An"), Signer("Chủ tịch", ""))


@pytest.mark.parametrize(
    ("block", "code", "where"),
    [
        ({"kind": "text", "text": "{zzz}"}, "expression_name", "text"),
        ({"kind": "text", "text": "{1 +}"}, "expression_syntax", "text"),
        ({"kind": "text", "text": "{}"}, "expression_empty", "text"),
        ({"kind": "text", "text": "a } b"}, "brace_alone", "text"),
        ({"kind": "text", "text": "a", "when": "capital"}, "expression_kind", "when"),
        ({"kind": "fields", "keys": ["zzz"]}, "field_unknown", "keys"),
        ({"kind": "table", "keys": ["shop"]}, "table_needed", "keys"),
        ({"kind": "list", "text": "{item}"}, "items_missing", "items"),
        ({"kind": "list", "items": "zz.a"}, "expression_name", "items"),
    ],
)
def test_faults_of_a_paper(block: dict[str, object], code: str, where: str) -> None:
    found = problems_in_paper(_paper(block), WHOLE, {"code": "text"})
    assert [(problem.code, problem.field) for problem in found] == [(code, f"blocks.0.{where}")]


def test_a_good_paper_has_no_fault() -> None:
    blocks = (
        {"kind": "text", "text": "{code} {{}} {owner.name}"},
        {"kind": "list", "items": "members", "text": "{number} {item}"},
    )
    assert problems_in_paper(_paper(*blocks, when="is_shared"), WHOLE, {"code": "text"}) == []


def test_answers_in_words_leave_out_what_is_blank() -> None:
    one, two = parts_in_words(WHOLE, _VALUES)
    words = {line.key: line.text for line in (*one.lines, *two.lines)}
    assert "email" not in words
    assert words["since"] == "05/2010"
    assert words["spot"] == "21,0285, 105,8542"
    assert words["needs"] == "An toàn; Phòng cháy"
    assert [part.key for part in parts_in_words(WHOLE, {})] == []
    assert [part.key for part in parts_in_words(WHOLE, {}, blanks=True)] == ["owner", "business"]


def test_values_of_every_kind_have_words() -> None:
    form = form_of(
        {"key": "land", "kind": "land_parcel", "parts": ["sheet", "number", "area"]},
        {"key": "at", "kind": "map_point"},
        {"key": "since", "kind": "partial_date"},
        {"key": "firm", "kind": "organisation", "parts": ["name", "tax_code"]},
        {"key": "phone", "kind": "person", "parts": ["phone"]},
        {"key": "papers", "kind": "choices", "options": [{"value": "a", "label": "A"}, {"value": "b", "label": "B"}]},
        {"key": "has", "kind": "yes_no"},
        {"key": "ok", "kind": "consent"},
        {"key": "scan", "kind": "file"},
        {"key": "size", "kind": "number", "unit": "m²", "decimals": 1},
        {"key": "ways", "kind": "choice", "options": [{"value": str(n), "label": f"Cách {n}"} for n in range(9)]},
    )
    typed = {
        "land.sheet": "1",
        "land.number": "2",
        "land.area": "30,5",
        "at.latitude": "21",
        "at.longitude": "105,5",
        "since.year": "1990",
        "firm.name": "Công ty A",
        "firm.tax_code": "0100109106",
        "phone.phone": "0912345678",
        "papers": ["a", "b"],
        "has": "no",
        "ok": "yes",
        "scan": "2",
        "size": "1.234,5",
        "ways": "3",
    }
    values = answers(form, typed).values
    text = "|".join(f"{{{key}}}" for key in values)
    (line,) = paper_lines(_paper({"kind": "text", "text": text}), form, values, {})
    assert line.text == (
        "thửa đất số 2, tờ bản đồ số 1, diện tích 30,5 m²|21, 105,5|1990|Công ty A, mã số thuế 0100109106|0912345678|"
        "A; B|Không|Đã đồng ý|2 tệp|1.234,5 m²|Cách 3"
    )
    inner = _paper({"kind": "text", "text": "{since.year} {land.area} {land.zzz} {True} {[1, 2]} {today}"})
    assert paper_lines(inner, form, values, {"today": TODAY})[0].text == f"1990 30,5 {DOTS} Có 1; 2 02/03/2026"
    none = _paper({"kind": "table"}, {"kind": "list", "items": "[yes, 1]"}, {"kind": "list"})
    assert [line.text for line in paper_lines(none, form, values, {})] == ["1"]
    boxes = {line.label: line.boxes for line in declaration_lines(form, values, blanks=True, facts={})}
    assert boxes["Papers"] == (("A", True), ("B", True))
    assert boxes["Has"] == (("Có", False), ("Không", True))
    assert boxes["Ways"] == ()
    long = [{"value": str(number), "label": "Một cách rất dài " * 5} for number in range(3)]
    _, wide = declaration_lines(form_of({"key": "q", "kind": "choice", "options": long}), {}, blanks=True, facts={})
    assert wide.boxes == ()


def test_all_fields_are_those_with_an_answer_or_a_blank_sheet() -> None:
    form = form_of({"key": "a", "kind": "text"}, {"key": "h", "kind": "section"}, {"key": "b", "kind": "text"})
    whole = _paper({"kind": "fields"})
    assert [line.label for line in paper_lines(whole, form, {"b": "x"}, {})] == ["B"]
    assert [line.label for line in paper_lines(whole, form, {}, {})] == ["A", "B"]


def test_a_sheet_may_end_with_half_a_line() -> None:
    form = form_of({"key": "a", "kind": "person", "parts": ["name", "born"]})
    assert _text(declaration_pdf(form, {}, head=_HEAD))[0] == 1


def test_a_filled_declaration_leaves_out_what_was_not_asked() -> None:
    def labels(values: Mapping[str, object], **facts: object) -> list[str]:
        return [line.label for line in declaration_lines(form, values, blanks=True, facts=facts) if line.label]

    form = form_of(
        {"key": "has", "kind": "yes_no"},
        {"key": "why", "kind": "text", "when": "has"},
        {"key": "new", "kind": "text", "when": "case == 'new'"},
        {"key": "t", "kind": "table", "when": "not has", "columns": [{"key": "n", "kind": "text", "label": "N"}]},
    )
    assert labels({"has": True}) == ["Has", "Why"]
    assert labels({"has": True, "new": "x"}) == ["Has", "Why", "New"]
    assert labels({"has": False}, case="new") == ["Has", "New", "T"]
    assert labels({}) == ["Has", "Why", "New", "T"]


def _text(pdf: bytes) -> tuple[int, str]:
    with pikepdf.open(io.BytesIO(pdf)) as found:
        metadata = found.open_metadata()
        assert str(metadata["pdfaid:part"]) == "2"
        return len(found.pages), str(found.docinfo["/Title"])


def test_a_declaration_is_a_lasting_file_and_always_the_same() -> None:
    one = declaration_pdf(WHOLE, _VALUES, head=_HEAD)
    assert _text(one) == (2, "Giấy đề nghị đăng ký hộ kinh doanh")
    assert declaration_pdf(WHOLE, dict(_VALUES), head=_HEAD) == one
    assert declaration_pdf(WHOLE, _VALUES, head=_HEAD, blanks=False) != one


def test_a_blank_sheet_and_a_preview_print() -> None:
    assert _text(declaration_pdf(WHOLE, {}, head=Head(_AT, preview=True)))[0] == 2


def test_papers_of_every_kind_print() -> None:
    blocks = (
        {"kind": "text", "text": "Chứng nhận {shop}."},
        {"kind": "fields"},
        {"kind": "signatures", "text": "Chủ tịch"},
    )
    for kind in ("declaration", "result", "letter", "record"):
        paper = _paper(*blocks, kind=kind, symbol="GCN-UBND", title="Giấy của {shop}")
        assert _text(paper_pdf(paper, WHOLE, _VALUES, {}, head=_HEAD))[1] == "Giấy của Quán Cô Ba"


def test_a_form_of_hundreds_of_fields_and_a_wide_table_print() -> None:
    form = big_form(400)
    values = answers(form, example_typed(form, today=TODAY, places=PLACES)).values
    assert _text(declaration_pdf(form, values, head=_HEAD))[0] > 5
    columns = [{"key": f"c{number}", "kind": "text", "label": f"Cột {number}"} for number in range(15)]
    wide = form_of({"key": "t", "kind": "table", "columns": columns})
    rows = answers(wide, {f"t.{row}.c{column}": "chữ " * 30 for row in range(3) for column in range(15)}).values
    assert _text(declaration_pdf(wide, rows, head=_HEAD))[0] >= 2


def test_text_is_data_for_the_printer_never_markup() -> None:
    form = form_of({"key": "q", "kind": "text", "label": "#panic() *$ \\ <a>"})
    values = answers(form, {"q": '#eval("1") $x$ *đậm* @ref <label> \U0001f600 ' + "x" * 300}).values
    assert _text(declaration_pdf(form, values, head=_HEAD))[0] == 1
