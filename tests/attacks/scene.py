"""The papers that are attacked: one signed and sealed by our own engine, and how they are judged."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

from motcua.signing.pades import sign_pdf
from motcua.signing.terms import Placement, SignaturePlan
from motcua.trust.terms import PaperVerdict, Role
from motcua.trust.verifying.engine import verify_pdf
from tests.attacks.forging import simple_paper
from tests.pki import Holder, demo_pki

AT = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
LATER = AT + timedelta(days=30)
BOTH = (Role.SIGNER, Role.SEAL)


@functools.cache
def officer() -> Holder:
    """The leader who signs."""
    return demo_pki().officer("Hoàng Mạnh Cường", "Ủy ban nhân dân phường Hạ Long")


@functools.cache
def agency() -> Holder:
    """The agency that seals."""
    return demo_pki().agency("Ủy ban nhân dân phường Hạ Long")


def sign(
    pdf: bytes, name: str = "signer-1", holder: Holder | None = None, at: datetime = AT, *, stamped: bool = True
) -> bytes:
    """Return the paper signed by our engine, with a timestamp of that moment."""
    role = Role(name.rsplit("-", 1)[0])
    plan = SignaturePlan(name, role, at, placement=Placement(0, (60, 60, 180, 120)))
    stamper = demo_pki().stamper(at=at) if stamped else None
    return sign_pdf(pdf, plan, (holder or officer()).signing_key(), stamper=stamper)


@functools.cache
def signed() -> bytes:
    """A paper of two pages, signed."""
    return sign(simple_paper())


@functools.cache
def sealed() -> bytes:
    """The same, sealed by the agency a minute later."""
    return sign(signed(), "seal-1", agency(), AT + timedelta(minutes=1))


def judge(
    content: bytes | Path,
    *,
    at: datetime = LATER,
    demanded: Sequence[Role] = (),
    expected_sha256: str = "",
    online: bool = True,
) -> PaperVerdict:
    """Return the verdict with the roots of the test's hierarchy, asking its OCSP and CRLs at that moment."""
    pki = demo_pki()
    return verify_pdf(
        content,
        trust=pki.trust_store(),
        at=at,
        online=pki.fetcher(at=at) if online else None,
        demanded=demanded,
        expected_sha256=expected_sha256,
    )
