"""Trả kết quả."""

from typing import Any

import pytest

from motcua.dossiers.actions.deliver_result import Collection
from motcua.dossiers.models import Delivery
from motcua.dossiers.rules.application import PartyFacts
from motcua.dossiers.terms import Act, Collector, Source, Status
from motcua.dossiers.tests.checks import check_gate, check_traces, check_who, codes, paper_of, refused_act
from motcua.dossiers.tests.stages import AT, bring, perform
from motcua.dossiers.tests.world import OWNER, World
from motcua.kernel.errors import Invalid, RuleBroken

PROXY = Collection(
    Collector.PROXY, name=" Lê  Văn Cường", personal_id="022 190 001 299", phone="+84 912 345 679", proxy_paper="12/UQ"
)


def test_the_dossier_ends(world: World) -> None:
    collection = Collection(Collector.OWNER, signed_by_hand=True, note="Đã kiểm tra")
    dossier = perform(world, Act.DELIVER, bring(world, "delivering"), collection=collection)
    event = check_traces(dossier, act="deliver", verb="dossier.result_delivered", by=world.clerk)
    assert (event["journal"]["collector"], event["journal"]["name"]) == ("owner", OWNER.name)
    assert (dossier.status, dossier.step_key, dossier.ended_at) == (Status.DELIVERED, "deliver", AT)
    given = Delivery.objects.get()
    assert (given.name, given.personal_id, given.phone) == (OWNER.name, OWNER.personal_id, OWNER.phone)
    assert (given.signed_by_hand, given.note, given.delivered_at) == (True, "Đã kiểm tra", AT)
    assert given.delivered_by_id == world.clerk.account_id
    paper = paper_of(dossier, "handover")
    assert paper["results"][0] == {"name": "Giấy khai sinh", "symbol": "12/GKS", "issued_on": "2026-03-03", "copies": 1}
    assert (paper["recipient"]["name"], paper["recipient_role"]) == (OWNER.name, "Chủ hồ sơ")


def test_to_a_proxy(world: World) -> None:
    perform(world, Act.DELIVER, bring(world, "delivering"), collection=PROXY)
    given = Delivery.objects.get()
    assert (given.name, given.personal_id) == ("Lê Văn Cường", "022190001299")
    assert (given.phone, given.proxy_paper) == ("0912345679", "12/UQ")


def test_to_the_submitter(world: World) -> None:
    submitter = PartyFacts(name="Trần Văn Bình", personal_id="001085001234", phone="0987654321")
    dossier = bring(world, "delivering", submitter=submitter, source=Source.PROXY, relation="Giấy ủy quyền số 12")
    typed = Collection(Collector.SUBMITTER, phone="0900000001")
    perform(world, Act.DELIVER, dossier, collection=typed)
    given = Delivery.objects.get()
    assert (given.name, given.personal_id, given.phone) == ("Trần Văn Bình", "001085001234", "0900000001")


def test_who(world: World) -> None:
    check_who(world, Act.DELIVER, may=["clerk", "second_clerk", "system"])


def test_gate(world: World) -> None:
    check_gate(world, Act.DELIVER, again=RuleBroken)


@pytest.mark.parametrize(
    ("stage", "wanted"),
    [("received", ["wrong_status", "wrong_step"]), ("sealing", ["wrong_step"]), ("delivered", ["wrong_status"])],
)
def test_only_a_sealed_result_that_has_arrived(world: World, stage: str, wanted: list[str]) -> None:
    found = codes(refused_act(RuleBroken, world, Act.DELIVER, bring(world, stage)))
    assert [code for code, _field in found] == [*wanted, "changed_meanwhile"]


@pytest.mark.parametrize(
    ("collection", "wanted"),
    [
        (
            Collection(Collector.PROXY),
            [("required", "name"), ("required", "personal_id"), ("proxy_paper", "proxy_paper")],
        ),
        (
            Collection(Collector.OWNER, personal_id="12", phone="12"),
            [("personal_id_format", "personal_id"), ("phone_format", "phone")],
        ),
        (Collection(Collector.OWNER, note="x" * 4001), [("too_long", "note")]),
    ],
)
def test_what_is_wrong(world: World, collection: Collection, wanted: list[Any]) -> None:
    dossier = bring(world, "delivering")
    assert codes(refused_act(Invalid, world, Act.DELIVER, dossier, collection=collection)) == wanted
