import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.files.rules.names import clean_name, extension_of, size_in_words, with_extension
from motcua.files.rules.places import blob_path


@pytest.mark.parametrize(
    ("given_name", "expected"),
    [
        ("Tờ khai.pdf", "Tờ khai.pdf"),
        ("C:\\Users\\a\\Đơn.pdf", "Đơn.pdf"),
        ("../../etc/passwd", "passwd"),
        ("a\u202efdp.exe", "afdp.exe"),
        ("a\x00\r\nb.pdf", "a b.pdf"),
        (unicodedata.normalize("NFD", "Giấy đề nghị.pdf"), "Giấy đề nghị.pdf"),
        ('x<>:"|?*.pdf', "x.pdf"),
        ("", "tệp"),
        ("..", "tệp"),
        (".pdf", "pdf"),
        ("dir/", "tệp"),
    ],
)
def test_names_become_harmless(given_name: str, expected: str) -> None:
    assert clean_name(given_name) == expected


def test_a_long_name_keeps_its_ending() -> None:
    name = clean_name("Đ" * 400 + ".pdf")
    assert len(name.encode()) <= 255
    assert name.endswith(".pdf")
    assert len(clean_name("a." + "đ" * 400).encode()) <= 255


@given(st.text(max_size=300))
def test_any_name_is_safe(text: str) -> None:
    name = clean_name(text)
    assert name
    assert "/" not in name
    assert "\\" not in name
    assert len(name.encode()) <= 255
    assert clean_name(name) == name


def test_endings() -> None:
    assert extension_of("a.b.PDF") == ".pdf"
    assert extension_of("pdf") == extension_of("a.") == ""
    assert with_extension("ảnh.heic", ".jpg") == "ảnh.jpg"
    assert with_extension("ảnh", ".jpg") == "ảnh.jpg"


@pytest.mark.parametrize(
    ("size", "words"), [(1, "1 KB"), (421_888, "412 KB"), (20 * 1024 * 1024, "20 MB"), (24_536_678, "23,4 MB")]
)
def test_sizes_in_words(size: int, words: str) -> None:
    assert size_in_words(size) == words


def test_only_a_digest_is_a_place(tmp_path) -> None:
    with pytest.raises(ValueError, match="SHA-256"):
        blob_path(tmp_path, "../x")
    assert blob_path(tmp_path, "ab" * 32) == tmp_path / "blobs" / "ab" / ("ab" * 31)
