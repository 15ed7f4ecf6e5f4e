"""Who sees which page and which buttons."""

import re

import pytest
from django.test import Client
from django.utils import timezone

from motcua.dossiers.access import acts_open_to
from motcua.dossiers.actions.assign import assign_dossier
from motcua.dossiers.actions.forward import forward_dossier
from motcua.dossiers.models import Dossier
from motcua.dossiers.tests.world import World, moment
from motcua.sites.desk.forms.registry import SLUGS
from motcua.sites.desk.tests.browser import text_of
from motcua.sites.desk.tests.conftest import SignIn

ROLES = ["clerk", "second_clerk", "specialist", "second_specialist", "head", "chair", "sealer", "overseer"]
PATHS = ["/mot-cua/", "/mot-cua/tim/", "/mot-cua/phe-duyet/"]


def shown_acts(page: str, code: str) -> set[str]:
    return set(re.findall(rf'class="btn[^"]*" href="/mot-cua/ho-so/{re.escape(code)}/([a-z-]+)/"', page))


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("step", ["receive", "assign", "appraise"])
def test_exactly_the_open_acts_are_buttons(world: World, sign_in: SignIn, role: str, step: str) -> None:
    dossier = world.received(at=moment(2, 8))
    if step != "receive":
        forward_dossier(actor=world.clerk, dossier_id=dossier.pk, at=moment(2, 8, 30))
    if step == "appraise":
        to = world.specialist.account_id or 0
        assign_dossier(actor=world.head, dossier_id=dossier.pk, at=moment(2, 9), to_account_id=to)
    actor = getattr(world, role)
    page = text_of(sign_in(actor).get(f"/mot-cua/ho-so/{dossier.code}/"))
    open_acts = acts_open_to(actor, Dossier.objects.select_related("version").get(pk=dossier.pk), timezone.now())
    assert shown_acts(page, dossier.code) == {SLUGS[act] for act in open_acts}


def test_other_agencies_and_citizens_see_nothing(world: World, sign_in: SignIn) -> None:
    dossier = world.received()
    assert sign_in(world.stranger).get(f"/mot-cua/ho-so/{dossier.code}/").status_code == 404
    assert sign_in(world.citizen).get(f"/mot-cua/ho-so/{dossier.code}/").status_code == 403
    assert sign_in(world.admin).get("/mot-cua/").status_code == 403


@pytest.mark.parametrize("role", ROLES)
def test_lists_open_for_every_officer(world: World, sign_in: SignIn, role: str) -> None:
    client = sign_in(getattr(world, role))
    assert [client.get(path).status_code for path in PATHS] == [200, 200, 200]


@pytest.mark.parametrize("role", ROLES)
def test_every_entry_of_the_header_opens_and_what_is_rare_is_folded(world: World, sign_in: SignIn, role: str) -> None:
    client = sign_in(getattr(world, role))
    header = text_of(client.get("/mot-cua/")).split("<nav", maxsplit=1)[1].split("</nav>", maxsplit=1)[0]
    in_line, folded = header.split('<details class="more">')
    assert "/mot-cua/tim/" in in_line
    assert "/mot-cua/ban-giao/" in folded
    links = re.findall(r'href="(/mot-cua/[^"]*)"', header)
    assert [client.get(link).status_code for link in links] == [200] * len(links)


@pytest.mark.parametrize(("role", "status"), [("clerk", 200), ("specialist", 403), ("chair", 403)])
def test_intake_is_for_the_desk(world: World, sign_in: SignIn, role: str, status: int) -> None:
    client = sign_in(getattr(world, role))
    assert client.get("/mot-cua/tiep-nhan/").status_code == status
    assert client.get("/mot-cua/tiep-nhan/1.001193/").status_code == status


def test_strangers_are_sent_to_sign_in(world: World) -> None:
    answer = Client().get("/mot-cua/")
    assert answer.status_code == 302
    assert "next=%2Fmot-cua%2F" in answer["Location"]
