"""However many orders there are, the pages of the post take as many queries."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from motcua.land.tests.world import LandWorld
from motcua.sites.post.tests.conftest import SignIn
from motcua.sites.post.tests.scene import PostScene

MOST = 40
PATHS = ("/buu-chinh/", "/buu-chinh/bang-ke/", "/buu-chinh/bang-ke/lap/cho-mot-cua/", "/buu-chinh/tien/")


def cost(client: Client, path: str) -> int:
    client.get(path)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(path).status_code == 200
    return len(queries)


@pytest.mark.parametrize("path", PATHS)
def test_a_page_costs_the_same_with_more_on_it(world: LandWorld, sign_in: SignIn, path: str) -> None:
    scene, client = PostScene(world), sign_in(world.postman)
    scene.sheet_of(scene.another_order())
    scene.another_order()
    before = cost(client, path)
    for _ in range(3):
        scene.sheet_of(scene.another_order())
        scene.another_order()
    assert cost(client, path) == before
    assert before <= MOST


def test_the_page_of_the_desk(world: LandWorld, sign_in: SignIn) -> None:
    scene, client = PostScene(world), sign_in(world.clerk)
    scene.sheet_of(scene.another_order())
    before = cost(client, "/buu-chinh/mot-cua/")
    scene.sheet_of(scene.another_order(), scene.another_order())
    assert cost(client, "/buu-chinh/mot-cua/") == before
    assert before <= MOST
