"""The administrator's page about the second factor."""

import pytest
from django.test import Client

from motcua.dossiers.tests.world import World
from motcua.identity import factors
from motcua.identity.models import FactorRule
from motcua.journal.models import Entry
from motcua.sites.backoffice.tests.conftest import text_of

_PAGE = "/quan-tri/bao-mat/"
_SAID = {"key": "k", "groups": ["signers"], "grace_days": "14", "reason": "Hệ thống thông tin cấp độ 3"}


@pytest.fixture(autouse=True)
def _nothing_remembered() -> None:
    factors.forget()


def test_it_is_set_with_a_reason_and_says_who_is_without(world: World, admin: Client) -> None:
    assert world.chair
    assert "Hiện không bắt buộc ai" in text_of(admin.get(_PAGE))
    assert admin.post(_PAGE, _SAID | {"reason": ""}).status_code == 422
    assert admin.post(_PAGE, _SAID | {"grace_days": "91"}).status_code == 422
    assert admin.post(_PAGE, _SAID)["Location"] == _PAGE
    page = text_of(admin.get(_PAGE))
    assert "Đang bắt buộc" in page
    assert world.chair.name in page
    assert Entry.objects.get(verb="factor_rule.set").data["reason"] == "Hệ thống thông tin cấp độ 3"
    assert admin.post(_PAGE, _SAID | {"key": "k2"}).status_code == 409


def test_a_rule_taken_back_leaves_no_days_behind(world: World, admin: Client) -> None:
    admin.post(_PAGE, _SAID | {"grace_days": "0"})
    factors.forget()
    assert 'value="0"' in text_of(admin.get(_PAGE))
    assert admin.post(_PAGE, {"key": "k2", "grace_days": "0", "reason": "Thử xong"}).status_code == 303
    page = text_of(admin.get(_PAGE))
    assert "Hiện không bắt buộc ai" in page
    assert 'value="14"' in page


def test_a_ward_does_not_set_it(world: World, ward_admin: Client) -> None:
    assert ward_admin.get(_PAGE).status_code == 403
    assert ward_admin.post(_PAGE, _SAID).status_code == 403
    assert not FactorRule.objects.exists()
