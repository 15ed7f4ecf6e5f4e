"""What a signed and sealed result shows: with pictures or without, no text of one signature lies over other text."""

from datetime import timedelta

import pytest

from motcua.agencies.models import Unit
from motcua.dossiers.models import Dossier, Result
from motcua.dossiers.tests.keys import agency_key, officer_key, press_seal, press_sign, work
from motcua.dossiers.tests.stages import AT, bring
from motcua.dossiers.tests.test_initial_draft import initialled, initialling
from motcua.dossiers.tests.world import World, definition
from motcua.files.queries import open_blob
from motcua.identity.models import Account
from motcua.signing.actions.set_images import set_seal_image, set_signature_image
from tests.papers.signing import hand, seal
from tests.papers.texts import overlapping, read

LATER = AT + timedelta(minutes=1)
LONG = "Ủy ban nhân dân phường Thành phố Phan Rang – Tháp Chàm, quận Nam Trung Bộ, tỉnh Khánh Hòa mở rộng"


def issued(world: World, dossier: Dossier) -> bytes:
    """The paper after the leader's signature and the clerk's seal."""
    work(press_sign(world.chair, [dossier], officer_key(world.chair, world.ward, AT), AT), LATER)
    dossier.refresh_from_db()
    work(press_seal(world.sealer, [dossier], agency_key(world.ward, AT), LATER), LATER)
    result = Result.objects.get(dossier=dossier)
    assert result.scan is not None
    with open_blob(result.scan.blob_id) as content:
        return content.read()


def pictured(world: World, *, signature: bool, stamp: bool) -> None:
    if signature:
        set_signature_image(actor=world.chair, content=hand(), at=AT)
    if stamp:
        set_seal_image(actor=world.sealer, agency_id=world.ward.pk, content=seal(), diameter=36, at=AT)


@pytest.mark.parametrize("stamp", [False, True])
@pytest.mark.parametrize("signature", [False, True])
def test_signature_and_seal_are_both_readable(world: World, signature: bool, stamp: bool) -> None:
    pictured(world, signature=signature, stamp=stamp)
    paper = issued(world, bring(world, "deciding"))
    assert overlapping(paper) == []
    said = read(paper)
    assert ("Ký bởi:" in said) is not signature
    assert said.count("Thời gian ký:") == (not signature) + (not stamp)
    assert said.count("+07:00") == (not signature) + (not stamp)


def test_long_names_of_agencies_and_people_stay_apart(world: World) -> None:
    Unit.objects.filter(pk=world.ward.pk).update(name=LONG)
    Account.objects.filter(pk=world.chair.known_id).update(full_name="Công Tằng Tôn Nữ Nguyễn Hoàng Phương Uyên")
    paper = issued(world, bring(world, "deciding"))
    assert overlapping(paper) == []
    assert "mở rộng" in read(paper)


@pytest.mark.parametrize("registered", [False, True])
def test_an_initialled_paper_keeps_its_places(db: None, registered: bool) -> None:
    world = initialling(World(definition()), appraise="content", review="form").build()
    dossier = initialled(world)
    if registered:  # after the places were made ready for text
        pictured(world, signature=True, stamp=True)
    paper = issued(world, dossier)
    assert overlapping(paper) == []
    assert ("Ký bởi:" in read(paper)) is not registered
