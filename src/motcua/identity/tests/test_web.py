"""Sign-in through the real pages of django-allauth."""

import re
from typing import Any

import pytest
from django.contrib.auth.hashers import identify_hasher, make_password
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from motcua.agencies.terms import Right
from motcua.identity.actions import deactivate, issue_token, load_accounts, make_link
from motcua.identity.actions.load_accounts import DemoPerson
from motcua.identity.models import Account
from motcua.identity.rules.accounts import Person
from motcua.identity.terms import SYSTEM, AccountKind
from motcua.identity.tests.world import AT, PASSWORD, TODAY, People
from motcua.journal.models import Entry

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("web")]
LOGIN, SIGNUP = "/tai-khoan/dang-nhap/", "/tai-khoan/dang-ky/"


def sign_in(client: Client, username: str, password: str = PASSWORD) -> Any:
    return client.post(LOGIN, {"login": username, "password": password})


def who(client: Client, **headers: str) -> str:
    return client.get("/whoami/", headers=headers).content.decode()


def test_passwords_are_kept_by_argon2(web: Settings) -> None:
    import motcua.project.settings as real

    web.PASSWORD_HASHERS = real.PASSWORD_HASHERS
    assert identify_hasher(make_password("một cửa")).algorithm == "argon2"


def test_every_page_speaks_vietnamese(client: Client) -> None:
    pages = ["dang-nhap/", "dang-ky/", "dang-xuat/", "bi-khoa/", "mat-khau/quen/", "mat-khau/quen/da-gui/",
             "mat-khau/dat-lai/xong/", "mat-khau/dat-lai/1-abc/", "dinh-danh/da-huy/", "dinh-danh/loi/"]  # fmt: skip
    for page in pages:
        reply = client.get("/tai-khoan/" + page)
        if reply.status_code == 302:
            assert page == "dang-xuat/"
            continue
        text = reply.content.decode()
        assert '<html lang="vi"' in text
        assert not re.search(r"\b(Password|Username|Sign|account|Email|Please)\b", re.sub(r"<[^>]*>", "", text)), page


def test_an_officer_signs_in_and_out(client: Client, people: People) -> None:
    people.officer("namnv", people.units.division, Right.HANDLE)
    assert sign_in(client, " NamNV ")["Location"] == "/mot-cua/"
    assert who(client) == "officer:Nguyễn Văn Nam:1"
    entry = Entry.objects.get(verb="account.signed_in")
    assert entry.data == {"way": "password", "ip": "127.0.0.1"}
    assert "Nguyễn Văn Nam" in client.get("/tai-khoan/").content.decode()
    assert client.post("/tai-khoan/dang-xuat/")["Location"] == "/"
    assert who(client) == "anonymous:Khách:0"


@pytest.mark.parametrize(
    ("right", "door"), [(Right.ADMIN, "/quan-tri/"), (Right.OVERSEE, "/giam-sat/"), (Right.SEAL, "/mot-cua/")]
)
def test_everybody_comes_to_their_work(client: Client, people: People, right: Right, door: str) -> None:
    people.officer("namnv", people.units.province, right)
    assert sign_in(client, "namnv")["Location"] == door


def test_an_officer_without_a_post_comes_to_the_account(client: Client, people: People) -> None:
    people.officer("namnv")
    assert sign_in(client, "namnv")["Location"] == "/tai-khoan/"


def test_the_way_back_is_kept_inside_the_house(client: Client, people: People) -> None:
    people.officer("namnv")
    reply = client.post(LOGIN, {"login": "namnv", "password": PASSWORD, "next": "/ho-so/1/"})
    assert reply["Location"] == "/ho-so/1/"
    client.logout()
    reply = client.post(LOGIN, {"login": "namnv", "password": PASSWORD, "next": "https://example.com/"})
    assert reply["Location"] == "/tai-khoan/"


def test_wrong_passwords_lock_for_a_while(client: Client, people: People) -> None:
    people.officer("namnv", people.units.division, Right.HANDLE)
    for _ in range(5):
        assert "Tên đăng nhập hoặc mật khẩu chưa đúng" in sign_in(client, "namnv", "sai").content.decode()
    locked = sign_in(client, "namnv")
    assert "tạm khóa. Hãy chờ 5 phút" in locked.content.decode()
    assert "tạm khóa" in sign_in(Client(), "NAMNV").content.decode()
    people.officer("khac", people.units.division, Right.HANDLE)
    assert sign_in(client, "khac").status_code == 302


def test_a_locked_account_does_not_come_in(client: Client, people: People) -> None:
    account = people.officer("namnv", people.units.division, Right.HANDLE)
    sign_in(client, "namnv")
    deactivate(actor=SYSTEM, account_id=account.pk, successor_id=None, reason="Theo quyết định 5/QĐ", at=AT)
    assert who(client) == "anonymous:Khách:0"
    assert sign_in(client, "namnv")["Location"] == "/tai-khoan/bi-khoa/"


def test_demo_accounts_only_in_a_demo(client: Client, people: People, web: Settings) -> None:
    post = people.post(people.units.division, Right.HANDLE)
    crowd = [DemoPerson(Person("mau", "Nguyễn Mẫu"), AccountKind.OFFICER, TODAY, (post.pk,))]
    account = load_accounts(actor=SYSTEM, people=crowd, password=PASSWORD, at=AT)[0]
    key = issue_token(actor=SYSTEM, account_id=account.pk, name="A", at=AT)
    web.DEMO = True
    assert sign_in(client, "mau")["Location"] == "/mot-cua/"
    assert who(Client(), Authorization=f"Bearer {key}").startswith("officer")
    web.DEMO = False
    assert who(client) == "anonymous:Khách:0"
    assert who(Client(), Authorization=f"Bearer {key}").startswith("anonymous")
    assert sign_in(client, "mau")["Location"] == "/tai-khoan/bi-khoa/"


def test_a_key_never_falls_back_to_the_session(client: Client, people: People) -> None:
    account = people.officer("namnv", people.units.division, Right.HANDLE)
    sign_in(client, "namnv")
    assert who(client, Authorization="Bearer sai") == "anonymous:Khách:0"
    key = issue_token(actor=SYSTEM, account_id=account.pk, name="A", at=AT)
    assert who(Client(), Authorization=f"Bearer {key}") == "officer:Nguyễn Văn Nam:1"


def test_finding_the_actor_is_cheap(client: Client, people: People) -> None:
    people.officer("namnv", people.units.division, Right.HANDLE)
    sign_in(client, "namnv")
    with CaptureQueriesContext(connection) as captured:
        who(client)
    assert len(captured) == 3, [query["sql"] for query in captured]  # session, account, posts


SAID = {
    "full_name": "Trần Thị Hoa", "personal_id": "022190123456", "username": "0912 345 678",
    "password1": PASSWORD, "password2": PASSWORD, "agreed": "on",
}  # fmt: skip


def test_a_citizen_signs_up(client: Client) -> None:
    reply = client.post(SIGNUP, SAID)
    assert reply.status_code == 302, reply.content.decode()
    assert reply["Location"] == "/ho-so/"
    assert who(client) == "citizen:Trần Thị Hoa:0"
    account = Account.objects.get()
    assert (account.username, account.phone, account.personal_id) == ("0912345678", "0912345678", "022190123456")
    client.logout()
    assert sign_in(client, "+84912345678")["Location"] == "/ho-so/"


def test_sign_up_says_every_problem_beside_its_field(client: Client) -> None:
    said = {"full_name": "A", "personal_id": "12", "username": "hoa", "password1": "x", "password2": "y"}
    text = client.post(SIGNUP, said).content.decode()
    for words in ("12 chữ số (hoặc", "là số điện thoại", "ít nhất 10 ký tự", "Hãy đánh dấu đồng ý"):
        assert words in text, words
    assert "chưa giống nhau" in client.post(SIGNUP, SAID | {"password2": "y"}).content.decode()
    assert not Account.objects.exists()
    client.post(SIGNUP, SAID)
    client.logout()
    again = client.post(SIGNUP, SAID).content.decode()
    assert "đã có tài khoản" in again
    assert Account.objects.count() == 1


def test_nobody_signs_up_as_an_officer(client: Client) -> None:
    client.post(SIGNUP, SAID | {"kind": "officer"})
    assert Account.objects.get().kind == "citizen"


def test_other_sessions_end(client: Client, people: People) -> None:
    people.officer("namnv", people.units.division, Right.HANDLE)
    elsewhere = Client()
    sign_in(client, "namnv")
    sign_in(elsewhere, "namnv")
    page = client.get("/tai-khoan/phien/").content.decode()
    assert page.count("Đăng nhập lúc") == 2
    assert "Máy này" in page
    client.post("/tai-khoan/phien/")
    assert who(elsewhere).startswith("anonymous")
    assert who(client).startswith("officer")


def test_changing_the_password_ends_other_sessions(client: Client, people: People) -> None:
    people.officer("namnv", people.units.division, Right.HANDLE)
    elsewhere = Client()
    sign_in(client, "namnv")
    sign_in(elsewhere, "namnv")
    address, new = "/tai-khoan/mat-khau/doi/", "mật khẩu hoàn toàn mới"
    wrong = client.post(address, {"oldpassword": "sai", "password1": "ngắn", "password2": "khác"}).content.decode()
    for words in ("Mật khẩu hiện tại chưa đúng", "ít nhất 10 ký tự"):
        assert words in wrong
    done = client.post(address, {"oldpassword": PASSWORD, "password1": new, "password2": new})
    assert done["Location"] == "/tai-khoan/"
    assert who(client).startswith("officer")
    assert who(elsewhere).startswith("anonymous")
    assert Entry.objects.filter(verb="account.password_changed").count() == 1
    assert sign_in(Client(), "namnv", new).status_code == 302


def test_a_password_given_by_others_must_be_changed_first(client: Client, people: People) -> None:
    people.officer("namnv", people.units.division, Right.HANDLE, must_change_password=True)
    assert sign_in(client, "namnv")["Location"] == "/tai-khoan/mat-khau/doi/"
    assert client.get("/tai-khoan/")["Location"] == "/tai-khoan/mat-khau/doi/"
    new = "mật khẩu hoàn toàn mới"
    client.post("/tai-khoan/mat-khau/doi/", {"oldpassword": PASSWORD, "password1": new, "password2": new})
    assert client.get("/tai-khoan/").status_code == 200


def test_a_forgotten_password(client: Client, people: People) -> None:
    people.officer("namnv", people.units.division, Right.HANDLE, email="nam@example.com")
    assert client.post("/tai-khoan/mat-khau/quen/", {"email": "nam@example.com"}).status_code == 302
    letter = mail.outbox[0]
    assert letter.subject == "[Một Cửa] Đặt lại mật khẩu"
    assert "namnv" in letter.body
    link = re.search(r"http://testserver(\S+)", str(letter.body))
    assert link is not None
    form = client.get(link[1], follow=True)
    new = "mật khẩu hoàn toàn mới"
    done = client.post(form.redirect_chain[-1][0], {"password1": new, "password2": new})
    assert done["Location"] == "/tai-khoan/mat-khau/dat-lai/xong/"
    assert sign_in(Client(), "namnv", new).status_code == 302
    assert "không dùng được nữa" in Client().get(link[1], follow=True).content.decode()


def test_an_unknown_address_gets_the_same_page(client: Client) -> None:
    reply = client.post("/tai-khoan/mat-khau/quen/", {"email": "ai@example.com"})
    assert reply["Location"] == "/tai-khoan/mat-khau/quen/da-gui/"
    assert "không có tài khoản" in mail.outbox[0].body


def test_activation_through_the_page(client: Client, people: People) -> None:
    account = people.officer("namnv", people.units.division, Right.HANDLE, password="")
    secret = make_link(actor=SYSTEM, account_id=account.pk, at=AT.now(AT.tzinfo))
    address = f"/tai-khoan/kich-hoat/{secret}/"
    assert "namnv" in client.get(address).content.decode()
    wrong = client.post(address, {"password1": "namnv", "password2": "khác"}).content.decode()
    assert "chưa giống nhau" in wrong
    assert "ít nhất 10 ký tự" in wrong
    assert client.post(address, {"password1": PASSWORD, "password2": PASSWORD})["Location"] == LOGIN
    assert client.get(address).status_code == 404
    assert sign_in(client, "namnv").status_code == 302


def test_the_password_is_asked_for_again(client: Client, people: People) -> None:
    people.officer("namnv", people.units.division, Right.HANDLE)
    sign_in(client, "namnv")
    assert "Xác nhận mật khẩu" in client.get("/tai-khoan/xac-nhan/").content.decode()
    assert "Mật khẩu chưa đúng" in client.post("/tai-khoan/xac-nhan/", {"password": "sai"}).content.decode()
