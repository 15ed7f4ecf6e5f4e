"""A private hierarchy in memory for tests: certificates, timestamps, OCSP and CRLs at moments the test chooses.

`demo_pki()` is made once a process (some 5 ms); nothing goes over a network. Holders have keys of their own: P-256
unless the test wants "rsa2048" or "rsa3072", which come from a small pool since making them is slow. Keep the names
here stable.

    pki = demo_pki()
    officer = pki.officer("Hoàng Mạnh Cường", "UBND phường Hạ Long", key="rsa2048")
    certificate, key, chain = officer                      # of `cryptography`; officer.der, officer.signing_key() …
    late = pki.officer("Trần Văn A", "…", revoked=datetime(2026, 3, 1, tzinfo=UTC))
    pki.stamper(at=…), pki.fetcher(at=…), pki.pkcs12(officer, "12345678"), pki.trust_store()
"""

from __future__ import annotations

import functools
import itertools
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, NamedTuple

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.asymmetric.utils import Prehashed
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, Encoding, pkcs12
from cryptography.x509 import ocsp

from motcua.signing.terms import Algorithm
from motcua.trust.pki.authority import Authority, Wish
from motcua.trust.pki.hierarchy import Hierarchy, addresses_below, holder_name, make_hierarchy, make_stamper
from motcua.trust.pki.keys import KeyName, PrivateKey, make_key
from motcua.trust.pki.stamping import Stamping
from motcua.trust.terms import TrustStoppedError, UnstampedError

if TYPE_CHECKING:
    from motcua.trust.store import TrustStore

PIN = "12345678"
#: Where the certificates say that OCSP and CRLs are; nobody is there, `fetcher()` answers in the process.
BASE = "http://pki.motcua.test"
#: When holders' certificates are good, unless the test says otherwise; `EXPIRED` for `expired=True`.
GOOD = (datetime(2023, 1, 1, tzinfo=UTC), datetime(2040, 1, 1, tzinfo=UTC))
EXPIRED = (datetime(2021, 1, 1, tzinfo=UTC), datetime(2022, 1, 1, tzinfo=UTC))
NOT_YET = (datetime(2041, 1, 1, tzinfo=UTC), datetime(2043, 1, 1, tzinfo=UTC))
_DER = Encoding.DER
Clock = Callable[[], datetime]


def _now() -> datetime:
    return datetime.now(UTC).replace(microsecond=0)


@functools.cache
def _pool(name: KeyName) -> itertools.cycle[PrivateKey]:
    return itertools.cycle([make_key(name) for _ in range(2)])


def new_key(name: KeyName = "p256") -> PrivateKey:
    """Return a key: a new one for curves, one of two of the process for RSA."""
    return next(_pool(name)) if name.startswith("rsa") else make_key(name)


class Holder(NamedTuple):
    """A certificate with its key and the chain above it, without the anchor; of `cryptography`."""

    certificate: x509.Certificate
    key: PrivateKey
    chain: tuple[x509.Certificate, ...]

    @property
    def der(self) -> bytes:
        """The certificate as DER."""
        return self.certificate.public_bytes(_DER)

    @property
    def chain_der(self) -> tuple[bytes, ...]:
        """The chain as DER."""
        return tuple(one.public_bytes(_DER) for one in self.chain)

    @property
    def serial(self) -> int:
        """The serial number."""
        return self.certificate.serial_number

    def signing_key(self) -> MemoryKey:
        """Return the holder as the port of the room `signing`."""
        return MemoryKey(self)


class MemoryKey:
    """A `signing.terms.SigningKey` in memory."""

    def __init__(self, holder: Holder) -> None:
        self.certificate = holder.der
        self.chain = holder.chain_der
        self.algorithm: Algorithm = "rsa" if isinstance(holder.key, rsa.RSAPrivateKey) else "ecdsa"
        self._key = holder.key

    def sign(self, digests: Sequence[bytes], *, hash_name: str = "sha256") -> list[bytes]:
        """Sign digests, in order."""
        known = {"sha256": hashes.SHA256, "sha384": hashes.SHA384, "sha512": hashes.SHA512, "sha1": hashes.SHA1}
        algorithm = Prehashed(known[hash_name]())
        if isinstance(self._key, ec.EllipticCurvePrivateKey):
            return [self._key.sign(one, ec.ECDSA(algorithm)) for one in digests]
        return [self._key.sign(one, padding.PKCS1v15(), algorithm) for one in digests]

    def close(self) -> None:
        """Nothing is open."""


@dataclass
class MemoryStamper:
    """A `signing.terms.Stamper` in memory; `down=True` raises UnstampedError, `stopped=True` TrustStoppedError."""

    stamping: Stamping
    clock: Clock = _now
    down: bool = False
    stopped: bool = False
    stamped: int = 0

    def stamp(self, digest: bytes, *, hash_name: str = "sha256") -> bytes:
        """Return a token (DER) over the digest."""
        if self.stopped:
            raise TrustStoppedError
        if self.down:
            raise UnstampedError
        self.stamped += 1
        return self.stamping.token(digest, at=self.clock(), hash_name=hash_name)


@dataclass
class MemoryFetcher:
    """A `trust.terms.Fetcher` that asks the authorities in memory; `asked` collects, `no_ocsp` and `no_crl` kill."""

    authorities: Mapping[str, Authority]
    clock: Clock = _now
    no_ocsp: bool = False
    no_crl: bool = False
    asked: list[str] = field(default_factory=list)

    def ocsp(self, url: str, request: bytes) -> bytes | None:
        """Return the answer of the authority at that address."""
        self.asked.append(url)
        authority = None if self.no_ocsp else self.authorities.get(url)
        return authority and authority.answer(request, at=self.clock())

    def crl(self, url: str) -> bytes | None:
        """Return the list at that address."""
        self.asked.append(url)
        authority = None if self.no_crl else self.authorities.get(url)
        return authority and authority.crl(at=self.clock())

    def ocsp_of(self, certificate: bytes, issuer: bytes) -> bytes:
        """Return the answer about a certificate without an address (for what is put into papers)."""
        found, above = x509.load_der_x509_certificate(certificate), x509.load_der_x509_certificate(issuer)
        request = ocsp.OCSPRequestBuilder().add_certificate(found, above, hashes.SHA256()).build()
        return self._above(above).answer(request.public_bytes(_DER), at=self.clock())

    def crl_of(self, issuer: bytes) -> bytes:
        """Return the list of an authority, without an address."""
        return self._above(x509.load_der_x509_certificate(issuer)).crl(at=self.clock())

    def _above(self, issuer: x509.Certificate) -> Authority:
        return next(one for one in self.authorities.values() if one.certificate == issuer)


class DemoPki:
    """The hierarchy, an unrelated one nobody trusts, and the means to make holders, stamps and answers."""

    def __init__(self, clock: Clock = _now) -> None:
        self.clock = clock
        self.trusted: Hierarchy = make_hierarchy(addresses=addresses_below(BASE))
        self.untrusted: Hierarchy = make_hierarchy(addresses=addresses_below(f"{BASE}/la"), label="gốc lạ")

    # -- anchors
    @property
    def root(self) -> x509.Certificate:
        """The root everybody trusts."""
        return self.trusted.root.certificate

    @property
    def untrusted_root(self) -> x509.Certificate:
        """A root that is in no trust store."""
        return self.untrusted.root.certificate

    def anchors(self) -> tuple[bytes, ...]:
        """The trusted root as DER, in a tuple."""
        return (self.root.public_bytes(_DER),)

    def intermediates(self) -> tuple[bytes, ...]:
        """The issuing authorities below the trusted root as DER."""
        issuers = (*self.trusted.issuers.values(), self.trusted.stamping_issuer)
        return tuple(one.certificate.public_bytes(_DER) for one in issuers)

    def trust_store(self) -> TrustStore:
        """Return a trust store that holds the trusted root and nothing else."""
        from motcua.trust.store import TrustStore

        return TrustStore.of(self.anchors(), self.intermediates())

    # -- holders
    def officer(
        self,
        name: str = "Hoàng Mạnh Cường",
        agency: str = "Ủy ban nhân dân phường Hạ Long",
        key: KeyName | PrivateKey = "p256",
        *,
        title: str = "",
        identifier: str = "",
        revoked: datetime | None = None,
        revoked_for: x509.ReasonFlags = x509.ReasonFlags.unspecified,
        expired: bool = False,
        not_yet: bool = False,
        valid: tuple[datetime, datetime] = GOOD,
        trusted: bool = True,
        digest: str = "sha256",
    ) -> Holder:
        """Return a new officer; `revoked` is the moment from which OCSP and CRL say so."""
        subject = holder_name(name, agency=agency, title=title, identifier=identifier)
        issuer = (self.trusted if trusted else self.untrusted).issuers["officers"]
        period = EXPIRED if expired else NOT_YET if not_yet else valid
        return _issue(issuer, subject, key, period, digest, revoked, revoked_for)

    def agency(
        self,
        name: str = "Ủy ban nhân dân phường Hạ Long",
        key: KeyName | PrivateKey = "p256",
        *,
        identifier: str = "",
        revoked: datetime | None = None,
        revoked_for: x509.ReasonFlags = x509.ReasonFlags.unspecified,
        expired: bool = False,
        not_yet: bool = False,
        valid: tuple[datetime, datetime] = GOOD,
        trusted: bool = True,
        digest: str = "sha256",
    ) -> Holder:
        """Return a new agency (the seal)."""
        subject = holder_name(name, agency=name, identifier=identifier)
        issuer = (self.trusted if trusted else self.untrusted).issuers["agencies"]
        period = EXPIRED if expired else NOT_YET if not_yet else valid
        return _issue(issuer, subject, key, period, digest, revoked, revoked_for)

    def self_signed(self, name: str = "Hoàng Mạnh Cường", key: KeyName = "p256") -> Holder:
        """Return somebody who vouches for themselves."""
        own = new_key(key)
        subject = holder_name(name)
        certificate = Authority(_blank(subject, own), own).issue(Wish(subject, own.public_key(), *GOOD))
        return Holder(certificate, own, ())

    def revoke(self, holder: Holder, *, at: datetime, reason: x509.ReasonFlags = x509.ReasonFlags.unspecified) -> None:
        """Take a certificate back from that moment on."""
        for authority in self._at().values():
            if authority.certificate.subject == holder.certificate.issuer:
                authority.revoke(holder.serial, at=at, reason=reason)

    def pkcs12(self, holder: Holder, pin: str = PIN) -> bytes:
        """Return the holder as a PKCS#12 file with the chain."""
        return pkcs12.serialize_key_and_certificates(
            b"demo", holder.key, holder.certificate, holder.chain, BestAvailableEncryption(pin.encode())
        )

    # -- services
    @property
    def tsa(self) -> tuple[Stamping, ...]:
        """The two time-stamping authorities; `.answer(request, at=…)` and `.token(digest, at=…)`."""
        return self.trusted.stampers

    def stamper(
        self, *, at: datetime | None = None, which: int = 0, trusted: bool = True, key: KeyName = "p256"
    ) -> MemoryStamper:
        """Return the port of a time-stamping authority; `at` holds its clock still."""
        clock = self.clock if at is None else (lambda: at)
        stamping = (self.trusted if trusted else self.untrusted).stampers[which]
        if key != "p256":
            stamping = make_stamper(self.trusted.stamping_issuer, 3, key=key)
        return MemoryStamper(stamping, clock)

    def stamper_between(self, valid_from: datetime, valid_to: datetime, *, at: datetime) -> MemoryStamper:
        """Return a stamper whose certificate is good only in that time (to show what happens when it expires)."""
        stamping = make_stamper(self.trusted.stamping_issuer, 4, valid_from=valid_from, valid_to=valid_to)
        return MemoryStamper(stamping, lambda: at)

    def fetcher(self, *, at: datetime | None = None) -> MemoryFetcher:
        """Return OCSP and CRLs of both hierarchies; `at` holds their clock still."""
        clock = self.clock if at is None else (lambda: at)
        return MemoryFetcher(self._at(), clock)

    def _at(self) -> dict[str, Authority]:
        every = (*self.trusted.authorities().values(), *self.untrusted.authorities().values())
        return {address: one for one in every for address in (one.addresses.ocsp, one.addresses.crl)}


def _issue(
    issuer: Authority,
    subject: x509.Name,
    key: KeyName | PrivateKey,
    period: tuple[datetime, datetime],
    digest: str,
    revoked: datetime | None,
    revoked_for: x509.ReasonFlags,
) -> Holder:
    own = new_key(key) if isinstance(key, str) else key
    wish = Wish(subject, own.public_key(), *period, digest=digest)
    certificate = issuer.issue(wish)
    if revoked is not None:
        issuer.revoke(certificate.serial_number, at=revoked, reason=revoked_for)
    return Holder(certificate, own, (issuer.certificate,))


def _blank(subject: x509.Name, key: PrivateKey) -> x509.Certificate:
    from motcua.trust.pki.authority import root

    return root(subject, key, valid_from=GOOD[0], valid_to=GOOD[1]).certificate


@functools.cache
def demo_pki() -> DemoPki:
    """Return the hierarchy of this process; holders a test makes do not touch those of others."""
    return DemoPki()
