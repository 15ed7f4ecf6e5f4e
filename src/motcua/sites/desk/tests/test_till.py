"""The pages of money: a dossier's panel and acts, the cash desk, statements, the daily check, the account."""

from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from motcua.dossiers.actions.charging import KIND
from motcua.dossiers.models import Dossier
from motcua.dossiers.terms import Act
from motcua.dossiers.tests.stages import bring, perform
from motcua.dossiers.tests.world import World
from motcua.payments.models import BankLine, Receipt, ReceiptSeries, Shift, Statement
from motcua.payments.queries.standing import bill_of, standing_of_bill
from motcua.sites.desk.tests.browser import press
from motcua.sites.desk.tests.conftest import SignIn

_TILL = "/mot-cua/quay-thu/"


@pytest.fixture
def later(now: "time_machine.Traveller") -> None:
    """After everything that leads to a stage."""
    now.shift(timedelta(days=3))


@pytest.fixture
def clerk(world: World, later: None, sign_in: SignIn) -> Client:
    return sign_in(world.clerk)


@pytest.fixture
def owing(world: World, later: None) -> Dossier:
    return bring(world, "owing")


def text_of(page: Any) -> str:
    """Return the page as text."""
    return str(page.content.decode())


def _owed(dossier: Dossier) -> int:
    bill = bill_of(KIND, dossier.pk)
    assert bill is not None
    return standing_of_bill(bill).owed


def test_collect_and_print(clerk: Client, owing: Dossier) -> None:
    page = text_of(clerk.get(f"/mot-cua/ho-so/{owing.code}/"))
    assert "còn phải nộp <strong>8.000 đồng</strong>" in page
    wrong = press(clerk, owing.code, "thu-tien", amount="9.000", method="cash")
    assert wrong.status_code == 422
    assert "Chỉ còn phải nộp 8.000 đồng" in text_of(wrong)
    assert press(clerk, owing.code, "thu-tien", amount="8.000", method="cash").status_code == 302
    receipt = Receipt.objects.get()
    pdf = clerk.get(f"/mot-cua/ho-so/{owing.code}/bien-lai/{receipt.pk}.pdf")
    assert (pdf.status_code, pdf.content[:5]) == (200, b"%PDF-")
    assert "Biên lai lệ phí số 0000001" in text_of(clerk.get(f"/mot-cua/ho-so/{owing.code}/"))


@pytest.mark.parametrize(
    ("slug", "typed", "owed"),
    [
        (
            "them-khoan-thu",
            {"kind": "fee", "name": "Phí", "unit_price": "2.000", "quantity": "3", "when": "before"},
            14_000,
        ),
        ("yeu-cau-nop", {}, 8_000),
        ("mien-giam", {"line": "1", "amount": "3000", "ground": "Người có công", "basis": "Điều 10"}, 5_000),
        ("sua-khoan-thu", {"target": "line:1", "reason": "Nhập nhầm"}, 0),
    ],
)
def test_the_acts(clerk: Client, owing: Dossier, slug: str, typed: dict[str, str], owed: int) -> None:
    assert press(clerk, owing.code, slug, **typed).status_code == 302
    assert _owed(owing) == owed


def test_refund_and_counter(world: World, clerk: Client, owing: Dossier) -> None:
    perform(world, Act.COLLECT_CASH, owing)
    page = text_of(clerk.get(f"/mot-cua/ho-so/{owing.code}/sua-khoan-thu/"))
    assert "Ghi ngược «đã nộp» 8.000 đồng" in page
    typed = {"cancel": "on", "method": "transfer", "account": "123", "to_name": "Hoà", "reason": "Rút hồ sơ"}
    assert press(clerk, owing.code, "hoan-tien", **typed).status_code == 302
    assert _owed(owing) == 0


def test_a_shift(world: World, clerk: Client, owing: Dossier, sign_in: SignIn) -> None:
    assert clerk.post(_TILL, {"desk": world.desk.pk, "opening": "50.000"}).status_code == 302
    assert clerk.post(_TILL, {"desk": world.desk.pk, "opening": "0"}).status_code == 422
    press(clerk, owing.code, "thu-tien", amount="8000", method="cash")
    shift = Shift.objects.get()
    assert "58.000" in text_of(clerk.get(_TILL))
    address = f"{_TILL}ca/{shift.pk}/"
    assert clerk.get(f"{address}bien-ban.pdf").status_code == 404
    assert clerk.get(f"{address}bien-lai.pdf").content[:5] == b"%PDF-"
    assert clerk.get(f"/mot-cua/ho-so/{owing.code}/bien-lai.pdf").content[:5] == b"%PDF-"
    short = clerk.post(address, {"note_50000": "1", "hand_over": "treasurer"})
    assert (short.status_code, "thiếu 8.000 đồng" in text_of(short)) == (422, True)
    whole = {"note_50000": "1", "note_5000": "1", "note_1000": "3", "hand_over": "treasurer"}
    assert clerk.post(address, whole).status_code == 302
    assert clerk.get(f"{address}bien-ban.pdf").content[:5] == b"%PDF-"
    chair = sign_in(world.chair)
    assert "Tôi đã nhận đủ 58.000 đồng" in text_of(chair.get(address))
    assert chair.post(f"{address}nhan/").status_code == 302
    assert "đã nhận" in text_of(clerk.get(_TILL))
    assert sign_in(world.head).get(address).status_code == 404


def test_a_statement(clerk: Client, owing: Dossier) -> None:
    bill = bill_of(KIND, owing.pk)
    assert bill is not None
    table = f"Ngày;Ghi có;Nội dung\n02/03/2026;7.000;{bill.reference}\n02/03/2026;9.000;khac\nx;1;y\n"
    sent = {"unit": bill.unit_id, "file": SimpleUploadedFile("sk.csv", table.encode())}
    answer = clerk.post(f"{_TILL}sao-ke/", sent)
    statement = Statement.objects.get()
    assert answer.headers["Location"] == f"{_TILL}sao-ke/{statement.pk}/"
    assert "Cột 2: Ghi có" in text_of(clerk.get(answer.headers["Location"]))
    chosen = {"header": "1", "on": "0", "credit": "1", "text": "2"}
    assert clerk.post(answer.headers["Location"], chosen).status_code == 302
    assert clerk.post(answer.headers["Location"], chosen).status_code == 422
    assert "Không đọc được ngày «x»" in text_of(clerk.get(answer.headers["Location"]))
    doubtful, unmatched = BankLine.objects.order_by("row")
    page = text_of(clerk.get(f"{_TILL}sao-ke/"))
    assert "số tiền khác" in page
    assert owing.code in page
    clerk.post(f"{_TILL}sao-ke/dong/{doubtful.pk}/", {"code": owing.code, "note": "Nộp thiếu"})
    unknown = clerk.post(f"{_TILL}sao-ke/dong/{unmatched.pk}/", {"code": "không có", "note": "Đoán"})
    assert (unknown.status_code, "Không có khoản phải nộp của hồ sơ" in text_of(unknown)) == (422, True)
    assert 'value="Đoán"' in text_of(unknown)
    assert clerk.post(f"{_TILL}sao-ke/dong/{unmatched.pk}/", {"code": owing.code}).status_code == 422
    clerk.post(f"{_TILL}sao-ke/dong/{unmatched.pk}/", {"ignore": "1", "note": "Tiền nhà"})
    assert _owed(owing) == 1_000
    assert sorted(BankLine.objects.values_list("state", flat=True)) == ["booked", "ignored"]
    bad = {"unit": bill.unit_id, "file": SimpleUploadedFile("sk.xlsx", b"x")}
    assert clerk.post(f"{_TILL}sao-ke/", bad).status_code == 422


def test_the_daily_check(world: World, clerk: Client, owing: Dossier) -> None:
    perform(world, Act.COLLECT_CASH, owing)
    page = text_of(clerk.get(f"{_TILL}doi-soat/?ngay=2026-03-04&don-vi={world.ward.pk}"))
    assert "chưa chốt" in page
    assert "khớp nhau" in text_of(clerk.get(f"{_TILL}doi-soat/?ngay=2026-02-30")) or "chưa chốt" in page
    book = clerk.get(f"{_TILL}doi-soat.xlsx?ngay=2026-03-04")
    assert BytesIO(book.content).read(2) == b"PK"


def test_the_account(world: World, clerk: Client, sign_in: SignIn) -> None:
    chair, address = sign_in(world.chair), f"{_TILL}tai-khoan/"
    said = {"which": "account", "account_number": "11990000123", "bank_bin": "970436", "bank_name": "Vietcombank"}
    assert clerk.post(address, said).status_code == 422
    assert chair.post(address, said).status_code == 302
    assert "11990000123" in text_of(chair.get(address))
    series = {"which": "series", "kind": "fee", "template_number": "01BLP0-002", "symbol": "AB-26E"}
    assert chair.post(address, series).status_code == 302
    assert ReceiptSeries.objects.filter(symbol="AB-26E").exists()
