"""The port to a certificate authority."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal, Protocol

from motcua.trust.terms import HolderKind, RequestKind


@dataclass(frozen=True, slots=True)
class Order:
    """What is asked: for whom, and for renewal and revocation of which certificate (DER)."""

    number: int
    kind: RequestKind
    holder_kind: HolderKind
    name: str
    agency: str
    title: str = ""
    certificate: bytes = b""
    revocation_code: str = ""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of it: "issued" with the certificate and those above it (PEM), "revoked", "waiting" or "refused".

    `key_where`: where the key of a certificate that was issued lies below DATA, when the authority made it.
    """

    came: Literal["issued", "revoked", "waiting", "refused"]
    content: bytes = b""
    key_where: str = ""
    words: str = ""


class UnavailableError(Exception):
    """The authority did not answer; the request is sent again later."""


class CertificateAuthority(Protocol):
    """Somebody who issues certificates; `label` is Vietnamese."""

    label: str

    def ask(self, order: Order, *, at: datetime) -> Outcome:
        """Send an order; the same number again is the same order. Raises UnavailableError."""
        ...
