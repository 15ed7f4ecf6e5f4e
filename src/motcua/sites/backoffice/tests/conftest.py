import io
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime

import pytest
import time_machine
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client

from motcua.agencies.models import Unit
from motcua.agencies.terms import Right
from motcua.dossiers.tests.world import MONDAY, World, definition
from motcua.identity.models import Account
from motcua.identity.terms import Actor
from motcua.identity.tests.signing_in import sign_in_as

SignIn = Callable[[Actor], Client]
Sheet = Callable[[Sequence[Sequence[str]]], SimpleUploadedFile]


@pytest.fixture
def now() -> Iterator[object]:
    with time_machine.travel(datetime.fromisoformat(MONDAY.isoformat()), tick=False) as clock:
        yield clock


@pytest.fixture
def world(db: None, now: object) -> World:
    return World(definition()).build()


@pytest.fixture
def sign_in() -> SignIn:
    def client_of(actor: Actor) -> Client:
        return sign_in_as(Account.objects.get(pk=actor.account_id))

    return client_of


@pytest.fixture
def admin(world: World, sign_in: SignIn) -> Client:
    """The browser of the province's administrator."""
    return sign_in(world.admin)


@pytest.fixture
def second(world: World, sign_in: SignIn) -> Client:
    """The browser of another administrator of the province."""
    return sign_in(world.officer("quan-tri-2", world.province, "Kiểm soát thủ tục", Right.ADMIN))


@pytest.fixture
def ward_admin(world: World, sign_in: SignIn) -> Client:
    """The browser of an administrator of one ward."""
    return sign_in(world.officer("quan-tri-phuong", world.ward, "Quản trị phường", Right.ADMIN))


@pytest.fixture
def sheet() -> Sheet:
    """Make an Excel file of rows, the first the header."""

    def made(rows: Sequence[Sequence[str]]) -> SimpleUploadedFile:
        buffer = io.BytesIO()
        book = xlsxwriter.Workbook(buffer)
        page = book.add_worksheet()
        for number, row in enumerate(rows):
            for place, value in enumerate(row):
                page.write_string(number, place, value)
        book.close()
        return SimpleUploadedFile("bang.xlsx", buffer.getvalue())

    return made


def text_of(page: HttpResponse) -> str:
    """Return the page as text."""
    return page.content.decode()


def unit_named(name: str) -> Unit:
    """Return the unit of that name."""
    return Unit.objects.get(name=name)
