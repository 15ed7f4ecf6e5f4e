"""Quét mã độc: what people send, before it is kept; what was kept unseen, later."""

import logging
from datetime import datetime
from typing import IO

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet

from motcua.files.actions.faults import note_fault
from motcua.files.models import Blob
from motcua.files.providers.antivirus import Antivirus, AntivirusAway, Scan, Verdict
from motcua.files.providers.antivirus.choice import antivirus
from motcua.files.queries import open_blob
from motcua.files.terms import Fault
from motcua.identity.terms import Actor
from motcua.kernel.errors import Invalid, NotFound, Problem, Unavailable

_BATCH = 50
_log = logging.getLogger(__name__)


def scan_upload(actor: Actor, file: IO[bytes], *, name: str, at: datetime, field: str = "") -> datetime | None:
    """Quét tệp gửi lên: return when it was seen to be clean; None when nobody looked.

    Nobody looks without MOTCUA_CLAMD, or when the program is away and MOTCUA_CLAMD_DOWN=accept: `scan_waiting` then
    looks later. Never in a transaction (RuntimeError): the program may take seconds. Raises Invalid for malware and for
    what cannot be looked at whole, Unavailable when the program is away.
    """
    program = antivirus()
    if program is None:
        return None
    with transaction.atomic(durable=True):
        pass  # says at once when a caller has a transaction open
    try:
        found = _ask(program, file)
    except AntivirusAway as error:
        _log.warning("the antivirus is away: %s", error)
        if settings.CLAMD_DOWN == "accept":
            return None
        raise Unavailable(_away(name, field)) from error
    if found.verdict is not Verdict.CLEAN:
        _log.warning("upload of account %s refused: %s %s", actor.account_id, found.verdict, found.name)
        raise Invalid(_refusal(found, name, field))
    return at


def scan_waiting(*, at: datetime, most_bytes: int) -> int:
    """Quét các tệp chưa quét: look at what was kept unseen, return how many were found infected.

    What cannot be looked at whole counts as seen. Stops when the program is away.
    """
    program, done, infected = antivirus(), 0, 0
    if program is None:
        return 0
    last = ""
    while done < most_bytes and (batch := list(_waiting(last)[:_BATCH])):
        for blob in batch:
            try:
                with open_blob(blob.pk) as file:
                    found = program.scan(file)
            except AntivirusAway as error:
                _log.warning("the antivirus is away: %s", error)
                return infected
            except (NotFound, OSError):  # the reading back says what is wrong with it
                continue
            infected += _note(blob.pk, found, at)
            done += blob.size
        last = batch[-1].pk
    return infected


def _waiting(after: str) -> QuerySet[Blob]:
    return Blob.objects.filter(scanned_at__isnull=True, pk__gt=after).order_by("pk")


@transaction.atomic
def _note(sha256: str, found: Scan, at: datetime) -> bool:
    blob = Blob.objects.select_for_update().filter(pk=sha256).first()
    if blob is None:
        return False
    blob.scanned_at = at
    blob.save(update_fields=["scanned_at"])
    return found.verdict is Verdict.INFECTED and note_fault(blob, Fault.INFECTED, at=at, detail=found.name)


def _ask(program: Antivirus, file: IO[bytes]) -> Scan:
    """Ask, and once more when there is no answer: the program closes its door for a moment when it reloads."""
    try:
        return program.scan(file)
    except AntivirusAway:
        return program.scan(file)


def _refusal(found: Scan, name: str, field: str) -> Problem:
    if found.verdict is Verdict.INFECTED:
        message = f"Tệp “{name}” có mã độc ({found.name}) nên không được nhận. Hãy diệt vi-rút trên máy rồi gửi lại."
        return Problem("file_infected", message, field)
    message = (
        f"Tệp “{name}” quá lớn hoặc nén quá nhiều lớp nên không kiểm tra được hết mã độc. Hãy tách nhỏ, hoặc lưu thành "
        "PDF rồi tải lên lần nữa."
    )
    return Problem("file_not_scannable", message, field)


def _away(name: str, field: str) -> Problem:
    message = (
        f"Chưa nhận được tệp “{name}”: chương trình kiểm tra mã độc đang tạm nghỉ. Những gì đã nhập không mất; hãy gửi "
        "lại tệp sau ít phút."
    )
    return Problem("antivirus_away", message, field)
