"""Pages of lent rights: giving, seeing, ending, acting in a capacity."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from motcua.agencies.terms import Right
from motcua.dossiers.models import Dossier, Move
from motcua.dossiers.terms import Act
from motcua.dossiers.tests.mandates import deputy
from motcua.dossiers.tests.stages import bring, perform
from motcua.dossiers.tests.world import World, moment
from motcua.identity.models import Account, Delegation, Posting
from motcua.identity.terms import Actor
from motcua.sites.desk.tests.browser import text_of
from motcua.sites.desk.tests.conftest import SignIn


def label(days: int) -> str:
    return f"{timezone.localtime(timezone.now() + timedelta(days=days)):%H:%M %d/%m/%Y}"


def typed(world: World, **changes: Any) -> dict[str, Any]:
    post = Posting.objects.get(account_id=world.chair.account_id).post_id
    return {
        "key": uuid4().hex,
        "giver": f"post:{post}@{world.chair.account_id}",
        "receiver": f"account:{deputy(world).pk}",
        "kind": "kt",
        "rights": ["lead_agency"],
        "starts_at": label(0),
        "ends_at": label(9),
        "basis_number": "12/QĐ-UBND",
        "basis_date": "01/03/2026",
        **changes,
    }


def lent(world: World, chair: Client, **changes: Any) -> Delegation:
    assert chair.post("/mot-cua/uy-quyen/giao/", typed(world, **changes)).status_code == 303
    return Delegation.objects.latest("pk")


@pytest.fixture(autouse=True)
def _days_later(now: Any, world: World) -> None:
    """The dossiers of the stages are at their places by then."""
    assert world.chair
    now.move_to(moment(4, 10))


@pytest.fixture
def chair(world: World, sign_in: SignIn) -> Client:
    return sign_in(world.chair)


def test_given_seen_used_and_taken_back(world: World, sign_in: SignIn, chair: Client) -> None:
    assert "Giao quyền" in text_of(chair.get("/mot-cua/uy-quyen/giao/"))
    given = lent(world, chair)
    client = sign_in(_actor(deputy(world)))
    work = text_of(client.get("/mot-cua/"))
    assert f"ký thay Chủ tịch {world.chair.name}" in work
    assert "12/QĐ-UBND" in text_of(client.get("/mot-cua/uy-quyen/"))
    dossier = bring(world, "deciding")
    address = f"/mot-cua/ho-so/{dossier.code}/phe-duyet/"
    page = text_of(client.get(address))
    assert "Bạn thực hiện việc này với tư cách" in page
    assert "Thực hiện với tư cách" not in page
    said = {"revision": dossier.revision, "key": "a", "draft_number": 1}
    assert client.post(address, said).status_code == 302
    one = text_of(chair.get(f"/mot-cua/uy-quyen/{given.pk}/"))
    assert dossier.code in one
    assert "Phê duyệt: <strong>1</strong>" in one
    assert chair.post(f"/mot-cua/uy-quyen/{given.pk}/cham-dut/", {"key": "r", "reason": "Đã về"}).status_code == 303
    assert "Đã chấm dứt" in text_of(chair.get("/mot-cua/uy-quyen/"))
    assert client.get("/mot-cua/").status_code == 403


def _actor(account: Account) -> Actor:
    return Actor(account.pk, account.full_name, "officer")


def test_a_refused_form_keeps_what_was_typed(world: World, chair: Client) -> None:
    page = chair.post("/mot-cua/uy-quyen/giao/", typed(world, basis_number="", starts_at="25:00 01/01/2030"))
    assert page.status_code == 422
    assert "Không có giờ này" in text_of(page)
    again = chair.post("/mot-cua/uy-quyen/giao/", typed(world, basis_number=""))
    assert (again.status_code, "Chưa có số, ký hiệu" in text_of(again)) == (422, True)
    assert label(9) in text_of(again)
    assert not Delegation.objects.exists()


def test_two_deputies_are_asked_about(world: World, chair: Client) -> None:
    lent(world, chair)
    world.officer("pho-2", world.ward, "Phó Chủ tịch")
    second = Account.objects.get(username="pho-2")
    page = chair.post("/mot-cua/uy-quyen/giao/", typed(world, receiver=f"account:{second.pk}"))
    assert (page.status_code, "cũng đang được giao" in text_of(page)) == (409, True)
    lent(world, chair, receiver=f"account:{second.pk}", confirmed_overlap="on")


def test_in_two_capacities_the_form_asks(world: World, sign_in: SignIn, chair: Client) -> None:
    vice = world.officer("pho-2", world.ward, "Phó Chủ tịch", Right.LEAD_AGENCY)
    given = lent(world, chair, receiver=f"account:{vice.account_id}")
    client = sign_in(vice)
    dossier = bring(world, "deciding")
    address = f"/mot-cua/ho-so/{dossier.code}/tra-lai/"
    page = text_of(client.get(address))
    assert "Thực hiện với tư cách" in page
    assert "Quyền của mình" in page
    said = {"revision": dossier.revision, "key": "b", "to_step": "appraise", "reason": "Sai", "capacity": given.pk}
    assert client.post(address, said).status_code == 302
    assert Move.objects.latest("pk").delegation_id == given.pk


def test_absent_and_back(world: World, sign_in: SignIn) -> None:
    dossier = bring(world, "handling")
    client, colleague = sign_in(world.specialist), sign_in(world.second_specialist)
    said = {
        "key": "v", "account": world.specialist.account_id, "stand_in": world.second_specialist.account_id,
        "starts_at": label(0), "ends_at": label(5), "reason": "Nghỉ phép",
    }  # fmt: skip
    assert "Người làm thay" in text_of(client.get("/mot-cua/vang-mat/"))
    assert client.post("/mot-cua/vang-mat/", said).status_code == 303
    assert dossier.code in text_of(colleague.get("/mot-cua/?loc=cua-toi"))
    assert "làm thay" in text_of(colleague.get("/mot-cua/"))
    listed = text_of(client.get("/mot-cua/uy-quyen/"))
    assert "Trở lại làm việc ngay" in listed
    assert client.post(f"/mot-cua/vang-mat/{world.specialist.account_id}/tro-lai/", {"key": "t"}).status_code == 303
    assert dossier.code not in text_of(colleague.get("/mot-cua/?loc=cua-toi"))


def test_who_works_alone_is_told_so(world: World, sign_in: SignIn) -> None:
    client, _colleague = sign_in(world.specialist), sign_in(world.second_specialist)
    offered = client.get("/mot-cua/vang-mat/").content.decode().partition("Người làm thay")[2]
    assert world.second_specialist.name in offered
    assert f">{world.specialist.name}," not in offered
    Account.objects.filter(pk=world.second_specialist.account_id).update(is_active=False)
    answer = client.get("/mot-cua/vang-mat/")
    assert answer.status_code == 409
    assert "không còn ai khác thụ lý hồ sơ để làm thay" in text_of(answer)


def test_a_leader_declares_for_those_led(world: World, sign_in: SignIn) -> None:
    for actor in (world.specialist, world.second_specialist):
        assert actor.account_id
    said = {
        "key": "v", "account": world.specialist.account_id, "stand_in": world.second_specialist.account_id,
        "starts_at": label(0), "ends_at": label(5),
    }  # fmt: skip
    assert sign_in(world.head).post("/mot-cua/vang-mat/", said).status_code == 303
    assert sign_in(world.clerk).get("/mot-cua/vang-mat/").status_code == 403


def test_one_delegation_is_nobody_elses_business(world: World, sign_in: SignIn, chair: Client) -> None:
    given = lent(world, chair)
    for who in (world.head, world.clerk, world.stranger):
        assert sign_in(who).get(f"/mot-cua/uy-quyen/{given.pk}/").status_code == 404
    perform(world, Act.APPROVE, bring(world, "deciding"))
    assert Dossier.objects.get().finished_at
