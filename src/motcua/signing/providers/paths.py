"""The way from a certificate upwards, out of certificates that lie together in a file or on a token."""

from collections.abc import Sequence

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding


def path_above(certificate: x509.Certificate, others: Sequence[x509.Certificate]) -> tuple[bytes, ...]:
    """Return the issuers of a certificate as DER, nearest first, without the anchor (the one that issued itself)."""
    path, current = list[bytes](), certificate
    while len(path) <= len(others):
        above = next((one for one in others if one.subject == current.issuer), None)
        if above is None or above.issuer == above.subject:
            break
        path.append(above.public_bytes(Encoding.DER))
        current = above
    return tuple(path)
