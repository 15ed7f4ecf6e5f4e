"""Đính chính thông tin."""

from datetime import date
from typing import Any

import pytest

from motcua.dossiers.models import Correction, Dossier, IssuedPaper, Party
from motcua.dossiers.rules.application import PartyFacts
from motcua.dossiers.terms import Act, PartyKind, ResultChannel, Source
from motcua.dossiers.tests.checks import check_gate, check_traces, check_who, codes, paper_of, refused_act
from motcua.dossiers.tests.stages import bring, perform
from motcua.dossiers.tests.world import World
from motcua.kernel.errors import Conflict, Invalid, NotPermitted, RuleBroken

SUBMITTER = PartyFacts(name="Trần Văn Bình", personal_id="001085001234", phone="0987654321")


def _correct(world: World, dossier: Dossier, by: str = "citizen", **changes: str) -> Dossier:
    said = {name.replace("__", "."): value for name, value in changes.items()}
    return perform(world, Act.CORRECT, dossier, by=by, changes=said)


def _refused(
    world: World, dossier: Dossier, *, reason: str = "Ghi sai", by: str = "citizen", **changes: str
) -> list[Any]:
    said = {name.replace("__", "."): value for name, value in changes.items()}
    return codes(refused_act(Invalid, world, Act.CORRECT, dossier, by=by, changes=said, reason=reason))


def test_before_receipt_by_the_applicant(world: World) -> None:
    changes = {"owner__phone": "+84 911.111.111", "owner__name": "Nguyễn  Thị Hòa", "owner__born": "5/9/1990"}
    dossier = _correct(world, bring(world, "submitted"), **changes, owner__personal_id="022 190 001 235")
    event = check_traces(dossier, act="correct", verb="dossier.corrected", by=world.citizen)
    assert event["journal"]["changes"] == {
        "owner.phone": ["0912345678", "0911111111"],
        "owner.name": ["Nguyễn Thị Hoà", "Nguyễn Thị Hòa"],
        "owner.born": ["", "05/09/1990"],
        "owner.personal_id": ["022190001234", "022190001235"],
    }
    stored = Party.objects.get()
    assert (stored.phone, stored.name, stored.born) == ("0911111111", "Nguyễn Thị Hòa", date(1990, 9, 5))
    assert {"0911111111", "022190001235", "thi hoa"} <= set(dossier.search_keys)
    assert "0912345678" not in dossier.search_keys
    assert not IssuedPaper.objects.exists()
    note = dossier.moves.latest("number").note
    assert note == "Số điện thoại chủ hồ sơ, Họ tên chủ hồ sơ, Ngày sinh chủ hồ sơ, Số định danh chủ hồ sơ. Ghi sai"


def test_after_receipt_contact_is_corrected_at_once_and_mau_01_printed_anew(world: World) -> None:
    changes = {"owner__phone": "0911111111", "owner__email": "hoa@example.vn"}
    dossier = _correct(world, bring(world, "handling"), by="clerk", **changes)
    check_traces(dossier, act="correct", verb="dossier.corrected", by=world.clerk)
    assert (dossier.step_key, dossier.holder_id) == ("appraise", world.specialist.account_id)
    paper = paper_of(dossier, "receipt", version=2)
    labels = "đính chính số điện thoại chủ hồ sơ, thư điện tử chủ hồ sơ"
    assert (paper["print_version"], paper["correction"]) == (2, labels)
    assert paper["submitter"]["phone"] == "0911111111"
    assert IssuedPaper.objects.get(version=1).data["submitter"]["phone"] == "0912345678"
    assert not Correction.objects.exists()


def test_after_receipt_everything_else_waits_for_a_leader(world: World) -> None:
    before = bring(world, "handling")
    dossier = _correct(world, before, by="clerk", owner__name="Nguyễn Thị Hậu", abstract="Sinh đôi", set_count="2")
    event = check_traces(dossier, act="correct", verb="dossier.correction_proposed", by=world.clerk)
    changes = {
        "owner.name": ["Nguyễn Thị Hoà", "Nguyễn Thị Hậu"], "abstract": ["", "Sinh đôi"], "set_count": ["1", "2"],
    }  # fmt: skip
    assert event["journal"]["changes"] == changes
    correction = Correction.objects.get(pk=event["correction_id"])
    assert (correction.changes, correction.reason, correction.proposed_by_name, correction.decided_at) == (
        changes, "Ghi sai", world.clerk.name, None,
    )  # fmt: skip
    fresh = Dossier.objects.get(pk=dossier.pk)
    assert (fresh.owner.name, fresh.abstract, fresh.set_count) == ("Nguyễn Thị Hoà", "", 1)
    assert IssuedPaper.objects.count() == 1
    again = refused_act(Conflict, world, Act.CORRECT, fresh, by="clerk", changes={"owner.name": "Lê Thị Hoa"})
    assert codes(again) == [("correction_open", "")]
    assert _correct(world, fresh, by="clerk", owner__phone="0911111111").owner.phone == "0911111111"


def test_both_at_once(world: World) -> None:
    dossier = _correct(world, bring(world, "handling"), by="clerk", owner__phone="0911111111", owner__address="Tổ 2")
    check_traces(dossier, act="correct", verb="dossier.correction_proposed", by=world.clerk)
    assert [move.act for move in dossier.moves.order_by("-number")[:2]] == ["correct", "correct"]
    assert (dossier.owner.phone, dossier.owner.address) == ("0911111111", "Tổ 1, khu 2")


def test_the_house_corrects_only_contact(world: World) -> None:
    refused_act(
        NotPermitted, world, Act.CORRECT, bring(world, "handling"), by="system", changes={"abstract": "Sinh đôi"}
    )


def test_owner_and_submitter_may_be_one(world: World) -> None:
    dossier = _correct(world, bring(world, "submitted"), submitter__email="hoa@example.vn")
    assert Party.objects.get().email == "hoa@example.vn"
    assert list(
        check_traces(dossier, act="correct", verb="dossier.corrected", by=world.citizen)["journal"]["changes"]
    ) == ["owner.email"]


def test_or_two(world: World) -> None:
    dossier = bring(world, "submitted", submitter=SUBMITTER, source=Source.PROXY, relation="Giấy ủy quyền số 12")
    _correct(world, dossier, owner__phone="", submitter__phone="0911111111")
    fresh = Dossier.objects.get(pk=dossier.pk)
    assert (fresh.owner.phone, fresh.submitter.phone) == ("", "0911111111")
    assert _refused(world, fresh, submitter__phone="", submitter__personal_id="") == [
        ("required", "submitter.phone"),
        ("required", "submitter.personal_id"),
    ]


def test_how_the_result_comes(world: World) -> None:
    dossier = bring(world, "submitted")
    assert _refused(world, dossier, result_channel="post") == [("required", "result_place")]
    assert _refused(world, dossier, result_channel="drone") == [("unknown_choice", "result_channel")]
    dossier = _correct(world, dossier, result_channel="post", result_place="12 Lê Lợi")
    check_traces(dossier, act="correct", verb="dossier.corrected", by=world.citizen)
    assert (dossier.result_channel, dossier.result_place) == (ResultChannel.POST, "12 Lê Lợi")


@pytest.mark.parametrize("stage", ["submitted", "asked_early"])
def test_who_before_receipt(world: World, stage: str) -> None:
    check_who(world, Act.CORRECT, stage=stage, may=["citizen", "clerk", "second_clerk", "system"])


def test_who_after_receipt(world: World) -> None:
    check_who(world, Act.CORRECT, stage="handling", may=["clerk", "second_clerk", "system"])


def test_gate(world: World) -> None:
    check_gate(world, Act.CORRECT, again=None)


def test_an_applicant_is_told_to_ask_the_desk(world: World) -> None:
    error = refused_act(NotPermitted, world, Act.CORRECT, bring(world, "received"))
    assert codes(error) == [("received_already", "")]


def test_not_once_it_has_ended(world: World) -> None:
    refused_act(RuleBroken, world, Act.CORRECT, bring(world, "withdrawn"))
    refused_act(RuleBroken, world, Act.CORRECT, bring(world, "sealing", confirmed_duplicate=True), by="clerk")


def test_everything_wrong_at_once(world: World) -> None:
    found = _refused(
        world,
        bring(world, "received"),
        by="clerk",
        reason=" ",
        status="9",
        owner__born="31/02/1990",
        owner__name=" ",
        owner__phone="12",
        owner__email="x",
        owner__address="x" * 501,
        abstract="x" * 1001,
        set_count="0",
    )
    assert found == [
        ("not_correctable", "status"),
        ("bad_date", "owner.born"),
        ("too_long", "abstract"),
        ("set_count", "set_count"),
        ("required", "owner.name"),
        ("too_long", "owner.address"),
        ("phone_format", "owner.phone"),
        ("email_format", "owner.email"),
        ("required", "reason"),
    ]


def test_nothing_changed(world: World) -> None:
    dossier = _correct(world, bring(world, "submitted"), owner__born="05/09/1990")
    assert _refused(world, dossier, owner__phone="0912 345 678", owner__born="5/9/1990") == [("nothing_changed", "")]


def test_number_and_birth_are_seen_together(world: World) -> None:
    dossier = bring(world, "submitted")
    assert _refused(world, dossier, owner__born="05/09/1991") == [("personal_id_birth_year", "owner.personal_id")]
    _correct(world, dossier, owner__born="05/09/1991", owner__personal_id="022191001234")


def test_what_was_wrong_before_does_not_hinder(world: World) -> None:
    dossier = bring(world, "submitted")
    Party.objects.update(kind=PartyKind.ORGANISATION, email="cu-ky", phone="", personal_id="")
    done = _correct(world, dossier, owner__representative="Lê Văn Cường")
    assert done.owner.representative == "Lê Văn Cường"
    assert _refused(world, dossier, owner__representative="") == [("organisation_unknown", "owner.tax_code")]
