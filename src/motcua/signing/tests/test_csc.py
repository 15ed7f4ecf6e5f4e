"""Remote signing by the CSC API v2 against a service that really signs."""

import hashlib
from collections.abc import Iterator
from dataclasses import replace

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa

from motcua.kernel.errors import Invalid, NotPermitted
from motcua.signing.providers.csc import CscKey, CscService, credential, credentials
from motcua.signing.providers.raw import fits
from motcua.signing.terms import KeyGoneError
from motcua.signing.tests.certificates import own_certificate
from motcua.signing.tests.csc_server import SHA256, RemoteService, served

DIGESTS = [hashlib.sha256(f"văn bản {number}".encode()).digest() for number in range(25)]
RSA_KEY = rsa.generate_private_key(65537, 2048)
EC_KEY = ec.generate_private_key(ec.SECP256R1())


@pytest.fixture(params=[RSA_KEY, EC_KEY], ids=["rsa", "p256"])
def remote(request: pytest.FixtureRequest) -> Iterator[RemoteService]:
    with served(RemoteService(request.param, [own_certificate(request.param)])) as service:
        yield service


def key_at(remote: RemoteService, **typed: str) -> CscKey:
    service = CscService(remote.url, "motcua", "bí-mật")
    token = service.token()
    (found,) = credentials(service, token=token)
    return CscKey(service, credential(service, found, token=token), token=token, secrets=typed or {"PIN": "12345678"})


def test_signs_in_batches_of_what_one_authorisation_allows(remote: RemoteService) -> None:
    key = key_at(remote)
    signatures = key.sign(DIGESTS)
    assert all(fits(one, digest, key.certificate) for one, digest in zip(signatures, DIGESTS, strict=True))
    assert [len(body["hashes"]) for method, body in remote.asked if method == "signatures/signHash"] == [10, 10, 5]


def test_requests_have_the_fields_of_the_specification(remote: RemoteService) -> None:
    key_at(remote).sign(DIGESTS[:2])
    sent = dict(remote.asked)
    assert sent["oauth2/token"]["grant_type"] == "client_credentials"
    assert sent["credentials/info"]["certificates"] == "chain"
    authorised = sent["credentials/authorize"]
    assert (authorised["numSignatures"], authorised["hashAlgorithmOID"]) == (2, SHA256)
    assert authorised["authData"] == [{"id": "PIN", "value": "12345678"}]
    signed = sent["signatures/signHash"]
    assert set(signed) == {"credentialID", "SAD", "hashes", "hashAlgorithmOID", "signAlgo"}


def test_without_pinned_hashes_the_authorisation_names_none(remote: RemoteService) -> None:
    remote.scal = "1"
    assert len(key_at(remote).sign(DIGESTS[:3])) == 3
    assert "hashes" not in dict(remote.asked)["credentials/authorize"]


def test_plain_ecdsa_signatures_become_der(remote: RemoteService) -> None:
    remote.plain_ecdsa = True
    key = key_at(remote)
    assert all(fits(one, digest, key.certificate) for one, digest in zip(key.sign(DIGESTS), DIGESTS, strict=True))


def test_a_wrong_pin_is_told_before_anything_is_signed(remote: RemoteService) -> None:
    with pytest.raises(NotPermitted) as refused:
        key_at(remote, PIN="000000").sign(DIGESTS)
    assert refused.value.problems[0].code == "wrong_pin"
    assert remote.signed == 0


def test_a_service_that_falls_silent_leaves_what_is_done(remote: RemoteService) -> None:
    remote.falls_silent_after = 20
    key = key_at(remote)
    with pytest.raises(KeyGoneError) as gone:
        key.sign(DIGESTS)
    assert len(gone.value.done) == 20
    assert all(fits(one, digest, key.certificate) for one, digest in zip(gone.value.done, DIGESTS, strict=False))


def test_a_token_that_ended_is_told(remote: RemoteService) -> None:
    key = key_at(remote)
    key.sign(DIGESTS[:1])
    remote.token = "another"
    with pytest.raises(NotPermitted) as refused:
        key.sign(DIGESTS)
    assert refused.value.problems[0].code == "token_expired"


def test_signatures_of_another_key_are_refused(remote: RemoteService) -> None:
    same_kind = (
        rsa.generate_private_key(65537, 2048) if remote.key is RSA_KEY else ec.generate_private_key(EC_KEY.curve)
    )
    remote.wrong_key = same_kind
    with pytest.raises(KeyGoneError, match="không khớp với chứng thư"):
        key_at(remote).sign(DIGESTS[:1])


def test_a_locked_credential_cannot_sign(remote: RemoteService) -> None:
    remote.status = "disabled"
    with pytest.raises(Invalid) as refused:
        key_at(remote)
    assert refused.value.problems[0].code == "credential_unusable"


def test_a_wrong_client_is_told(remote: RemoteService) -> None:
    with pytest.raises(NotPermitted) as refused:
        CscService(remote.url, "motcua", "sai").token()
    assert refused.value.problems[0].code == "bad_client"


def test_nobody_answers() -> None:
    with pytest.raises(KeyGoneError):
        CscService("http://127.0.0.1:9", "motcua", "x").token()


@pytest.mark.parametrize("url", ["http://ky-so.example.vn", "ftp://x", ""])
def test_an_address_in_the_clear_is_refused(url: str) -> None:
    with pytest.raises(Invalid):
        CscService(url, "motcua", "x")


def test_what_was_typed_is_forgotten_and_never_shown(remote: RemoteService) -> None:
    key = key_at(remote)
    assert "bí-mật" not in repr(replace(CscService(remote.url, "motcua", "bí-mật")))
    key.close()
    with pytest.raises(NotPermitted):
        key.sign(DIGESTS[:1])
