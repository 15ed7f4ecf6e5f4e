"""Pictures of signatures and seals: who may set them, what is kept, what the pages show."""

import io
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from PIL import Image

from motcua.agencies.terms import Right
from motcua.dossiers.tests.world import MONDAY, World, definition
from motcua.files.models import Blob
from motcua.files.queries import recount
from motcua.identity.models import Account
from motcua.identity.terms import SYSTEM, Actor
from motcua.journal.models import Entry
from motcua.kernel.errors import Invalid, MotCuaError, NotFound, NotPermitted
from motcua.signing.actions.set_images import drop_signature_image, set_seal_image, set_signature_image
from motcua.signing.models import SealImage, SignatureImage
from motcua.signing.queries.images import seal_picture_of, signature_picture_of
from tests.papers.signing import hand, seal

pytestmark = pytest.mark.django_db
LATER = MONDAY + timedelta(days=1)


@pytest.fixture
def world() -> World:
    return World(definition()).build()


def holder(world: World) -> Actor:
    """Who holds the seal of the ward."""
    return world.officer("van-thu-2", world.ward, "Văn thư", Right.SEAL)


def test_a_signature_is_kept_in_blue_and_a_new_one_ends_it(world: World) -> None:
    actor = world.clerk
    assert actor.account_id is not None
    assert signature_picture_of(actor.account_id) is None
    first = set_signature_image(actor=actor, content=hand(), at=MONDAY)
    kept = signature_picture_of(actor.account_id)
    assert kept is not None
    assert Image.open(io.BytesIO(kept)).mode == "RGBA"
    second = set_signature_image(actor=actor, content=hand(), at=LATER)
    first.refresh_from_db()
    assert (first.until, second.until) == (LATER, None)
    assert Blob.objects.get(pk=second.blob_id).references == 2
    assert recount() == []
    entries = Entry.objects.filter(verb="signature_image.set", object_id=str(actor.account_id))
    assert [entry.data["sha256"] for entry in entries] == [first.blob_id, second.blob_id]
    drop_signature_image(actor=actor, at=LATER)
    assert signature_picture_of(actor.account_id) is None
    with pytest.raises(NotFound):
        drop_signature_image(actor=actor, at=LATER)


def test_only_officers_have_signatures(world: World) -> None:
    for actor in (world.citizen, SYSTEM):
        with pytest.raises(NotPermitted):
            set_signature_image(actor=actor, content=hand(), at=MONDAY)
    with pytest.raises(Invalid):
        set_signature_image(actor=world.clerk, content=b"no picture", at=MONDAY)
    assert not SignatureImage.objects.exists()
    assert not Entry.objects.filter(verb="signature_image.set").exists()


def test_who_holds_the_seal_sets_its_picture(world: World) -> None:
    actor = holder(world)
    assert seal_picture_of(world.ward.pk) is None
    set_seal_image(actor=actor, agency_id=world.ward.pk, content=seal(), diameter=35, at=MONDAY)
    found = seal_picture_of(world.ward.pk)
    assert found is not None
    assert found.diameter == 35
    admin = world.officer("quan-tri-2", world.province, "Quản trị", Right.ADMIN)
    set_seal_image(actor=admin, agency_id=world.ward.pk, content=seal(), diameter=36, at=LATER)
    assert list(SealImage.objects.order_by("pk").values_list("diameter", "until")) == [(35, LATER), (36, None)]
    entry = Entry.objects.filter(verb="seal_image.set").latest("pk")
    assert entry.data["diameter"] == 36
    assert recount() == []


def test_nobody_else_sets_a_seal(world: World) -> None:
    mine = {"content": seal(), "diameter": 36, "at": MONDAY}
    keeper = holder(world)
    refused: list[tuple[type[MotCuaError], Actor, int]] = [
        (NotPermitted, world.clerk, world.ward.pk),
        (NotPermitted, keeper, world.other_ward.pk),
        (NotFound, keeper, world.desk.pk),
        (NotFound, keeper, 0),
    ]
    for error, actor, agency_id in refused:
        with pytest.raises(error):
            set_seal_image(actor=actor, agency_id=agency_id, **mine)  # type: ignore[arg-type]
    for wrong in ({"diameter": 19}, {"diameter": 61}, {"content": hand()}):
        with pytest.raises(Invalid):
            set_seal_image(actor=keeper, agency_id=world.ward.pk, **(mine | wrong))  # type: ignore[arg-type]
    assert not SealImage.objects.exists()


def _upload(name: str, content: bytes) -> io.BytesIO:
    file = io.BytesIO(content)
    file.name = name
    return file


def test_an_officer_sets_looks_at_and_drops_the_own_signature(world: World, client: Client) -> None:
    client.force_login(Account.objects.get(pk=world.clerk.account_id or 0))
    page, picture = reverse("signature_image"), reverse("signature_image_file")
    assert "Chưa có mẫu chữ ký" in client.get(page).content.decode()
    assert client.get(picture).status_code == 404
    refused = client.post(page, {"key": "a", "image": _upload("a.png", b"no picture")})
    assert refused.status_code == 422
    assert "Không đọc được ảnh chữ ký" in refused.content.decode()
    done = client.post(page, {"key": "b", "image": _upload("a.png", hand())})
    assert done.status_code == 303
    shown = client.get(picture)
    assert shown["Content-Type"] == "image/png"
    assert b"".join(shown.streaming_content).startswith(b"\x89PNG")  # type: ignore[attr-defined]
    assert "Đang dùng từ" in client.get(page).content.decode()
    assert client.post(reverse("signature_image_drop")).status_code == 302
    assert not SignatureImage.objects.filter(until__isnull=True).exists()


def test_the_seals_page_is_for_who_may_change_it(world: World, client: Client) -> None:
    page = reverse("seal_image", args=[world.ward.pk])
    client.force_login(Account.objects.get(pk=world.clerk.account_id or 0))
    assert client.get(page).status_code == 403
    client.force_login(Account.objects.get(pk=holder(world).account_id or 0))
    assert "Chưa có mẫu dấu" in client.get(page).content.decode()
    done = client.post(page, {"key": "a", "image": _upload("a.png", seal()), "diameter": "35"})
    assert done.status_code == 303
    assert "đường kính 35 mm" in client.get(page).content.decode()
    picture = client.get(reverse("seal_image_file", args=[world.ward.pk]))
    assert b"".join(picture.streaming_content).startswith(b"\x89PNG")  # type: ignore[attr-defined]
    home = client.get(reverse("account_home")).content.decode()
    assert page in home
    assert reverse("signature_image") in home
