"""Khai báo, ngừng dùng dịch vụ tin cậy."""

from datetime import datetime
from urllib.parse import urlsplit

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from django.db import transaction

from motcua.agencies.access import require_admin
from motcua.identity.terms import Actor
from motcua.journal.actions import record
from motcua.kernel.checks import length_problems, reason_problems, required_problems
from motcua.kernel.errors import Invalid, NotFound, Problem, RuleBroken
from motcua.kernel.text import clean
from motcua.trust.models import TrustService
from motcua.trust.terms import ServiceKind

_LONGEST_URL, _LONGEST_NAME, _MOST_POSITION = 500, 150, 99


@transaction.atomic
def declare_service(
    *,
    actor: Actor,
    at: datetime,
    kind: ServiceKind,
    name: str,
    url: str,
    reason: str,
    position: int = 1,
    pinned: bytes = b"",
) -> TrustService:
    """Khai báo dịch vụ tin cậy: an address that may be asked from now on; declared again it changes, or comes back.

    `pinned` (PEM or DER) is believed for this authority of time where no root leads to it. Only for administrators of
    the installation. Raises NotPermitted, Invalid.
    """
    require_admin(actor, ())
    name, url, reason = clean(name), clean(url), clean(reason, keep_lines=True)
    problems = [*_problems(name, url, position), *reason_problems(reason)]
    certificate = _read_pinned(pinned, problems)
    if problems:
        raise Invalid(problems)
    facts = {"name": name, "position": position, "ended_at": None, **({"pinned": certificate} if certificate else {})}
    known = TrustService.objects.filter(kind=kind, url=url, ended_at__isnull=True, name=name, position=position).first()
    if known is not None and not certificate:
        return known
    row, is_new = TrustService.objects.update_or_create(kind=kind, url=url, defaults=facts)
    data = {"kind": kind.value, "name": name, "url": url, "position": position, "reason": reason}
    record(actor, "trust_service.set", row, at=at, data=data, is_new=is_new)
    return row


@transaction.atomic
def end_service(*, actor: Actor, at: datetime, service_id: int, reason: str) -> TrustService:
    """Ngừng dùng dịch vụ tin cậy: nobody is asked there any more. Raises NotFound, NotPermitted, Invalid, RuleBroken.

    The last authority of time cannot be ended: without one nobody could sign for long.
    """
    require_admin(actor, ())
    row = TrustService.objects.select_for_update().filter(pk=service_id, ended_at__isnull=True).first()
    if row is None:
        raise NotFound(Problem("service_unknown", "Không tìm thấy dịch vụ này."))
    said = clean(reason, keep_lines=True)
    if problems := reason_problems(said):
        raise Invalid(problems)
    others = TrustService.objects.filter(kind=row.kind, ended_at__isnull=True).exclude(pk=row.pk)
    if row.kind == ServiceKind.TSA and not others.exists():
        raise RuleBroken(
            Problem("last_service", "Đây là dịch vụ cấp dấu thời gian cuối cùng; hãy khai báo nơi khác trước.")
        )
    row.ended_at = at
    row.save(update_fields=["ended_at"])
    record(actor, "trust_service.ended", row, at=at, data={"url": row.url, "reason": said})
    return row


def _problems(name: str, url: str, position: int) -> list[Problem]:
    problems = required_problems(name, label="tên dịch vụ", field="name")
    problems += length_problems(name, longest=_LONGEST_NAME, label="Tên dịch vụ", field="name")
    problems += length_problems(url, longest=_LONGEST_URL, label="Địa chỉ", field="url")
    if not _is_address(url):
        problems.append(Problem("bad_address", "Địa chỉ phải bắt đầu bằng https:// hoặc http:// và có tên máy.", "url"))
    if not 1 <= position <= _MOST_POSITION:
        problems.append(Problem("position", f"Thứ tự từ 1 đến {_MOST_POSITION}.", "position"))
    return problems


def _is_address(url: str) -> bool:
    try:
        parts = urlsplit(url)
        return parts.scheme in {"http", "https"} and bool(parts.hostname) and not parts.username
    except ValueError:
        return False


def _read_pinned(content: bytes, problems: list[Problem]) -> bytes:
    if not content:
        return b""
    try:
        loaded = (
            x509.load_pem_x509_certificate(content)
            if b"-----BEGIN" in content
            else x509.load_der_x509_certificate(content)
        )
    except ValueError:
        problems.append(Problem("unreadable", "Tệp không phải chứng thư PEM hay DER.", "pinned"))
        return b""
    return loaded.public_bytes(Encoding.DER)
