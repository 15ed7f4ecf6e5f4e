from collections.abc import Callable, Iterator
from datetime import datetime

import pytest
import time_machine
from django.test import Client

from motcua.dossiers.tests.world import MONDAY
from motcua.identity.models import Account
from motcua.identity.terms import Actor
from motcua.identity.tests.signing_in import sign_in_as
from motcua.land.tests.world import LandWorld, land_world

SignIn = Callable[[Actor], Client]


@pytest.fixture
def now() -> Iterator[object]:
    with time_machine.travel(datetime.fromisoformat(MONDAY.isoformat()), tick=False) as clock:
        yield clock


@pytest.fixture
def world(db: None, now: object) -> LandWorld:
    return land_world()


@pytest.fixture
def sign_in() -> SignIn:
    def client_of(actor: Actor) -> Client:
        return sign_in_as(Account.objects.get(pk=actor.account_id))

    return client_of
