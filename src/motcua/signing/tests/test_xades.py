"""XAdES: what is signed verifies, whatever is done to it afterwards does not."""

import base64
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from lxml import etree

from motcua.kernel.errors import Invalid
from motcua.signing.xades import payload_of, sign_bytes, sign_xml, verify_xml
from motcua.trust.store import TrustStore
from motcua.trust.terms import Level, PaperVerdict
from tests.pki import Holder, demo_pki

AT = datetime(2026, 11, 20, 3, 0, tzinfo=UTC)
LATER = AT + timedelta(days=2)
PKI = demo_pki()
MESSAGE = (
    '<tin xmlns="urn:tin"><place>UBND phường Hạ Long</place><number>12</number><clause Id="k1">tăng</clause></tin>'
).encode()


def officer(**wanted: object) -> Holder:
    return PKI.officer("Hoàng Mạnh Cường", "UBND phường Hạ Long", **wanted)  # type: ignore[arg-type]


def signed(holder: Holder | None = None, *, stamped: bool = True, data: bytes = MESSAGE) -> bytes:
    key = (holder or officer()).signing_key()
    return sign_xml(data, key, at=AT, stamper=PKI.stamper(at=AT) if stamped else None)


def judged(data: bytes, at: datetime = LATER) -> PaperVerdict:
    return verify_xml(data, trust=PKI.trust_store(), at=at, fetcher=PKI.fetcher(at=at))


@pytest.mark.parametrize("key", ["p256", "rsa2048", "rsa3072"])
def test_a_signed_message_is_valid(key: str) -> None:
    verdict = judged(signed(officer(key=key)))
    (signature,) = verdict.signatures
    assert verdict.valid, verdict.reason
    assert (signature.intact, signature.trusted, signature.reason_code, signature.kind) == (True, True, "", "xades")
    assert (signature.level, signature.time, signature.time_source) == (Level.T, AT, "timestamp")
    assert signature.signer == "Hoàng Mạnh Cường"


def test_without_a_timestamp_the_time_is_the_signers_claim() -> None:
    (signature,) = judged(signed(stamped=False)).signatures
    assert (signature.level, signature.time, signature.time_source) == (Level.B, AT, "claimed")


@pytest.mark.parametrize("data", [b"", b"{}", b"\0\xff" * 100, "Tiếng Việt đủ dấu".encode(), b"x" * 100_000])
def test_any_bytes_come_back_as_they_were(data: bytes) -> None:
    envelope = sign_bytes(data, officer().signing_key(), at=AT, stamper=PKI.stamper(at=AT))
    assert judged(envelope).valid
    assert payload_of(envelope) == data


def changed(data: bytes, old: str, new: str) -> bytes:
    assert old.encode() in data
    return data.replace(old.encode(), new.encode(), 1)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda data: changed(data, "<number>12</number>", "<number>120</number>"), "altered"),
        (lambda data: changed(data, "<number>12</number>", ""), "altered"),
        (lambda data: changed(data, "<number>12</number>", "<number>12</number><number>13</number>"), "altered"),
        (lambda data: changed(data, "urn:tin", "urn:other"), "bad_signature"),
        (lambda data: changed(data, "2026-11-20T03", "2026-11-19T03"), "altered"),
        (lambda data: changed(data, "<number>12</number>", "<number>1<!-- -->2</number>"), "wrapped"),
        (lambda data: changed(data, "<number>12</number>", '<number Id="k1">12</number>'), "wrapped"),
    ],
)
def test_what_was_changed_is_seen(change: Callable[[bytes], bytes], code: str) -> None:
    verdict = judged(change(signed()))
    assert (verdict.valid, verdict.reason_code) == (False, code)
    assert not verdict.signatures[0].intact


def test_a_signature_moved_into_another_document_is_seen() -> None:
    root = etree.fromstring(signed())
    forged = etree.fromstring(b'<tin xmlns="urn:tin"><number>9999</number></tin>')
    forged.append(root)
    assert judged(etree.tostring(forged)).reason_code == "wrapped"
    own = root.find("{http://www.w3.org/2000/09/xmldsig#}Signature")
    bare = etree.fromstring(b'<tin xmlns="urn:tin"><number>9999</number></tin>')
    bare.append(own)
    assert judged(etree.tostring(bare)).reason_code == "altered"


def test_a_second_object_beside_the_enveloped_one_is_seen() -> None:
    envelope = sign_bytes(b"12", officer().signing_key(), at=AT)
    root = etree.fromstring(envelope)
    other = etree.SubElement(root, "{http://www.w3.org/2000/09/xmldsig#}Object")
    other.text = base64.b64encode(b"9999").decode()
    assert not judged(etree.tostring(root)).valid


def test_another_key_is_seen() -> None:
    theirs = etree.fromstring(signed(officer()))
    ours = etree.fromstring(signed(officer()))
    path = ".//{http://www.w3.org/2000/09/xmldsig#}SignatureValue"
    theirs.find(path).text = ours.find(path).text
    assert judged(etree.tostring(theirs)).reason_code == "bad_signature"


def test_another_certificate_is_seen() -> None:
    theirs, ours = etree.fromstring(signed(officer())), etree.fromstring(signed(officer()))
    path = ".//{http://www.w3.org/2000/09/xmldsig#}X509Certificate"
    theirs.find(path).text = ours.find(path).text
    assert judged(etree.tostring(theirs)).reason_code in {"altered", "bad_signature", "wrong_certificate"}
    assert not judged(etree.tostring(theirs)).valid


@pytest.mark.parametrize(
    ("wanted", "code"),
    [
        ({"expired": True}, "signed_after_expiry"),
        ({"revoked": AT - timedelta(days=10)}, "signed_after_revocation"),
    ],
)
def test_certificates_that_were_not_good(wanted: dict[str, object], code: str) -> None:
    verdict = judged(signed(officer(**wanted)))
    assert (verdict.valid, verdict.reason_code) == (False, code)
    assert verdict.signatures[0].intact


def test_a_certificate_revoked_after_the_timestamp_stays_good() -> None:
    assert judged(signed(officer(revoked=AT + timedelta(days=1)))).valid


def test_without_an_anchor_nothing_is_decided() -> None:
    verdict = verify_xml(signed(), trust=TrustStore(), at=LATER)
    assert (verdict.valid, verdict.signatures[0].intact, verdict.signatures[0].trusted) == (False, True, None)


def test_self_signed_is_not_believed() -> None:
    verdict = judged(signed(PKI.self_signed()))
    assert (verdict.valid, verdict.reason_code) == (False, "self_signed")


def test_a_timestamp_of_something_else_does_not_count() -> None:
    root = etree.fromstring(signed())
    token = PKI.stamper(at=AT).stamp(b"\0" * 32)
    root.find(".//{http://uri.etsi.org/01903/v1.3.2#}EncapsulatedTimeStamp").text = base64.b64encode(token).decode()
    (signature,) = judged(etree.tostring(root)).signatures
    assert (signature.level, signature.time_source) == (Level.B, "claimed")


def test_sha1_is_weak() -> None:
    data = signed().replace(b"xmldsig-more#ecdsa-sha256", b"xmldsig-more#ecdsa-sha1")
    assert judged(data).reason_code == "weak_digest"


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"not xml",
        b"<a>",
        b"%PDF-1.7",
        b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>',
        b'<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>',
        b"<a>" * 100_000,
    ],
)
def test_what_cannot_be_read_is_told(data: bytes) -> None:
    verdict = judged(data)
    assert not verdict.valid
    assert verdict.error
    with pytest.raises(Invalid):
        signed(data=data)


def test_what_is_not_signed_is_told() -> None:
    assert judged(MESSAGE).reason_code == "not_signed"


def test_a_second_enveloped_signature_is_refused() -> None:
    with pytest.raises(Invalid):
        signed(data=signed())


def test_broken_signatures_are_malformed() -> None:
    for cut in ("SignatureValue", "SignedInfo", "KeyInfo"):
        root = etree.fromstring(signed())
        part = root.find(f".//{{http://www.w3.org/2000/09/xmldsig#}}{cut}")
        part.getparent().remove(part)
        assert judged(etree.tostring(root)).reason_code == "malformed"
