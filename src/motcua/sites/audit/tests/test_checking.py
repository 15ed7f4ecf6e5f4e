"""Kiểm tra nhật ký: the page, what it finds, and that it is kept."""

from django.test import Client

from motcua.dossiers.tests.world import MONDAY, World
from motcua.journal.actions.anchor import set_anchor
from motcua.journal.models import Entry
from motcua.journal.tests.test_anchors import past_the_triggers
from motcua.sites.backoffice.tests.conftest import text_of

_PAGE = "/giam-sat/kiem-tra/"


def test_a_whole_journal(world: World, overseer: Client) -> None:
    assert "Chưa có mốc nào" in text_of(overseer.post(_PAGE))
    assert not Entry.objects.filter(verb="journal.checked").exists()
    world.received()
    mark = set_anchor(at=MONDAY)
    assert mark is not None
    page = text_of(overseer.get(_PAGE))
    assert mark.digest in page
    assert "Chưa có lần kiểm tra nào" in page
    answer = overseer.post(_PAGE)
    assert answer.status_code == 200
    assert "Nhật ký nguyên vẹn" in text_of(answer)
    entry = Entry.objects.get(verb="journal.checked")
    assert (entry.data["problems"], entry.data["digest"], entry.actor_id) == (0, mark.digest, world.overseer.account_id)
    assert "Kiểm tra nhật ký" in text_of(overseer.get("/giam-sat/"))


def test_what_was_taken_away_comes_out(world: World, overseer: Client) -> None:
    world.received()
    set_anchor(at=MONDAY)
    past_the_triggers("DELETE FROM journal_entry WHERE id = (SELECT max(id) FROM journal_entry)")
    answer = overseer.post(_PAGE)
    assert answer.status_code == 409
    assert "không còn nguyên vẹn" in text_of(answer)
    assert "1 chỗ sai khác" in text_of(answer)
