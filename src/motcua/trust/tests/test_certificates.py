"""What a certificate says of itself, and whether it fits whom it is registered for: pure."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding

from motcua.trust.rules.certificates import (
    Holder,
    UnreadableError,
    facts_of,
    fit_problems,
    key_in_words,
    read_file,
    strength_problems,
)
from motcua.trust.rules.revocation import Said, ocsp_question, of_crl, of_ocsp
from motcua.trust.terms import HolderKind
from tests.pki import BASE, PIN, demo_pki

AT = datetime(2026, 5, 4, 8, 0, tzinfo=UTC)
NAME, AGENCY = "Hoàng Mạnh Cường", "Ủy ban nhân dân phường Hạ Long"
OFFICER = Holder(HolderKind.OFFICER, NAME, AGENCY)


def _codes(problems) -> list[str]:
    return [one.code for one in problems]


def test_every_kind_of_file_gives_the_same_certificate():
    pki = demo_pki()
    holder = pki.officer()
    pem = holder.certificate.public_bytes(Encoding.PEM) + holder.chain[0].public_bytes(Encoding.PEM)
    root = pki.root.public_bytes(Encoding.PEM)
    for content, pin in ((holder.der, ""), (pem, ""), (root + pem, ""), (pki.pkcs12(holder), PIN)):
        found = read_file(content, pin=pin)
        assert found.certificate.content == holder.der
        assert found.chain == (() if content == holder.der else holder.chain_der)


def test_it_says_who_from_whom_and_where_to_ask():
    facts = facts_of(demo_pki().officer(title="Chủ tịch", identifier="CCCD:001").certificate)
    assert (facts.name, facts.organisation, facts.identifier) == (NAME, AGENCY, "CCCD:001")
    assert facts.issuer_name.startswith("CA cấp cho cán bộ")
    assert (facts.key, facts.digest) == ("P-256", "sha256")
    assert facts.ocsp == (f"{BASE}/ocsp/officers",)
    assert facts.crl == (f"{BASE}/crl/officers.crl",)
    assert len(facts.fingerprint) == 64
    assert strength_problems(facts) == []
    assert fit_problems(facts, OFFICER, at=AT) == []


@pytest.mark.parametrize("content", [b"", b"x", b"\x30\x03\x02\x01\x00", b"-----BEGIN CERTIFICATE-----\nAAAA\n"])
def test_what_holds_no_certificate_is_said_to(content):
    with pytest.raises(UnreadableError):
        read_file(content)


def test_a_wrong_pin_is_said_to_be_one():
    pki = demo_pki()
    with pytest.raises(UnreadableError, match="PIN"):
        read_file(pki.pkcs12(pki.officer()), pin="0")


def test_a_large_file_is_not_read():
    with pytest.raises(UnreadableError, match="quá lớn"):
        read_file(b"\x30" * 600_000)


def test_every_broken_certificate_is_unreadable_or_read():
    der = demo_pki().officer().der
    unreadable = 0
    for place in range(0, len(der), 11):
        bad = bytearray(der)
        bad[place] ^= 0xFF
        try:
            read_file(bytes(bad))
        except UnreadableError:
            unreadable += 1
    assert unreadable > 10


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"key": "RSA-1024"}, "weak_key"),
        ({"key": "P-192"}, "weak_key"),
        ({"key": "Ed448PublicKey"}, "weak_key"),
        ({"digest": "sha1"}, "old_digest"),
        ({"digest": "md5"}, "old_digest"),
        ({"is_authority": True}, "authority"),
        ({"may_sign": False}, "not_for_signing"),
    ],
)
def test_what_is_weak_is_refused(change, code):
    facts = facts_of(demo_pki().officer().certificate)
    assert _codes(strength_problems(replace(facts, **change))) == [code]


def test_the_kind_of_key_is_told():
    assert key_in_words(rsa.generate_private_key(65537, 1024).public_key()) == "RSA-1024"  # noqa: S505 (weak on purpose)
    assert key_in_words(ec.generate_private_key(ec.SECP384R1()).public_key()) == "P-384"
    assert strength_problems(facts_of(demo_pki().officer(key="rsa2048").certificate)) == []


@pytest.mark.parametrize(
    ("holder", "codes"),
    [
        (Holder(HolderKind.OFFICER, "Hoang Manh Cuong", AGENCY), []),
        (Holder(HolderKind.OFFICER, "Trần Văn A", AGENCY), ["other_name"]),
        (Holder(HolderKind.OFFICER, NAME, "Sở Tư pháp"), ["other_agency"]),
        (Holder(HolderKind.AGENCY, AGENCY, AGENCY), []),
        (Holder(HolderKind.AGENCY, "Sở Tư pháp", "Sở Tư pháp"), ["other_name"]),
    ],
)
def test_names_are_compared(holder, codes):
    facts = facts_of(demo_pki().officer().certificate)
    assert _codes(fit_problems(facts, holder, at=AT)) == codes


def test_times_are_compared():
    pki = demo_pki()
    assert _codes(fit_problems(facts_of(pki.officer(expired=True).certificate), OFFICER, at=AT)) == ["expired"]
    assert _codes(fit_problems(facts_of(pki.officer(not_yet=True).certificate), OFFICER, at=AT)) == ["not_yet"]


def _pair(**facts):
    holder = demo_pki().officer(**facts)
    return holder, holder.chain[0], demo_pki().fetcher(at=AT)


def test_both_answers_say_good_and_revoked():
    early = AT - timedelta(days=2)
    for revoked, said in ((None, Said()), (early, Said(early, "keyCompromise"))):
        holder, issuer, fetcher = _pair(revoked=revoked, revoked_for=x509.ReasonFlags.key_compromise)
        ocsp = fetcher.ocsp(f"{BASE}/ocsp/officers", ocsp_question(holder.certificate, issuer))
        assert of_ocsp(ocsp, holder.certificate, issuer, at=AT) == said
        assert of_crl(fetcher.crl(f"{BASE}/crl/officers.crl"), holder.certificate, issuer, at=AT) == said


def test_answers_that_are_old_foreign_or_broken_say_nothing():
    holder, issuer, fetcher = _pair()
    ocsp = fetcher.ocsp(f"{BASE}/ocsp/officers", ocsp_question(holder.certificate, issuer))
    crl = fetcher.crl(f"{BASE}/crl/officers.crl")
    later, before = AT + timedelta(days=1), AT - timedelta(hours=1)
    for at in (later, before):
        assert of_ocsp(ocsp, holder.certificate, issuer, at=at) is None
        assert of_crl(crl, holder.certificate, issuer, at=at) is None
    other = demo_pki().officer()
    assert of_ocsp(ocsp, other.certificate, issuer, at=AT) is None
    agencies = demo_pki().trusted.issuers["agencies"].certificate
    assert of_ocsp(ocsp, holder.certificate, agencies, at=AT) is None
    assert of_crl(crl, holder.certificate, agencies, at=AT) is None
    for broken in (b"", b"x", ocsp[:-9], crl[:-9]):
        assert of_ocsp(broken, holder.certificate, issuer, at=AT) is None
        assert of_crl(broken, holder.certificate, issuer, at=AT) is None


def test_an_answer_by_somebody_else_of_the_same_authority_says_nothing():
    holder, issuer, _fetcher = _pair()
    authority = demo_pki().trusted.issuers["officers"]
    colleague = demo_pki().officer()
    kept, authority.answerer = authority.answerer, (colleague.certificate, colleague.key)
    try:
        answer = authority.answer(ocsp_question(holder.certificate, issuer), at=AT)
    finally:
        authority.answerer = kept
    assert of_ocsp(answer, holder.certificate, issuer, at=AT) is None
