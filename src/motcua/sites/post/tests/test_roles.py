"""Who may open which page of the post."""

import pytest
from django.test import Client

from motcua.agencies.terms import Right
from motcua.land.tests.world import LandWorld
from motcua.sites.post.tests.conftest import SignIn
from motcua.sites.post.tests.scene import PostScene

#: Address → what the post clerk of the office, the desk's clerk, the specialist, a clerk of another ward get.
PAGES = {
    "/buu-chinh/": (200, 403, 403, 403),
    "/buu-chinh/mot-cua/": (403, 200, 403, 200),
    "/buu-chinh/nhan-ho-so/": (200, 403, 403, 403),
    "/buu-chinh/nhan-ho-so/1.013831/": (200, 403, 403, 403),
    "/buu-chinh/nhan-ho-so/9.999999/": (404, 403, 403, 403),
    "/buu-chinh/don/{order}/": (200, 200, 403, 404),
    "/buu-chinh/don/{order}/phieu/": (200, 403, 403, 403),
    "/buu-chinh/don/{order}/gan-van-don/": (200, 200, 403, 404),
    "/buu-chinh/don/{order}/khong-co/": (404, 404, 403, 404),
    "/buu-chinh/bang-ke/": (200, 200, 403, 200),
    "/buu-chinh/bang-ke/lap/cho-mot-cua/": (200, 403, 403, 403),
    "/buu-chinh/bang-ke/lap/cho-buu-dien/": (403, 200, 403, 200),
    "/buu-chinh/bang-ke/lap/khong-co/": (404, 404, 403, 404),
    "/buu-chinh/bang-ke/{sheet}/": (200, 200, 403, 404),
    "/buu-chinh/bang-ke/{sheet}/huy/": (200, 200, 403, 404),
    "/buu-chinh/bang-ke/{sheet}.pdf": (200, 200, 403, 404),
    "/buu-chinh/tien/": (200, 200, 403, 200),
    "/buu-chinh/tien/chot/fee/{desk}/": (404, 403, 403, 403),
    "/buu-chinh/tien/{handover}/": (200, 404, 403, 404),
    "/buu-chinh/tien/{handover}.pdf": (200, 404, 403, 404),
    "/buu-chinh/chung-tu/{receipt}.pdf": (200, 200, 200, 404),
    "/buu-chinh/thue/": (200, 403, 403, 403),
    "/buu-chinh/thue/{notice}/": (200, 403, 403, 403),
}


@pytest.mark.parametrize("address", PAGES)
def test_each_role_gets_its_own(world: LandWorld, sign_in: SignIn, address: str) -> None:
    scene = PostScene(world)
    path = _path(scene, address)
    actors = (world.postman, world.clerk, world.specialist, world.stranger)
    assert tuple(sign_in(one).get(path).status_code for one in actors) == PAGES[address]


def test_citizens_see_their_receipt_and_nothing_else(world: LandWorld, sign_in: SignIn) -> None:
    citizen = sign_in(world.citizen)
    assert citizen.get("/buu-chinh/").status_code == 403
    assert citizen.get("/buu-chinh/chung-tu/1.pdf").status_code == 404


def test_strangers_are_asked_to_sign_in(world: LandWorld, client: Client) -> None:
    answer = client.get("/buu-chinh/")
    assert answer.status_code == 302
    assert "next=%2Fbuu-chinh%2F" in answer["Location"]


def test_another_post_office_sees_none_of_it(world: LandWorld, sign_in: SignIn) -> None:
    scene = PostScene(world)
    elsewhere = world._unit("Bưu điện phường Bãi Cháy", "post_office", world.province)
    other = world.officer("buu-dien-bc", elsewhere, "Nhân viên bưu chính", Right.POST_OFFICE)
    client = sign_in(other)
    for address in ("tien/{handover}/", "chung-tu/{receipt}.pdf", "don/{order}/", "bang-ke/{sheet}/"):
        path = _path(scene, f"/buu-chinh/{address}")
        assert client.get(path).status_code == 404, path
    home = client.get("/buu-chinh/").content.decode()
    assert scene.order.dossier.code not in home


def _path(scene: PostScene, address: str) -> str:
    """The address with the numbers of the things it names."""
    for name in ("order", "sheet", "handover", "receipt"):
        if f"{{{name}}}" in address:
            address = address.replace(f"{{{name}}}", str(getattr(scene, name).pk))
    if "{notice}" in address:
        address = address.replace("{notice}", str(scene.notices[0].pk))
    return address.replace("{desk}", str(scene.world.desk.pk))
