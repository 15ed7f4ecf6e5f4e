"""Sign-in through an OpenID Connect provider that really runs, on loopback."""

import re
import warnings
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from django.test import Client
from pytest_django import Settings

from motcua.identity.actions import sign_up
from motcua.identity.models import Account
from motcua.identity.settings_allauth import PROVIDER_ID, allauth_settings
from motcua.identity.tests.world import AT, PASSWORD

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.filterwarnings("ignore:get_jwt_config:DeprecationWarning"),  # of the provider's own code
]
SAID = {"personal_id": "022190123456", "name": "Nguyễn Thị Hoa", "birthdate": "1990-05-19", "identity_level": "2"}


@pytest.fixture
def provider(web: Settings) -> Iterator[str]:
    """The provider's address; the house is configured for it as the environment would."""
    with warnings.catch_warnings(record=True):  # its libraries announce their next versions
        import oidc_provider_mock
    with oidc_provider_mock.run_server_in_thread() as server:
        issuer = f"http://localhost:{server.server_port}"
        facts = {"issuer": issuer, "client_id": "mot-cua", "client_secret": "bí mật", "name": "VNeID thử"}
        for name, value in allauth_settings(**facts).items():
            setattr(web, name, value)
        yield issuer


def person(issuer: str, sub: str = "hoa", **claims: Any) -> None:
    httpx.put(f"{issuer}/users/{sub}", json=claims).raise_for_status()


def come_in(client: Client, sub: str = "hoa") -> Any:
    """Go the whole way: our button, the provider's page, back to us."""
    away = client.post(f"/tai-khoan/dinh-danh/{PROVIDER_ID}/")
    assert away.status_code == 302
    with httpx.Client() as browser:
        back = browser.post(away["Location"], data={"sub": sub})
    assert back.status_code in {302, 303}, back.text
    address = httpx.URL(back.headers["Location"])
    assert address.path == f"/tai-khoan/dinh-danh/{PROVIDER_ID}/tra-loi/"
    return client.get(f"{address.path}?{address.query.decode()}")


def test_the_login_page_offers_it(client: Client, provider: str) -> None:
    assert "Đăng nhập bằng VNeID thử" in client.get("/tai-khoan/dang-nhap/").content.decode()


def test_without_a_provider_there_is_no_button(client: Client, web: Settings) -> None:
    assert "định danh điện tử</h2>" not in client.get("/tai-khoan/dang-nhap/").content.decode()


def test_a_new_person_comes_in(client: Client, provider: str) -> None:
    person(provider, **SAID, phone_number="+84912345678")
    assert come_in(client)["Location"] == "/ho-so/"
    account = Account.objects.get()
    assert account.phone == "0912345678"
    assert (account.full_name, account.personal_id, account.identity_level) == ("Nguyễn Thị Hoa", "022190123456", "2")
    assert client.get("/whoami/").content.decode() == "citizen:Nguyễn Thị Hoa:0"
    assert come_in(Client())["Location"] == "/ho-so/"
    assert Account.objects.count() == 1


def test_a_known_number_is_linked_and_its_password_ends(client: Client, provider: str) -> None:
    sign_up(username="0912345678", full_name="Hoa", personal_id="022190123456", password=PASSWORD, agreed=True, at=AT)
    person(provider, **SAID)
    come_in(client)
    account = Account.objects.get()
    assert account.full_name == "Nguyễn Thị Hoa"
    assert not account.has_usable_password()
    page = client.get("/tai-khoan/mat-khau/dat/").content.decode()
    assert re.search("Đặt mật khẩu", page)


def test_what_changes_there_changes_here(client: Client, provider: str) -> None:
    person(provider, **SAID)
    come_in(client)
    person(provider, **(SAID | {"name": "Nguyễn Thị Hoa Mai"}))
    come_in(Client())
    assert Account.objects.get().full_name == "Nguyễn Thị Hoa Mai"


def test_a_person_without_a_number_stays_outside(client: Client, provider: str) -> None:
    person(provider, name="Nguyễn Thị Hoa")
    page = come_in(client)
    assert page.status_code == 422
    assert "không gửi số định danh" in page.content.decode()
    assert not Account.objects.exists()
    assert client.get("/whoami/").content.decode().startswith("anonymous")


def test_a_silent_provider_is_said_so(client: Client, web: Settings) -> None:
    facts = {"issuer": "http://localhost:9", "client_id": "a", "client_secret": "b", "name": "VNeID thử"}
    for name, value in allauth_settings(**facts).items():
        setattr(web, name, value)
    page = client.post(f"/tai-khoan/dinh-danh/{PROVIDER_ID}/")
    assert page.status_code == 503
    assert "Hệ thống định danh không trả lời" in page.content.decode()


def test_an_unknown_provider(client: Client, web: Settings) -> None:
    assert client.post("/tai-khoan/dinh-danh/khac/").status_code == 404


def test_a_password_may_be_set_afterwards(client: Client, provider: str) -> None:
    person(provider, **SAID)
    come_in(client)
    address = "/tai-khoan/mat-khau/dat/"
    assert client.get("/tai-khoan/mat-khau/doi/")["Location"] == address
    assert "chưa giống nhau" in client.post(address, {"password1": PASSWORD, "password2": "x"}).content.decode()
    assert client.post(address, {"password1": PASSWORD, "password2": PASSWORD}).status_code == 302
    username = Account.objects.get().username
    assert Client().post("/tai-khoan/dang-nhap/", {"login": username, "password": PASSWORD})["Location"] == "/ho-so/"


def test_somebody_else_signs_out_first(client: Client, provider: str) -> None:
    person(provider, **SAID)
    person(provider, "mai", **(SAID | {"personal_id": "022190123999", "name": "Nguyễn Thị Mai"}))
    come_in(client)
    assert come_in(client, "mai")["Location"] == "/tai-khoan/dang-xuat/"
    assert Account.objects.count() == 1
