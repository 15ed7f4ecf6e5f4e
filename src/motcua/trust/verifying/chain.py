"""From a certificate up to a root that is believed, and whether it was taken back on the way."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any

from asn1crypto import crl, ocsp, x509
from pyhanko_certvalidator import CertificateValidator, ValidationContext
from pyhanko_certvalidator.errors import (
    DisallowedAlgorithmError,
    ExpiredError,
    InsufficientRevinfoError,
    InvalidCertificateError,
    NotYetValidError,
    PathBuildingError,
    RevokedError,
    ValidationError,
)
from pyhanko_certvalidator.path import ValidationPath
from pyhanko_certvalidator.policy_decl import (
    NO_REVOCATION,
    CertRevTrustPolicy,
    RevocationCheckingPolicy,
    RevocationCheckingRule,
)

from motcua.trust.store import TrustStore
from motcua.trust.terms import Fetcher, Revocation
from motcua.trust.verifying.seals import own_name, run

#: Clocks of authorities differ that much.
TOLERANCE = timedelta(minutes=5)
#: How answers about revocation are asked for: not at all, as certificates say, or any that accuses.
_MODES = {
    "none": NO_REVOCATION,
    "hard-fail": RevocationCheckingPolicy(
        RevocationCheckingRule.CHECK_IF_DECLARED, RevocationCheckingRule.CHECK_IF_DECLARED
    ),
    "accusing": RevocationCheckingPolicy(
        RevocationCheckingRule.CRL_OR_OCSP_REQUIRED, RevocationCheckingRule.CHECK_IF_DECLARED_SOFT
    ),
}


@dataclass(slots=True)
class Evidence:
    """Answers about revocation and certificates that came with the paper; every one is judged by its own signature."""

    certificates: list[x509.Certificate] = field(default_factory=list)
    ocsps: list[ocsp.OCSPResponse] = field(default_factory=list)
    crls: list[crl.CertificateList] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Chain:
    """What is true of a certificate at a moment. `code` is a reason code, "" when it is trusted."""

    trusted: bool | None
    code: str
    path: tuple[str, ...] = ()
    revocation: Revocation = "not_checked"
    revoked_at: datetime | None = None
    from_paper: bool = False


@dataclass(slots=True)
class Judge:
    """Judges certificates against one store; keeps what was fetched for the next signature of the same paper."""

    store: TrustStore
    at: datetime
    online: Fetcher | None = None
    evidence: Evidence = field(default_factory=Evidence)
    _fetched: Evidence = field(default_factory=Evidence)
    _asked: set[bytes] = field(default_factory=set)
    _anchors: list[x509.Certificate] | None = None
    _kept: Evidence | None = None

    def judge(
        self,
        certificate: x509.Certificate,
        others: Iterable[x509.Certificate],
        *,
        moment: datetime,
        stamped: datetime | None = None,
    ) -> Chain:
        """Return what is true of a certificate at a moment, the time at which its signature is known to have been.

        `stamped`: of a time-stamping authority, what it says the time was; without a fresh answer about revocation
        one in the paper from then is taken.
        """
        enclosed = [one for one in others if _is_sound(one)]
        certificates = [*enclosed, *self.evidence.certificates, *self._stored().certificates]
        try:
            path = self._path(certificate, certificates, moment, Evidence(), mode="none")
        except (ValueError, TypeError, KeyError) as error:
            return self._refused(certificate, certificates, error)
        except (ValidationError, PathBuildingError) as error:
            return self._refused(certificate, certificates, error)
        if _ends(path) < moment:  # nobody answers for what a root of ours vouched for after its end
            return Chain(None, "chain_expired", _names(path))
        chain = self._with_revocation(certificate, certificates, path, moment)
        if chain.trusted is None and stamped is not None and stamped < moment:
            return self._then(certificate, certificates, stamped, chain)
        return chain

    def _then(
        self, certificate: x509.Certificate, certificates: list[x509.Certificate], moment: datetime, chain: Chain
    ) -> Chain:
        try:
            self._path(certificate, certificates, moment, self.evidence, mode="hard-fail")
        except (ValidationError, PathBuildingError, ValueError):
            return chain
        return replace(chain, trusted=True, code="", revocation="good", from_paper=True)

    def _with_revocation(
        self,
        certificate: x509.Certificate,
        certificates: list[x509.Certificate],
        path: ValidationPath,
        moment: datetime,
    ) -> Chain:
        names = _names(path)
        if moment >= self.at:  # nothing proves an earlier time: the newest answers count
            self._asked_for(path, certificate)
        refused = self._taken_back(certificate, certificates, path, moment)
        if refused is not None:
            return replace(refused, path=names)
        answers = (
            (self.evidence, True),
            (self._known(certificate), False),
            (self._asked_for(path, certificate), False),
        )
        for known, from_paper in answers:
            try:
                self._path(certificate, certificates, moment, known, mode="hard-fail")
            except InsufficientRevinfoError:
                later = self._revoked_later(certificate, certificates, moment, known)
                if later is None:
                    continue
                return Chain(trusted=True, code="", path=names, revocation="good", revoked_at=later)
            except (ValidationError, PathBuildingError, ValueError) as error:
                return replace(self._refused(certificate, certificates, error), path=names)
            if not _can_be_revoked(certificate):
                return Chain(trusted=True, code="", path=names)
            later = _revoked_at(certificate, known)
            return Chain(trusted=True, code="", path=names, revocation="good", revoked_at=later, from_paper=from_paper)
        return Chain(trusted=None, code="revocation_unknown", path=names, revocation="unknown")

    def _taken_back(
        self,
        certificate: x509.Certificate,
        certificates: list[x509.Certificate],
        path: ValidationPath,
        moment: datetime,
    ) -> Chain | None:
        """Return the refusal when any authentic answer says that one of the path was taken back before the moment.

        One that says "good" (older, kept in the paper) does not outweigh it; also asked for certificates that do not
        name where to ask.
        """
        sources = (self.evidence, self._fetched, self._stored())
        serials = {one.serial_number for one in path if isinstance(one, x509.Certificate)}
        accusing = Evidence(
            ocsps=[answer for one in sources for answer in one.ocsps if _accuses(answer, serials)],
            crls=[listed for one in sources for listed in one.crls],
        )
        if not accusing.ocsps and not accusing.crls:
            return None
        try:
            self._path(certificate, certificates, moment, accusing, mode="accusing")
        except RevokedError as error:
            return self._refused(certificate, certificates, error) if error.revocation_dt <= moment else None
        except (ValidationError, PathBuildingError, ValueError):
            return None
        return None

    def _revoked_later(
        self, certificate: x509.Certificate, certificates: list[x509.Certificate], moment: datetime, known: Evidence
    ) -> datetime | None:
        """Return when an authentic answer says that the certificate was taken back, if that was after the moment.

        The library takes such an OCSP answer for none at all; asked for a later time it tells.
        """
        then = min(self.at, certificate.not_valid_after)
        try:
            self._path(certificate, certificates, then, known, mode="hard-fail")
        except RevokedError as error:
            is_own = error.is_ee_cert and not error.is_side_validation
            return error.revocation_dt if is_own and error.revocation_dt > moment else None
        except (ValidationError, PathBuildingError, ValueError):
            return None
        return None

    def _path(
        self,
        certificate: x509.Certificate,
        certificates: list[x509.Certificate],
        moment: datetime,
        known: Evidence,
        *,
        mode: str,
    ) -> ValidationPath:
        context = ValidationContext(
            trust_roots=list(self._roots()),
            other_certs=certificates,
            moment=moment,
            crls=known.crls,
            ocsps=known.ocsps,
            revinfo_policy=CertRevTrustPolicy(_MODES[mode], retroactive_revinfo=True),
            allow_fetching=False,
            time_tolerance=TOLERANCE,
        )
        validator = CertificateValidator(certificate, validation_context=context)
        path: ValidationPath = run(validator.async_validate_usage(set()))  # type: ignore[no-untyped-call]
        return path

    def _known(self, certificate: x509.Certificate) -> Evidence:
        """Return what came with the paper and, while the authority still answers for it, what lies here."""
        stored = self._stored()
        fresh = certificate.not_valid_after >= self.at
        return Evidence(
            ocsps=[*self.evidence.ocsps, *(self._fetched.ocsps if fresh else ())],
            crls=[*self.evidence.crls, *(self._fetched.crls if fresh else ()), *(stored.crls if fresh else ())],
        )

    def _asked_for(self, path: ValidationPath, certificate: x509.Certificate) -> Evidence:
        """Ask for what is missing. After a certificate's end nobody answers for it any more: then nobody is asked."""
        certificates = [one for one in path if isinstance(one, x509.Certificate)]
        if self.online is not None and certificate.not_valid_after >= self.at:
            for issuer, below in pairwise(certificates):
                if below.sha256 not in self._asked:
                    self._asked.add(below.sha256)
                    self._ask(below, issuer)
        return self._known(certificate)

    def _ask(self, certificate: x509.Certificate, issuer: x509.Certificate) -> None:
        assert self.online is not None  # noqa: S101 the caller looked
        request = ocsp_request(certificate, issuer)
        for url in certificate.ocsp_urls[:2]:
            answer = self.online.ocsp(url, request)
            response = _read(ocsp.OCSPResponse, answer)
            if response is not None:
                self._fetched.ocsps.append(response)
                return
        for point in certificate.crl_distribution_points[:2]:
            found = _read(crl.CertificateList, self.online.crl(point.url) if point.url else None)
            if found is not None:
                self._fetched.crls.append(found)
                return

    def _roots(self) -> Sequence[x509.Certificate]:
        if self._anchors is None:
            self._anchors = _certificates(anchor.certificate for anchor in self.store.anchors)
        return self._anchors

    def _stored(self) -> Evidence:
        if self._kept is None:
            lists = (_read(crl.CertificateList, der) for der in self.store.crls)
            self._kept = Evidence(
                certificates=_certificates(self.store.intermediates), crls=[one for one in lists if one is not None]
            )
        return self._kept

    def _refused(self, certificate: x509.Certificate, certificates: list[x509.Certificate], error: Exception) -> Chain:
        names = guessed_path(certificate, certificates)
        if isinstance(error, RevokedError):
            code = "revoked" if error.is_ee_cert and not error.is_side_validation else "issuer_revoked"
            return Chain(False, code, names, "revoked", error.revocation_dt)  # noqa: FBT003 its first word
        if isinstance(error, PathBuildingError | InvalidCertificateError) or not self.store.anchors:
            if certificate.self_signed in {"yes", "maybe"} and certificate.self_issued:
                return Chain(False, "self_signed", names)  # noqa: FBT003 its first word
            return Chain(None, "unknown_root", names)
        return Chain(*_of_error(error), names)


def _of_error(error: Exception) -> tuple[bool | None, str]:
    own = bool(getattr(error, "is_ee_cert", True))
    if isinstance(error, ExpiredError):
        return None, "expired" if own else "chain_expired"
    if isinstance(error, NotYetValidError):
        return False, "signed_before_validity" if own else "bad_chain"
    if isinstance(error, DisallowedAlgorithmError):
        return None, "weak_chain"
    return False, "bad_chain"


def ocsp_request(certificate: x509.Certificate, issuer: x509.Certificate) -> bytes:
    """Return a question about one certificate (RFC 6960, without a nonce, so that answers can be kept)."""
    from cryptography import x509 as crypto
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.x509 import ocsp as questions

    builder = questions.OCSPRequestBuilder().add_certificate(
        crypto.load_der_x509_certificate(certificate.dump()),
        crypto.load_der_x509_certificate(issuer.dump()),
        hashes.SHA1(),  # noqa: S303 names the issuer only; the answer everybody understands
    )
    return builder.build().public_bytes(serialization.Encoding.DER)


def guessed_path(certificate: x509.Certificate, certificates: Iterable[x509.Certificate]) -> tuple[str, ...]:
    """Return the names from the certificate upwards as far as issuers are at hand; nothing is checked."""
    pool = {one.subject.hashable: one for one in certificates}
    names, current = [own_name(certificate)], certificate
    while len(names) < 8 and current.issuer != current.subject:  # noqa: PLR2004 no real path is longer
        above = pool.get(current.issuer.hashable)
        if above is None:
            names.append(str(current.issuer.native.get("common_name", current.issuer.human_friendly)))
            break
        names.append(own_name(above))
        current = above
    return tuple(names)


def _is_sound(certificate: x509.Certificate) -> bool:
    try:
        return is_readable(certificate)
    except (ValueError, TypeError, KeyError, AttributeError):
        return False


def _names(path: ValidationPath) -> tuple[str, ...]:
    certificates = [one for one in path if isinstance(one, x509.Certificate)]
    return tuple(own_name(one) for one in reversed(certificates))


def _ends(path: ValidationPath) -> datetime:
    ends: list[datetime] = [one.not_valid_after for one in path if isinstance(one, x509.Certificate)]
    return min(ends)


def _can_be_revoked(certificate: x509.Certificate) -> bool:
    return bool(certificate.ocsp_urls or certificate.crl_distribution_points)


def _accuses(answer: ocsp.OCSPResponse, serials: set[int]) -> bool:
    data = answer.basic_ocsp_response
    rows = data["tbs_response_data"]["responses"] if data else ()
    return any(
        row["cert_status"].name == "revoked" and row["cert_id"]["serial_number"].native in serials for row in rows
    )


def _revoked_at(certificate: x509.Certificate, known: Evidence) -> datetime | None:
    """Return when some answer at hand says it was taken back; for a remark only, the judgement was made before."""
    for listed in known.crls:
        if listed.issuer == certificate.issuer:
            for row in listed["tbs_cert_list"]["revoked_certificates"]:
                if row["user_certificate"].native == certificate.serial_number:
                    return _moment(row["revocation_date"].native)
    for answer in known.ocsps:
        data = answer.basic_ocsp_response
        for row in data["tbs_response_data"]["responses"] if data else ():
            is_it = row["cert_id"]["serial_number"].native == certificate.serial_number
            if is_it and row["cert_status"].name == "revoked":
                return _moment(row["cert_status"].chosen["revocation_time"].native)
    return None


def _moment(value: Any) -> datetime | None:
    return value if isinstance(value, datetime) else None


def _certificates(ders: Iterable[bytes]) -> list[x509.Certificate]:
    found = (_read(x509.Certificate, der) for der in ders)
    return [one for one in found if one is not None]


def _read(kind: Any, der: bytes | None) -> Any:
    if not der:
        return None
    try:
        value = kind.load(der)
        return value if is_readable(value) else None
    except (ValueError, TypeError, KeyError, AttributeError):
        return None


def is_readable(value: Any) -> bool:
    """Whether what was loaded can be read as far as it is looked at first; raises like asn1crypto when it cannot."""
    if isinstance(value, crl.CertificateList):
        return value["tbs_cert_list"]["this_update"].native is not None and bool(value.issuer.hashable)
    if isinstance(value, ocsp.OCSPResponse):
        return value["response_status"].native == "successful" and bool(value.response_data.native)
    return bool(value.subject.hashable and value.issuer.hashable and value.public_key.algorithm)
