"""From the parcel to the paid notice: acts of land office, tax office, post clerk."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from motcua.dossiers.models import Dossier, Party, Suspension
from motcua.dossiers.rules.application import FileRef
from motcua.dossiers.terms import Status
from motcua.dossiers.tests.world import MONDAY
from motcua.files.actions.store import store_upload
from motcua.journal.actions.deliver import deliver_pending
from motcua.journal.models import Entry
from motcua.journal.queries import entries_about
from motcua.kernel.errors import Invalid, NotFound, NotPermitted, RuleBroken
from motcua.land.access import get_sheet
from motcua.land.actions.answer_sheet import answer_sheet, return_sheet
from motcua.land.actions.pay_tax import Voucher, collect_tax, note_payment
from motcua.land.actions.record_parcel import record_parcel
from motcua.land.actions.send_sheet import send_sheet, withdraw_sheet
from motcua.land.models import LandParcel, TaxNotice, TaxPayment, TransferSheet
from motcua.land.papers import transfer_sheet_pdf
from motcua.land.queries import (
    land_file,
    notice_for,
    notices_to_collect,
    sheet_words,
    sheets_closed,
    sheets_waiting,
)
from motcua.land.rules.notices import NoticeFacts
from motcua.land.terms import SheetState
from motcua.land.tests.world import FACTS, FEE, INCOME, PARCEL, LandWorld
from motcua.notifications.models import Notice
from motcua.postal.actions.money import Payer, close_money, receive_money
from motcua.postal.terms import Purpose
from tests.permissions.conftest import PDF

PAYER = Payer("Nguyễn Thị Hoà", "022190001234")
TOMORROW = MONDAY + timedelta(days=1)


def test_the_parcel_is_written_down_and_put_right(world: LandWorld) -> None:
    dossier = world.by_post()
    with pytest.raises(Invalid):
        record_parcel(actor=world.clerk, dossier_id=dossier.pk, typed={}, at=MONDAY)
    assert not LandParcel.objects.exists()
    record_parcel(actor=world.clerk, dossier_id=dossier.pk, typed=PARCEL, at=MONDAY)
    record_parcel(actor=world.specialist, dossier_id=dossier.pk, typed=PARCEL | {"area": "121"}, at=MONDAY)
    parcel = LandParcel.objects.get()
    assert parcel.facts["area"] == "121.0"
    assert [one.data["facts"]["area"] for one in entries_about(parcel)] == ["120.5", "121.0"]
    with pytest.raises(NotPermitted):
        record_parcel(actor=world.sealer, dossier_id=dossier.pk, typed=PARCEL, at=MONDAY)
    with pytest.raises(NotFound):
        record_parcel(actor=world.stranger, dossier_id=dossier.pk, typed=PARCEL, at=MONDAY)
    Dossier.objects.filter(pk=dossier.pk).update(status=Status.STOPPED)
    with pytest.raises(RuleBroken):
        record_parcel(actor=world.clerk, dossier_id=dossier.pk, typed=PARCEL, at=MONDAY)


def test_a_sheet_needs_a_parcel_a_state_and_a_tax_office(world: LandWorld) -> None:
    dossier = world.appraised()
    common: dict[str, Any] = {"dossier_id": dossier.pk, "tax_unit_id": world.tax_office.pk, "at": MONDAY}
    with pytest.raises(RuleBroken, match="thửa đất"):
        send_sheet(actor=world.specialist, typed=FACTS, **common)
    record_parcel(actor=world.specialist, dossier_id=dossier.pk, typed=PARCEL, at=MONDAY)
    with pytest.raises(NotPermitted):
        send_sheet(actor=world.clerk, typed=FACTS, **common)
    with pytest.raises(Invalid) as refusal:
        send_sheet(actor=world.specialist, typed={}, **common | {"tax_unit_id": world.desk.pk})
    assert {one.field for one in refusal.value.problems} == {"wanted", "tax_unit"}
    sheet = send_sheet(actor=world.specialist, typed=FACTS, **common)
    assert (sheet.code, sheet.state, sheet.parcel["area"]) == ("001/2026/PCTT", SheetState.WAITING, "120.5")
    with pytest.raises(RuleBroken, match="đang chờ"):
        send_sheet(actor=world.specialist, typed=FACTS, **common)
    Dossier.objects.filter(pk=dossier.pk).update(status=Status.STOPPED)
    with pytest.raises(RuleBroken, match="trạng thái"):
        send_sheet(actor=world.specialist, typed=FACTS, **common)


def test_a_procedure_that_is_not_taxed_sends_nothing(world: LandWorld) -> None:
    from motcua.procedures.models import Procedure

    dossier = world.appraised()
    record_parcel(actor=world.specialist, dossier_id=dossier.pk, typed=PARCEL, at=MONDAY)
    Procedure.objects.filter(pk=dossier.procedure_id).update(code="1.012783")
    with pytest.raises(RuleBroken, match="không phải chuyển"):
        send_sheet(
            actor=world.specialist, dossier_id=dossier.pk, tax_unit_id=world.tax_office.pk, typed=FACTS, at=MONDAY
        )


def test_the_tax_office_sees_its_sheets_and_nothing_else(world: LandWorld) -> None:
    sheet = world.sent()
    assert sheets_waiting(world.taxman) == [sheet]
    assert get_sheet(world.taxman, sheet.pk) == sheet
    assert ("Diện tích (m²)", "120,5") in sheet_words(get_sheet(world.taxman, sheet.pk))
    assert transfer_sheet_pdf(get_sheet(world.taxman, sheet.pk)).startswith(b"%PDF")
    with pytest.raises(NotFound):
        get_sheet(world.stranger, sheet.pk)
    with pytest.raises(NotPermitted):
        return_sheet(actor=world.specialist, sheet_id=sheet.pk, reason="x", at=MONDAY)
    with pytest.raises(NotFound):
        return_sheet(actor=world.stranger, sheet_id=sheet.pk, reason="x", at=MONDAY)
    from motcua.dossiers.access import visible_to

    assert not visible_to(world.taxman).exists()


def test_a_sheet_is_returned_withdrawn_sent_again(world: LandWorld) -> None:
    sheet = world.sent()
    with pytest.raises(Invalid):
        return_sheet(actor=world.taxman, sheet_id=sheet.pk, reason=" ", at=MONDAY)
    return_sheet(actor=world.taxman, sheet_id=sheet.pk, reason="Thiếu giá chuyển nhượng", at=MONDAY)
    assert [one.note for one in sheets_closed(world.taxman)] == ["Thiếu giá chuyển nhượng"]
    with pytest.raises(RuleBroken, match="trả lại"):
        withdraw_sheet(actor=world.specialist, sheet_id=sheet.pk, reason="Sai", at=MONDAY)
    again = send_sheet(
        actor=world.specialist, dossier_id=sheet.dossier_id, tax_unit_id=world.tax_office.pk, typed=FACTS, at=MONDAY
    )
    assert again.number == 2
    with pytest.raises(NotPermitted):
        withdraw_sheet(actor=world.taxman, sheet_id=again.pk, reason="Sai", at=MONDAY)
    withdraw_sheet(actor=world.specialist, sheet_id=again.pk, reason="Sai", at=MONDAY)
    assert TransferSheet.objects.get(pk=again.pk).state == SheetState.WITHDRAWN


def test_nothing_due_lets_the_clock_run(world: LandWorld) -> None:
    sheet = world.sent()
    with pytest.raises(Invalid):
        answer_sheet(actor=world.taxman, sheet_id=sheet.pk, notices=[], at=MONDAY)
    answer_sheet(actor=world.taxman, sheet_id=sheet.pk, notices=[], note="Được miễn", at=MONDAY)
    assert TransferSheet.objects.get().state == SheetState.NOTHING_DUE
    assert Dossier.objects.get().status == Status.PROCESSING


def test_the_notice_stops_the_clock_and_the_last_payment_lets_it_run(world: LandWorld) -> None:
    income, fee = world.noticed()
    dossier = Dossier.objects.get()
    due_before = dossier.due_at
    assert dossier.status == Status.OBLIGATION_REQUESTED
    obligation = dossier.obligations.get()
    assert (obligation.amount, obligation.notice_number) == (37_500_000, "TB-01")
    assert obligation.pay_until == FEE.pay_until
    assert Suspension.objects.get().until is None
    common: dict[str, Any] = {"actor": world.postman, "office_id": world.office.pk, "payer": PAYER}
    with pytest.raises(Invalid, match="Chỉ còn"):
        collect_tax(notice_id=income.pk, amount=30_000_001, at=MONDAY, **common)
    part = collect_tax(notice_id=income.pk, amount=10_000_000, at=MONDAY, **common)
    assert (part.proof_number, part.receipt.for_unit_id) == ("0000001/2026/CTT", world.tax_office.pk)
    income = TaxNotice.objects.get(pk=income.pk)
    assert (income.paid, income.owed) == (10_000_000, 20_000_000)
    collect_tax(notice_id=income.pk, amount=20_000_000, at=MONDAY, **common)
    assert Dossier.objects.get().status == Status.OBLIGATION_REQUESTED
    voucher = Voucher("CT-9", MONDAY.date())
    note_payment(actor=world.taxman, notice_id=fee.pk, amount=7_500_000, voucher=voucher, at=TOMORROW)
    dossier.refresh_from_db()
    assert dossier.status == Status.PROCESSING
    assert dossier.due_at is not None
    assert due_before is not None
    assert dossier.due_at - due_before >= timedelta(days=1)
    assert dossier.obligations.get().paid_amount == 37_500_000
    with pytest.raises(RuleBroken, match="không chờ nộp tiền"):
        collect_tax(notice_id=fee.pk, amount=1, at=TOMORROW, **common)
    file = land_file(dossier)
    assert file is not None
    assert (file.paid, file.owed) == (37_500_000, 0)


def test_who_may_take_money_and_note_payments(world: LandWorld) -> None:
    income, _ = world.noticed()
    with pytest.raises(NotPermitted):
        collect_tax(actor=world.clerk, office_id=world.office.pk, notice_id=income.pk, amount=1, payer=PAYER, at=MONDAY)
    with pytest.raises(NotPermitted):
        note_payment(actor=world.clerk, notice_id=income.pk, amount=1, voucher=Voucher("1", MONDAY.date()), at=MONDAY)
    with pytest.raises(NotFound):
        note_payment(actor=world.taxman, notice_id=0, amount=1, voucher=Voucher("1", MONDAY.date()), at=MONDAY)
    with pytest.raises(Invalid) as refusal:
        note_payment(actor=world.specialist, notice_id=income.pk, amount=0, voucher=Voucher("", None), at=MONDAY)
    assert {one.field for one in refusal.value.problems} == {"amount", "number", "on"}
    elsewhere = world._unit("UBND tỉnh khác", "province", None, agency_code="H50")
    office = world._unit("Bưu điện tỉnh khác", "post_office", elsewhere)
    clerk = world.officer("buu-dien-khac", office, "Nhân viên bưu chính", "post_office")
    with pytest.raises(NotPermitted, match="tỉnh khác"):
        collect_tax(actor=clerk, office_id=office.pk, notice_id=income.pk, amount=1, payer=PAYER, at=MONDAY)
    with pytest.raises(NotFound):
        notice_for(clerk, income.pk)
    assert notice_for(world.postman, income.pk) == income
    assert notice_for(world.taxman, income.pk) == income
    assert not TaxPayment.objects.exists()


def test_the_post_clerk_finds_a_notice_by_its_number_only(world: LandWorld) -> None:
    income, fee = world.noticed()
    assert notices_to_collect(world.postman, "") == []
    assert notices_to_collect(world.postman, "Hoà") == []
    assert notices_to_collect(world.postman, " tb-01 ") == [fee, income]
    assert notices_to_collect(world.postman, income.dossier.code) == [fee, income]
    assert notices_to_collect(world.postman, "022190001234") == [fee, income]


def test_the_money_goes_to_the_tax_office_with_two_confirmations(world: LandWorld) -> None:
    income, _ = world.noticed()
    collect_tax(
        actor=world.postman, office_id=world.office.pk, notice_id=income.pk, amount=5_000, payer=PAYER, at=MONDAY
    )
    closed = close_money(
        actor=world.postman,
        office_id=world.office.pk,
        purpose=Purpose.TAX,
        to_unit_id=world.tax_office.pk,
        counted=5_000,
        at=MONDAY,
    )
    done = receive_money(actor=world.taxman, handover_id=closed.pk, received=5_000, at=MONDAY)
    assert done.received_by_name == world.taxman.name


def test_notices_with_their_files(world: LandWorld, settings: Any, tmp_path: Any) -> None:
    settings.DATA_DIR = tmp_path
    upload = SimpleUploadedFile("thong-bao.pdf", PDF.read_bytes(), "application/pdf")
    kept = store_upload(world.taxman, upload, name="thong-bao.pdf", at=MONDAY)
    sheet = world.sent()
    notice = NoticeFacts(
        "TB-7", MONDAY.date(), "9999", 1000, MONDAY.date(), item_name="Khoản riêng", file=FileRef(kept.sha256, "tb.pdf")
    )
    answer_sheet(actor=world.taxman, sheet_id=sheet.pk, notices=[notice], at=MONDAY)
    found = TaxNotice.objects.get()
    assert (found.blob_id, found.blob_name, found.item_name) == (kept.sha256, "tb.pdf", "Khoản riêng")


def test_a_refused_answer_changes_nothing(world: LandWorld) -> None:
    sheet = world.sent()
    Dossier.objects.update(status=Status.STOPPED)
    before = Entry.objects.count()
    with pytest.raises(RuleBroken):
        answer_sheet(actor=world.taxman, sheet_id=sheet.pk, notices=[INCOME], at=MONDAY)
    assert TransferSheet.objects.get().state == SheetState.WAITING
    assert not TaxNotice.objects.exists()
    assert Entry.objects.count() == before


def test_who_hears_of_it(world: LandWorld) -> None:
    sheet = world.sent()
    Party.objects.filter(pk=sheet.dossier.owner_id).update(account_id=world.citizen.account_id)
    deliver_pending(at=MONDAY)
    code = sheet.dossier.code
    assert Notice.objects.filter(
        subject=f"Phiếu chuyển chờ xử lý: hồ sơ {code}", account_id=world.taxman.account_id
    ).exists()
    answer_sheet(actor=world.taxman, sheet_id=sheet.pk, notices=[INCOME, FEE], at=TOMORROW)
    income = sheet.notices.first()
    assert income is not None
    collect_tax(
        actor=world.postman, office_id=world.office.pk, notice_id=income.pk, amount=1000, payer=PAYER, at=TOMORROW
    )
    deliver_pending(at=TOMORROW)
    mine = Notice.objects.filter(account_id=world.citizen.account_id)
    assert "30.000.000" in mine.get(subject__contains="đã ra thông báo").body
    assert "Còn phải nộp: 29.999.000" in mine.get(subject__contains="Đã nhận tiền thuế").body
    assert Notice.objects.filter(subject__startswith="Đã có thông báo", account_id=world.specialist.account_id).exists()


def test_the_house_acts_in_the_officer_s_name(world: LandWorld) -> None:
    world.noticed()
    entry = Entry.objects.filter(verb="dossier.obligation_requested").get()
    assert entry.actor_name == world.taxman.name
