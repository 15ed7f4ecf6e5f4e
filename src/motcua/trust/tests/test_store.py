"""Roots as data, and the bundle that is taken along."""

from __future__ import annotations

import io
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from motcua.trust.bundle import fingerprint, own_key, read_bundle, write_bundle
from motcua.trust.store import (
    ANCHORS,
    CRLS,
    INTERMEDIATES,
    BadTrustError,
    TrustStore,
    add_anchor,
    add_part,
    remove_anchor,
)
from motcua.trust.verifying.engine import verify_pdf
from tests.attacks.scene import LATER, officer, signed
from tests.pki import demo_pki

AT = datetime(2026, 3, 20, tzinfo=UTC)


def _root() -> bytes:
    return demo_pki().root.public_bytes(Encoding.PEM)


def test_no_root_is_shipped_that_was_not_compared() -> None:
    assert TrustStore.load() == TrustStore()


def test_a_root_is_added_listed_and_removed(tmp_path: Path) -> None:
    anchor = add_anchor(tmp_path, _root(), name="Gốc thử", source="tự lập")
    again = add_anchor(tmp_path, _root(), name="Gốc thử", source="đối chiếu qua điện thoại")
    assert anchor.fingerprint == again.fingerprint
    (kept,) = TrustStore.load(tmp_path).anchors
    assert (kept.name, kept.source) == ("Gốc thử", "đối chiếu qua điện thoại")
    assert remove_anchor(tmp_path, kept.fingerprint)
    assert not remove_anchor(tmp_path, kept.fingerprint)
    assert TrustStore.load(tmp_path) == TrustStore()


@pytest.mark.parametrize("content", [b"", b"nothing", b"\x30\x03abc"])
def test_what_is_no_certificate_is_no_root(content: bytes, tmp_path: Path) -> None:
    with pytest.raises(BadTrustError):
        add_anchor(tmp_path, content, name="x", source="y")
    assert not (tmp_path / ANCHORS).exists()


def test_only_a_root_of_an_authority_is_a_root(tmp_path: Path) -> None:
    for der in (officer().der, demo_pki().intermediates()[0]):
        with pytest.raises(BadTrustError):
            add_anchor(tmp_path, der, name="x", source="y")


def test_a_root_exchanged_on_disk_is_not_believed(tmp_path: Path) -> None:
    add_anchor(tmp_path, _root(), name="Gốc thử", source="tự lập")
    (file,) = (tmp_path / "roots").iterdir()
    file.write_bytes(demo_pki().untrusted_root.public_bytes(Encoding.PEM))
    with pytest.raises(BadTrustError, match="không khớp dấu vân tay"):
        TrustStore.load(tmp_path)


def test_the_list_leads_nowhere_else(tmp_path: Path) -> None:
    outside = tmp_path / "root.pem"
    outside.write_bytes(_root())
    folder = tmp_path / "trust"
    folder.mkdir()
    (folder / ANCHORS).write_text("anchors: [{name: x, file: ../root.pem, sha256: abc, source: y}]")
    with pytest.raises(BadTrustError):
        TrustStore.load(folder)


@pytest.mark.parametrize("text", ["anchors: {a: b}", "[", "- 1", "anchors: [1]"])
def test_a_list_of_another_shape_is_refused(text: str, tmp_path: Path) -> None:
    (tmp_path / ANCHORS).write_text(text)
    with pytest.raises(BadTrustError):
        TrustStore.load(tmp_path)


def _full(folder: Path) -> TrustStore:
    pki = demo_pki()
    add_anchor(folder, _root(), name="Gốc thử", source="tự lập")
    for der in pki.intermediates():
        add_part(folder, INTERMEDIATES, der)
    fetcher = pki.fetcher(at=LATER)
    authorities = (pki.trusted.root, pki.trusted.issuers["officers"], pki.trusted.stamping_issuer)
    for authority in authorities:
        add_part(folder, CRLS, fetcher.crl_of(authority.certificate.public_bytes(Encoding.DER)))
    return TrustStore.load(folder)


def test_a_bundle_is_enough_without_a_network(tmp_path: Path) -> None:
    store = _full(tmp_path / "trust")
    key = own_key(tmp_path / "key.pem")
    bundle = tmp_path / "bundle.zip"
    bundle.write_bytes(write_bundle(store, at=AT, key=key))
    public = key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
    read = read_bundle(bundle, key=fingerprint(public))
    assert (read.anchors, set(read.crls), read.made_at) == (store.anchors, set(store.crls), AT)
    assert own_key(tmp_path / "key.pem").private_bytes_raw() == key.private_bytes_raw()
    verdict = verify_pdf(signed(), trust=TrustStore.load(bundle), at=LATER)
    assert (verdict.valid, verdict.signatures[0].revocation) == (True, "good"), verdict


def test_a_bundle_that_was_changed_or_is_anothers_is_refused(tmp_path: Path) -> None:
    bundle = tmp_path / "bundle.zip"
    content = write_bundle(TrustStore.of([_root()]), at=AT, key=Ed25519PrivateKey.generate())
    bundle.write_bytes(content)
    with pytest.raises(BadTrustError, match="dấu vân tay"):
        read_bundle(bundle, key="0" * 32)
    for name in ("manifest.json", "anchors/000.cer", "manifest.sig", "manifest.pub"):
        bundle.write_bytes(_with_changed(content, name))
        with pytest.raises(BadTrustError):
            read_bundle(bundle)
    bundle.write_bytes(_with_changed(content, "anchors/001.cer"))
    with pytest.raises(BadTrustError):
        read_bundle(bundle)
    for junk in (b"", b"PK", content[:100]):
        bundle.write_bytes(junk)
        with pytest.raises(BadTrustError):
            read_bundle(bundle)


def _with_changed(content: bytes, name: str) -> bytes:
    """Return the bundle with a byte of one file turned, or the file added when it is not there."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w") as new:
        files = {one: old.read(one) for one in old.namelist()}
        kept = bytearray(files.get(name, b"0"))
        kept[-1] ^= 1
        for one, body in {**files, name: bytes(kept)}.items():
            new.writestr(one, body)
    return out.getvalue()
