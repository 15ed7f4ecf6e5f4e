"""Cho phép hỏi các địa chỉ ghi trong chứng thư."""

from collections.abc import Iterable
from urllib.parse import urlsplit

from motcua.trust.models import TrustService
from motcua.trust.terms import ServiceKind

_LONGEST = 500


def allow_addresses(ocsp: Iterable[str], crl: Iterable[str], *, issuer: str) -> int:
    """Cho phép hỏi địa chỉ: the OCSP and CRL addresses in a certificate somebody registered may be asked from now on.

    Only http and https; one that an administrator has ended stays ended. Returns how many are new. Part of the act
    that registers, which writes the journal.
    """
    wanted = [(ServiceKind.OCSP, url) for url in ocsp] + [(ServiceKind.CRL, url) for url in crl]
    rows = [TrustService(kind=kind, name=f"{kind.label} – {issuer}", url=url) for kind, url in wanted if _may_be(url)]
    before = TrustService.objects.count()
    TrustService.objects.bulk_create(rows, ignore_conflicts=True)
    return TrustService.objects.count() - before


def _may_be(url: str) -> bool:
    parts = urlsplit(url)
    return parts.scheme in {"http", "https"} and bool(parts.hostname) and len(url) <= _LONGEST
