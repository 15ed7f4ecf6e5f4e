"""The signed data of a result: what goes in comes out, and nothing else does."""

import base64
import io
import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import segno
import zxingcpp
from cryptography.hazmat.primitives.asymmetric import ec
from fido2 import cbor
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from motcua.kernel.errors import Invalid
from motcua.results.providers.key import point_of
from motcua.results.rules.keys import Key, keys_as_json, keys_from_json
from motcua.results.rules.qr import MARK, Claims, data_of, kid_of, read_qr, signed_text

AT = datetime(2026, 3, 3, 8, 0, tzinfo=UTC)
PRIVATE = ec.generate_private_key(ec.SECP256R1())
KEY = Key(kid_of(point_of(PRIVATE)), point_of(PRIVATE))
KEYS = {KEY.kid: KEY}
CLAIMS = Claims(
    agency_code="H49.61",
    agency="UBND phường Hồng Gai",
    code="7F3K-9Q2M-XA4D",
    paper_code="KQ.G15.000031",
    name="Giấy khai sinh",
    number="12/GKS",
    issued_on=date(2026, 3, 3),
    holder="Nguyễn Thị Hoà",
    holder_digits="234",
    version=2,
    sha256="ab" * 32,
    valid_from=date(2026, 3, 3),
    valid_to=date(2026, 9, 3),
)


def text_of(claims: Claims = CLAIMS, **more: Any) -> str:
    return signed_text(claims, PRIVATE, kid=KEY.kid, at=AT, address="https://motcua.example.vn", **more)


def test_what_is_signed_is_read() -> None:
    found = read_qr(text_of(), KEYS)
    assert found.is_genuine
    assert found.claims == replace(CLAIMS, signed_at=AT)


@given(
    name=st.text(min_size=1, max_size=120),
    holder=st.text(max_size=120),
    number=st.text(max_size=40),
    issued=st.dates(date(1990, 1, 1), date(2090, 1, 1)),
    days=st.none() | st.integers(0, 20_000),
    version=st.integers(1, 400),
    file=st.sampled_from(["", "00" * 32, "fe" * 32]),
)
@settings(max_examples=40, deadline=None)
def test_any_facts_come_back(
    name: str, holder: str, number: str, issued: date, days: int | None, version: int, file: str
) -> None:
    until = None if days is None else issued + timedelta(days=days)
    claims = replace(
        CLAIMS, name=name, holder=holder, number=number, issued_on=issued, valid_from=issued, valid_to=until,
        version=version, sha256=file,
    )  # fmt: skip
    found = read_qr(text_of(claims), KEYS).claims
    assert found is not None
    # A paper that holds from the day of its issue does not say so a second time.
    assert replace(found, signed_at=None, valid_from=issued) == claims


def test_a_camera_opens_it_and_its_picture_stays_small() -> None:
    text = text_of()
    assert text.startswith("HTTPS://MOTCUA.EXAMPLE.VN/K/MC1")
    code = segno.make_qr(text, error="m", boost_error=False)
    assert code.mode == "alphanumeric"
    assert int(code.version) <= 14, "73 modules a side at most"
    drawn = io.BytesIO()
    code.save(drawn, kind="png", scale=4, border=4)
    (found,) = zxingcpp.read_barcodes(Image.open(drawn))
    assert found.text == text


@pytest.mark.parametrize("typed", ["  {} \n", "{}/", "xem {}"])
def test_it_may_be_pasted_carelessly(typed: str) -> None:
    assert read_qr(typed.format(text_of()), KEYS).is_genuine


def test_lower_case_and_line_breaks_do_no_harm() -> None:
    text = text_of().lower()
    lines = "\n".join(text[start : start + 40] for start in range(0, len(text), 40))
    assert read_qr(lines, KEYS).is_genuine


def test_the_data_alone_is_enough() -> None:
    assert read_qr(data_of(text_of()), KEYS).is_genuine


@pytest.mark.parametrize(
    "text", ["", "xin chào", "https://example.vn/", "7F3K-9Q2M-XA4D", "HTTPS://X/K/MC2ABC", "MC1" * 2000]
)
def test_other_texts_are_none_of_ours(text: str) -> None:
    assert read_qr(text, KEYS).code == "not_ours"


@pytest.mark.parametrize("data", ["", "A", "0189", "AAAA", "7" * 400, base64.b32encode(b"\x9f" * 90).decode()])
def test_broken_data_is_unreadable(data: str) -> None:
    assert read_qr(MARK + data, KEYS).code == "unreadable"


@given(st.binary(max_size=300))
@settings(max_examples=200, deadline=None)
def test_no_bytes_break_the_reader(raw: bytes) -> None:
    data = MARK + base64.b32encode(raw).decode().rstrip("=")
    assert not read_qr(data, KEYS).is_genuine


@given(
    st.recursive(st.integers(-9, 9) | st.binary(max_size=9) | st.text(max_size=9), lambda x: st.lists(x, max_size=5))
)
@settings(max_examples=200, deadline=None)
def test_no_shape_breaks_the_reader(value: Any) -> None:
    data = MARK + base64.b32encode(cbor.encode(value)).decode().rstrip("=")
    assert not read_qr(data, KEYS).is_genuine


def test_a_deep_nest_is_unreadable() -> None:
    data = MARK + base64.b32encode(b"\x81" * 1800).decode().rstrip("=")
    assert read_qr(data, KEYS).code == "unreadable"


def _parts() -> list[Any]:
    plain = data_of(text_of())[len(MARK) :]
    found: Any = cbor.decode(base64.b32decode(plain + "=" * (-len(plain) % 8)))
    return list(found)


def _data(parts: list[Any]) -> str:
    return MARK + base64.b32encode(cbor.encode(parts)).decode().rstrip("=")


def test_another_number_is_seen() -> None:
    parts = _parts()
    parts[2] = parts[2].replace(b"12/GKS", b"13/GKS")
    assert read_qr(_data(parts), KEYS).code == "forged"


@pytest.mark.parametrize("place", range(0, 64, 7))
def test_another_signature_is_seen(place: int) -> None:
    parts = _parts()
    signature = bytearray(parts[3])
    signature[place] ^= 1
    parts[3] = bytes(signature)
    assert read_qr(_data(parts), KEYS).code == "forged"


def test_another_algorithm_is_not_even_tried() -> None:
    parts = _parts()
    parts[0] = cbor.encode({1: -37, 4: bytes.fromhex(KEY.kid)})
    assert read_qr(_data(parts), KEYS).code == "unreadable"


def test_the_key_of_a_stranger_is_unknown() -> None:
    stranger = ec.generate_private_key(ec.SECP256R1())
    text = signed_text(CLAIMS, stranger, kid=kid_of(point_of(stranger)), at=AT, address="https://x")
    assert read_qr(text, KEYS).code == "unknown_key"


def test_a_stranger_under_our_name_is_a_forger() -> None:
    stranger = ec.generate_private_key(ec.SECP256R1())
    text = signed_text(CLAIMS, stranger, kid=KEY.kid, at=AT, address="https://x")
    assert read_qr(text, KEYS).code == "forged"


def test_the_list_of_keys_travels() -> None:
    text = json.dumps(keys_as_json([KEY], revoked=["7F3K-9Q2M-XA4D"], at=AT, place="Quảng Ninh"))
    found = keys_from_json(text)
    assert read_qr(text_of(), found.keys).is_genuine
    assert found.is_revoked("7f3k 9q2m xa4d")
    assert not found.is_revoked("7F3K-9Q2M-XA4E")
    assert found.made_at == AT
    assert "7F3K" not in text, "nobody learns a look-up code from the list"


@pytest.mark.parametrize(
    "text",
    ["", "[]", "{}", '{"keys": 1}', '{"keys": [{"kid": "x"}]}', '{"keys": [{"x": "AA", "y": "AA", "crv": "P-256"}]}'],
)
def test_no_other_file_is_a_list_of_keys(text: str) -> None:
    with pytest.raises(Invalid):
        keys_from_json(text)


def test_a_key_under_a_false_name_is_refused() -> None:
    listed = keys_as_json([KEY], revoked=[], at=AT, place="")
    listed["keys"][0]["kid"] = "00" * 8
    with pytest.raises(Invalid):
        keys_from_json(json.dumps(listed))
