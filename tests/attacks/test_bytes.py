"""Tampered, truncated and re-saved papers."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Callable
from typing import Any

import pikepdf
import pytest

from motcua.trust.terms import Role
from tests.attacks.forging import byte_range, changed_byte, cms_of, signed_with, simple_paper
from tests.attacks.scene import AT, BOTH, agency, officer, sealed, signed
from tests.attacks.table import GOOD_SIGNER, Attack
from tests.pki import demo_pki


def _stamp(digest: bytes) -> bytes:
    return demo_pki().stamper(at=AT).stamp(digest)


def _at(needle: bytes, content: bytes | None = None) -> bytes:
    whole = content or sealed()
    return changed_byte(whole, whole.index(needle) + len(needle) - 1)


def _in_signature(place: Callable[[bytes], int]) -> bytes:
    """Turn a bit inside the CMS of a paper with one signature."""
    content = signed_with(simple_paper(), cms_of(officer(), at=AT, stamp=_stamp))
    _, hole, end, _ = byte_range(content)
    der = bytearray.fromhex(content[hole + 1 : end - 1].decode())
    der[place(bytes(der))] ^= 1
    return content[: hole + 1] + bytes(der).hex().encode() + content[end - 1 :]


def _digest_place(der: bytes) -> int:
    return der.index(bytes.fromhex("06092a864886f70d010904")) + 11 + 4 + 5


def _value_place(der: bytes) -> int:
    attributes = der.index(bytes.fromhex("06092a864886f70d010904"))
    algorithm = der.index(bytes.fromhex("06082a8648ce3d040302"), attributes)
    return algorithm + 10 + 12


def _other_certificate() -> bytes:
    other = (agency().der, *agency().chain_der)
    return signed_with(simple_paper(), cms_of(officer(), at=AT, certificates=other))


def _binding_to_another() -> bytes:
    return signed_with(simple_paper(), cms_of(officer(), at=AT, binds=agency().der))


BAD_SEAL = (3, False, None, "altered")
TAMPERED = {
    "amount on the page": Attack(lambda: _at(b"(Page 2: 1"), "altered", ((2, False, None, "altered"), BAD_SEAL)),
    "claimed date of the first signature": Attack(
        lambda: _at(b"/M (D:2026"), "altered", ((2, False, None, "altered"), BAD_SEAL)
    ),
    "what the seal's own revision added": Attack(
        lambda: changed_byte(sealed(), sealed().rindex(b"/T <FEFF") + 11), "altered", (GOOD_SIGNER, BAD_SEAL)
    ),
    "digest among the signed attributes": Attack(
        lambda: _in_signature(_digest_place), "altered", ((2, False, None, "altered"),)
    ),
    "value of the signature": Attack(
        lambda: _in_signature(_value_place), "bad_signature", ((2, False, None, "bad_signature"),)
    ),
    "certificate of somebody else enclosed": Attack(_other_certificate, "malformed", ((2, False, None, "malformed"),)),
    "bound to another certificate": Attack(
        _binding_to_another, "wrong_certificate", ((2, False, None, "wrong_certificate"),)
    ),
}


def _end_of_signed() -> int:
    return len(signed())


LEFT = ((2, True, True, ""),)
TRUNCATED = {
    "in the middle of the seal's revision": Attack(lambda: sealed()[: _end_of_signed() + 2000], "truncated", LEFT),
    "the last ten bytes": Attack(lambda: sealed()[:-10], "truncated", LEFT),
    "after the seal's table": Attack(lambda: sealed()[: sealed().rindex(b"startxref")], "truncated", LEFT),
    "the whole revision of the seal, and it is demanded": Attack(
        signed, "missing_signature", LEFT, asked={"demanded": BOTH}
    ),
    "the whole revision of the seal, and the issued file is known": Attack(
        signed, "other_file", LEFT, asked={"expected_sha256": hashlib.sha256(sealed()).hexdigest()}
    ),
    "in the paper itself": Attack(lambda: sealed()[:700], "truncated", error="truncated"),
    "after the header": Attack(lambda: sealed()[:12], "truncated", error="truncated"),
    "a hole in the middle": Attack(lambda: sealed()[:500] + sealed()[900:], "damaged", error="damaged"),
}


def _saved(**how: Any) -> bytes:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(sealed())) as pdf:
        pdf.save(out, **how)
    return out.getvalue()


def _pages_only() -> bytes:
    out, fresh = io.BytesIO(), pikepdf.new()
    with pikepdf.open(io.BytesIO(sealed())) as pdf:
        for page in pdf.pages:
            if "/Annots" in page:
                del page.Annots
            fresh.pages.append(page)
        fresh.save(out)
    return out.getvalue()


MOVED = ((1, False, None, "resaved"), (1, False, None, "resaved"))
RESAVED = {
    "as another program writes it": Attack(_saved, "resaved", MOVED),
    "with streams of objects": Attack(
        lambda: _saved(object_stream_mode=pikepdf.ObjectStreamMode.generate), "resaved", MOVED
    ),
    "for the web": Attack(  # such a file has two tables, which count as two revisions
        lambda: _saved(linearize=True), "resaved", ((2, False, None, "resaved"), (2, False, None, "resaved"))
    ),
    "with everything unpacked": Attack(
        lambda: _saved(compress_streams=False, stream_decode_level=pikepdf.StreamDecodeLevel.generalized),
        "resaved",
        MOVED,
    ),
    "only the pages taken over": Attack(_pages_only, "not_signed"),
    "one byte moved in at the front": Attack(
        lambda: sealed()[:9] + b"\n" + sealed()[9:],
        "resaved",
        ((2, False, None, "resaved"), (3, False, None, "resaved")),
    ),
}


@pytest.mark.parametrize("name", TAMPERED)
def test_tampered(name: str) -> None:
    TAMPERED[name].check()


@pytest.mark.parametrize("name", TRUNCATED)
def test_truncated(name: str) -> None:
    verdict = TRUNCATED[name].check()
    if verdict.reason_code == "missing_signature":
        assert verdict.missing_roles == (Role.SEAL,)


@pytest.mark.parametrize("name", RESAVED)
def test_saved_again(name: str) -> None:
    RESAVED[name].check()


def test_every_row_has_at_least_four() -> None:
    assert min(len(TAMPERED), len(TRUNCATED), len(RESAVED)) >= 4
