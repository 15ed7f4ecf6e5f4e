"""Nhập sao kê ngân hàng và đối chiếu từng dòng."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from django.db import transaction

from motcua.identity.terms import Actor
from motcua.journal.actions import record
from motcua.kernel.errors import Invalid, NotFound, Problem, RuleBroken
from motcua.kernel.inserting import insert
from motcua.payments.access import lock_statement, money_units, need_unit
from motcua.payments.actions.settle import book_payment
from motcua.payments.models import BankLine, Bill, Collecting, Statement
from motcua.payments.queries.standing import standings_of
from motcua.payments.rules.matching import Match, OpenBill, match
from motcua.payments.rules.statement import NEEDED, BankRow, fingerprint, guess_columns, read_rows
from motcua.payments.terms import WAITING_LINES, LineState, Method

#: Older bills are looked for by hand.
_LOOK_BACK = timedelta(days=400)
_NAMES = {"on": "ngày giao dịch", "credit": "số tiền vào", "text": "nội dung"}


@transaction.atomic
def read_statement(*, actor: Actor, unit_id: int, name: str, rows: Sequence[Sequence[str]], at: datetime) -> Statement:
    """Đọc tệp sao kê: keep its rows and guess its columns; nothing counts before a clerk confirms them."""
    need_unit(actor, unit_id)
    header, columns = guess_columns(rows)
    statement = Statement(
        unit_id=unit_id,
        name=name,
        rows=[list(row) for row in rows],
        header=header,
        columns=columns,
        uploaded_at=at,
        uploaded_by_id=actor.known_id,
    )
    statement = insert(statement)
    record(actor, "statement.read", statement, at=at, data={"name": name, "rows": len(rows)}, is_new=True)
    return statement


@transaction.atomic
def import_statement(
    *, actor: Actor, statement_id: int, header: int, columns: Mapping[str, int], at: datetime
) -> Statement:
    """Nhập sao kê: take every credit once and match it; what cannot be read is listed and blocks nothing.

    Sure lines are booked at once. Raises NotFound, RuleBroken (imported already), Invalid (a needed column missing).
    """
    statement = lock_statement(actor, statement_id)
    if statement.imported_at is not None:
        raise RuleBroken(Problem("imported_already", "Tệp sao kê này đã được nhập."))
    if missing := [_NAMES[name] for name in sorted(NEEDED - set(columns))]:
        raise Invalid(Problem("columns", f"Chưa chọn cột {', '.join(missing)}.", "columns"))
    good, bad = read_rows(statement.rows, header, columns)
    statement.header, statement.columns, statement.imported_at = header, dict(columns), at
    statement.bad_rows = [{"row": one.row, "why": one.why} for one in bad]
    statement.repeated = sum(not _take(actor, statement, row, at) for row in good)
    statement.save(update_fields=["header", "columns", "imported_at", "bad_rows", "repeated"])
    data = {"lines": len(good), "bad": len(bad), "repeated": statement.repeated}
    record(actor, "statement.imported", statement, at=at, data=data)
    return statement


@transaction.atomic
def book_line(*, actor: Actor, line_id: int, bill_id: int, note: str, at: datetime) -> BankLine:
    """Ghi nhận dòng sao kê cho một hồ sơ: a clerk says whose money it is, and how they know, since the line does not.

    Raises NotFound, RuleBroken, Invalid (no `note`).
    """
    line = _lock_waiting(actor, line_id)
    bill = Bill.objects.filter(pk=bill_id, unit_id=line.unit_id).first()
    if bill is None:
        raise NotFound(Problem("no_bill", "Không tìm thấy khoản phải nộp này.", "bill"))
    if not note:
        raise Invalid(Problem("required", "Hãy ghi vì sao dòng này là tiền của hồ sơ.", "note"))
    _book(actor, line, bill.pk, at)
    return _resolve(actor, line, LineState.BOOKED, note, at, code=bill.subject_code)


@transaction.atomic
def ignore_line(*, actor: Actor, line_id: int, note: str, at: datetime) -> BankLine:
    """Bỏ qua dòng sao kê: the money is not for any dossier, and why. Raises NotFound, RuleBroken, Invalid."""
    line = _lock_waiting(actor, line_id)
    if not note:
        raise Invalid(Problem("required", "Hãy ghi vì sao dòng này không phải tiền hồ sơ.", "note"))
    return _resolve(actor, line, LineState.IGNORED, note, at)


def _take(actor: Actor, statement: Statement, row: BankRow, at: datetime) -> bool:
    """Keep the row unless it is known; book it when it is sure. Returns whether it was new."""
    account = Collecting.objects.filter(unit_id=statement.unit_id).values_list("account_number", flat=True).first()
    mark = fingerprint(account or "", row)
    if BankLine.objects.filter(unit_id=statement.unit_id, fingerprint=mark).exists():
        return False
    verdict = _match(statement.unit_id, row, at)
    line = BankLine(
        unit_id=statement.unit_id,
        statement=statement,
        fingerprint=mark,
        row=row.row,
        on=row.on,
        amount=row.amount,
        text=row.text,
        number=row.number,
        state=verdict.state,
        why=verdict.why,
        candidates=list(verdict.candidates),
    )
    line = insert(line)
    if verdict.bill_id is not None:
        _book(actor, line, verdict.bill_id, at)
    return True


def _match(unit_id: int, row: BankRow, at: datetime) -> Match:
    bills = list(Bill.objects.filter(unit_id=unit_id, opened_at__gt=at - _LOOK_BACK))
    standings = standings_of(bills)
    return match(row.text, row.amount, [OpenBill(one.pk, one.reference, standings[one.pk].owed) for one in bills])


def _book(actor: Actor, line: BankLine, bill_id: int, at: datetime) -> None:
    book_payment(
        actor=actor,
        bill_id=bill_id,
        amount=line.amount,
        method=Method.TRANSFER,
        source_key=f"bank:{line.unit_id}:{line.fingerprint}",
        number=line.number,
        at=at,
    )


def _lock_waiting(actor: Actor, line_id: int) -> BankLine:
    line = BankLine.objects.select_for_update().filter(pk=line_id, unit_id__in=money_units(actor)).first()
    if line is None:
        raise NotFound(Problem("no_bank_line", "Không tìm thấy dòng sao kê này."))
    if line.state not in WAITING_LINES:
        by = f" bởi {line.resolved_by_name}" if line.resolved_by_name else ""
        raise RuleBroken(Problem("resolved_already", f"Dòng sao kê này đã được xử lý{by}."))
    return line


def _resolve(actor: Actor, line: BankLine, state: LineState, note: str, at: datetime, *, code: str = "") -> BankLine:
    line.state, line.note, line.resolved_at, line.resolved_by_name = state, note, at, actor.name
    line.save(update_fields=["state", "note", "resolved_at", "resolved_by_name"])
    data = {"amount": line.amount, "state": state.value, "note": note, "code": code}
    record(actor, "statement.line_resolved", line, at=at, data=data, is_new=True)
    return line
