"""Bảo mật hai lớp: set, used, lost, taken away; what is kept of it."""

import re
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.test import Client
from pytest_django import DjangoCaptureOnCommitCallbacks

from motcua.agencies.terms import Right
from motcua.identity.actions.remove_factors import remove_factors
from motcua.identity.models import Account
from motcua.identity.queries import actor_of
from motcua.identity.terms import SYSTEM
from motcua.identity.tests.test_web import sign_in, who
from motcua.identity.tests.world import AT, PASSWORD, TODAY, People
from motcua.journal.actions.deliver import deliver_pending
from motcua.journal.models import Entry
from motcua.kernel.errors import Invalid, NotPermitted, RuleBroken
from motcua.notifications.models import Notice
from motcua.project.subscriptions import wire

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("web")]
_HOME = "/tai-khoan/bao-mat/"


def _code(secret: str) -> str:
    """The code an app would show now (RFC 6238)."""
    counters = list(yield_hotp_counters_from_time())
    return format_hotp_value(hotp_value(secret, counters[len(counters) // 2]))


def _prove(client: Client, url: str) -> Any:
    """Open a page that wants the password again, and type it."""
    page = client.get(url)
    assert page["Location"].startswith("/tai-khoan/xac-nhan/")
    return client.post(page["Location"], {"password": PASSWORD}, follow=True)


def _activate(client: Client) -> str:
    """Set the app up through its page; return its secret."""
    page = _prove(client, f"{_HOME}ung-dung/").content.decode()
    secret = re.search(r"Khóa: <code>([A-Z2-7]+)</code>", page)
    assert secret is not None
    wrong = client.post(f"{_HOME}ung-dung/", {"code": "000000"}).content.decode()
    assert "Mã chưa đúng" in wrong
    done = client.post(f"{_HOME}ung-dung/", {"code": _code(secret[1])})
    assert done["Location"] == f"{_HOME}du-phong/"
    return secret[1]


@pytest.fixture
def officer(people: People) -> Account:
    return people.officer("namnv", people.units.division, Right.HANDLE)


def test_every_page_speaks_vietnamese(client: Client, officer: Account) -> None:
    sign_in(client, officer.username)
    _activate(client)
    pages = ["", "ung-dung/go/", "du-phong/", "du-phong/moi/", "du-phong/tai/", "khoa/", "khoa/them/", "xac-nhan/"]
    for page in pages:
        reply = client.get(_HOME + page)
        assert reply.status_code == 200, page
        text = re.sub(r"<script.*?</script>|<[^>]*>", "", reply.content.decode(), flags=re.S)
        assert not re.search(r"\b(Code|Authenticator|Security|Recovery|Add|Sign|code)\b", text), page


def test_the_app_is_asked_for_at_the_next_sign_in(client: Client, officer: Account) -> None:
    sign_in(client, officer.username)
    secret = _activate(client)
    stored = Authenticator.objects.get(user_id=officer.pk, type="totp")
    assert secret not in str(stored.data)
    other = Client()
    assert sign_in(other, officer.username)["Location"].startswith(f"{_HOME}dang-nhap/")
    assert who(other) == "anonymous:Khách:0"
    assert "Mã chưa đúng" in other.post(f"{_HOME}dang-nhap/", {"code": "123456"}).content.decode()
    codes = stored.user.authenticator_set.get(type="recovery_codes").wrap().get_unused_codes()
    assert other.post(f"{_HOME}dang-nhap/", {"code": codes[0]})["Location"] == "/mot-cua/"
    assert who(other).startswith("officer:")
    again = Client()
    sign_in(again, officer.username)
    assert "Mã chưa đúng" in again.post(f"{_HOME}dang-nhap/", {"code": codes[0]}).content.decode()


def test_each_change_is_kept_and_told(
    client: Client, officer: Account, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    wire()
    sign_in(client, officer.username)
    with django_capture_on_commit_callbacks(execute=True):
        _activate(client)
    changes = list(Entry.objects.filter(verb="account.factor_changed").order_by("id").values_list("data", flat=True))
    assert {"change": "totp_activated"} in changes
    while deliver_pending(at=AT):
        pass
    told = Notice.objects.filter(account_id=officer.pk).values_list("subject", flat=True)
    assert "Bảo mật tài khoản thay đổi: đặt ứng dụng tạo mã" in told


def test_an_administrator_helps_with_a_reason(client: Client, officer: Account, people: People) -> None:
    sign_in(client, officer.username)
    _activate(client)
    handler = actor_of(people.officer("khac", people.units.division, Right.HANDLE), TODAY)
    with pytest.raises(NotPermitted):
        remove_factors(actor=handler, account_id=officer.pk, reason="Mất điện thoại", at=AT)
    with pytest.raises(Invalid):
        remove_factors(actor=SYSTEM, account_id=officer.pk, reason=" ", at=AT)
    assert remove_factors(actor=SYSTEM, account_id=officer.pk, reason="Mất điện thoại", at=AT) == 2
    assert Entry.objects.get(verb="account.factors_removed").data == {"reason": "Mất điện thoại", "count": 2}
    assert who(client) == "anonymous:Khách:0"
    assert sign_in(Client(), officer.username)["Location"] == "/mot-cua/"
    with pytest.raises(RuleBroken):
        remove_factors(actor=SYSTEM, account_id=officer.pk, reason="Mất điện thoại", at=AT)


def test_one_other_place_is_signed_out(client: Client, officer: Account) -> None:
    other = Client()
    sign_in(other, officer.username)
    other.get("/tai-khoan/phien/")
    sign_in(client, officer.username)
    page = client.get("/tai-khoan/phien/").content.decode()
    address = re.search(r'action="(/tai-khoan/phien/\d+/ket-thuc/)"', page)
    assert address is not None
    assert client.post(address[1])["Location"] == "/tai-khoan/phien/"
    assert who(other) == "anonymous:Khách:0"
    assert who(client).startswith("officer:")
    assert client.post("/tai-khoan/phien/999999/ket-thuc/").status_code == 404
