"""Wrong dates, revoked, self-signed, expired and weak signatures, judged for what they are."""

from __future__ import annotations

import functools
import hashlib
from datetime import UTC, datetime, timedelta

import pytest
from asn1crypto import x509
from cryptography.hazmat.primitives.serialization import Encoding

from motcua.signing.pades.archive import complete_archive
from motcua.trust.terms import Level
from motcua.trust.verifying.seals import Seal
from motcua.trust.verifying.times import problem_of_strength
from tests.attacks.forging import cms_of, signed_with, simple_paper
from tests.attacks.scene import AT, LATER, officer, sign
from tests.attacks.table import Attack
from tests.pki import Holder, demo_pki

DAY = timedelta(days=1)
_DER = Encoding.DER


def _signed(
    holder: Holder,
    *,
    claimed: datetime | None = AT,
    stamped: datetime | None = None,
    trusted: bool = True,
    **how: object,
) -> bytes:
    stamper = demo_pki().stamper(at=stamped, trusted=trusted) if stamped else None
    maker = cms_of(holder, at=claimed, stamp=stamper.stamp if stamper else None, **how)  # type: ignore[arg-type]
    return signed_with(simple_paper(), maker)


def _one(intact: bool, trusted: bool | None, code: str) -> tuple[tuple[int, bool, bool | None, str]]:
    return ((2, intact, trusted, code),)


@functools.cache
def _revoked(at: datetime) -> Holder:
    return demo_pki().officer("Trần Thị Thu Hồi", revoked=at)


@functools.cache
def _short() -> Holder:
    """Somebody whose certificate was good for January only."""
    return demo_pki().officer("Lê Hết Hạn", valid=(AT - 60 * DAY, AT + 5 * DAY))


DATES = {
    "claimed before the certificate, no timestamp": Attack(
        lambda: _signed(officer(), claimed=datetime(2020, 1, 1, tzinfo=UTC)),
        "signed_before_validity",
        _one(True, False, "signed_before_validity"),
    ),
    "claimed after the certificate's end": Attack(
        lambda: _signed(_short(), claimed=AT + 20 * DAY),
        "signed_after_expiry",
        _one(True, False, "signed_after_expiry"),
    ),
    "claimed in the future": Attack(
        lambda: _signed(officer(), claimed=LATER + 2 * DAY), "signed_in_future", _one(True, False, "signed_in_future")
    ),
    "claimed after the timestamp": Attack(
        lambda: _signed(officer(), claimed=AT + DAY, stamped=AT),
        "claimed_after_timestamp",
        _one(True, False, "claimed_after_timestamp"),
    ),
    "stamped before the certificate": Attack(
        lambda: _signed(demo_pki().officer(valid=(AT, AT + 90 * DAY)), claimed=None, stamped=AT - 10 * DAY),
        "signed_before_validity",
        _one(True, False, "signed_before_validity"),
    ),
    "a timestamp from the future is not counted": Attack(
        lambda: _signed(officer(), stamped=LATER + 2 * DAY), "", _one(True, True, "")
    ),
    "a timestamp over something else is not counted": Attack(
        lambda: _signed(officer(), token=demo_pki().stamper(at=AT).stamp(hashlib.sha256(b"else").digest())),
        "",
        _one(True, True, ""),
    ),
    "backdated by months: only the timestamp counts": Attack(
        lambda: _signed(officer(), claimed=AT - 90 * DAY, stamped=AT), "", _one(True, True, "")
    ),
}

REVOKED = {
    "before the timestamp": Attack(
        lambda: _signed(_revoked(AT - DAY), stamped=AT),
        "signed_after_revocation",
        _one(True, False, "signed_after_revocation"),
    ),
    "before the claimed time": Attack(
        lambda: _signed(_revoked(AT - DAY)), "signed_after_revocation", _one(True, False, "signed_after_revocation")
    ),
    "after the claimed time, which nothing proves": Attack(
        lambda: _signed(_revoked(AT + DAY)), "revoked", _one(True, False, "revoked")
    ),
    "claimed before, stamped after": Attack(
        lambda: _signed(_revoked(AT + DAY), claimed=AT, stamped=AT + 2 * DAY),
        "signed_after_revocation",
        _one(True, False, "signed_after_revocation"),
    ),
    "after the timestamp: the signature stays good": Attack(
        lambda: _signed(_revoked(AT + DAY), stamped=AT), "", _one(True, True, "")
    ),
    "stamped by nobody we know, so the stamp proves nothing": Attack(
        lambda: _signed(_revoked(AT + DAY), stamped=AT, trusted=False), "revoked", _one(True, False, "revoked")
    ),
    "nobody answers": Attack(
        lambda: _signed(_revoked(AT + DAY)),
        "revocation_unknown",
        _one(True, None, "revocation_unknown"),
        asked={"online": False},
    ),
}


def _lookalike() -> bytes:
    """Somebody who calls their own certificate like a true officer, and encloses the true chain."""
    fake = demo_pki().self_signed("Hoàng Mạnh Cường")
    return signed_with(simple_paper(), cms_of(fake, at=AT, certificates=(fake.der, *officer().chain_der)))


def _with_own_root() -> bytes:
    """A whole hierarchy of one's own, its root enclosed."""
    own = demo_pki().officer(trusted=False)
    root = demo_pki().untrusted_root.public_bytes(_DER)
    return signed_with(simple_paper(), cms_of(own, at=AT, certificates=(own.der, *own.chain_der, root)))


def _without_chain() -> bytes:
    own = demo_pki().officer(trusted=False)
    return signed_with(simple_paper(), cms_of(own, at=AT, certificates=(own.der,)))


SELF_SIGNED = {
    "an officer's own": Attack(
        lambda: _signed(demo_pki().self_signed()), "self_signed", _one(True, False, "self_signed")
    ),
    "with a good timestamp": Attack(
        lambda: _signed(demo_pki().self_signed(), stamped=AT), "self_signed", _one(True, False, "self_signed")
    ),
    "named like an officer, with the true chain": Attack(_lookalike, "self_signed", _one(True, False, "self_signed")),
    "an RSA key": Attack(
        lambda: _signed(demo_pki().self_signed(key="rsa2048")), "self_signed", _one(True, False, "self_signed")
    ),
    "a hierarchy of one's own is not forged, it is unknown": Attack(
        _with_own_root, "unknown_root", _one(True, None, "unknown_root")
    ),
    "unknown and without its chain": Attack(_without_chain, "unknown_root", _one(True, None, "unknown_root")),
}

EXPIRED = {
    "without a timestamp": Attack(lambda: _signed(_short()), "expired", _one(True, None, "expired")),
    "stamped by nobody we know": Attack(
        lambda: _signed(_short(), stamped=AT, trusted=False), "expired", _one(True, None, "expired")
    ),
    "stamped afterwards": Attack(
        lambda: _signed(_short(), claimed=None, stamped=AT + 10 * DAY),
        "signed_after_expiry",
        _one(True, False, "signed_after_expiry"),
    ),
    "long before it was signed": Attack(
        lambda: _signed(demo_pki().officer(expired=True)),
        "signed_after_expiry",
        _one(True, False, "signed_after_expiry"),
    ),
    "not valid yet": Attack(
        lambda: _signed(demo_pki().officer(not_yet=True)),
        "signed_before_validity",
        _one(True, False, "signed_before_validity"),
    ),
    "stamped in time, but nobody answers for it any more": Attack(
        lambda: _signed(_short(), stamped=AT), "revocation_unknown", _one(True, None, "revocation_unknown")
    ),
}
_WEAK = "weak_digest"
WEAK = {
    "SHA-1": Attack(lambda: _signed(_rsa(), digest="sha1"), _WEAK, _one(True, None, _WEAK)),
    "MD5": Attack(lambda: _signed(_rsa(), digest="md5"), _WEAK, _one(True, None, _WEAK)),
    "SHA-1, adbe.pkcs7.sha1": Attack(
        lambda: signed_with(
            simple_paper(),
            cms_of(
                _rsa(),
                at=AT,
                digest="sha1",
                inside=lambda signed: hashlib.new("sha1", signed, usedforsecurity=False).digest(),
            ),
            subfilter="adbe.pkcs7.sha1",
        ),
        _WEAK,
        _one(True, None, _WEAK),
    ),
    "adbe.pkcs7.sha1 over other bytes": Attack(
        lambda: signed_with(
            simple_paper(),
            cms_of(
                _rsa(),
                at=AT,
                digest="sha1",
                inside=lambda signed: hashlib.new("sha1", signed + b"x", usedforsecurity=False).digest(),
            ),
            subfilter="adbe.pkcs7.sha1",
        ),
        "altered",
        _one(False, None, "altered"),
    ),
    "RSA of 1,024 bits": Attack(lambda: _signed(_rsa(1024)), "weak_key", _one(True, None, "weak_key")),
}


@functools.cache
def _rsa(bits: int = 2048) -> Holder:
    from cryptography.hazmat.primitives.asymmetric import rsa

    key = rsa.generate_private_key(65537, bits)
    return demo_pki().officer("Phạm Văn Cũ", key=key)


@pytest.mark.parametrize("name", DATES)
def test_dates(name: str) -> None:
    verdict = DATES[name].check()
    if name.startswith("backdated"):
        assert verdict.signatures[0].time == AT
        assert any("tự khai" in warning for warning in verdict.signatures[0].warnings)
    if "not counted" in name:
        assert verdict.signatures[0].time_source == "claimed"


@pytest.mark.parametrize("name", REVOKED)
def test_revoked(name: str) -> None:
    verdict = REVOKED[name].check()
    if verdict.valid:
        assert any("thu hồi sau" in warning for warning in verdict.signatures[0].warnings)


@pytest.mark.parametrize("name", SELF_SIGNED)
def test_self_signed(name: str) -> None:
    SELF_SIGNED[name].check()


@pytest.mark.parametrize("name", EXPIRED)
def test_expired(name: str) -> None:
    EXPIRED[name].check()


@pytest.mark.parametrize("name", WEAK)
def test_weak(name: str) -> None:
    WEAK[name].check()


def test_only_an_archived_paper_outlives_its_certificate() -> None:
    """After the signer's certificate is over, evidence and a later timestamp in the paper are enough, without a net."""
    pki = demo_pki()
    plain = sign(simple_paper(), holder=_short())
    archived = complete_archive(
        plain, pki.stamper(at=AT + DAY), pki.fetcher(at=AT + DAY), pki.trust_store(), at=AT + DAY
    )
    late = AT + 400 * DAY
    verdict = Attack(
        lambda: archived, "", (*_one(True, True, ""), (3, True, True, "")), at=late, asked={"online": False}
    ).check()
    assert verdict.signatures[0].level == Level.LTA
    assert {change.code for change in verdict.changes} == {"evidence_added", "timestamp_added"}
    assert any("hết hạn sau" in warning for warning in verdict.signatures[0].warnings)


def test_evidence_in_the_paper_outlives_a_revocation() -> None:
    pki = demo_pki()
    holder = pki.officer("Ngô Bị Thu Hồi Sau")
    plain = sign(simple_paper(), holder=holder)
    archived = complete_archive(
        plain, pki.stamper(at=AT + DAY), pki.fetcher(at=AT + DAY), pki.trust_store(), at=AT + DAY
    )
    pki.revoke(holder, at=AT + 3 * DAY)
    Attack(lambda: archived, "", (*_one(True, True, ""), (3, True, True, ""))).check()
    Attack(lambda: plain, "", _one(True, True, "")).check()


@pytest.mark.parametrize(
    ("digest", "proved", "code"),
    [
        ("sha1", datetime(2016, 5, 1, tzinfo=UTC), ""),
        ("sha1", datetime(2017, 1, 1, tzinfo=UTC), "weak_digest"),
        ("sha1", None, "weak_digest"),
        ("md5", datetime(2016, 5, 1, tzinfo=UTC), "weak_digest"),
        ("sha256", None, ""),
    ],
)
def test_what_was_strong_at_its_proved_time_counts(digest: str, proved: datetime | None, code: str) -> None:
    seal = Seal(certificate=x509.Certificate.load(officer().der), digest=digest)
    assert problem_of_strength(seal, proved) == code


def test_every_row_has_at_least_four() -> None:
    assert min(map(len, (DATES, REVOKED, SELF_SIGNED, EXPIRED, WEAK))) >= 4
