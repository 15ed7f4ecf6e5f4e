"""Bổ sung hồ sơ, và đồng hồ chạy tiếp."""

from datetime import datetime

import pytest

from motcua.dossiers.models import Attachment, Dossier, SupplementRequest, Suspension
from motcua.dossiers.rules.application import FileRef
from motcua.dossiers.terms import Act, AttachmentPurpose, Channel, Status
from motcua.dossiers.tests.checks import check_gate, check_traces, check_who, codes, refused, refused_act
from motcua.dossiers.tests.stages import AT, FILE, bring, file_ref, perform
from motcua.dossiers.tests.world import STEPS, World, definition, moment
from motcua.files.models import Blob
from motcua.kernel.errors import Invalid, NotFound, RuleBroken


def test_the_clock_goes_on_by_the_time_it_stood_still(world: World) -> None:
    dossier = perform(world, Act.SUPPLEMENT, bring(world, "asked"))
    event = check_traces(dossier, act="supplement", verb="dossier.supplemented", by=world.citizen)
    assert (event["number"], event["unit_id"]) == (1, world.division.pk)
    assert (dossier.status, dossier.step_key) == (Status.PROCESSING, "appraise")
    assert dossier.holder_id == world.specialist.account_id
    # 14:00 on Monday to 10:00 on Wednesday: 3 + 8 + 3 working hours, for the dossier and for the step.
    assert (dossier.original_due_at, dossier.due_at) == (moment(5, 9, 15), moment(9, 7, 15))
    assert dossier.step_due_at == moment(5, 9)
    assert dossier.due_working["text"] == (
        "3 ngày làm việc: 03/03, 04/03, 05/03; tạm dừng chờ bổ sung 14:00 02/03 – 10:00 04/03 (14 giờ làm việc)"
    )
    request, pause = SupplementRequest.objects.get(), Suspension.objects.get()
    assert (pause.since, pause.until) == (moment(2, 14), AT)
    assert (request.answered_at, request.answer_note) == (AT, "Đã chụp lại")
    assert (request.due_before, request.due_after) == (moment(5, 9, 15), dossier.due_at)


@pytest.mark.parametrize(
    ("answered", "due"),
    [
        (moment(2, 14), moment(5, 9, 15)),  # at once: nothing moves
        (moment(2, 20), moment(5, 14, 15)),  # the night does not count
        (moment(7, 9), moment(11, 14, 15)),  # nor does Saturday
    ],
)
def test_only_working_time_counts(world: World, answered: datetime, due: datetime) -> None:
    assert perform(world, Act.SUPPLEMENT, bring(world, "asked"), at=answered).due_at == due


def test_two_pauses_add_up(world: World) -> None:
    dossier = bring(world, "answered")
    assert dossier.due_at == moment(5, 11, 15)
    perform(world, Act.REQUEST_SUPPLEMENT, dossier, by="head", at=moment(3, 8))
    dossier = perform(world, Act.SUPPLEMENT, dossier, at=moment(3, 9))
    assert dossier.due_at == moment(5, 14, 15)
    assert dossier.due_working["text"].count("tạm dừng") == 2


def test_before_receipt_the_desk_must_answer_anew(world: World) -> None:
    dossier = perform(world, Act.SUPPLEMENT, bring(world, "asked_early"))
    check_traces(dossier, act="supplement", verb="dossier.supplemented", by=world.citizen)
    assert (dossier.status, dossier.due_at) == (Status.SUPPLEMENT_REQUESTED, None)
    assert dossier.answer_due_at == dossier.step_due_at == moment(5, 10)


def test_before_receipt_by_post_no_answer_is_due(world: World) -> None:
    dossier = bring(world, "asked_early")
    Dossier.objects.filter(pk=dossier.pk).update(channel=Channel.POST, answer_due_at=None)
    assert perform(world, Act.SUPPLEMENT, dossier).answer_due_at is None


def test_it_is_again_what_it_was(world: World) -> None:
    dossier = bring(world, "received")
    perform(world, Act.REQUEST_SUPPLEMENT, dossier, at=moment(2, 10), exception_reason="")
    assert perform(world, Act.SUPPLEMENT, dossier, at=moment(2, 11)).status == Status.RECEIVED


def test_what_was_in_processing_is_so_again_even_at_the_desk(world: World) -> None:
    dossier = bring(world, "assigning")
    perform(world, Act.SEND_BACK, dossier, by="head", at=moment(2, 11))
    perform(world, Act.REQUEST_SUPPLEMENT, dossier, by="clerk", at=moment(2, 14), exception_reason="")
    dossier = perform(world, Act.SUPPLEMENT, dossier)
    assert (dossier.status, dossier.step_key) == (Status.PROCESSING, "receive")


def test_files_are_kept_with_their_papers(world: World) -> None:
    dossier = bring(world, "asked")
    files = {"anh": [FileRef(FILE.sha256, "a\u202enh.pdf")], "to-khai": [file_ref()], "": [file_ref()]}
    held = Blob.objects.get().references
    perform(world, Act.SUPPLEMENT, dossier, note="", files=files)
    kept = Attachment.objects.filter(purpose=AttachmentPurpose.SUPPLEMENT).order_by("id")
    assert [(one.component.key if one.component else "", one.name) for one in kept] == [
        ("anh", "anh.pdf"),
        ("to-khai", "to-khai.pdf"),
        ("", "to-khai.pdf"),
    ]
    assert Blob.objects.get().references == held + 3
    row = dossier.components.get(key="anh")
    assert (row.name, row.is_present, row.is_required, row.position) == ("Ảnh", True, False, 2)
    assert dossier.components.get(key="to-khai").is_present


def test_who(world: World) -> None:
    check_who(world, Act.SUPPLEMENT, may=["citizen", "clerk", "second_clerk", "system"])


def test_gate(world: World) -> None:
    check_gate(world, Act.SUPPLEMENT, again=RuleBroken)


def test_answered_once(world: World) -> None:
    error = refused_act(RuleBroken, world, Act.SUPPLEMENT, bring(world, "answered_early"))
    assert codes(error)[0] == ("no_request", "")


def test_everything_wrong_at_once(world: World) -> None:
    dossier = bring(world, "asked")
    error = refused_act(Invalid, world, Act.SUPPLEMENT, dossier, note=" ", files={"giay-la": []})
    assert codes(error) == [("nothing_supplemented", "files"), ("unknown_component", "files.giay-la")]
    long = refused_act(Invalid, world, Act.SUPPLEMENT, dossier, note="x" * 4001)
    assert codes(long) == [("too_long", "note")]


def test_a_file_that_is_not_there(world: World) -> None:
    dossier = bring(world, "asked")
    missing = {"to-khai": [FileRef("cd" * 32, "x.pdf")]}
    refused(NotFound, lambda: perform(world, Act.SUPPLEMENT, dossier, files=missing))


def test_a_paper_only_shown_before_is_now_kept(world: World) -> None:
    components = [
        {"key": "to-khai", "name": "Tờ khai", "originals": 1},
        {"key": "cccd", "name": "Căn cước", "originals": 1, "present_only": True},
    ]
    steps = [{name: value for name, value in step.items() if name != "term"} for step in STEPS]
    world.definition = definition(code="1.001194", components=components, steps=steps)
    world.build()
    dossier = bring(world, "asked")
    assert not dossier.components.get(key="cccd").is_present
    dossier = perform(world, Act.SUPPLEMENT, dossier, files={"cccd": [file_ref()]})
    row = dossier.components.get(key="cccd")
    assert (row.is_present, row.is_required, row.position) == (True, True, 2)
    assert (dossier.due_at, dossier.step_due_at) == (moment(9, 7, 15), None)
