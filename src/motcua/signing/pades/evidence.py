"""Proofs that certificates were good: issuers up to a root, what OCSP or CRL say of each, checked before kept."""

import functools
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import AuthorityInformationAccessOID

from motcua.kernel.errors import Unavailable
from motcua.signing.pades.tokens import certificates_in
from motcua.signing.pades.words import problem
from motcua.signing.terms import Stamper
from motcua.trust.rules.revocation import ocsp_question, of_crl, of_ocsp
from motcua.trust.store import TrustStore
from motcua.trust.terms import Fetcher

_LONGEST_PATH = 8


@dataclass(slots=True)
class Proofs:
    """What goes into a paper's store of proofs (DSS), DER, each once, in a stable order."""

    certificates: dict[bytes, None] = field(default_factory=dict)
    ocsps: dict[bytes, None] = field(default_factory=dict)
    crls: dict[bytes, None] = field(default_factory=dict)


@dataclass(slots=True)
class Book:
    """Gathers proofs at a moment; answers are kept for the next paper with the same certificates.

    `fetcher`: the port to OCSP and CRLs. `store`: roots that are believed and issuers that are known.
    """

    fetcher: Fetcher
    store: TrustStore
    at: datetime
    _answers: dict[bytes, tuple[bytes, bytes]] = field(default_factory=dict)
    _authority: list[bytes] = field(default_factory=list)

    def prove(self, certificates: Iterable[bytes], known: Proofs) -> Proofs:
        """Return the proofs for certificates (DER) and all their issuers that `known` does not hold yet.

        Of a certificate that has ended nobody is asked any more: what the paper holds must do. Raises
        Unavailable when a certificate leads to no root, or nobody answers for one.
        """
        pool = _by_subject([*certificates, *known.certificates, *self._stored()])
        proofs, waiting = Proofs(), list(dict.fromkeys(certificates))
        for der in waiting:
            certificate = _load(der)
            if der not in known.certificates:
                proofs.certificates[der] = None
            if der in self._anchors():
                continue
            issuer = _issuer(certificate, pool)
            if issuer is None or len(waiting) > _LONGEST_PATH * 8:
                raise Unavailable(problem("no_root"))
            if (above := _dump(issuer)) not in waiting:
                waiting.append(above)
            self._ask(der, certificate, issuer, proofs)
        proofs.ocsps = {one: None for one in proofs.ocsps if one not in known.ocsps}
        proofs.crls = {one: None for one in proofs.crls if one not in known.crls}
        return proofs

    def authority(self, stamper: Stamper) -> list[bytes]:
        """Return the certificates (DER) that come with a timestamp, by asking for one over nothing, once."""
        if not self._authority:
            self._authority = certificates_in(stamper.stamp(bytes(32)))
        return self._authority

    def _ask(self, der: bytes, certificate: x509.Certificate, issuer: x509.Certificate, proofs: Proofs) -> None:
        ocsp_urls, crl_urls = _addresses(certificate)
        if not (ocsp_urls or crl_urls) or certificate.not_valid_after_utc < self.at:
            return
        if der not in self._answers:
            self._answers[der] = self._answer(certificate, issuer, ocsp_urls, crl_urls)
        answer, listed = self._answers[der]
        if answer:
            proofs.ocsps[answer] = None
        if listed:
            proofs.crls[listed] = None

    def _answer(
        self, certificate: x509.Certificate, issuer: x509.Certificate, ocsp_urls: list[str], crl_urls: list[str]
    ) -> tuple[bytes, bytes]:
        question = ocsp_question(certificate, issuer)
        for url in ocsp_urls:
            answer = self.fetcher.ocsp(url, question)
            if answer and of_ocsp(answer, certificate, issuer, at=self.at):
                return answer, b""
        for url in crl_urls:
            listed = self.fetcher.crl(url)
            if listed and of_crl(listed, certificate, issuer, at=self.at):
                return b"", listed
        raise Unavailable(problem("no_answer"))

    def _anchors(self) -> frozenset[bytes]:
        return frozenset(anchor.certificate for anchor in self.store.anchors)

    def _stored(self) -> list[bytes]:
        return [*self.store.intermediates, *self._anchors()]


@functools.lru_cache(maxsize=512)
def _load(der: bytes) -> x509.Certificate:
    return x509.load_der_x509_certificate(der)


@functools.lru_cache(maxsize=512)
def _dump(certificate: x509.Certificate) -> bytes:
    return certificate.public_bytes(Encoding.DER)


def _by_subject(certificates: Iterable[bytes]) -> dict[x509.Name, list[x509.Certificate]]:
    pool: dict[x509.Name, list[x509.Certificate]] = {}
    for der in dict.fromkeys(certificates):
        certificate = _load(der)
        pool.setdefault(certificate.subject, []).append(certificate)
    return pool


def _issuer(certificate: x509.Certificate, pool: dict[x509.Name, list[x509.Certificate]]) -> x509.Certificate | None:
    return next((one for one in pool.get(certificate.issuer, []) if _is_issued_by(certificate, one)), None)


@functools.lru_cache(maxsize=512)
def _is_issued_by(certificate: x509.Certificate, issuer: x509.Certificate) -> bool:
    try:
        certificate.verify_directly_issued_by(issuer)
    except (ValueError, TypeError, InvalidSignature):
        return False
    return certificate != issuer


@functools.lru_cache(maxsize=512)
def _addresses(certificate: x509.Certificate) -> tuple[list[str], list[str]]:
    """Return where OCSP and CRLs about a certificate are asked for."""
    ocsps, crls = list[str](), list[str]()
    for extension in certificate.extensions:
        if isinstance(extension.value, x509.AuthorityInformationAccess):
            here = [one for one in extension.value if one.access_method == AuthorityInformationAccessOID.OCSP]
            ocsps += [one.access_location.value for one in here]
        if isinstance(extension.value, x509.CRLDistributionPoints):
            crls += [
                name.value for point in extension.value for name in point.full_name or () if isinstance(name.value, str)
            ]
    return ocsps, crls
