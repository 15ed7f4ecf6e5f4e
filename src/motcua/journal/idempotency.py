"""The same write sent twice is done once and answered alike."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError, transaction

from motcua.journal.models import StoredReply
from motcua.kernel.errors import Conflict, Invalid, MotCuaError, Problem
from motcua.kernel.inserting import insert

_LONGEST_KEY = 200


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer that can be given again: HTTP status, JSON body, or the address to go to."""

    status: int
    body: Any = None
    location: str = ""


def fingerprint_of(*parts: bytes | str) -> str:
    """Return a short mark of a request, to see that a key comes back with the same request."""
    digest = hashlib.sha256()
    for part in parts:
        digest.update(part.encode() if isinstance(part, str) else part)
        digest.update(b"\0")
    return digest.hexdigest()


def once(
    *,
    scope: str,
    key: str,
    fingerprint: str,
    act: Callable[[], Reply],
    prepare: Callable[[], object] | None = None,
) -> Reply:
    """Do `act` in a transaction unless `key` was answered before in `scope`; then give that answer again.

    `prepare` is what has to be done before the transaction because it is slow; it may be done twice without harm.
    Raises Conflict when the key comes back with another request, Invalid when the key is empty or too long.
    Refusals of `act` are not stored: the request may be mended and sent again under the same key.
    """
    if not key or len(key) > _LONGEST_KEY:
        message = f"Mỗi yêu cầu ghi phải có Idempotency-Key dài từ 1 đến {_LONGEST_KEY} ký tự."
        raise Invalid(Problem("idempotency_key", message, "Idempotency-Key"))
    if prepare is not None:
        if stored := StoredReply.objects.filter(scope=scope, key=key).first():
            return _again(stored, fingerprint)
        prepare()
    try:
        with transaction.atomic():
            reply = act()
            insert(
                StoredReply(
                    scope=scope,
                    key=key,
                    fingerprint=fingerprint,
                    status=reply.status,
                    body=reply.body,
                    location=reply.location,
                )
            )
            return reply
    except (IntegrityError, MotCuaError):
        stored = StoredReply.objects.filter(scope=scope, key=key).first()
        if stored is None:
            raise
    return _again(stored, fingerprint)


def _again(stored: StoredReply, fingerprint: str) -> Reply:
    if stored.fingerprint != fingerprint:
        message = "Khóa này đã dùng cho một yêu cầu khác; hãy dùng khóa mới."
        raise Conflict(Problem("idempotency_key_reused", message, "Idempotency-Key"))
    return Reply(status=stored.status, body=stored.body, location=stored.location)
