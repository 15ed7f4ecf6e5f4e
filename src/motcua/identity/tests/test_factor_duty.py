"""Who owes a second factor: reminded, then led to it, never locked out."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from motcua.agencies.terms import Right
from motcua.identity.actions import issue_token
from motcua.identity.actions.set_factor_rule import set_factor_rule
from motcua.identity.duty import still_without
from motcua.identity.factors import duty_now
from motcua.identity.models import Account
from motcua.identity.terms import SYSTEM
from motcua.identity.tests.signing_in import sign_in_as
from motcua.identity.tests.world import AT, TODAY, People

_DESK, _NEEDED = "/mot-cua/", "/tai-khoan/bao-mat/can-dat/"


@pytest.fixture(autouse=True)
def clock(web: Any) -> Iterator[Any]:
    with time_machine.travel(AT + timedelta(hours=1), tick=False) as traveller:
        yield traveller


def _rule(*groups: str, days: int = 14) -> None:
    set_factor_rule(actor=SYSTEM, groups=groups, grace_days=days, reason="Cấp độ 3", at=AT)


@pytest.fixture
def leader(people: People) -> Account:
    return people.officer("truongphong", people.units.division, Right.LEAD_DIVISION)


def _key(account: Account) -> None:
    Authenticator.objects.create(user_id=account.pk, type="webauthn", data={"name": "Khóa 1", "credential": {}})


def test_there_is_time_and_a_reminder(people: People, leader: Account) -> None:
    _rule("signers")
    page = sign_in_as(leader).get(_DESK).content.decode()
    assert "phải có bảo mật hai lớp trước" in page
    assert f'href="{_NEEDED}"' in page
    other = sign_in_as(people.officer("chuyenvien", people.units.division, Right.HANDLE)).get(_DESK).content.decode()
    assert "bảo mật hai lớp trước" not in other


def test_afterwards_nothing_opens_but_the_way_to_it(leader: Account, clock: Any) -> None:
    _rule("signers")
    client = sign_in_as(leader)
    clock.shift(timedelta(days=14))
    client = sign_in_as(leader)
    answer = client.get(f"{_DESK}?loc=qua-han")
    assert answer["Location"] == f"{_NEEDED}?next=%2Fmot-cua%2F%3Floc%3Dqua-han"
    assert client.post("/mot-cua/danh-sach.xlsx")["Location"] == _NEEDED
    page = client.get(answer["Location"]).content.decode()
    assert "hạn chuẩn bị đã hết" in page
    assert "Để sau" not in page
    for address in ("/tai-khoan/", "/tai-khoan/bao-mat/", "/tai-khoan/bao-mat/khoa/them/", "/thu-tuc/"):
        assert "can-dat" not in client.get(address).get("Location", ""), address
    _key(leader)
    assert client.get(answer["Location"])["Location"] == "/mot-cua/?loc=qua-han"
    assert client.get(_DESK).status_code == 200


def test_a_way_on_leads_nowhere_else(leader: Account) -> None:
    _rule("signers")
    _key(leader)
    assert sign_in_as(leader).get(f"{_NEEDED}?next=https://la.vn/")["Location"] == _DESK


def test_recovery_codes_alone_are_no_second_factor(leader: Account) -> None:
    _rule("officers", days=0)
    Authenticator.objects.create(user_id=leader.pk, type="recovery_codes", data={})
    assert sign_in_as(leader).get(_DESK)["Location"].startswith(_NEEDED)


def test_programs_and_citizens_are_not_asked(leader: Account) -> None:
    _rule("officers", days=0)
    key = issue_token(actor=SYSTEM, account_id=leader.pk, name="máy", at=AT)
    answer = Client().get("/api/v1/queue", headers={"Authorization": f"Bearer {key}"})
    assert answer.status_code == 200
    citizen = Account.objects.create(username="congdan", full_name="Hoa", kind="citizen")
    assert sign_in_as(citizen).get("/ho-so/").status_code == 200


def test_who_is_still_without(people: People, leader: Account) -> None:
    _rule("signers", "administrators")
    people.officer("chuyenvien", people.units.division, Right.HANDLE)
    admin = people.officer("quantri", people.units.province, Right.ADMIN, full_name="Trần An")
    duty = duty_now()
    assert duty is not None
    assert [one.username for one in still_without(duty, TODAY)] == ["quantri", "truongphong"]
    _key(admin)
    assert [one.username for one in still_without(duty, TODAY)] == ["truongphong"]


def test_without_a_rule_it_costs_nothing(leader: Account) -> None:
    client = sign_in_as(leader)
    client.get(_DESK)
    with CaptureQueriesContext(connection) as queries:
        client.get(_DESK)
    assert not [one for one in queries if "factorrule" in one["sql"] or "mfa_authenticator" in one["sql"]]
