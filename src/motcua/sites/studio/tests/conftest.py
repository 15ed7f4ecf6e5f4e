from collections.abc import Iterator
from datetime import datetime
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.http import HttpResponse
from django.test import Client

from motcua.agencies.terms import Right
from motcua.dossiers.tests.world import MONDAY, World, definition
from motcua.identity.models import Account
from motcua.identity.terms import Actor
from motcua.identity.tests.signing_in import sign_in_as
from motcua.procedures.models import ProcedureVersion
from motcua.procedures.terms import Definition

NEW = "9.000001"


@pytest.fixture
def now() -> Iterator[object]:
    with time_machine.travel(datetime.fromisoformat(MONDAY.isoformat()), tick=False) as clock:
        yield clock


@pytest.fixture
def world(db: None, now: object) -> World:
    return World(definition()).build()


def browser(actor: Actor) -> Client:
    return sign_in_as(Account.objects.get(pk=actor.account_id))


@pytest.fixture
def author(world: World) -> Client:
    """The browser of the administrator who writes."""
    return browser(world.admin)


@pytest.fixture
def approver(world: World) -> Client:
    """The browser of another administrator of the province."""
    return browser(world.officer("quan-tri-2", world.province, "Kiểm soát thủ tục", Right.ADMIN))


@pytest.fixture
def ward_admin(world: World) -> Client:
    return browser(world.officer("quan-tri-phuong", world.ward, "Quản trị phường", Right.ADMIN))


def text_of(page: HttpResponse) -> str:
    """Return the page as text."""
    return page.content.decode()


def said(code: str = NEW) -> Definition:
    """Return what the draft says now."""
    return ProcedureVersion.objects.get(procedure__code=code, published_at=None).content


def revision(code: str = NEW) -> str:
    """Return the revision of the draft."""
    return str(ProcedureVersion.objects.get(procedure__code=code, published_at=None).drafting.revision)


class Bench:
    """An administrator's browser at one draft: sends forms upon the revision that is there."""

    def __init__(self, client: Client, code: str = NEW) -> None:
        self.client, self.code = client, code

    def url(self, rest: str = "") -> str:
        return f"/quan-tri/xuong/{self.code}/{rest}"

    def get(self, rest: str = "") -> str:
        page = self.client.get(self.url(rest))
        assert page.status_code == 200, page.status_code
        return text_of(page)

    def send(self, rest: str, *, status: int = 303, **typed: Any) -> HttpResponse:
        drafts = ProcedureVersion.objects.filter(procedure__code=self.code, published_at=None)
        seen = {"revision": revision(self.code)} if drafts.exists() else {"revision": "0"}
        page = self.client.post(self.url(rest), {"key": uuid4().hex, **seen, **typed})
        assert page.status_code == status, text_of(page)
        return page


@pytest.fixture
def bench(author: Client) -> Bench:
    """A new procedure with nothing but its name."""
    begin = {"key": "begin", "name": "Cấp phép bán hàng rong", "code": NEW, "domain": "HT", "level": "commune"}
    assert author.post("/quan-tri/xuong/moi/", begin).status_code == 303
    return Bench(author)
