"""Signing a paper: prepare it, have the digest signed, fill the signature in (PAdES baseline, ETSI EN 319 142-1)."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from motcua.kernel.errors import Invalid
from motcua.signing.pades.base import open_base
from motcua.signing.pades.certificates import refuse_certificate
from motcua.signing.pades.certified import refuse_closed
from motcua.signing.pades.cms import Identity, identity_of, signed_attributes, signed_data
from motcua.signing.pades.fields import Field, field_of, lay_out
from motcua.signing.pades.prepared import Prepared
from motcua.signing.pades.words import problem
from motcua.signing.pades.writing import Increment, text
from motcua.signing.providers.raw import fits
from motcua.signing.terms import SignaturePlan, SigningKey, Stamper
from motcua.trust.terms import Level, UnstampedError

#: Bytes kept free for a timestamp with the certificates of its authority.
TOKEN_ROOM = 8192
_ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
#: Room for four numbers of ten digits and the brackets.
_RANGE_WIDTH = 48


@dataclass(frozen=True, slots=True)
class Signed:
    """A signed paper and how long its signature can be proved: B-B when no timestamp was to be had, else B-T."""

    content: bytes
    level: Level


def sign_pdf(
    pdf: bytes, plan: SignaturePlan, key: SigningKey, *, stamper: Stamper | None, reserve: Sequence[SignaturePlan] = ()
) -> bytes:
    """Return `pdf` with the signature of a plan appended; see `sign_paper`."""
    return sign_paper(pdf, plan, key, stamper=stamper, reserve=reserve).content


def sign_paper(
    pdf: bytes, plan: SignaturePlan, key: SigningKey, *, stamper: Stamper | None, reserve: Sequence[SignaturePlan] = ()
) -> Signed:
    """Sign `pdf` by a plan: B-T, or B-B when the plan wants no more, `stamper` is None or it raises UnstampedError.

    The evidence of B-LT and B-LTA is added later (`complete_archive`). `reserve`: fields for signatures to come, made
    empty with the first signature so that they have their tags; only name, role and placement of these plans count.
    Raises Invalid when the paper or the certificate cannot sign, KeyGoneError, TrustStoppedError.
    """
    prepared = prepare(pdf, plan, key.certificate, key.chain, reserve=reserve)
    return finish_paper(prepared, key.sign([prepared.digest])[0], stamper=stamper)


def prepare(
    pdf: bytes,
    plan: SignaturePlan,
    certificate: bytes,
    chain: tuple[bytes, ...] = (),
    *,
    reserve: Sequence[SignaturePlan] = (),
) -> Prepared:
    """Return `pdf` made ready for the signature of the certificate's holder (DER; the chain without the anchor)."""
    identity = _identity(certificate, chain)
    refuse_certificate(identity, plan.at)
    base = open_base(pdf)
    refuse_closed(base)
    change = Increment(base)
    value = change.reserve()
    lay_out(change, field_of(plan, value), [_empty(one) for one in reserve], blanks=plan.blanks)
    stamp_room = 0 if plan.level is Level.B else TOKEN_ROOM
    room = (
        len(signed_data(identity, signed_attributes(identity, bytes(32)), bytes(identity.signature_size))) + stamp_room
    )
    head, tail = _dictionary(plan, identity)
    content, hole, digest = fill(change, value, head, tail, room)
    return Prepared(content, hole, room, signed_attributes(identity, digest), certificate, chain, Level(plan.level))


def finish(prepared: Prepared, raw_signature: bytes, *, stamper: Stamper | None) -> bytes:
    """Return the signed file; see `finish_paper`."""
    return finish_paper(prepared, raw_signature, stamper=stamper).content


def finish_paper(prepared: Prepared, raw_signature: bytes, *, stamper: Stamper | None) -> Signed:
    """Fill a raw signature in (RSA PKCS#1 v1.5 or DER of ECDSA), with a timestamp over it.

    Raises Invalid when the signature is not one of the digest by the certificate's key, TrustStoppedError.
    """
    identity = _identity(prepared.certificate, prepared.chain)
    if not fits(raw_signature, prepared.digest, prepared.certificate):
        raise Invalid(problem("signature_mismatch"))
    token = _token(raw_signature, stamper) if prepared.level is not Level.B else b""
    cms = signed_data(identity, prepared.attributes, raw_signature, token)
    return Signed(filled(prepared.content, prepared.hole, prepared.room, cms), Level.T if token else Level.B)


def _identity(certificate: bytes, chain: tuple[bytes, ...]) -> Identity:
    try:
        return identity_of(certificate, chain)
    except ValueError as error:
        raise Invalid(problem("key_unknown_kind")) from error


def _empty(plan: SignaturePlan) -> Field:
    return Field(plan.name, plan.role.label, plan.placement)


def _token(signature: bytes, stamper: Stamper | None) -> bytes:
    if stamper is None:
        return b""
    try:
        return stamper.stamp(hashlib.sha256(signature).digest())
    except UnstampedError:
        return b""


def _dictionary(plan: SignaturePlan, identity: Identity) -> tuple[bytes, bytes]:
    """Return the signature dictionary before and after its /ByteRange and /Contents."""
    moment = plan.at.astimezone(_ZONE).strftime("%Y%m%d%H%M%S+07'00'").encode()
    entries = [b"/Type /Sig /Filter /Adobe.PPKLite /SubFilter /ETSI.CAdES.detached /M (D:%s)" % moment]
    said = (("/Name", identity.name), ("/Reason", plan.reason), ("/Location", plan.place))
    entries += [f"{key} ".encode() + text(value) for key, value in said if value]
    return b"<< " + b" ".join(entries), b" >>"


def fill(
    change: Increment, number: int, head: bytes, tail: bytes, room: int, *, hash_name: str = "sha256"
) -> tuple[bytes, int, bytes]:
    """Write a revision whose object `number` is `head` … `tail` with a hole of `room` bytes between.

    Returns the file, where the digits of the hole begin, and the digest of all but the hole.
    """
    head += b" /ByteRange "
    middle = b" /Contents <"
    change.put(number, head + b" " * _RANGE_WIDTH + middle + b"0" * (2 * room) + b">" + tail)
    content, bodies = change.written()
    place = bodies[number] + len(head)
    hole = place + _RANGE_WIDTH + len(middle)
    after = hole + 2 * room + 1
    span = b"[ 0 %d %d %d ]" % (hole - 1, after, len(content) - after)
    whole = b"".join((content[:place], span.ljust(_RANGE_WIDTH), content[place + _RANGE_WIDTH :]))
    digest = hashlib.new(hash_name, memoryview(whole)[: hole - 1])
    digest.update(memoryview(whole)[after:])
    return whole, hole, digest.digest()


def filled(content: bytes, hole: int, room: int, cms: bytes) -> bytes:
    """Return the file with a CMS or a token in its hole."""
    if len(cms) > room:
        raise Invalid(problem("signature_too_long"))
    digits = cms.hex().upper().encode()
    return b"".join((content[:hole], digits, content[hole + len(digits) :]))
