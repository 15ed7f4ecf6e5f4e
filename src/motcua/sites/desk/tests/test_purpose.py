"""Looking at people's data: who sees it in full, who says first what for, and what is kept of it."""

from datetime import timedelta

import pytest
import time_machine
from django.db import DatabaseError, transaction
from django.test import Client

from motcua.agencies.terms import Right
from motcua.dossiers.access.involvement import Involvement, involvement_of
from motcua.dossiers.models import Dossier
from motcua.dossiers.tests.stages import bring
from motcua.dossiers.tests.world import OWNER, World, moment
from motcua.identity.models import Account
from motcua.identity.tests.signing_in import sign_in_as
from motcua.journal.models import Reading
from motcua.sites.desk.tests.conftest import SignIn
from motcua.sites.office.purpose import OPEN_FOR

_WHY = "Trả lời phản ánh số 12/PA"


def _page(dossier: Dossier) -> str:
    return f"/mot-cua/ho-so/{dossier.code}/"


def _colleague(world: World) -> Account:
    """A specialist of another division of the same ward."""
    actor = world.officer("phong-khac", world.second_division, "Chuyên viên", Right.HANDLE)
    return Account.objects.get(pk=actor.account_id)


@pytest.fixture
def dossier(world: World) -> Dossier:
    return world.received(at=moment(2, 8))


def test_who_works_on_it_sees_people_and_it_is_kept(world: World, sign_in: SignIn, dossier: Dossier) -> None:
    client = sign_in(world.clerk)
    for _ in range(2):
        assert OWNER.personal_id in client.get(_page(dossier)).content.decode()
    row = Reading.objects.get()
    assert (row.actor_id, row.kind, row.code) == (world.clerk.account_id, "work", dossier.code)
    assert row.purpose == "Giải quyết hồ sơ, bước «Tiếp nhận»"
    assert row.actor_title


def test_a_colleague_sees_masked_numbers_until_they_say_why(world: World, dossier: Dossier) -> None:
    account = _colleague(world)
    client = sign_in_as(account)
    page = client.get(_page(dossier)).content.decode()
    assert OWNER.name in page
    assert OWNER.personal_id not in page
    assert OWNER.phone not in page
    assert Reading.objects.count() == 0
    asked = client.post(f"{_page(dossier)}muc-dich/", {"purpose": "abc"})
    assert asked.status_code == 422
    done = client.post(f"{_page(dossier)}muc-dich/?next={_page(dossier)}", {"purpose": _WHY})
    assert done["Location"] == _page(dossier)
    assert OWNER.personal_id in client.get(_page(dossier)).content.decode()
    row = Reading.objects.get()
    assert (row.kind, row.purpose, row.actor_id) == ("look_up", _WHY, account.pk)


def test_papers_cannot_be_masked(world: World, dossier: Dossier) -> None:
    client = sign_in_as(_colleague(world))
    paper = dossier.papers.get()
    address = f"{_page(dossier)}giay/{paper.pk}.pdf"
    assert client.get(address)["Location"].startswith(f"{_page(dossier)}muc-dich/?next=")
    client.post(f"{_page(dossier)}muc-dich/", {"purpose": _WHY})
    assert client.get(address)["Content-Type"] == "application/pdf"


def test_an_overseer_says_why_first_and_again_later(world: World, sign_in: SignIn, dossier: Dossier) -> None:
    client = sign_in(world.overseer)
    assert client.get(_page(dossier))["Location"].startswith(f"{_page(dossier)}muc-dich/")
    client.post(f"{_page(dossier)}muc-dich/", {"purpose": _WHY})
    assert client.get(_page(dossier)).status_code == 200
    assert set(Reading.objects.values_list("kind", flat=True)) == {"oversight"}
    with time_machine.travel(moment(2, 9, 15) + OPEN_FOR + timedelta(minutes=1), tick=False):
        assert client.get(_page(dossier)).status_code == 302


def test_the_way_on_stays_inside_the_house(world: World, sign_in: SignIn, dossier: Dossier) -> None:
    client = sign_in(world.overseer)
    done = client.post(f"{_page(dossier)}muc-dich/?next=https://la.vn/", {"purpose": _WHY})
    assert done["Location"] == _page(dossier)


def test_signing_wants_a_fresh_proof(world: World) -> None:
    with time_machine.travel(moment(4, 9), tick=False):
        dossier = bring(world, "deciding")
    account = Account.objects.get(pk=world.chair.account_id)
    account.set_password("mật khẩu của lãnh đạo")
    account.save(update_fields=["password"])
    with time_machine.travel(moment(4, 10), tick=False):
        client = sign_in_as(account)
        assert client.get(f"{_page(dossier)}phe-duyet/").status_code == 200
    with time_machine.travel(moment(4, 11), tick=False):
        old = Client()
        old.cookies = client.cookies
        assert old.get(f"{_page(dossier)}phe-duyet/")["Location"].startswith("/tai-khoan/xac-nhan/")
        assert old.get(_page(dossier)).status_code == 200


def test_nobody_changes_what_was_read(world: World, sign_in: SignIn, dossier: Dossier) -> None:
    sign_in(world.clerk).get(_page(dossier))
    with pytest.raises(DatabaseError), transaction.atomic():
        Reading.objects.update(purpose="khác")
    with pytest.raises(DatabaseError), transaction.atomic():
        Reading.objects.all().delete()


def test_how_near_everybody_is(world: World, dossier: Dossier) -> None:
    found = Dossier.objects.select_related("desk").get(pk=dossier.pk)
    for actor in (world.clerk, world.specialist, world.head, world.chair, world.sealer):
        assert involvement_of(actor, found) == Involvement.WORKS, actor.name
    assert involvement_of(world.overseer, found) == Involvement.OVERSEES
    assert involvement_of(world.citizen, found) == Involvement.OWN
