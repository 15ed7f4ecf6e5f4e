"""Cơ quan thuế trả lời phiếu chuyển."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from django.db import transaction

from motcua.deadlines.terms import VIET_NAM
from motcua.dossiers.actions.request_obligation import request_obligation
from motcua.dossiers.rules.causes import Notice
from motcua.files.actions.hold import hold
from motcua.identity.terms import Actor
from motcua.journal.actions import emit
from motcua.kernel.errors import Invalid
from motcua.kernel.inserting import insert_all
from motcua.kernel.text import clean
from motcua.land.access import in_name_of, lock_sheet
from motcua.land.actions.send_sheet import close_sheet
from motcua.land.events import TransferSheetAnswered
from motcua.land.models import TaxNotice, TransferSheet
from motcua.land.rules.catalogue import items
from motcua.land.rules.notices import NoticeFacts, notices_problems
from motcua.land.terms import SheetState

_TITLE = "Nghĩa vụ tài chính về đất đai"
_WHERE = "Bưu điện (tại quầy hoặc tại nhà), ngân hàng, Kho bạc Nhà nước hoặc Cổng dịch vụ công"


@transaction.atomic
def answer_sheet(
    *, actor: Actor, sheet_id: int, notices: Sequence[NoticeFacts], at: datetime, note: str = ""
) -> TransferSheet:
    """Ra thông báo nộp thuế: the citizen is told what to pay, the clock of the dossier stands still from now on.

    Without a notice nothing is due and the `note` says why; the clock runs on. Raises Invalid, RuleBroken when the
    sheet is closed or the dossier is in no state to wait for money.
    """
    sheet = lock_sheet(actor, sheet_id, by_tax=True)
    notices = [replace(one, number=clean(one.number), item_name=_item_name(one)) for one in notices]
    if problems := notices_problems(notices, note=clean(note), today=at.astimezone(VIET_NAM).date()):
        raise Invalid(problems)
    state = SheetState.ANSWERED if notices else SheetState.NOTHING_DUE
    close_sheet(actor, sheet, state, "land.sheet_answered", note=note, at=at)
    if notices:
        _keep(sheet, notices)
        _stop_clock(actor, sheet, notices, at)
    event = TransferSheetAnswered(dossier_id=sheet.dossier_id, code=sheet.dossier.code, sheet_id=sheet.pk, state=state)
    emit(event, at=at)
    return sheet


@transaction.atomic
def return_sheet(*, actor: Actor, sheet_id: int, reason: str, at: datetime) -> TransferSheet:
    """Trả lại phiếu chuyển: the tax office cannot determine anything from it and says why."""
    sheet = lock_sheet(actor, sheet_id, by_tax=True)
    close_sheet(actor, sheet, SheetState.RETURNED, "land.sheet_returned", note=reason, at=at)
    event = TransferSheetAnswered(
        dossier_id=sheet.dossier_id, code=sheet.dossier.code, sheet_id=sheet.pk, state=SheetState.RETURNED
    )
    emit(event, at=at)
    return sheet


def _keep(sheet: TransferSheet, notices: Sequence[NoticeFacts]) -> None:
    for notice in notices:
        if notice.file is not None:
            hold(notice.file.sha256)
    rows = [
        TaxNotice(
            sheet=sheet,
            dossier_id=sheet.dossier_id,
            number=one.number,
            issued_on=one.issued_on,
            item_code=one.item_code,
            item_name=one.item_name,
            amount=one.amount,
            pay_until=one.pay_until,
            blob_id=one.file.sha256 if one.file else None,
            blob_name=clean(one.file.name) if one.file else "",
        )
        for one in notices
        if one.issued_on and one.pay_until
    ]
    insert_all(rows)


def _stop_clock(actor: Actor, sheet: TransferSheet, notices: Sequence[NoticeFacts], at: datetime) -> None:
    days = [one.pay_until for one in notices if one.pay_until]
    notice = Notice(
        title=_TITLE,
        amount=sum(one.amount for one in notices),
        number=", ".join(dict.fromkeys(one.number for one in notices)),
        on=max(one.issued_on for one in notices if one.issued_on),
        pay_until=min(days),
        pay_at=_WHERE,
    )
    request_obligation(actor=in_name_of(actor), dossier_id=sheet.dossier_id, at=at, notice=notice)


def _item_name(notice: NoticeFacts) -> str:
    known = {item.code: item.name for item in items()}
    return known.get(notice.item_code) or clean(notice.item_name) or notice.item_code
