"""Judging XAdES signatures: signxml says whether bytes and key fit, the room `trust` whether the holder is believed.

Before signxml is asked, a document is refused in which a reader could take something else for what was signed: a
signature anywhere but at the root or directly below it, an Id that is there twice, a comment that splits a text.
"""

import base64
import binascii
import hashlib
from collections import Counter
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from asn1crypto import x509 as asn1
from cryptography import x509
from lxml import etree
from signxml.exceptions import InvalidCertificate, InvalidDigest, InvalidInput, InvalidSignature
from signxml.xades.xades import XAdESSignatureConfiguration, XAdESVerifier

from motcua.kernel.errors import Invalid
from motcua.signing.xades.reading import ds, read_xml, xades
from motcua.trust.store import TrustStore
from motcua.trust.terms import Fetcher, Level, PaperVerdict, Role, SignatureVerdict
from motcua.trust.verifying.chain import TOLERANCE, Judge
from motcua.trust.verifying.seals import agency_name, key_name, look_at, own_name
from motcua.trust.verifying.times import Time, can_sign, can_stamp, problem_of_dates, with_reason_for
from motcua.trust.verifying.words import PAPER, SIGNATURE, WARNING

_MOST_SIGNATURES = 20
_WEAK = ("sha1", "md5")


def verify_xml(data: bytes, *, trust: TrustStore, at: datetime, fetcher: Fetcher | None = None) -> PaperVerdict:
    """Return what is true of a signed XML document; never raises for its content.

    `valid` needs at least one signature, every one intact and trusted, and each over the whole document (or, when it
    envelops its data, over those data).
    """
    facts: dict[str, Any] = {"sha256": hashlib.sha256(data).hexdigest(), "size": len(data), "checked_at": at}
    try:
        root = read_xml(data)
    except Invalid as refused:
        message = refused.problems[0].message
        return PaperVerdict(False, "damaged", message, error=message, **facts)  # noqa: FBT003 (its first word)
    signatures = _signatures(root)
    if not signatures:
        return PaperVerdict(False, "not_signed", PAPER["not_signed"], **facts)  # noqa: FBT003 (as above)
    judge = Judge(trust, at, fetcher)
    verdicts = tuple(_judged(root, one, number, judge) for number, one in enumerate(signatures[:_MOST_SIGNATURES], 1))
    bad = next((one for one in verdicts if not (one.intact and one.trusted)), None)
    if len(signatures) > _MOST_SIGNATURES or bad is not None:
        code = bad.reason_code if bad is not None else "malformed"
        return PaperVerdict(False, code, SIGNATURE[code], signatures=verdicts, **facts)  # noqa: FBT003 (as above)
    return PaperVerdict(True, "", PAPER[""], signatures=verdicts, **facts)  # noqa: FBT003 (as above)


@dataclass(frozen=True, slots=True)
class _Seen:
    """What stands in one signature: its certificates, what it claims, its own timestamp."""

    certificate: asn1.Certificate
    others: list[asn1.Certificate]
    claimed: datetime | None
    token: bytes
    digest: str


def _signatures(root: etree._Element) -> list[etree._Element]:
    return list(root.iter(ds("Signature")))


def _judged(root: etree._Element, signature: etree._Element, number: int, judge: Judge) -> SignatureVerdict:
    draft = SignatureVerdict(
        name=f"signature-{number}",
        revision=1,
        kind="xades",
        role=Role.OTHER,
        intact=False,
        trusted=None,
        reason_code="malformed",
        reason=SIGNATURE["malformed"],
        covers_whole_file=True,
    )
    try:
        seen = _seen(signature)
    except (ValueError, TypeError, KeyError, IndexError, AttributeError):
        return draft
    draft = replace(draft, **_facts(seen))
    code = _problem_of_place(root, signature) or _problem_of_bytes(root, signature, seen)
    if code:
        return replace(draft, reason_code=code, reason=SIGNATURE[code])
    return _trusted(replace(draft, intact=True), signature, seen, judge)


def _facts(seen: _Seen) -> dict[str, Any]:
    certificate = seen.certificate
    return {
        "signer": own_name(certificate),
        "agency": agency_name(certificate, is_seal=False),
        "digest": seen.digest,
        "key": key_name(certificate),
        "serial": f"{certificate.serial_number:x}",
        "valid_from": certificate.not_valid_before,
        "valid_to": certificate.not_valid_after,
    }


def _seen(signature: etree._Element) -> _Seen:
    found = signature.findall(f"{ds('KeyInfo')}/{ds('X509Data')}/{ds('X509Certificate')}")
    certificates = [asn1.Certificate.load(_base64(one.text), strict=True) for one in found]
    for one in certificates:
        one.native  # noqa: B018 (parses all of it now, so that what is malformed is found here)
    moment = signature.findtext(f".//{xades('SigningTime')}")
    method = signature.find(f"{ds('SignedInfo')}/{ds('SignatureMethod')}")
    name = (method.get("Algorithm") if method is not None else "").rpartition("-")[2].lower()
    return _Seen(
        certificate=certificates[0],
        others=certificates[1:],
        claimed=_moment(moment) if moment else None,
        token=_base64(signature.findtext(f".//{xades('EncapsulatedTimeStamp')}") or ""),
        digest=name,
    )


def _moment(text: str) -> datetime:
    found = datetime.fromisoformat(text.strip())
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def _base64(text: str | None) -> bytes:
    try:
        return base64.b64decode("".join((text or "").split()), validate=True)
    except binascii.Error as error:
        raise ValueError("not Base64") from error


def _problem_of_place(root: etree._Element, signature: etree._Element) -> str:
    """Return a reason code when the signature stands, or points, where another reader would see another document."""
    if signature is not root and signature.getparent() is not root:
        return "wrapped"
    ids = Counter(value for one in root.iter() for name, value in one.attrib.items() if name in {"Id", "ID", "id"})
    if any(count > 1 for count in ids.values()):
        return "wrapped"
    targets = [one.get("URI", "") for one in signature.iterfind(f"{ds('SignedInfo')}/{ds('Reference')}")]
    if not targets:
        return "malformed"
    if any(uri and not uri.startswith("#") for uri in targets):
        return "wrapped"
    return "wrapped" if any(_splits_text(one) for one in root.iter(etree.Comment)) else ""


def _splits_text(comment: etree._Element) -> bool:
    """Whether a comment stands in the middle of a text: it is not signed, and readers see only what comes before it."""
    parent = comment.getparent()
    around = (comment.tail, parent.text if parent is not None else None)
    return any(text and text.strip() for text in around)


def _problem_of_bytes(root: etree._Element, signature: etree._Element, seen: _Seen) -> str:
    if seen.digest in _WEAK:
        return "weak_digest"
    alone = _alone(root, signature)
    middle = (
        seen.certificate.not_valid_before + (seen.certificate.not_valid_after - seen.certificate.not_valid_before) / 2
    )
    wanted = XAdESSignatureConfiguration(location="./", verification_time=middle, ignore_ambiguous_key_info=False)
    try:
        certificate = x509.load_der_x509_certificate(seen.certificate.dump())
        results = XAdESVerifier().verify(alone, x509_cert=certificate, expect_config=wanted)
    except InvalidCertificate:
        return "wrong_certificate"
    except InvalidDigest:
        return "altered"
    except InvalidSignature as error:
        return "altered" if "igest" in str(error) else "bad_signature"
    except (InvalidInput, ValueError, KeyError, TypeError, AttributeError, etree.LxmlError):
        return "malformed"
    return "" if _covers(alone, results) else "wrapped"


def _alone(root: etree._Element, signature: etree._Element) -> bytes:
    """Return the document with this signature only: the others were put there before or after, each over the rest."""
    place = list(root.iter(ds("Signature"))).index(signature)
    copy = read_xml(etree.tostring(root))
    for number, other in enumerate(list(copy.iter(ds("Signature")))):
        parent = other.getparent()
        if number != place and parent is not None:
            parent.remove(other)
    return bytes(etree.tostring(copy))


def _covers(alone: bytes, results: list[Any]) -> bool:
    """Whether what was signed is the whole document, or the one Object that a signature at the root envelops."""
    root = read_xml(alone)
    if root.tag == ds("Signature"):
        objects = [one for one in root.findall(ds("Object")) if one.find(xades("QualifyingProperties")) is None]
        wanted = objects[0] if len(objects) == 1 else None
    else:
        for own in root.findall(ds("Signature")):
            root.remove(own)
        wanted = root
    if wanted is None:
        return False
    expected = etree.tostring(wanted, method="c14n")
    signed = (one.signed_xml for one in results if one.signed_xml is not None)
    return any(etree.tostring(read_xml(etree.tostring(one)), method="c14n") == expected for one in signed)


def _trusted(draft: SignatureVerdict, signature: etree._Element, seen: _Seen, judge: Judge) -> SignatureVerdict:
    warnings: list[str] = []
    stamped = _stamped(signature, seen, judge, warnings) if seen.token else None
    if stamped is None:
        time = Time(judge.at, seen.claimed, seen.claimed, "claimed" if seen.claimed else "none", warnings=warnings)
        warnings.append("no_timestamp")
    else:
        time = Time(stamped, seen.claimed, stamped, "timestamp", stamped=True, warnings=warnings)
    chain = with_reason_for(judge.judge(seen.certificate, seen.others, moment=time.proved), time)
    code, trusted = chain.code, chain.trusted
    if trusted is not False and not can_sign(seen.certificate):
        code, trusted = "not_for_signing", False
    elif trusted is not False and (dates := problem_of_dates(seen.certificate, time, judge.at)):
        code, trusted = dates, False
    return replace(
        draft,
        trusted=trusted,
        reason_code=code,
        reason=SIGNATURE[code],
        time=time.shown,
        time_source=time.source,
        level=Level.T if time.stamped else Level.B,
        path=chain.path,
        revocation=chain.revocation,
        warnings=tuple(WARNING[one] for one in warnings),
    )


def _stamped(signature: etree._Element, seen: _Seen, judge: Judge, warnings: list[str]) -> datetime | None:
    """Return the time of the signature's own timestamp when it fits the SignatureValue and is believed."""
    value = signature.find(ds("SignatureValue"))
    content = etree.tostring(value, method="c14n")
    stamp = look_at(seen.token, lambda name: hashlib.new(name, content).digest(), kind="timestamp")
    if stamp.problem or stamp.certificate is None or stamp.stamped is None or stamp.stamped > judge.at + TOLERANCE:
        warnings.append("bad_timestamp")
        return None
    chain = judge.judge(stamp.certificate, stamp.others, moment=judge.at)
    if chain.trusted and can_stamp(stamp.certificate):
        return stamp.stamped
    warnings.append("timestamp_unknown_root" if chain.trusted is None else "bad_timestamp")
    return None
