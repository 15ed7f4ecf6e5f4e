"""A ward and its certificates, for the tests of the acts."""

from datetime import timedelta
from pathlib import Path

import pytest

from motcua.dossiers.tests.world import World, definition, moment
from motcua.identity.models import Account
from motcua.trust.actions.register_certificate import HolderIds, register_certificate
from motcua.trust.models import Certificate
from motcua.trust.pki.folder import make, pki_folder
from motcua.trust.terms import KeyPlace
from tests.pki import PIN, Holder, demo_pki

AT = moment(4, 9)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def world(db: None) -> World:
    made = World(definition()).build()
    for actor in (made.admin, made.chair, made.clerk, made.sealer, made.citizen, made.overseer, made.stranger):
        assert actor.account_id
    return made


@pytest.fixture
def demo(tmp_path: Path, settings) -> Path:
    settings.DATA_DIR, settings.DEMO = tmp_path, True
    make(pki_folder(tmp_path))
    return tmp_path


def name_of(account_id: int | None) -> str:
    return Account.objects.get(pk=account_id).full_name


def holder_of(world: World, **facts) -> Holder:
    return demo_pki().officer(name_of(world.chair.account_id), world.ward.name, **facts)


def register(world: World, paper: Holder | None = None, *, actor=None, **facts) -> Certificate:
    made = paper or holder_of(world)
    facts = {"content": demo_pki().pkcs12(made), "pin": PIN, "key_place": KeyPlace.PKCS12, **facts}
    ids = facts.pop("holder", None) or HolderIds(world.ward.pk, world.chair.account_id)
    return register_certificate(actor=actor or world.admin, at=AT, holder=ids, **facts)
