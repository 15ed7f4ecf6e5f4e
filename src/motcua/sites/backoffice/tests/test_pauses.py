"""The rules of pausing the clock: listed, set, ended, with reasons."""

from datetime import date
from functools import partial

import pytest
from django.test import Client

from motcua.dossiers.actions.set_suspension_rule import end_suspension_rule, set_suspension_rule
from motcua.dossiers.models import SuspensionRule
from motcua.dossiers.queries.pausing import rule_for, rules_on
from motcua.dossiers.terms import SuspensionKind
from motcua.dossiers.tests.checks import codes, refused
from motcua.dossiers.tests.stages import AT
from motcua.dossiers.tests.world import World, definition
from motcua.identity.models import Account
from motcua.journal.models import Entry
from motcua.kernel.errors import Invalid, NotFound, NotPermitted, RuleBroken

_TODAY = date(2026, 3, 4)
_FACTS = {"basis": "Luật Đất đai, Điều 1", "reason": "Đã đối chiếu"}


@pytest.fixture
def world(db: None) -> World:
    return World(definition()).build()


def _set(world: World, **changes: object) -> SuspensionRule:
    facts = {"kind": SuspensionKind.SURVEY, "stops_clock": True, "valid_from": _TODAY, **_FACTS, **changes}
    return set_suspension_rule(actor=world.admin, at=AT, **facts)  # type: ignore[arg-type]


def test_a_new_rule_takes_the_place_of_the_old_one(world: World) -> None:
    old = rule_for("survey", 0, _TODAY)
    rule = _set(world, most_days=30, is_verified=True)
    assert old is not None
    assert SuspensionRule.objects.get(pk=old.pk).valid_to == _TODAY
    assert rule_for("survey", 0, _TODAY) == rule
    assert rule_for("survey", 0, date(2026, 3, 3)) == old
    entry = Entry.objects.latest("id")
    assert (entry.verb, entry.data["reason"], entry.data["most_days"]) == ("suspension_rule.set", "Đã đối chiếu", 30)
    again = _set(world)
    assert not SuspensionRule.objects.filter(pk=rule.pk).exists()
    assert rule_for("survey", 0, _TODAY) == again


def test_it_ends_from_a_day_on(world: World) -> None:
    rule = _set(world)
    end_suspension_rule(actor=world.admin, at=AT, rule_id=rule.pk, on=date(2026, 3, 10), reason="Luật mới")
    assert rules_on(date(2026, 3, 9)).filter(pk=rule.pk).exists()
    assert not rules_on(date(2026, 3, 10)).filter(pk=rule.pk).exists()
    late = refused(
        RuleBroken,
        lambda: end_suspension_rule(actor=world.admin, at=AT, rule_id=rule.pk, on=date(2026, 3, 11), reason="x"),
    )
    assert codes(late) == [("not_in_force", "on")]


def test_refusals(world: World) -> None:
    chair, _admin = world.chair, world.admin
    wrong = refused(Invalid, lambda: _set(world, basis=" ", reason="", most_days=0))
    assert codes(wrong) == [("required", "basis"), ("required", "reason"), ("most_days", "most_days")]
    refused(
        NotPermitted,
        lambda: set_suspension_rule(
            actor=chair,
            at=AT,
            kind=SuspensionKind.SURVEY,
            stops_clock=True,
            valid_from=_TODAY,
            basis="x",
            reason="y",
        ),
    )
    rule = _set(world)
    end = partial(end_suspension_rule, actor=world.admin, at=AT, on=_TODAY)
    refused(NotFound, partial(end, rule_id=0, reason="x"))
    refused(Invalid, partial(end, rule_id=rule.pk, reason=" "))


def test_the_pages(world: World) -> None:
    client = Client()
    client.force_login(Account.objects.get(pk=world.admin.account_id))
    page = client.get("/quan-tri/tam-dung/").content.decode()
    assert "chưa đối chiếu" in page
    assert "Niêm yết công khai" in page
    assert client.post("/quan-tri/tam-dung/dat/", {"key": "a"}).status_code == 422
    typed = {"key": "b", "kind": "survey", "stops_clock": "no", "valid_from": "01/01/2026", **_FACTS}
    assert client.post("/quan-tri/tam-dung/dat/", typed).status_code == 303
    rule = SuspensionRule.objects.latest("pk")
    assert (rule.stops_clock, rule.procedure_id, rule.valid_from) == (False, None, date(2026, 1, 1))
    url = f"/quan-tri/tam-dung/{rule.pk}/ket-thuc/"
    assert "Trích đo, đo đạc" in client.get(url).content.decode()
    assert client.post(url, {"key": "c", "on": "02/01/2026", "reason": ""}).status_code == 422
    assert client.post(url, {"key": "d", "on": "02/01/2026", "reason": "Sai"}).status_code == 303
    assert client.get("/quan-tri/tam-dung/0/ket-thuc/").status_code == 404
