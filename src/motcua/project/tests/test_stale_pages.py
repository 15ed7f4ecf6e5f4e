"""Pages that were open too long: what is sent from them is refused in words that say what to do."""

import pytest
from django.test import Client

from motcua.dossiers.tests.world import World, definition
from motcua.identity.models import Account
from motcua.identity.tests.signing_in import sign_in_as
from motcua.sites.desk.tests.browser import text_of

INTAKE = "/mot-cua/tiep-nhan/1.001193/"


@pytest.fixture
def world(db: None) -> World:
    return World(definition()).build()


def officer(world: World) -> Client:
    return sign_in_as(Account.objects.get(pk=world.clerk.account_id))


def test_a_page_from_before_somebody_took_over_says_what_to_do(world: World) -> None:
    client = officer(world)
    client.handler.enforce_csrf_checks = True
    answer = client.post(INTAKE, {"csrfmiddlewaretoken": "x" * 32})
    assert answer.status_code == 403
    assert "Việc bạn vừa bấm chưa được ghi" in text_of(answer)
    assert "CSRF" not in text_of(answer)


def test_what_is_sent_after_the_session_ended_is_said_not_to_be_done(db: None) -> None:
    client = Client()
    answer = client.post(INTAKE, {"owner.name": "Nguyễn Văn Ân"})
    assert answer["Location"].startswith("/tai-khoan/dang-nhap/?next=")
    assert "chưa được ghi" in text_of(client.get(answer["Location"]))


def test_opening_a_page_signed_out_warns_of_nothing(db: None) -> None:
    client = Client()
    answer = client.get("/mot-cua/")
    assert "chưa được ghi" not in text_of(client.get(answer["Location"]))


def test_an_address_only_for_buttons_says_so(world: World) -> None:
    answer = officer(world).get("/tai-khoan/mo-khoa/")
    assert answer.status_code == 405
    assert "Hãy quay lại trang ấy rồi bấm lại nút" in text_of(answer)


def test_signing_in_from_the_first_page_leads_to_the_work(client: Client, db: None) -> None:
    assert 'href="/tai-khoan/dang-nhap/"' in text_of(client.get("/"))
    assert "dang-nhap/?next=%2Ftra-cuu%2F" in text_of(client.get("/tra-cuu/"))
