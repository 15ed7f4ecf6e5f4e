"""All desks at once: the figures, who may see them, what it costs, and that nothing is sent twice."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from motcua.dossiers.actions.shelve import shelve_dossier
from motcua.dossiers.actions.submit import submit_dossier
from motcua.dossiers.queries.overview import desks_now, officers_now
from motcua.dossiers.rules.application import ComponentFacts, FileRef
from motcua.dossiers.terms import Channel
from motcua.dossiers.tests.world import World, moment
from motcua.files.actions.store import store_paper
from motcua.sites.desk.tests.browser import text_of
from motcua.sites.desk.tests.conftest import SignIn
from motcua.sites.desk.tests.test_pages import CEILING, cost, lived

NOON = moment(2, 12)


def online(world: World) -> None:
    paper = store_paper(b"%PDF-1.4 o", name="o.pdf", at=moment(2, 8))
    files = (ComponentFacts("to-khai", files=(FileRef(paper.sha256, "o.pdf"),)),)
    application = world.application(channel=Channel.ONLINE, components=files, confirmed_duplicate=True)
    submit_dossier(actor=world.citizen, application=application, at=moment(2, 8))


def about_dossiers(queries: CaptureQueriesContext) -> int:
    return sum("GROUP BY" in one["sql"] for one in queries)


def test_the_figures_of_desks_and_officers(world: World) -> None:
    dossier = world.received(moment(2, 9))
    online(world)
    with CaptureQueriesContext(connection) as queries:
        desk = desks_now(world.chair, NOON)[0]
    assert about_dossiers(queries) == 1
    assert (desk.waiting, desk.waiting_since, desk.taken_in, desk.overdue) == (1, moment(2, 8), 1, 0)
    assert desk.unanswered == 1
    assert desk.first_answer_due is not None
    with CaptureQueriesContext(connection) as queries:
        clerk = officers_now(world.chair, NOON)[0]
    assert about_dossiers(queries) == 1
    assert (clerk.name, clerk.waiting, clerk.taken_in) == (world.clerk.name, 1, 1)
    assert dossier.due_at is not None
    assert officers_now(world.chair, dossier.due_at)[0].due_today == 1
    assert officers_now(world.chair, dossier.due_at + timedelta(days=1))[0].overdue == 1
    assert desks_now(world.stranger, NOON) == []


def test_the_page_for_leaders_and_overseers(world: World, sign_in: SignIn) -> None:
    world.received(moment(2, 8))
    for role in (world.chair, world.head, world.overseer):
        queries, text = cost(sign_in(role), "/mot-cua/toan-canh/")
        assert queries <= CEILING
        assert world.clerk.name in text
    assert sign_in(world.clerk).get("/mot-cua/toan-canh/").status_code == 403


def test_the_same_figures_are_not_sent_again(world: World, sign_in: SignIn) -> None:
    client = sign_in(world.chair)
    mark = client.get("/mot-cua/toan-canh/")["ETag"]
    assert client.get("/mot-cua/toan-canh/", headers={"If-None-Match": mark}).status_code == 304
    world.received(moment(2, 8))
    assert client.get("/mot-cua/toan-canh/", headers={"If-None-Match": mark}).status_code == 200


def test_the_frame_beside_a_dossier(world: World, sign_in: SignIn) -> None:
    dossier = lived(world, "assign")
    client, address = sign_in(world.clerk), f"/mot-cua/ho-so/{dossier.code}/xem/"
    queries, text = cost(client, address)
    assert queries <= CEILING
    assert 'data-look="next"' in text
    assert 'data-look="prev"' not in text
    paper = dossier.papers.get()
    last = text_of(client.get(f"{address}?xem=giay-{paper.pk}&co=7&xoay=1"))
    assert 'data-look="prev"' in last
    assert "2/2" in last
    assert sign_in(world.stranger).get(address).status_code == 404


@pytest.mark.parametrize("shelf", ["", "Kệ 3 – Ô 12"])
def test_the_label_names_nobody_whole(world: World, sign_in: SignIn, shelf: str) -> None:
    from motcua.dossiers.papers.tests.test_forms import pages_of, words_of

    dossier = world.received(moment(2, 8))
    if shelf:
        shelve_dossier(actor=world.clerk, dossier_id=dossier.pk, at=moment(2, 8, 5), shelf=shelf)
    label = sign_in(world.clerk).get(f"/mot-cua/ho-so/{dossier.code}/nhan.pdf").content
    words = words_of(label)
    assert pages_of(label) == 1
    assert dossier.code.replace("-", "") in words.replace("-", "").replace(" ", "").replace("\u200b", "")
    assert "N. T. Hoà" in words
    assert "Nguyễn" not in words
    assert shelf in words
