"""Cấp số, đóng dấu, phát hành kết quả."""

from datetime import date, datetime

from django.db import transaction
from django.db.models.fields.json import KT
from django.db.models.functions import Left

from motcua.deadlines.terms import VIET_NAM
from motcua.dossiers.access import lock_dossier
from motcua.dossiers.access.process_facts import process_facts
from motcua.dossiers.actions.advance import advance
from motcua.dossiers.actions.attach import attach
from motcua.dossiers.actions.reserve_number import lock_book, refuse_other_than_signed, refuse_reserved, settle_reserved
from motcua.dossiers.events import ResultSealed
from motcua.dossiers.models import Dossier, RecalledResult, Result
from motcua.dossiers.rules.application import FileRef
from motcua.dossiers.rules.flow import target_forward
from motcua.dossiers.terms import Act, AttachmentPurpose
from motcua.identity.terms import Actor
from motcua.journal.actions import emit, record
from motcua.kernel.asking import Question
from motcua.kernel.errors import Conflict, Invalid, Problem
from motcua.kernel.inserting import update
from motcua.kernel.text import clean

_LONGEST = 60


@transaction.atomic
def seal_result(
    *,
    actor: Actor,
    dossier_id: int,
    at: datetime,
    number: str,
    symbol: str = "",
    issued_on: date | None = None,
    scan: FileRef | None = None,
    revision: int | None = None,
) -> Dossier:
    """Cấp số, đóng dấu: the clerk of the agency numbers the result and keeps the scan of the wet-sealed paper.

    Raises Invalid when number or date do not fit, Conflict when the agency gave the number to another result.
    """
    dossier = lock_dossier(actor, dossier_id, to=Act.SEAL, at=at, revision=revision)
    result: Result = dossier.result
    number, symbol = clean(number), clean(symbol)
    issued_on = issued_on or at.astimezone(VIET_NAM).date()
    if problems := _problems(result, number, symbol, issued_on, at):
        raise Invalid(problems)
    _refuse_taken(dossier, number, symbol, issued_on)
    if result.signed_id is not None:
        refuse_other_than_signed(dossier, number, symbol)
    result.number, result.symbol, result.issued_on = number, symbol, issued_on
    result.scan = attach(actor, dossier, scan, purpose=AttachmentPurpose.RESULT, at=at) if scan else None
    result.sealed_at, result.sealed_by_id = at, actor.account_id
    update(result, "number", "symbol", "issued_on", "scan", "sealed_at", "sealed_by")
    settle_reserved(dossier, number, symbol, actor=actor, at=at)
    full = f"{number}/{symbol}" if symbol else number
    step = target_forward(dossier.definition, dossier.step, "", process_facts(dossier, at, actor))
    advance(dossier, actor=actor, act=Act.SEAL, at=at, step=step, note=f"Số {full}")
    emit(ResultSealed(dossier_id=dossier.pk, code=dossier.code, result_number=full), at=at)
    data = {"code": dossier.code, "number": full, "scan": scan.sha256 if scan else ""}
    record(actor, "dossier.result_sealed", dossier, at=at, data=data)
    return dossier


def _refuse_taken(dossier: Dossier, number: str, symbol: str, issued_on: date) -> None:
    """One number once a year: in the agency with its symbol, or without one in the book of the procedure.

    The number of a result that was recalled stays its own: the book shows it with the decision that took it back.
    """
    lock_book(dossier.agency_id)
    paper = {"agency": dossier.agency_id, "number": number, "symbol": symbol}
    of_procedure = None if symbol else dossier.procedure_id
    first, last = date(issued_on.year, 1, 1), date(issued_on.year, 12, 31)
    given = _GIVEN(**paper, first=first, last=last, dossier=dossier.pk)
    recalled = _RECALLED(**paper, year=str(issued_on.year))
    for rows, was in ((given, "cấp"), (recalled, "cấp rồi thu hồi")):
        if code := next((code for code, procedure in rows if of_procedure in {None, procedure}), None):
            message = f"Số này đã {was} trong năm {issued_on.year} cho kết quả của hồ sơ {code}; hãy lấy số khác."
            raise Conflict(Problem("number_taken", message, "number", "Nghị định 30/2020/NĐ-CP"))
    refuse_reserved(dossier, number, symbol, issued_on.year)


_OF_BOOK = ("dossier__code", "dossier__procedure_id")
_GIVEN = Question(
    lambda agency, number, symbol, first, last, dossier: (
        Result.objects.filter(dossier__agency_id=agency, number=number, symbol=symbol, issued_on__range=(first, last))
        .exclude(dossier_id=dossier)
        .order_by("pk")
        .values_list(*_OF_BOOK)
    ),
    agency=int,
    number=str,
    symbol=str,
    first=date,
    last=date,
    dossier=int,
)
_RECALLED = Question(
    lambda agency, number, symbol, year: (
        RecalledResult.objects.annotate(
            its_number=KT("result__number"), its_symbol=KT("result__symbol"), its_year=Left(KT("result__issued_on"), 4)
        )
        .filter(dossier__agency_id=agency, its_number=number, its_symbol=symbol, its_year=year)
        .order_by("pk")
        .values_list(*_OF_BOOK)
    ),
    agency=int,
    number=str,
    symbol=str,
    year=str,
)


def _problems(result: Result, number: str, symbol: str, issued_on: date, at: datetime) -> list[Problem]:
    problems = []
    if not number:
        problems.append(Problem("required", "Chưa có số của kết quả.", "number", "Nghị định 30/2020/NĐ-CP"))
    if max(len(number), len(symbol)) > _LONGEST:
        problems.append(Problem("too_long", f"Số và ký hiệu dài tối đa {_LONGEST} ký tự.", "number"))
    if issued_on > at.astimezone(VIET_NAM).date():
        problems.append(Problem("issued_in_future", "Ngày ban hành ở tương lai.", "issued_on"))
    if issued_on < result.approved_at.astimezone(VIET_NAM).date():
        message = "Ngày ban hành sớm hơn ngày phê duyệt."
        problems.append(Problem("issued_before_approval", message, "issued_on"))
    return problems
