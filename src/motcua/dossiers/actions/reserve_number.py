"""Giữ số trước khi ký: the number that a result bears on its face, before anybody signs it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import connection, transaction
from django.db.models import IntegerField, Max, QuerySet
from django.db.models.fields.json import KT
from django.db.models.functions import Cast, Left

from motcua.agencies.terms import Right
from motcua.deadlines.terms import VIET_NAM
from motcua.dossiers.models import Dossier, RecalledResult, ReservedNumber, Result
from motcua.dossiers.rules.reasons import note_problems
from motcua.identity.terms import Actor
from motcua.journal.actions import record
from motcua.kernel.errors import Conflict, Invalid, NotFound, NotPermitted, Problem, RuleBroken
from motcua.kernel.text import clean

_DIGITS = r"^\d{1,9}$"
_BASIS = "Nghị định 30/2020/NĐ-CP"
Book = tuple[int, str, int | None, int]


@dataclass(frozen=True, slots=True)
class Wanted:
    """A dossier whose result needs a number with this symbol ("" = the book of its procedure)."""

    dossier: Dossier
    symbol: str


@transaction.atomic
def reserve_numbers(*, actor: Actor, wanted: Sequence[Wanted], at: datetime) -> Mapping[int, ReservedNumber]:
    """Giữ số: give each dossier the next number of its book, or the one it has already; by the dossiers' ids.

    A number kept from another year or for another symbol is cancelled, with that reason. Whoever calls has checked that
    the actor may decide on these dossiers. The books of an agency are locked until the transaction ends.
    """
    year = at.astimezone(VIET_NAM).year
    for agency_id in sorted({one.dossier.agency_id for one in wanted}):
        lock_book(agency_id)
    kept = {one.dossier_id: one for one in _open_ones([one.dossier.pk for one in wanted])}
    found: dict[int, ReservedNumber] = {}
    fresh: list[ReservedNumber] = []
    last: dict[Book, int] = {}
    for one in wanted:
        book = _book_of(one, year)
        had = kept.get(one.dossier.pk)
        if had is not None and (had.agency_id, had.symbol, had.book_id, had.year) == book:
            found[one.dossier.pk] = had
            continue
        if had is not None:
            _cancel(had, actor, at, "Đã sang năm khác." if had.year != year else f"Ký hiệu đổi thành {one.symbol}.")
        last[book] = last[book] + 1 if book in last else _last_number(book) + 1
        fresh.append(_row(one, book, last[book], actor, at))
    ReservedNumber.objects.bulk_create(fresh)
    for row in fresh:
        record(actor, "dossier.number_reserved", row.dossier, at=at, data={"number": str(row), "year": row.year})
    return found | {row.dossier_id: row for row in fresh}


@transaction.atomic
def cancel_number(*, actor: Actor, reserved_id: int, reason: str, at: datetime) -> ReservedNumber:
    """Hủy số đã giữ: the clerk with the seal says why a number is not used; it is never given again.

    Raises NotFound, NotPermitted for anybody but the clerk of that agency, RuleBroken when the number stands on a paper
    that is signed already, Invalid without a reason.
    """
    row = ReservedNumber.objects.select_for_update().select_related("dossier").filter(pk=reserved_id).first()
    if row is None:
        raise NotFound(Problem("no_number", "Không tìm thấy số đã giữ này."))
    if not actor.at(at).has(Right.SEAL, agency_id=row.agency_id):
        raise NotPermitted(Problem("no_right", "Chỉ văn thư của cơ quan hủy được số đã giữ."))
    if row.used_at or row.cancelled_at:
        raise RuleBroken(Problem("number_settled", "Số này đã dùng hoặc đã hủy."))
    signed = Result.objects.filter(dossier_id=row.dossier_id, signed__isnull=False, sealed_at__isnull=True)
    if signed.exists():
        message = "Số này đã nằm trên văn bản đã ký, đang chờ đóng dấu; hãy đóng dấu hoặc mở lại hồ sơ trước."
        raise RuleBroken(Problem("number_signed", message))
    reason = clean(reason, keep_lines=True)
    if problems := note_problems(reason, field="reason", missing="Hãy ghi vì sao không dùng số này.", basis=_BASIS):
        raise Invalid(problems)
    _cancel(row, actor, at, reason)
    return row


def lock_book(agency_id: int) -> None:
    """Let nobody else give a number of the agency until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"dossiers.seal.{agency_id}"])


def refuse_reserved(dossier: Dossier, number: str, symbol: str, year: int) -> None:
    """Raise Conflict when the number is kept for another dossier, or was cancelled; the book must be locked."""
    if not number.isdecimal() or len(number) > len("9" * 9):
        return
    book = None if symbol else dossier.procedure_id
    rows = ReservedNumber.objects.filter(
        agency_id=dossier.agency_id, symbol=symbol, book_id=book, year=year, number=int(number)
    )
    taken = rows.exclude(dossier_id=dossier.pk, cancelled_at__isnull=True).select_related("dossier").first()
    if taken is not None:
        was = f"đã hủy ({taken.reason})" if taken.cancelled_at else f"đã giữ cho hồ sơ {taken.dossier.code}"
        message = f"Số này {was} trong năm {year}; hãy lấy số khác."
        raise Conflict(Problem("number_taken", message, "number", _BASIS))


def refuse_other_than_signed(dossier: Dossier, number: str, symbol: str) -> None:
    """Raise RuleBroken when the leader signed a paper that bears another number."""
    for row in _open_ones([dossier.pk]):
        if not number.isdecimal() or (int(number), symbol) != (row.number, row.symbol):
            message = f"Văn bản lãnh đạo đã ký số mang số {row}; hãy dùng đúng số và ký hiệu đó."
            raise RuleBroken(Problem("number_signed", message, "number", _BASIS))


def settle_reserved(dossier: Dossier, number: str, symbol: str, *, actor: Actor, at: datetime) -> None:
    """Say what became of the number kept for the dossier: used, or cancelled since it got another one."""
    for row in _open_ones([dossier.pk]):
        if number.isdecimal() and (int(number), symbol) == (row.number, row.symbol):
            row.used_at = at
            row.save(update_fields=["used_at"])
        else:
            _cancel(row, actor, at, f"Kết quả được cấp số khác: {number}/{symbol}.".replace("/.", "."))


def _open_ones(dossier_ids: Sequence[int]) -> QuerySet[ReservedNumber]:
    rows = ReservedNumber.objects.filter(dossier__in=dossier_ids, used_at__isnull=True, cancelled_at__isnull=True)
    return rows.select_for_update(of=("self",)).select_related("dossier")


def _book_of(one: Wanted, year: int) -> Book:
    return one.dossier.agency_id, one.symbol, None if one.symbol else one.dossier.procedure_id, year


def _row(one: Wanted, book: Book, number: int, actor: Actor, at: datetime) -> ReservedNumber:
    agency_id, symbol, book_id, year = book
    return ReservedNumber(
        agency_id=agency_id,
        book_id=book_id,
        year=year,
        symbol=symbol,
        number=number,
        dossier=one.dossier,
        reserved_at=at,
        reserved_by_id=actor.known_id,
    )


def _cancel(row: ReservedNumber, actor: Actor, at: datetime, reason: str) -> None:
    row.cancelled_at, row.cancelled_by_id, row.reason = at, actor.known_id, reason
    row.save(update_fields=["cancelled_at", "cancelled_by", "reason"])
    record(actor, "dossier.number_cancelled", row.dossier, at=at, data={"number": str(row), "reason": reason})


def _last_number(book: Book) -> int:
    """The highest number of the book so far: of results, of results taken back, of numbers kept or cancelled."""
    agency_id, symbol, procedure_id, year = book
    given = Result.objects.filter(
        dossier__agency_id=agency_id, symbol=symbol, issued_on__year=year, number__regex=_DIGITS
    ).annotate(value=Cast("number", IntegerField()))
    recalled = (
        RecalledResult.objects.annotate(
            its_number=KT("result__number"), its_symbol=KT("result__symbol"), its_year=Left(KT("result__issued_on"), 4)
        )
        .filter(dossier__agency_id=agency_id, its_symbol=symbol, its_year=str(year), its_number__regex=_DIGITS)
        .annotate(value=Cast("its_number", IntegerField()))
    )
    kept = ReservedNumber.objects.filter(agency_id=agency_id, symbol=symbol, book_id=procedure_id, year=year)
    if procedure_id is not None:
        given = given.filter(dossier__procedure_id=procedure_id)
        recalled = recalled.filter(dossier__procedure_id=procedure_id)
    highest = [
        given.aggregate(top=Max("value"))["top"],
        recalled.aggregate(top=Max("value"))["top"],
        kept.aggregate(top=Max("number"))["top"],
    ]
    return max(one or 0 for one in highest)
