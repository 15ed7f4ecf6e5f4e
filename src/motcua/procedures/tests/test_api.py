"""The catalogue over HTTP."""

from collections.abc import Callable

import pytest
import time_machine
from ninja.testing import TestClient
from pytest_django import DjangoAssertNumQueries

from motcua.identity.terms import Actor
from motcua.kernel.errors import NotFound
from motcua.procedures.actions import offer
from motcua.procedures.api import router
from motcua.procedures.models import Procedure

from .conftest import AT, Tree


@pytest.fixture(scope="module")
def client() -> TestClient:
    return TestClient(router)


@pytest.fixture(autouse=True)
def _today() -> object:
    with time_machine.travel(AT, tick=False):
        yield


def test_a_list(
    client: TestClient, published: Callable[..., Procedure], django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    published()
    with django_assert_num_queries(1):
        answer = client.get("/procedures?q=giay khai sinh&level=commune&domain=HT")
    assert answer.status_code == 200
    assert answer.json() == {
        "procedures": [
            {
                "code": "1.001193",
                "name": "Đăng ký khai sinh",
                "domain_code": "HT",
                "domain_name": "Hộ tịch",
                "level": "commune",
                "service_level": "full",
                "summary": "Làm giấy khai sinh cho con.",
            }
        ],
        "next_cursor": "",
    }


def test_narrowed_to_nothing(client: TestClient, published: Callable[..., Procedure]) -> None:
    published()
    assert client.get("/procedures?level=province").json()["procedures"] == []
    assert client.get("/procedures?agency=404").json()["procedures"] == []
    assert client.get("/procedures?level=moon").status_code == 422


def test_one(
    client: TestClient,
    published: Callable[..., Procedure],
    tree: Tree,
    admin: Actor,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    code = published().code
    offer(actor=admin, code=code, agency_id=tree.commune.pk, handling_unit_id=tree.division.pk, at=AT)
    with django_assert_num_queries(2):
        answer = client.get(f"/procedures/{code}").json()
    assert (answer["code"], answer["version"], answer["valid_from"]) == (code, 1, "2025-07-01")
    assert answer["definition"]["cases"][0]["terms"]["in_person"]["amount"] == 3
    assert answer["offerings"] == [
        {
            "agency_id": tree.commune.pk,
            "agency_name": "UBND xã Tân Hòa",
            "handling_unit_name": "Phòng Văn hóa – Xã hội",
        }
    ]


@pytest.mark.django_db
def test_none(client: TestClient) -> None:
    with pytest.raises(NotFound):
        client.get("/procedures/9.999999")
