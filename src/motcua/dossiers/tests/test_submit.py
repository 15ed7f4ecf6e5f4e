"""Nộp hồ sơ."""

from datetime import timedelta

import pytest
from django.utils import timezone

from motcua.dossiers.actions.submit import submit_dossier
from motcua.dossiers.models import Attachment, Dossier, Party
from motcua.dossiers.rules.application import ComponentFacts, FileRef, PartyFacts
from motcua.dossiers.terms import Channel, Source, Status
from motcua.dossiers.tests.checks import check_traces, codes, outcome, refused
from motcua.dossiers.tests.stages import AT, everyone, file_ref, submitted
from motcua.dossiers.tests.world import OWNER, World, definition, moment
from motcua.files.models import Blob
from motcua.kernel.errors import Conflict, Invalid, NotFound, NotPermitted, RuleBroken

SUBMITTER = PartyFacts(name="Trần Văn Bình", personal_id="001085001234", phone="0987654321")


def test_an_online_dossier_must_be_answered_within_eight_hours(world: World) -> None:
    dossier = submitted(world, at=AT)
    event = check_traces(dossier, act="submit", verb="dossier.submitted", by=world.citizen)
    assert (dossier.code, event["desk_id"]) == ("H49.61-260304-0001", world.desk.pk)
    assert (dossier.status, dossier.step_key, dossier.unit_id) == (Status.SUBMITTED, "receive", world.desk.pk)
    assert dossier.answer_due_at == dossier.step_due_at == moment(5, 10)
    assert (dossier.due_at, dossier.received_at, dossier.holder_id) == (None, None, None)
    assert dossier.owner_id == dossier.submitter_id
    assert dossier.owner.account_id == world.citizen.account_id
    assert len(dossier.tracking_token) == 12
    kept = Attachment.objects.get()
    assert (kept.component.key if kept.component else "", kept.name) == ("to-khai", "to-khai.pdf")
    assert (kept.added_by_id, Blob.objects.get().references) == (world.citizen.account_id, 1)


def test_by_post_the_desk_types_it_in(world: World) -> None:
    application = world.application(
        channel=Channel.POST,
        source=Source.PROXY,
        relation="Giấy ủy quyền số 12 ngày 02/03/2026",
        submitter=SUBMITTER,
        proxy_files=(file_ref(),),
        external_code="G22.1-x",
    )
    dossier = submit_dossier(actor=world.clerk, application=application, at=AT)
    check_traces(dossier, act="submit", verb="dossier.submitted", by=world.clerk)
    assert (dossier.answer_due_at, dossier.step_due_at) == (None, None)
    assert (dossier.owner.name, dossier.submitter.name) == (OWNER.name, SUBMITTER.name)
    assert Party.objects.filter(account__isnull=False).count() == 0
    assert Attachment.objects.get().purpose == "proxy"
    assert {"g22.1-x", dossier.code.lower(), "van binh", "0912345678"} <= set(dossier.search_keys)
    assert list(dossier.components.values_list("key", "originals", "is_present")) == [("to-khai", 1, True)]


def test_what_is_typed_is_cleaned(world: World) -> None:
    owner = PartyFacts(
        name="  Nguye\u0302\u0303n  Thi\u0323 Ða\u0300o\u200b ",
        personal_id="022 190.001234",
        phone="+84 912-345-678",
        address="=1+1",
    )
    dossier = submitted(world, owner=owner, abstract="Dòng 1\r\n\u202eDòng  2")
    stored = Party.objects.get()
    assert (stored.name, stored.personal_id, stored.phone) == ("Nguyễn Thị Đào", "022190001234", "0912345678")
    assert stored.address == "=1+1"  # a formula is text; exports write it as text
    assert dossier.abstract == "Dòng 1\nDòng 2"
    assert "thi dao" in dossier.search_keys


def test_who(world: World) -> None:
    actors, application = everyone(world), world.application(channel=Channel.POST)
    online = world.application(channel=Channel.ONLINE, components=(ComponentFacts("to-khai", files=(file_ref(),)),))
    for chosen, may in (
        (application, {"clerk", "second_clerk", "system"}),
        (online, {"citizen", "other_citizen", "clerk", "second_clerk", "system"}),
    ):
        found = {
            name: outcome(lambda actor=actor, chosen=chosen: submit_dossier(actor=actor, application=chosen, at=AT))
            for name, actor in actors.items()
        }
        assert found == {name: "done" if name in may else "NotPermitted" for name in actors}


def test_a_second_one_is_asked_about(world: World) -> None:
    first = submitted(world)
    error = refused(Conflict, lambda: submitted(world))
    assert codes(error) == [("duplicate", "confirmed_duplicate")]
    assert first.code in error.problems[0].message
    assert submitted(world, confirmed_duplicate=True).code == "H49.61-260302-0002"


def test_what_others_have_open_is_not_told(world: World) -> None:
    submitted(world)
    online = world.application(channel=Channel.ONLINE, components=(ComponentFacts("to-khai", files=(file_ref(),)),))
    assert submit_dossier(actor=world.other_citizen, application=online, at=AT).pk


@pytest.mark.parametrize(
    ("owner", "again"),
    [
        (PartyFacts(name="Công ty A", kind="organisation", tax_code="0100109106-001", phone="0912345678"), True),
        (PartyFacts(name="Công ty A", kind="organisation", representative="Lê Văn Cường", phone="0912345678"), False),
    ],
)
def test_organisations_are_told_apart_by_tax_code(world: World, owner: PartyFacts, again: bool) -> None:
    submitted(world, owner=owner)
    if again:
        refused(Conflict, lambda: submitted(world, owner=owner))
    else:
        submitted(world, owner=owner)


def test_everything_wrong_at_once_in_the_order_of_the_form(world: World) -> None:
    owner = PartyFacts(name="", personal_id="12345", phone="12", email="x", tax_code="77")
    wanted = [
        ("unknown_case", "case_key"),
        ("required", "owner.name"),
        ("personal_id_format", "owner.personal_id"),
        ("tax_code_format", "owner.tax_code"),
        ("phone_format", "owner.phone"),
        ("email_format", "owner.email"),
        ("set_count", "set_count"),
    ]
    assert [world.citizen.account_id, file_ref().name]
    error = refused(Invalid, lambda: submitted(world, owner=owner, case_key="x", set_count=0))
    assert codes(error) == wanted


def test_where_it_goes(world: World) -> None:
    file_ref()
    world.citizen  # noqa: B018 (made before anything is compared)
    wrong = PartyFacts(name="", phone="0912345678", personal_id="022190001234")
    found = refused(Invalid, lambda: submitted(world, owner=wrong, agency_id=0))
    assert codes(found) == [("unit_unknown", "agency"), ("required", "owner.name")]
    assert codes(refused(Invalid, lambda: submitted(world, desk_id=10**9))) == [("unit_unknown", "desk")]
    assert codes(refused(Invalid, lambda: submitted(world, desk_id=world.division.pk))) == [("not_a_desk", "desk")]
    assert codes(refused(Invalid, lambda: submitted(world, agency_id=world.other_ward.pk))) == [
        ("not_offered", "agency")
    ]
    assert codes(refused(NotFound, lambda: submitted(world, procedure_code="9.999999"))) == [("no_procedure", "code")]


def test_any_desk_of_the_province_but_of_no_other(world: World) -> None:
    other = world._unit("UBND tỉnh Bắc Ninh", "province", None, agency_code="H05")
    there = world._unit("Trung tâm Phục vụ hành chính công Bắc Ninh", "centre", other, is_desk=True)
    here = world._unit("Trung tâm Phục vụ hành chính công phường Bãi Cháy", "centre", world.other_ward, is_desk=True)
    assert world.citizen.account_id
    file_ref()
    assert codes(refused(Invalid, lambda: submitted(world, desk_id=there.pk))) == [("not_a_desk", "desk")]
    dossier = submitted(world, desk_id=here.pk)
    assert (dossier.desk_id, dossier.code[:6]) == (here.pk, "H49.61")


def test_not_tomorrow(world: World) -> None:
    assert world.citizen.account_id
    file_ref()
    error = refused(RuleBroken, lambda: submitted(world, at=timezone.now() + timedelta(days=1)))
    assert codes(error) == [("in_future", "at")]


def test_a_procedure_that_is_not_online(world: World) -> None:
    world.definition = definition(code="1.001194", service_level="information")
    world.build()
    file_ref()
    error = refused(Invalid, lambda: submitted(world, channel=Channel.VNEID))
    assert codes(error) == [("not_online", "channel")]
    assert submit_dossier(actor=world.clerk, application=world.application(channel=Channel.POST), at=AT).pk


def test_a_file_that_is_not_there(world: World) -> None:
    assert world.citizen.account_id
    file_ref()
    gone = (ComponentFacts("to-khai", files=(FileRef("cd" * 32, "x.pdf"),)),)
    refused(NotFound, lambda: submitted(world, components=gone))
    assert not Dossier.objects.exists()


def test_a_citizen_only_online(world: World) -> None:
    assert world.citizen.account_id
    file_ref()
    assert codes(refused(NotPermitted, lambda: submitted(world, channel=Channel.POST))) == [("not_your_desk", "")]
