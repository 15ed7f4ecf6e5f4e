"""The demo's own authority: really issues and revokes, so that OCSP and the lists show it."""

from datetime import datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from motcua.trust.pki.folder import issue_file, open_folder, pki_folder, revoke, write_private
from motcua.trust.pki.hierarchy import demo_holder_name
from motcua.trust.providers.ca.port import Order, Outcome, UnavailableError
from motcua.trust.terms import HolderKind, RequestKind

_LIFE = timedelta(days=730)
_BEFORE = timedelta(hours=1)


class DemoAuthority:
    """The hierarchy in DATA/pki; keys it makes go to DATA/keys, with the demo's PIN."""

    label = "CA mẫu của bản trình diễn"

    def __init__(self, data: Path) -> None:
        self._data = data

    def ask(self, order: Order, *, at: datetime) -> Outcome:
        """Do what is asked at once."""
        try:
            return self._revoke(order, at) if order.kind == RequestKind.REVOKE else self._issue(order, at)
        except OSError as error:
            raise UnavailableError(str(error)) from error

    def _issue(self, order: Order, at: datetime) -> Outcome:
        where = f"keys/de-nghi-{order.number}.p12"
        issuer = open_folder(pki_folder(self._data)).issuers[_issuer_of(order)]
        subject = demo_holder_name(order.name, agency=order.agency, title=order.title)
        certificate, file = issue_file(issuer, subject, valid_from=at - _BEFORE, valid_to=at + _LIFE)
        (self._data / "keys").mkdir(mode=0o700, exist_ok=True)
        write_private(self._data / where, file)
        content = certificate.public_bytes(Encoding.PEM) + issuer.certificate.public_bytes(Encoding.PEM)
        return Outcome("issued", content, where, "Đã cấp; PIN là PIN chung của bản trình diễn.")

    def _revoke(self, order: Order, at: datetime) -> Outcome:
        serial = x509.load_der_x509_certificate(order.certificate).serial_number
        reason = order.revocation_code or "unspecified"
        revoke(pki_folder(self._data), _issuer_of(order), serial, at=at, reason=reason)
        return Outcome("revoked", words="Đã thu hồi; OCSP và danh sách thu hồi đã ghi.")


def _issuer_of(order: Order) -> str:
    return "agencies" if order.holder_kind == HolderKind.AGENCY else "officers"
