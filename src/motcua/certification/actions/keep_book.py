"""Khóa sổ, mở lại sổ, đính chính sổ chứng thực."""

from datetime import datetime

from django.db import transaction

from motcua.certification.access import lock_book
from motcua.certification.models import CertificationBook, CertificationEntry, EntryCorrection
from motcua.certification.terms import Corrected
from motcua.identity.terms import Actor
from motcua.journal.actions import record
from motcua.kernel.checks import reason_problems
from motcua.kernel.errors import Conflict, Invalid, NotFound, Problem
from motcua.kernel.text import clean

_NUMBERS = {Corrected.PAGES, Corrected.COPIES}
_MOST = 10_000
_LONGEST = 300


@transaction.atomic
def close_book(*, actor: Actor, book_id: int, at: datetime) -> CertificationBook:
    """Khóa sổ: the leader closes the book with the count of its lines; nothing is entered after it.

    Raises NotFound, NotPermitted, Conflict for a book that is closed already.
    """
    book = lock_book(actor, book_id, at=at)
    if book.closed_at is not None:
        raise Conflict(Problem("closed_already", "Sổ này đã khóa."))
    book.closed_at, book.closed_by_name, book.closing_count = at, actor.name, book.entries.count()
    book.save(update_fields=["closed_at", "closed_by_name", "closing_count"])
    data = {"book": book.title, "count": book.closing_count, "last": book.last}
    record(actor, "certification.book_closed", book, at=at, data=data)
    return book


@transaction.atomic
def reopen_book(*, actor: Actor, book_id: int, reason: str, at: datetime) -> CertificationBook:
    """Mở lại sổ: the leader says why; what the closing said stays in the journal. Raises Conflict for an open one."""
    book = lock_book(actor, book_id, at=at)
    said = _reason(reason)
    if book.closed_at is None:
        raise Conflict(Problem("open_already", "Sổ này đang mở."))
    data = {"book": book.title, "reason": said, "count": book.closing_count}
    book.closed_at, book.closed_by_name, book.closing_count = None, "", None
    book.save(update_fields=["closed_at", "closed_by_name", "closing_count"])
    record(actor, "certification.book_reopened", book, at=at, data=data)
    return book


@transaction.atomic
def correct_entry(
    *, actor: Actor, entry_id: int, field: Corrected, value: str, reason: str, at: datetime
) -> EntryCorrection:
    """Đính chính: a line gets what holds now beside what stood there, by the leader, with the reason.

    The line itself is never changed. Raises NotFound, NotPermitted, Invalid, Conflict when nothing is new.
    """
    entry = CertificationEntry.objects.select_related("book").filter(pk=entry_id).first()
    if entry is None:
        raise NotFound(Problem("no_entry", "Không tìm thấy dòng này trong sổ chứng thực."))
    lock_book(actor, entry.book_id, at=at)
    said, new = _reason(reason), clean(value)
    if problems := _problems(field, new):
        raise Invalid(problems)
    if entry.now(field) == new:
        raise Conflict(Problem("nothing_changed", "Nội dung đính chính giống nội dung đang có."))
    return add_correction(actor, entry, field, new, said, at=at)


def add_correction(
    actor: Actor, entry: CertificationEntry, field: Corrected, new: str, reason: str, *, at: datetime
) -> EntryCorrection:
    """Write the row beside the line; whose right it is and what may be written was asked before."""
    before = entry.now(field)
    correction = EntryCorrection.objects.create(
        entry=entry,
        field=field,
        before=before,
        after=new,
        reason=reason,
        corrected_at=at,
        corrected_by_name=actor.name,
    )
    data = {"number": entry.number, "field": field.label, "before": before, "after": new, "reason": reason}
    record(actor, "certification.corrected", entry, at=at, data=data)
    return correction


def _reason(reason: str) -> str:
    said = clean(reason)
    if problems := reason_problems(said):
        raise Invalid(problems)
    return said


def _problems(field: Corrected, value: str) -> list[Problem]:
    if field in _NUMBERS and not (value.isdecimal() and 0 < int(value[:9]) <= _MOST):
        return [Problem("number", f"{field.label} là số nguyên từ 1 đến {_MOST}.", "value")]
    if len(value) > _LONGEST:
        return [Problem("too_long", f"{field.label} dài tối đa {_LONGEST} ký tự.", "value")]
    if not value and field is not Corrected.NOTE:
        return [Problem("required", f"Hãy ghi {field.label.lower()}.", "value")]
    return []
