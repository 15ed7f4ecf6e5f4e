"""Khai báo, kiểm tra, ngừng dùng dịch vụ ký số từ xa; xem khóa của một người ở đó."""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import transaction

from motcua.agencies.access import require_admin
from motcua.identity.terms import Actor
from motcua.journal.actions import record
from motcua.kernel.calling import is_safe_address
from motcua.kernel.checks import length_problems, reason_problems, required_problems
from motcua.kernel.errors import Conflict, Invalid, MotCuaError, Problem, RuleBroken
from motcua.kernel.text import clean
from motcua.signing.access import service_for
from motcua.signing.actions.open_remote import service_at
from motcua.signing.models import SigningService
from motcua.signing.providers.csc import Credential, about, credential, credentials
from motcua.signing.rules.batches import said_of
from motcua.signing.rules.secrets import SERVICE_PURPOSE, lock_up, new_nonce
from motcua.signing.terms import KeyGoneError

_LONGEST_NAME, _LONGEST_URL, _LONGEST_CLIENT, _LONGEST_USER = 150, 500, 300, 150


@dataclass(frozen=True, slots=True)
class ServiceFacts:
    """What an administrator types; `secret` "" leaves the one that is kept."""

    name: str
    url: str
    client_id: str
    secret: str = ""
    token_url: str = ""


@transaction.atomic
def set_signing_service(
    *, actor: Actor, facts: ServiceFacts, reason: str, at: datetime, service_id: int | None = None
) -> SigningService:
    """Khai báo dịch vụ ký số từ xa, hoặc sửa: only by administrators of the installation; the secret is encrypted.

    A changed address forgets the secret unless it is typed again: it is given to nobody it was not meant for. Raises
    NotPermitted, NotFound, Invalid with every problem, Conflict for one that is declared already.
    """
    require_admin(actor, ())
    row = service_for(actor, service_id) if service_id is not None else SigningService(declared_at=at)
    said = ServiceFacts(
        clean(facts.name), clean(facts.url).rstrip("/"), clean(facts.client_id), facts.secret, clean(facts.token_url)
    )
    moved = (row.url, row.token_url, row.client_id) != (said.url, said.token_url, said.client_id)
    why = clean(reason, keep_lines=True)
    if problems := [*_problems(said, needs_secret=moved), *reason_problems(why)]:
        raise Invalid(problems)
    others = SigningService.objects.filter(url=said.url, client_id=said.client_id, ended_at__isnull=True)
    if others.exclude(pk=row.pk).exists():
        raise Conflict(Problem("declared_already", "Dịch vụ này đã khai báo với mã ứng dụng này.", "url"))
    row.name, row.url, row.client_id, row.token_url = said.name, said.url, said.client_id, said.token_url
    if said.secret:
        row.nonce = new_nonce()
        row.secret = lock_up(said.secret, master=settings.SECRET_KEY, nonce=bytes(row.nonce), purpose=SERVICE_PURPOSE)
    is_new = row.pk is None
    row.save()
    data = {"name": row.name, "url": row.url, "client_id": row.client_id, "new_secret": bool(said.secret)}
    record(actor, "signing_service.set", row, at=at, data={**data, "reason": why}, is_new=is_new)
    return row


@transaction.atomic
def end_signing_service(*, actor: Actor, service_id: int, reason: str, at: datetime) -> SigningService:
    """Ngừng dùng dịch vụ: keys there sign no more, the secret is forgotten. Raises NotFound, NotPermitted, Invalid."""
    row = service_for(actor, service_id)
    why = clean(reason, keep_lines=True)
    if problems := reason_problems(why):
        raise Invalid(problems)
    row.ended_at, row.secret = at, b""
    row.save(update_fields=["ended_at", "secret"])
    record(actor, "signing_service.ended", row, at=at, data={"url": row.url, "reason": why})
    return row


@dataclass(frozen=True, slots=True)
class Offered:
    """A credential that a service keeps for somebody; `problem`: why this house cannot sign with it, "" when it can."""

    id: str
    known: Credential | None
    problem: str = ""


def check_signing_service(*, actor: Actor, service_id: int, user: str, at: datetime) -> list[Offered]:
    """Kiểm tra kết nối: ask what it is (info) and which keys `user` has there; what came is kept on the row.

    Asks outside of any transaction. Raises NotFound, NotPermitted, RuleBroken with what was wrong.
    """
    row = service_for(actor, service_id)
    try:
        said = about(service_at(row))
        listed = credentials_of(row, user)
    except (MotCuaError, KeyGoneError) as error:
        row.last_error = said_of(error.problems) if isinstance(error, MotCuaError) else str(error)
        row.checked_at = at
        row.save(update_fields=["last_error", "checked_at"])
        raise RuleBroken(Problem("service_failed", row.last_error)) from error
    row.answered, row.last_error, row.checked_at = {**said, "keys": len(listed)}, "", at
    row.save(update_fields=["answered", "last_error", "checked_at"])
    return listed


def credentials_of(row: SigningService, user: str) -> list[Offered]:
    """Return the keys of somebody at a service, each as it describes itself. Raises MotCuaError, KeyGoneError."""
    asked = clean(user)
    if problems := length_problems(asked, longest=_LONGEST_USER, label="Mã người dùng", field="user"):
        raise Invalid(problems)
    service = service_at(row)
    token = service.token()
    found = []
    for one in credentials(service, token=token, user=asked):
        try:
            known = credential(service, one, token=token)
        except MotCuaError as refusal:
            found.append(Offered(one, None, said_of(refusal.problems)))
        else:
            found.append(Offered(one, known, known.refusal()))
    return found


def services_in_use() -> list[SigningService]:
    """Return the services whose keys may be connected."""
    return list(SigningService.objects.filter(ended_at__isnull=True).order_by("name", "pk"))


def _problems(said: ServiceFacts, *, needs_secret: bool) -> list[Problem]:
    problems = required_problems(said.name, label="tên dịch vụ", field="name")
    problems += required_problems(said.client_id, label="mã ứng dụng", field="client_id")
    problems += length_problems(said.name, longest=_LONGEST_NAME, label="Tên dịch vụ", field="name")
    problems += length_problems(said.client_id, longest=_LONGEST_CLIENT, label="Mã ứng dụng", field="client_id")
    problems += length_problems(said.secret, longest=_LONGEST_CLIENT, label="Mật khẩu ứng dụng", field="secret")
    for field, value in (("url", said.url), ("token_url", said.token_url)):
        problems += length_problems(value, longest=_LONGEST_URL, label="Địa chỉ", field=field)
        if (value or field == "url") and not _is_address(value):
            problems.append(Problem("unsafe_address", "Địa chỉ phải bắt đầu bằng https:// và có tên máy.", field))
    if needs_secret and not said.secret:
        message = "Hãy nhập mật khẩu ứng dụng; đổi địa chỉ hoặc mã ứng dụng thì phải nhập lại."
        problems.append(Problem("required", message, "secret"))
    return problems


def _is_address(url: str) -> bool:
    try:
        return is_safe_address(url) and "@" not in url
    except ValueError:
        return False
