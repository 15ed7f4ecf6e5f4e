"""How a draft differs from its template; symbols; who signs in which words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.dossiers.rules.likeness import Piece, differing_lines, says_the_same
from motcua.dossiers.rules.symbols import organ, signing_words, symbol_for
from motcua.forms.rules.paper import PaperLine, Signer
from motcua.forms.rules.paper_text import text_of_paper, with_text

WARD = "Ủy ban nhân dân phường Hồng Gai"
LINES = (
    PaperLine("heading", "Người mẹ"),
    PaperLine("field", "Lê Thị Mai", "Họ tên"),
    PaperLine("table", label="Anh chị em", heads=("Họ tên", "Tuổi"), rows=(("An", "4"), ("Bình", "6"))),
    PaperLine("space"),
    PaperLine("text", "Nơi đăng ký: Hồng Gai"),
    PaperLine("signatures", signers=(Signer("CHỦ TỊCH", "Hoàng Mạnh Cường"),)),
)
TEXT = "Người mẹ\nHọ tên: Lê Thị Mai\nAnh chị em: Họ tên | Tuổi\nAn | 4\nBình | 6\nNơi đăng ký: Hồng Gai"


class TestLikeness:
    def test_one_word(self) -> None:
        assert differing_lines("Tên: An\nTuổi: 4", "Tên: Ân\nTuổi: 4") == (
            (Piece("same", "Tên:"), Piece("gone", "An"), Piece("new", "Ân")),
        )

    def test_lines_that_came_and_went(self) -> None:
        assert differing_lines("một\nhai", "một\nba bốn năm\nhai") == ((Piece("new", "ba bốn năm"),),)
        assert differing_lines("một\nhai", "một") == ((Piece("gone", "hai"),),)

    def test_another_line_is_not_taken_apart(self) -> None:
        found = differing_lines("không còn gì giống nhau", "hoàn toàn khác hẳn")
        assert [[piece.kind for piece in line] for line in found] == [["gone"], ["new"]]

    def test_spaces_do_not_count(self) -> None:
        assert says_the_same("a  b\n\nc", " a b\nc \n")
        assert not says_the_same("a b", "a c")

    @given(st.text("ab \n", max_size=60), st.text("ab \n", max_size=60))
    def test_the_pieces_tell_both_texts(self, before: str, after: str) -> None:
        found = differing_lines(before, after)
        assert bool(found) != says_the_same(before, after)
        old = [piece.text for line in found for piece in line if piece.kind != "new"]
        assert all(set(one.split()) <= set(before.split()) for one in old)


class TestTextOfPaper:
    def test_the_words(self) -> None:
        assert text_of_paper(LINES) == TEXT

    def test_nothing_changed(self) -> None:
        assert with_text(LINES, TEXT) == LINES

    def test_what_was_changed_is_a_paragraph(self) -> None:
        changed = with_text(LINES, TEXT.replace("Lê Thị Mai", "Lê Thị Mơ"))
        assert changed == (LINES[0], PaperLine("text", "Họ tên: Lê Thị Mơ"), *LINES[2:])

    def test_a_changed_row_dissolves_its_table(self) -> None:
        changed = with_text(LINES, TEXT.replace("Bình | 6", "Bình | 7"))
        assert [line.kind for line in changed].count("table") == 0
        assert PaperLine("text", "Bình | 7") in changed
        assert changed[-1] == LINES[-1], "the signature stays"

    @given(st.lists(st.sampled_from([*TEXT.splitlines(), "Thêm một dòng"]), max_size=8))
    def test_the_paper_says_what_the_text_says(self, lines: list[str]) -> None:
        said = text_of_paper(with_text(LINES, "\n".join(lines)))
        assert sorted(said.splitlines()) == sorted(lines)
        assert with_text(LINES, "\n".join(lines))[-1] == LINES[-1]


@pytest.mark.parametrize(
    ("name", "agency", "symbol"),
    [
        ("Quyết định cho phép", WARD, "QĐ-UBND"),
        ("Giấy chứng nhận kết hôn", WARD, "GCN-UBND"),
        ("Kết quả khác", "Sở Nội vụ tỉnh Quảng Ninh", "KQ-SNV"),
    ],
)
def test_symbols(name: str, agency: str, symbol: str) -> None:
    assert symbol_for(name, agency) == symbol
    assert symbol_for(name, agency, is_letter=True) == organ(agency)


@pytest.mark.parametrize(
    ("title", "agency", "words"),
    [
        ("Chủ tịch Ủy ban nhân dân", WARD, ("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH")),
        ("Phó Chủ tịch Ủy ban nhân dân", WARD, ("TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH")),
        ("KT. CHỦ TỊCH / PHÓ CHỦ TỊCH", WARD, ("TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH")),
        ("TL. CHỦ TỊCH / CHÁNH VĂN PHÒNG", WARD, ("TL. CHỦ TỊCH", "CHÁNH VĂN PHÒNG")),
        ("Giám đốc", "Sở Nội vụ", ("GIÁM ĐỐC",)),
        ("", "Sở Nội vụ", ("THỦ TRƯỞNG",)),
    ],
)
def test_who_signs(title: str, agency: str, words: tuple[str, ...]) -> None:
    assert signing_words(title, agency=agency) == words
