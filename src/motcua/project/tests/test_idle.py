"""The screen that locks: by the clock and by hand; opened by the password; what was being sent is not lost."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client

from motcua.dossiers.models import Dossier
from motcua.dossiers.tests.world import MONDAY, World, definition
from motcua.identity.models import Account
from motcua.sites.desk.tests.browser import hidden_fields, text_of
from motcua.sites.desk.tests.test_acts import picture
from motcua.sites.desk.tests.test_intake import ADDRESS, TYPED

PASSWORD = "một câu dễ nhớ 2026"


@pytest.fixture
def clock(settings: object) -> object:
    settings.IDLE_MINUTES = 10  # type: ignore[attr-defined]
    with time_machine.travel(MONDAY, tick=False) as travelled:
        yield travelled


@pytest.fixture
def world(db: None, clock: object) -> World:
    return World(definition()).build()


@pytest.fixture
def officer(world: World) -> Client:
    account = Account.objects.get(pk=world.clerk.account_id)
    account.set_password(PASSWORD)
    account.save()
    client = Client()
    client.force_login(account)
    assert client.get("/mot-cua/").status_code == 200
    return client


def later(clock: object, minutes: float) -> None:
    clock.shift(timedelta(minutes=minutes))  # type: ignore[attr-defined]


def test_after_ten_minutes_nothing_is_shown(officer: Client, clock: object) -> None:
    later(clock, 9)
    assert officer.get("/mot-cua/").status_code == 200
    later(clock, 9)
    assert officer.get("/mot-cua/").status_code == 200
    later(clock, 11)
    page = officer.get("/mot-cua/?loc=cua-toi")
    assert page.status_code == 423
    assert "Màn hình đang khóa" in text_of(page)
    assert "Việc của tôi" not in text_of(page)
    assert officer.put("/tep/00000000-0000-0000-0000-000000000000/").status_code == 423
    later(clock, -11)
    assert officer.get("/mot-cua/").status_code == 423
    opened = officer.post("/mot-cua/?loc=cua-toi", {"_mo_khoa": "1", "_chi_xem": "1", "_mat_khau": PASSWORD})
    assert opened["Location"] == "/mot-cua/?loc=cua-toi"
    assert officer.get("/mot-cua/").status_code == 200


def test_what_was_being_sent_is_taken_after_the_password(officer: Client, clock: object) -> None:
    typed = hidden_fields(officer.get(ADDRESS)) | TYPED
    later(clock, 11)
    page = officer.post(ADDRESS, typed | {"components.to-khai.files": picture()})
    assert page.status_code == 423
    assert Dossier.objects.count() == 0
    kept = hidden_fields(page)
    assert kept["owner.name"] == TYPED["owner.name"]
    wrong = officer.post(ADDRESS, kept | {"_mat_khau": "sai"})
    assert "Mật khẩu chưa đúng" in text_of(wrong)
    assert hidden_fields(wrong) == kept
    assert officer.post(ADDRESS, kept | {"_mat_khau": PASSWORD}).status_code == 302
    dossier = Dossier.objects.get()
    assert dossier.owner.name == TYPED["owner.name"]
    assert dossier.attachments.get().name == "giay-chung-sinh.png"


def test_a_tab_that_still_asks_opens_when_another_was_unlocked(officer: Client, clock: object) -> None:
    later(clock, 11)
    assert officer.get("/mot-cua/tim/").status_code == 423
    assert officer.post("/tai-khoan/mo-khoa/", {"_mat_khau": PASSWORD}).status_code == 204
    answer = officer.post("/mot-cua/tim/", {"_mo_khoa": "1", "_chi_xem": "1", "_mat_khau": PASSWORD})
    assert answer["Location"] == "/mot-cua/tim/"


def test_five_wrong_passwords_sign_out(officer: Client, clock: object) -> None:
    later(clock, 11)
    for _time in range(4):
        assert officer.post("/tai-khoan/mo-khoa/", {"_mat_khau": "sai"}).status_code == 403
    assert officer.post("/tai-khoan/mo-khoa/", {"_mat_khau": "sai"}).status_code == 401
    assert officer.get("/mot-cua/")["Location"].startswith("/tai-khoan/dang-nhap/")


def test_a_script_covers_uncovers_and_keeps_awake(officer: Client, clock: object) -> None:
    for _time in range(3):
        later(clock, 8)
        assert officer.post("/tai-khoan/con-day/").status_code == 204
    assert officer.post("/tai-khoan/khoa/", {"next": "https://xau.vn/"})["Location"] == "/mot-cua/"
    assert officer.get("/mot-cua/").status_code == 423
    assert officer.post("/tai-khoan/con-day/").status_code == 423
    assert officer.post("/tai-khoan/mo-khoa/", {"_mat_khau": PASSWORD}).status_code == 204
    assert officer.get("/mot-cua/").status_code == 200


def test_a_page_that_asks_by_itself_keeps_nobody_awake(officer: Client, clock: object) -> None:
    for _time in range(3):
        later(clock, 4)
        answer = officer.get("/mot-cua/", headers={"X-Motcua-Poll": "1"})
    assert answer.status_code == 423


def test_citizens_and_programs_are_left_alone(world: World, clock: object) -> None:
    citizen = Client()
    citizen.force_login(Account.objects.get(pk=world.citizen.account_id))
    for _time in range(2):
        assert citizen.get("/ho-so/").status_code == 200
        later(clock, 60)


def test_a_colleague_takes_over_the_machine_and_gives_it_back(officer: Client, world: World, clock: object) -> None:
    head = Account.objects.get(pk=world.head.account_id)
    head.set_password(PASSWORD)
    head.save()
    clerk = Account.objects.get(pk=world.clerk.account_id)
    later(clock, 11)
    page = officer.get("/tai-khoan/doi-nguoi/")
    assert page.status_code == 200
    wrong = officer.post("/tai-khoan/doi-nguoi/", {"login": head.username, "password": "sai"})
    assert wrong.status_code == 422
    assert officer.post("/tai-khoan/doi-nguoi/", {"login": head.username, "password": PASSWORD}).status_code == 302
    assert head.full_name in text_of(officer.get("/mot-cua/"))
    back = text_of(officer.get("/tai-khoan/doi-nguoi/"))
    assert f'value="{clerk.username}"' in back
    assert officer.post("/tai-khoan/doi-nguoi/", {"login": clerk.username, "password": PASSWORD}).status_code == 302
    assert clerk.full_name in text_of(officer.get("/mot-cua/"))
