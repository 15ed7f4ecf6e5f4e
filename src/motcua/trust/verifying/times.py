"""When a signature was there, and what follows from it: dates that contradict each other, algorithms that were weak."""

from __future__ import annotations

import functools
import hashlib
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from asn1crypto import x509

from motcua.trust.store import DATA
from motcua.trust.terms import TimeSource
from motcua.trust.verifying.chain import TOLERANCE, Chain, Judge
from motcua.trust.verifying.fields import Found
from motcua.trust.verifying.seals import Seal, look_at

_LONG = timedelta(days=1)
#: Purposes of servers and authorities; a certificate for nothing else was not issued to sign documents.
_OF_MACHINES = frozenset(("server_auth", "time_stamping", "ocsp_signing", "code_signing"))


@dataclass(slots=True)
class Time:
    """When a signature was: it existed at `proved` at the latest; `shown` is told to people, from `source`.

    `stamped`: a trusted timestamp says so, its own or a later one over the document.
    """

    proved: datetime
    claimed: datetime | None
    shown: datetime | None
    source: TimeSource
    stamped: bool = False
    warnings: list[str] = field(default_factory=list)


def time_of(found: Found, seal: Seal, judge: Judge, proved: datetime) -> Time:
    """Return when a signature was, by its own timestamp, else by a later one (`proved`), else as the signer claims."""
    claimed = seal.claimed or found.claimed
    warnings: list[str] = []
    stamped = _stamped(seal, judge, proved, warnings) if seal.token is not None else None
    if stamped is None and proved < judge.at:
        stamped = proved
    if stamped is None:
        return Time(judge.at, claimed, claimed, "claimed" if claimed else "none", warnings=warnings)
    if claimed and claimed < stamped - _LONG:
        warnings.append("claimed_long_before")
    return Time(stamped, claimed, stamped, "timestamp", stamped=True, warnings=warnings)


def _stamped(seal: Seal, judge: Judge, proved: datetime, warnings: list[str]) -> datetime | None:
    """Return the time of the signature's own timestamp when it fits and is trusted."""
    assert seal.token is not None  # noqa: S101 the caller looked
    assert seal.signer is not None  # noqa: S101
    value = seal.signer["signature"].native
    digest = functools.partial(_digest, value)
    stamp = look_at(seal.token.dump(), digest, kind="timestamp")
    weak = not stamp.problem and problem_of_strength(stamp, proved)
    if (
        stamp.problem
        or weak
        or stamp.certificate is None
        or stamp.stamped is None
        or stamp.stamped > proved + TOLERANCE
    ):
        warnings.append("bad_timestamp")
        return None
    chain = judge.judge(stamp.certificate, stamp.others, moment=proved, stamped=stamp.stamped)
    if chain.trusted is None:
        warnings.append("timestamp_unknown_root")
    elif not chain.trusted or not can_stamp(stamp.certificate):
        warnings.append("bad_timestamp")
        return None
    return stamp.stamped if chain.trusted else None


def _digest(value: bytes, algorithm: str) -> bytes:
    return hashlib.new(algorithm, value, usedforsecurity=False).digest()


def with_reason_for(chain: Chain, time: Time) -> Chain:
    """Say of a certificate that was no longer good whether it was signed afterwards or only may have been."""
    if chain.code == "revoked" and chain.revoked_at:
        known = time.proved if time.stamped else time.claimed
        if known and known >= chain.revoked_at:
            return replace(chain, code="signed_after_revocation")
    if chain.code == "expired" and time.stamped:
        return replace(chain, code="signed_after_expiry", trusted=False)
    return chain


def problem_of_dates(certificate: x509.Certificate, time: Time, at: datetime) -> str:
    """Return a reason code when the dates contradict each other, "" when they do not."""
    claimed = time.claimed
    if claimed is None:
        return ""
    if claimed > at + TOLERANCE:
        return "signed_in_future"
    if claimed < certificate.not_valid_before - TOLERANCE:
        return "signed_before_validity"
    if claimed > certificate.not_valid_after + TOLERANCE:
        return "signed_after_expiry"
    if time.stamped and claimed > time.proved + TOLERANCE:
        return "claimed_after_timestamp"
    return ""


def problem_of_strength(seal: Seal, proved: datetime | None) -> str:
    """Return "weak_digest" or "weak_key" unless the signature is proved to be older than the weakness."""
    rules = _rules()
    for digest in {seal.digest, seal.document_digest}:
        since = rules["weak_digests"].get(digest)
        if since is not None and (proved is None or proved >= _day(since)):
            return "weak_digest"
    if _is_short(seal, rules) and (proved is None or proved >= _day(rules["short_rsa_until"])):
        return "weak_key"
    return ""


def _is_short(seal: Seal, rules: dict[str, Any]) -> bool:
    """Whether the key is shorter than the rules want for its kind; kinds they do not name have one strength only."""
    kind = seal.key.partition("-")[0]
    least = rules["least_bits"].get(kind.lower())
    return least is not None and seal.certificate is not None and seal.certificate.public_key.bit_size < least


def can_sign(certificate: x509.Certificate) -> bool:
    """Whether the certificate was issued for signing (key usage and purposes of RFC 5280, 4.2.1.3 and 4.2.1.12)."""
    usage, purposes = certificate.key_usage_value, certificate.extended_key_usage_value
    if usage is not None and not {"digital_signature", "non_repudiation"} & usage.native:
        return False
    return purposes is None or not set(purposes.native) <= _OF_MACHINES


def can_stamp(certificate: x509.Certificate) -> bool:
    """Whether the certificate was issued for timestamps and nothing else (RFC 3161, 2.3)."""
    purposes = certificate.extended_key_usage_value
    return purposes is not None and purposes.native == ["time_stamping"]


@functools.cache
def _rules() -> dict[str, Any]:
    import yaml

    rules: dict[str, Any] = yaml.safe_load((DATA / "algorithms.yaml").read_text(encoding="utf-8"))
    return rules


def _day(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=UTC)
