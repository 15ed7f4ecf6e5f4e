"""Chuyển thông tin để xác định nghĩa vụ tài chính; thu hồi phiếu chuyển."""

from datetime import datetime

from django.db import transaction

from motcua.deadlines.terms import VIET_NAM
from motcua.dossiers.access import get_visible
from motcua.dossiers.models import Dossier
from motcua.dossiers.terms import Status
from motcua.identity.terms import Actor
from motcua.journal.actions import emit, record
from motcua.kernel.errors import Invalid, NotPermitted, Problem, RuleBroken
from motcua.kernel.inserting import insert
from motcua.kernel.text import clean
from motcua.land.access import lock_sheet, may_handle, tax_offices_for
from motcua.land.events import TransferSheetSent
from motcua.land.models import LandParcel, TransferSheet
from motcua.land.rules.catalogue import is_taxed, sheet_fields
from motcua.land.rules.fields import Typed, read_fields
from motcua.land.terms import SheetState
from motcua.postal.actions.numbers import next_number

_SERIES = "transfer"


@transaction.atomic
def send_sheet(*, actor: Actor, dossier_id: int, tax_unit_id: int, typed: Typed, at: datetime) -> TransferSheet:
    """Chuyển thông tin cho cơ quan thuế: parcel, house, price and what is to be determined; the clock still runs.

    Raises NotFound, NotPermitted, RuleBroken (no taxed procedure, no parcel yet, a sheet waiting already), Invalid.
    """
    dossier = get_visible(actor, dossier_id)
    if not may_handle(actor, dossier):
        raise NotPermitted(Problem("not_your_dossier", "Phiếu chuyển do người thụ lý hồ sơ lập."))
    Dossier.objects.select_for_update().get(pk=dossier.pk)
    parcel = LandParcel.objects.filter(dossier=dossier).first()
    if problems := _state_problems(dossier, parcel):
        raise RuleBroken(problems)
    today = at.astimezone(VIET_NAM).date()
    facts, problems = read_fields(sheet_fields(), typed, today=today)
    if tax_unit_id not in {one.id for one in tax_offices_for(dossier, today)}:
        problems.append(Problem("tax_unit", "Hãy chọn cơ quan thuế của tỉnh.", "tax_unit"))
    if problems or parcel is None:
        raise Invalid(problems)
    from_unit_id = next(iter(actor.units_with("handle") & {dossier.unit_id, dossier.handling_unit_id}))
    year, number = next_number(from_unit_id, _SERIES, at)
    sheet = TransferSheet(
        dossier=dossier,
        year=year,
        number=number,
        from_unit_id=from_unit_id,
        tax_unit_id=tax_unit_id,
        facts=facts,
        parcel=parcel.facts,
        sent_at=at,
        sent_by_id=actor.known_id,
        sent_by_name=actor.name,
    )
    insert(sheet)
    emit(TransferSheetSent(dossier_id=dossier.pk, code=dossier.code, sheet_id=sheet.pk), at=at)
    data = {"code": dossier.code, "number": sheet.code}
    record(actor, "land.sheet_sent", sheet, at=at, data=data, is_new=True)
    return sheet


@transaction.atomic
def withdraw_sheet(*, actor: Actor, sheet_id: int, reason: str, at: datetime) -> TransferSheet:
    """Thu hồi phiếu chuyển that the tax office has not answered: something on it was wrong."""
    sheet = lock_sheet(actor, sheet_id, by_tax=False)
    return close_sheet(actor, sheet, SheetState.WITHDRAWN, "land.sheet_withdrawn", note=reason, at=at)


def close_sheet(
    actor: Actor, sheet: TransferSheet, state: SheetState, verb: str, *, note: str, at: datetime
) -> TransferSheet:
    """Close a locked waiting sheet and record it; raises RuleBroken when it is closed, Invalid without a reason."""
    note = clean(note, keep_lines=True)
    if sheet.state != SheetState.WAITING:
        raise RuleBroken(
            Problem("sheet_closed", f"Phiếu chuyển {sheet.code}: {SheetState(sheet.state).label.lower()}.")
        )
    if state != SheetState.ANSWERED and not note:
        raise Invalid(Problem("required", "Hãy ghi lý do.", "note"))
    sheet.state, sheet.note = state, note
    sheet.closed_at, sheet.closed_by_id, sheet.closed_by_name = at, actor.known_id, actor.name
    sheet.save(update_fields=["state", "note", "closed_at", "closed_by", "closed_by_name"])
    data = {"code": sheet.dossier.code, "number": sheet.code, "state": state, "note": note}
    record(actor, verb, sheet, at=at, data=data)
    return sheet


def _state_problems(dossier: Dossier, parcel: LandParcel | None) -> list[Problem]:
    problems = []
    if not is_taxed(dossier.procedure.code):
        problems.append(Problem("not_taxed", "Thủ tục này không phải chuyển thông tin cho cơ quan thuế."))
    if dossier.status not in {Status.RECEIVED, Status.PROCESSING}:
        problems.append(Problem("wrong_status", f"Hồ sơ đang ở trạng thái «{Status(dossier.status).label}»."))
    if parcel is None:
        problems.append(Problem("no_parcel", "Hãy ghi thông tin thửa đất trước khi lập phiếu chuyển."))
    if TransferSheet.objects.filter(dossier=dossier, state=SheetState.WAITING).exists():
        problems.append(Problem("sheet_waiting", "Hồ sơ đã có phiếu chuyển đang chờ cơ quan thuế trả lời."))
    return problems
