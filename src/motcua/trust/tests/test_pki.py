"""The private hierarchy: what it issues, stamps and answers holds before other programs."""

import asyncio
import hashlib
import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from asn1crypto import cms
from asn1crypto import crl as asn1_crl
from asn1crypto import ocsp as asn1_ocsp
from asn1crypto import x509 as asn1
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding
from cryptography.hazmat.primitives.asymmetric.utils import Prehashed
from cryptography.hazmat.primitives.serialization import Encoding, pkcs12
from cryptography.x509 import ocsp
from pyhanko_certvalidator import CertificateValidator, ValidationContext
from pyhanko_certvalidator.errors import RevokedError

from motcua.trust.pki.stamping import Reply
from tests.pki import Holder, demo_pki

AT = datetime(2026, 5, 4, 8, 0, tzinfo=UTC)


def _validate(holder: Holder, *, at: datetime, by: str) -> None:
    pki = demo_pki()
    fetcher = pki.fetcher(at=at)
    issuer = holder.chain_der[0]
    root = pki.anchors()[0]
    answers = {"ocsps": [], "crls": []} if by == "none" else _answers(fetcher, holder.der, issuer, root, by)
    context = ValidationContext(
        trust_roots=[asn1.Certificate.load(root)],
        other_certs=[asn1.Certificate.load(issuer)],
        moment=at,
        revocation_mode="require",
        **answers,
    )
    validator = CertificateValidator(asn1.Certificate.load(holder.der), validation_context=context)
    asyncio.run(validator.async_validate_usage({"non_repudiation"}))


def _answers(fetcher, own, issuer, root, by):
    pairs = ((own, issuer), (issuer, root))
    if by == "ocsp":
        return {"ocsps": [asn1_ocsp.OCSPResponse.load(fetcher.ocsp_of(*pair)) for pair in pairs]}
    return {"crls": [asn1_crl.CertificateList.load(fetcher.crl_of(above)) for _, above in pairs]}


@pytest.mark.parametrize("by", ["ocsp", "crl"])
def test_another_program_believes_what_the_hierarchy_says(by):
    _validate(demo_pki().officer(), at=AT, by=by)
    _validate(demo_pki().agency(), at=AT, by=by)


@pytest.mark.parametrize("by", ["ocsp", "crl"])
def test_what_is_revoked_is_said_from_that_moment(by):
    holder = demo_pki().officer(revoked=AT, revoked_for=x509.ReasonFlags.key_compromise)
    _validate(holder, at=AT - timedelta(hours=1), by=by)
    with pytest.raises(RevokedError):
        _validate(holder, at=AT + timedelta(hours=1), by=by)


def test_openssl_believes_both_authorities_of_time(tmp_path: Path):
    pki = demo_pki()
    data = tmp_path / "data"
    data.write_bytes(b"van ban")
    (tmp_path / "root.pem").write_bytes(pki.root.public_bytes(Encoding.PEM))
    for number, tsa in enumerate(pki.tsa):
        query, reply = tmp_path / f"{number}.tsq", tmp_path / f"{number}.tsr"
        _openssl("ts", "-query", "-data", data, "-sha256", "-cert", "-out", query)
        reply.write_bytes(tsa.answer(query.read_bytes(), at=datetime.now(UTC)))
        said = _openssl("ts", "-verify", "-queryfile", query, "-in", reply, "-CAfile", tmp_path / "root.pem")
        assert "Verification: OK" in said


def _openssl(*arguments: object) -> str:
    return subprocess.run(["openssl", *map(str, arguments)], check=True, capture_output=True, text=True).stdout


def test_the_token_is_over_the_digest_at_the_moment():
    digest = hashlib.sha256(b"van ban").digest()
    token = cms.ContentInfo.load(demo_pki().stamper(at=AT).stamp(digest))
    said = token["content"]["encap_content_info"]["content"].parsed
    assert said["message_imprint"]["hashed_message"].native == digest
    assert said["gen_time"].native == AT


@pytest.mark.parametrize("request_", [b"", b"\x30\x03\x02\x01", b"x" * 99])
def test_a_broken_request_for_time_is_rejected(request_):
    reply = Reply.load(demo_pki().tsa[0].answer(request_, at=AT))
    assert reply["status"]["status"].native == "rejection"


def test_an_authority_does_not_answer_for_another():
    pki = demo_pki()
    officer = pki.officer()
    request = ocsp.OCSPRequestBuilder().add_certificate(officer.certificate, officer.chain[0], hashes.SHA256())
    asked = request.build().public_bytes(Encoding.DER)
    mine, other = pki.trusted.issuers["officers"], pki.trusted.issuers["agencies"]
    assert ocsp.load_der_ocsp_response(mine.answer(asked, at=AT)).certificate_status is ocsp.OCSPCertStatus.GOOD
    refused = ocsp.load_der_ocsp_response(other.answer(asked, at=AT))
    assert refused.response_status is ocsp.OCSPResponseStatus.UNAUTHORIZED
    broken = ocsp.load_der_ocsp_response(mine.answer(b"x", at=AT))
    assert broken.response_status is ocsp.OCSPResponseStatus.MALFORMED_REQUEST


@pytest.mark.parametrize("key", ["p256", "rsa2048"])
def test_a_file_holds_key_certificate_and_chain(key):
    pki = demo_pki()
    holder = pki.agency(key=key)
    loaded = pkcs12.load_pkcs12(pki.pkcs12(holder, "87654321"), b"87654321")
    assert loaded.cert is not None
    assert loaded.cert.certificate == holder.certificate
    assert [one.certificate for one in loaded.additional_certs] == list(holder.chain)


@pytest.mark.parametrize("key", ["p256", "rsa2048", "rsa3072"])
@pytest.mark.parametrize("name", ["sha256", "sha1"])
def test_a_key_in_memory_signs_digests_in_order(key, name):
    holder = demo_pki().officer(key=key)
    digests = [hashlib.new(name, bytes([number])).digest() for number in range(3)]
    public = holder.certificate.public_key()
    algorithm = Prehashed(hashes.SHA1() if name == "sha1" else hashes.SHA256())  # noqa: S303
    for digest, signature in zip(digests, holder.signing_key().sign(digests, hash_name=name), strict=True):
        if isinstance(public, ec.EllipticCurvePublicKey):
            public.verify(signature, digest, ec.ECDSA(algorithm))
        else:
            public.verify(signature, digest, padding.PKCS1v15(), algorithm)


def test_only_the_trusted_root_is_in_the_store():
    store = demo_pki().trust_store()
    assert [one.certificate for one in store.anchors] == list(demo_pki().anchors())
    assert demo_pki().untrusted_root.public_bytes(Encoding.DER) not in {one.certificate for one in store.anchors}
