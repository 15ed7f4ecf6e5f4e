"""From signatures found to verdicts: the latest first, since a later timestamp proves when the earlier ones existed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from motcua.trust.store import TrustStore
from motcua.trust.terms import Change, Fetcher, Level, Role, SignatureKind, SignatureVerdict
from motcua.trust.verifying.chain import Chain, Evidence, Judge
from motcua.trust.verifying.fields import Found
from motcua.trust.verifying.seals import Seal, agency_name, look_at, own_name
from motcua.trust.verifying.source import Source
from motcua.trust.verifying.times import (
    Time,
    can_sign,
    can_stamp,
    problem_of_dates,
    problem_of_strength,
    time_of,
    with_reason_for,
)
from motcua.trust.verifying.words import SIGNATURE, WARNING

KINDS: dict[str, SignatureKind] = {
    "ETSI.CAdES.detached": "pades",
    "adbe.pkcs7.detached": "adbe",
    "adbe.pkcs7.sha1": "adbe_sha1",
    "ETSI.RFC3161": "timestamp",
}


@dataclass(slots=True)
class Context:
    """What every signature of one paper is judged with."""

    trust: TrustStore
    at: datetime
    online: Fetcher | None = None
    evidence: Evidence = field(default_factory=Evidence)


def judge_signatures(
    source: Source, found: Sequence[Found], changes: Mapping[int, list[Change]], context: Context
) -> list[SignatureVerdict]:
    """Return the verdicts in the order of signing."""
    judge = Judge(context.trust, context.at, context.online, context.evidence)
    verdicts: list[SignatureVerdict] = []
    proved, archived = context.at, False
    for one in reversed(found):
        verdict = _judge_safely(source, one, judge, proved, archived=archived)
        verdict = _with_changes(verdict, one, source, changes)
        verdicts.append(verdict)
        if verdict.kind == "timestamp" and verdict.intact and verdict.trusted and verdict.time:
            proved, archived = min(proved, verdict.time), True
    return verdicts[::-1]


def _judge_safely(source: Source, found: Found, judge: Judge, proved: datetime, *, archived: bool) -> SignatureVerdict:
    """Judge one signature; one whose parts turn out to be unreadable on the way is malformed, the others are not."""
    try:
        return _judge(source, found, judge, proved, archived=archived)
    except (ValueError, TypeError, KeyError, IndexError, AttributeError, OverflowError):
        return _broken(_draft(found, KINDS.get(found.subfilter) or "adbe", Seal()), "malformed")


def _judge(source: Source, found: Found, judge: Judge, proved: datetime, *, archived: bool) -> SignatureVerdict:
    kind = KINDS.get(found.subfilter)
    problem = _problem_of_place(found, kind)
    seal = Seal(problem=problem or "malformed")
    if kind and found.byte_range and found.contents:
        byte_range = found.byte_range
        seal = look_at(found.contents, lambda name: source.digest(byte_range, name), kind=kind)
        seal.problem = _problem(problem, seal.problem, found)
    draft = _draft(found, kind or "adbe", seal)
    if seal.problem or seal.certificate is None:
        return _broken(draft, seal.problem or "malformed")
    if kind == "timestamp":
        return _judge_stamp(draft, seal, judge, proved)
    return _judge_signature(draft, found, seal, judge, proved, archived=archived)


def _problem_of_place(found: Found, kind: SignatureKind | None) -> str:
    if kind is None:
        return "unsupported" if found.subfilter else "malformed"
    if found.byte_range is None or not any(found.contents):
        return "malformed"
    if found.beyond_end:
        return "truncated" if found.gap_fits else "resaved"
    return "" if found.gap_fits else "wrapped"


def _problem(place: str, seal: str, found: Found) -> str:
    """Say which is the truth when the place is wrong: bytes that fit were wrapped, bytes that do not were moved."""
    if place == "wrapped" and seal in {"altered", "bad_timestamp"} and not found.gap_fits:
        return "resaved"
    return place or seal


def _draft(found: Found, kind: SignatureKind, seal: Seal) -> SignatureVerdict:
    role = role_of(found.name)
    certificate = seal.certificate
    return SignatureVerdict(
        name=found.name,
        revision=found.revision,
        kind=kind,
        role=role,
        intact=False,
        trusted=None,
        reason_code="malformed",
        reason="",
        signer=own_name(certificate),
        agency=agency_name(certificate, is_seal=role in {Role.SEAL, Role.ATTACHMENT_SEAL}),
        digest=seal.digest,
        key=seal.key,
        serial=f"{certificate.serial_number:x}" if certificate else "",
        valid_from=certificate.not_valid_before if certificate else None,
        valid_to=certificate.not_valid_after if certificate else None,
    )


def _judge_stamp(draft: SignatureVerdict, seal: Seal, judge: Judge, proved: datetime) -> SignatureVerdict:
    """A timestamp over the document: believed as long as a later one, or today, shows that it was there in time."""
    assert seal.certificate is not None  # noqa: S101 the caller looked
    chain = judge.judge(seal.certificate, seal.others, moment=proved, stamped=seal.stamped)
    code, trusted = chain.code, chain.trusted
    if not can_stamp(seal.certificate):
        code, trusted = "not_for_signing", False
    elif seal.stamped is None or seal.stamped > proved:
        code, trusted = "signed_in_future", False
    weak = problem_of_strength(seal, proved)
    if trusted and weak:
        code, trusted = weak, None
    draft = replace(
        draft, intact=True, path=chain.path, revocation=chain.revocation, agency=draft.agency or draft.signer
    )
    return _with(draft, code, trusted=trusted, time=seal.stamped, time_source="timestamp" if seal.stamped else "none")


def _judge_signature(
    draft: SignatureVerdict, found: Found, seal: Seal, judge: Judge, proved: datetime, *, archived: bool
) -> SignatureVerdict:
    assert seal.certificate is not None  # noqa: S101 the caller looked
    judge.evidence.ocsps.extend(seal.ocsps)
    judge.evidence.crls.extend(seal.crls)
    time = time_of(found, seal, judge, proved)
    chain = with_reason_for(judge.judge(seal.certificate, seal.others, moment=time.proved), time)
    code, trusted = chain.code, chain.trusted
    dates = problem_of_dates(seal.certificate, time, judge.at)
    weak = problem_of_strength(seal, time.proved if time.stamped else None)
    if trusted is not False and not can_sign(seal.certificate):
        code, trusted = "not_for_signing", False
    elif trusted is not False and dates:
        code, trusted = dates, False
    elif trusted and weak:
        code, trusted = weak, None
    draft = replace(
        draft,
        intact=True,
        path=chain.path,
        revocation=chain.revocation,
        level=_level(draft.kind, time, chain, archived=archived),
        warnings=_warnings(draft, seal, time, chain, judge.at),
    )
    return _with(draft, code, trusted=trusted, time=time.shown, time_source=time.source)


def _with(draft: SignatureVerdict, code: str, *, trusted: bool | None, **facts: object) -> SignatureVerdict:
    return replace(draft, reason_code=code, reason=SIGNATURE[code], trusted=trusted, **facts)  # type: ignore[arg-type]


def _broken(draft: SignatureVerdict, code: str) -> SignatureVerdict:
    return _with(draft, code, trusted=None)


def _level(kind: SignatureKind, time: Time, chain: Chain, *, archived: bool) -> Level | None:
    if kind != "pades":
        return None
    if not time.stamped:
        return Level.B
    if not chain.from_paper:
        return Level.T
    return Level.LTA if archived else Level.LT


def _warnings(draft: SignatureVerdict, seal: Seal, time: Time, chain: Chain, at: datetime) -> tuple[str, ...]:
    codes = list(time.warnings)
    if draft.kind in {"adbe", "adbe_sha1"}:
        codes.append("adbe")
    if seal.digest == "sha1":
        codes.append("sha1")
    if draft.kind == "pades" and not seal.has_signing_certificate:
        codes.append("no_signing_certificate")
    if not time.stamped:
        codes.append("no_timestamp")
    if chain.trusted and chain.revocation == "not_checked":
        codes.append("no_revocation_source")
    if chain.trusted and chain.revoked_at:
        codes.append("revoked_later")
    if chain.trusted and draft.valid_to and draft.valid_to < at:
        codes.append("expired_later")
    return tuple(WARNING[code] for code in codes)


def _with_changes(
    verdict: SignatureVerdict, found: Found, source: Source, changes: Mapping[int, list[Change]]
) -> SignatureVerdict:
    """Add what changed afterwards; a signature that does not reach the end of its own revision is none of it."""
    if not found.gap_fits or found.beyond_end:
        return verdict
    after = tuple(changes.get(found.end, ()))
    verdict = replace(verdict, covers_whole_file=found.end >= source.size, changed_after=after)
    ends_a_revision = b"%%EOF" in source.tail(max(0, found.end - 32), min(32, found.end))
    if verdict.intact and not ends_a_revision:
        return _broken(replace(verdict, intact=False), "not_own_revision")
    return verdict


def role_of(name: str) -> Role:
    """Return the role a field's name says: "signer-1" is a signer; names of others' programs say nothing."""
    head = name.rsplit("-", 1)[0] if name.rpartition("-")[2].isdigit() else name
    return Role(head) if head in Role.values else Role.OTHER
