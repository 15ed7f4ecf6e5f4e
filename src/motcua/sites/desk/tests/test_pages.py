"""Every page opens, within its ceiling of queries, and says what it should."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from motcua.dossiers.tests.world import World
from motcua.sites.desk.tests.conftest import SignIn

CEILING = 15


def test_my_work(world: World, sign_in: SignIn) -> None:
    dossier = world.received()
    client = sign_in(world.clerk)
    client.get("/mot-cua/")
    with CaptureQueriesContext(connection) as queries:
        page = client.get("/mot-cua/")
    assert page.status_code == 200
    assert dossier.code in page.content.decode()
    assert len(queries) <= CEILING, [query["sql"][:100] for query in queries]


@pytest.mark.parametrize(
    "path",
    [
        "/mot-cua/ho-so/{code}/",
        "/mot-cua/ho-so/{code}/bien-nhan/",
        "/mot-cua/tim/?q=nguyen+thi+hoa",
        "/mot-cua/tiep-nhan/",
        "/mot-cua/tiep-nhan/1.001193/",
        "/mot-cua/phe-duyet/",
    ],
)
def test_pages(world: World, sign_in: SignIn, path: str) -> None:
    dossier = world.received()
    client = sign_in(world.clerk)
    address = path.format(code=dossier.code)
    client.get(address)
    with CaptureQueriesContext(connection) as queries:
        page = client.get(address)
    assert page.status_code == 200
    assert len(queries) <= CEILING, [query["sql"][:100] for query in queries]
