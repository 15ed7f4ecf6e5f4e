"""What everybody may know about on time and late."""

from datetime import timedelta

import time_machine
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from motcua.dossiers.actions.apologise import apologise
from motcua.dossiers.models import Dossier
from motcua.dossiers.tests.world import World, moment
from motcua.sites.desk.tests.browser import text_of

PAGE = "/so-lieu/"


def _late(world: World) -> Dossier:
    dossier = world.received(at=moment(2, 8))
    Dossier.objects.filter(pk=dossier.pk).update(due_at=moment(3, 8), original_due_at=moment(3, 8))
    return dossier


def test_figures_by_agency_with_causes(world: World, client: Client) -> None:
    with time_machine.travel(moment(2, 7), tick=False):
        assert "Chưa có hồ sơ nào" in text_of(client.get(PAGE))
    late = _late(world)
    world.received(at=moment(2, 9), confirmed_duplicate=True)
    with time_machine.travel(moment(5, 10), tick=False):
        apologise(
            actor=world.chair,
            dossier_id=late.pk,
            at=moment(5, 9),
            cause="system",
            reason="Mất điện cả ngày",
            promised_at=moment(6, 9),
        )
        shown = text_of(client.get(PAGE))
    assert 'Đã tiếp nhận: <strong class="num">2</strong>' in shown
    assert '<strong class="num">1</strong> hồ sơ đang giải quyết' in shown
    assert "Sự cố hệ thống thông tin, dữ liệu" in shown
    assert "Mất điện" not in shown
    assert late.code not in shown


def test_figures_are_counted_every_ten_minutes(world: World, client: Client) -> None:
    world.received(at=moment(2, 8))
    with time_machine.travel(moment(2, 10), tick=False) as clock:
        before = text_of(client.get(PAGE))
        world.received(at=moment(2, 9), confirmed_duplicate=True)
        assert text_of(client.get(PAGE)) == before
        clock.shift(timedelta(minutes=11))
        assert '<strong class="num">2</strong>' in text_of(client.get(PAGE))


def test_while_one_counts_the_others_see_what_was_counted_last(world: World, client: Client) -> None:
    world.received(at=moment(2, 8))
    with time_machine.travel(moment(2, 10), tick=False) as clock:
        before = text_of(client.get(PAGE))
        world.received(at=moment(2, 9), confirmed_duplicate=True)
        clock.shift(timedelta(minutes=11))
        cache.set("portal.figures.counting", True, 60)
        with CaptureQueriesContext(connection) as queries:
            assert text_of(client.get(PAGE)) == before
        assert not any("dossiers_dossier" in query["sql"] for query in queries)
        cache.delete("portal.figures.counting")
        assert '<strong class="num">2</strong>' in text_of(client.get(PAGE))
