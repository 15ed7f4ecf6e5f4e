"""VietQR: written, read, and checked by other means."""

import binascii
import io
import json

import pytest
import typst
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from motcua.files.papers import qr_svg
from motcua.payments.rules.vietqr import Transfer, crc16, read_vietqr, vietqr
from motcua.payments.tests.qr_reader import read_emv, read_picture

_KNOWN = (
    "00020101021238570010A00000072701270006970403011300110123456780208QRIBFTTA530370454061800005802VN"
    "62340830thanh toan don hang 1234567890"
)


def test_check_digits_of_the_standard_vector() -> None:
    assert crc16("123456789") == 0x29B1


@given(st.text(alphabet=st.characters(codec="ascii"), max_size=80))
def test_check_digits_agree_with_the_library(text: str) -> None:
    assert crc16(text) == binascii.crc_hqx(text.encode(), 0xFFFF)


def test_a_known_code() -> None:
    """The shape of NAPAS's own example (VietQR specification): account, amount 180000 and text."""
    made = vietqr(Transfer("970403", "0011012345678", 180000, "thanh toan don hang 1234567890"))
    assert made == f"{_KNOWN}6304{crc16(_KNOWN + '6304'):04X}"
    assert read_vietqr(made) == Transfer("970403", "0011012345678", 180000, "thanh toan don hang 1234567890")


@given(
    st.integers(0, 999_999).map("{:06d}".format),
    st.from_regex(r"[0-9A-Z]{5,19}", fullmatch=True),
    st.integers(0, 10**12),
    st.from_regex(r"[0-9A-Z ]{0,50}", fullmatch=True),
)
def test_read_is_what_was_written(bank: str, account: str, amount: int, text: str) -> None:
    assert read_vietqr(vietqr(Transfer(bank, account, amount, text))) == Transfer(bank, account, amount, text)


@pytest.mark.parametrize("amount", [3_000, 12_345_678])
@pytest.mark.parametrize("text", ["MCH491062611220007", "MCH491062611220007 NOP PHI CHUNG THUC BAN SAO TU BAN CHINH"])
def test_a_drawing_is_read_by_another_reader(amount: int, text: str) -> None:
    """What a banking application does: a picture, its modules, the text, its fields."""
    drawn = _picture(qr_svg(vietqr(Transfer("970436", "1199000012345", amount, text))))
    assert read_emv(read_picture(drawn)) == {
        "00": "01", "01": "12", "38.00": "A000000727", "38.01.00": "970436", "38.01.01": "1199000012345",
        "38.02": "QRIBFTTA", "53": "704", "54": str(amount), "58": "VN", "62.08": text,
    } | {"63": read_picture(drawn)[-4:]}  # fmt: skip


def _picture(svg: str) -> Image.Image:
    source = f"#set page(width: 60mm, height: 60mm, margin: 0mm)\n#image(bytes({json.dumps(svg)}), width: 60mm)"
    png = typst.compile(source.encode(), format="png", ppi=144)
    assert isinstance(png, bytes)
    return Image.open(io.BytesIO(png))


def test_without_amount_the_payer_types_it() -> None:
    assert "010211" in vietqr(Transfer("970436", "123456"))
    assert "5406" not in vietqr(Transfer("970436", "123456"))


@pytest.mark.parametrize("wrong", [Transfer("", "1"), Transfer("970436", ""), Transfer("970436", "1", 1, "x" * 100)])
def test_what_does_not_fit(wrong: Transfer) -> None:
    with pytest.raises(ValueError, match="does not fit"):
        vietqr(wrong)


def test_signs_do_not_go_into_a_code() -> None:
    with pytest.raises(ValueError, match="does not fit"):
        vietqr(Transfer("970436", "123", 1, "nộp phí"))


def _sealed(body: str) -> str:
    return f"{body}6304{crc16(body + '6304'):04X}"


@pytest.mark.parametrize(
    "text",
    ["", "abc", vietqr(Transfer("970436", "1234"))[:-1] + "X", _sealed("0002"), _sealed("00x201"), _sealed("000201")],
)
def test_no_vietqr(text: str) -> None:
    with pytest.raises(ValueError, match=r"wrong check|broken field|no VietQR"):
        read_vietqr(text)
