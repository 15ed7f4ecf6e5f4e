"""Which certificates may sign a paper, and when."""

from datetime import datetime

from cryptography import x509

from motcua.kernel.errors import Invalid, Problem
from motcua.signing.pades.cms import Identity
from motcua.signing.pades.words import problem

#: RSA keys shorter than this are refused (stored papers must hold for decades); of curves only P-256 is taken.
_FEWEST_RSA_BITS = 2048
_CURVE = "secp256r1"


def refuse_certificate(identity: Identity, at: datetime) -> None:
    """Raise Invalid with every Problem that speaks against signing with a certificate at a moment."""
    problems = certificate_problems(identity, at)
    if problems:
        raise Invalid(problems)


def certificate_problems(identity: Identity, at: datetime) -> list[Problem]:
    """Return what speaks against a certificate: its time, what its key may do, kind and length of the key."""
    codes = []
    if at < identity.certificate.not_valid_before_utc:
        codes.append("certificate_not_yet")
    if at > identity.certificate.not_valid_after_utc:
        codes.append("certificate_expired")
    if not _may_sign(identity.certificate):
        codes.append("certificate_usage")
    if identity.algorithm == "rsa" and identity.key_bits < _FEWEST_RSA_BITS:
        codes.append("key_too_weak")
    if identity.algorithm == "ecdsa" and identity.curve != _CURVE:
        codes.append("key_unknown_kind")
    return [problem(code) for code in codes]


def _may_sign(certificate: x509.Certificate) -> bool:
    try:
        usage = certificate.extensions.get_extension_for_class(x509.KeyUsage).value
    except x509.ExtensionNotFound:
        return True
    return usage.digital_signature or usage.content_commitment
