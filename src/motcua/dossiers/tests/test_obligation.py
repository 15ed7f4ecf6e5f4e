"""Nghĩa vụ tài chính: yêu cầu, xác nhận."""

from dataclasses import replace
from datetime import date

import pytest

from motcua.dossiers.models import Attachment, Obligation, Suspension
from motcua.dossiers.rules.causes import Notice, Proof
from motcua.dossiers.terms import Act, AttachmentPurpose, Status, SuspensionKind
from motcua.dossiers.tests.checks import check_gate, check_traces, check_who, codes, refused_act
from motcua.dossiers.tests.stages import AT, NOTICE, bring, file_ref, perform
from motcua.dossiers.tests.world import World, moment
from motcua.kernel.errors import Invalid, RuleBroken


def test_a_notice_stops_the_clock_and_its_proof_lets_it_run_on(world: World) -> None:
    at = moment(2, 14)
    dossier = perform(world, Act.REQUEST_OBLIGATION, bring(world, "handling"), at=at, file=file_ref())
    event = check_traces(
        dossier, act="request_obligation", verb="dossier.obligation_requested", by=world.specialist, at=at
    )
    assert (event["number"], event["journal"]["amount"]) == (1, 500_000)
    assert dossier.status == Status.OBLIGATION_REQUESTED
    assert dossier.moves.latest("number").note == "Lệ phí trước bạ: 500.000 đồng, thông báo số TB-12 ngày 02/03/2026"
    assert Suspension.objects.get().kind == SuspensionKind.OBLIGATION
    assert Attachment.objects.get(purpose=AttachmentPurpose.NOTICE) == Obligation.objects.get().attachment
    dossier = perform(world, Act.FULFIL_OBLIGATION, dossier, file=file_ref())
    event = check_traces(dossier, act="fulfil_obligation", verb="dossier.obligation_fulfilled", by=world.specialist)
    assert (event["unit_id"], dossier.status) == (world.division.pk, Status.PROCESSING)
    assert (dossier.original_due_at, dossier.due_at) == (moment(5, 9, 15), moment(9, 7, 15))
    assert "tạm dừng chờ nộp nghĩa vụ tài chính 14:00 02/03 – 10:00 04/03" in dossier.due_working["text"]
    paid = Obligation.objects.get()
    assert (paid.proof_number, paid.proof_on, paid.paid_amount) == ("CT-01", date(2026, 3, 4), 500_000)
    assert (paid.fulfilled_at, paid.due_before, paid.due_after) == (AT, moment(5, 9, 15), moment(9, 7, 15))
    assert Attachment.objects.filter(purpose=AttachmentPurpose.NOTICE).count() == 2


def test_a_second_notice_is_numbered(world: World) -> None:
    dossier = perform(world, Act.FULFIL_OBLIGATION, bring(world, "obliged"))
    perform(world, Act.REQUEST_OBLIGATION, dossier)
    assert list(Obligation.objects.order_by("number").values_list("number", flat=True)) == [1, 2]


def test_who_requests(world: World) -> None:
    check_who(world, Act.REQUEST_OBLIGATION, may=["specialist", "system"])


def test_who_confirms(world: World) -> None:
    check_who(world, Act.FULFIL_OBLIGATION, may=["specialist", "clerk", "second_clerk", "system"])


def test_gates(world: World) -> None:
    check_gate(world, Act.REQUEST_OBLIGATION, again=RuleBroken)


def test_gate_of_confirming(world: World) -> None:
    check_gate(world, Act.FULFIL_OBLIGATION, again=RuleBroken)


def test_only_where_it_is_handled(world: World) -> None:
    error = refused_act(RuleBroken, world, Act.REQUEST_OBLIGATION, bring(world, "received"), by="clerk")
    assert codes(error)[0] == ("wrong_step", "")


@pytest.mark.parametrize(
    ("notice", "wanted"),
    [
        (Notice(" ", 0, "", None), ["title", "amount", "number", "on"]),
        (replace(NOTICE, on=date(2026, 3, 5), pay_until=date(2026, 3, 3)), ["on", "pay_until"]),
        (replace(NOTICE, pay_at="x" * 4001), ["pay_at"]),
    ],
)
def test_everything_wrong_with_a_notice(world: World, notice: Notice, wanted: list[str]) -> None:
    error = refused_act(Invalid, world, Act.REQUEST_OBLIGATION, bring(world, "handling"), notice=notice)
    assert [problem.field for problem in error.problems] == wanted


@pytest.mark.parametrize(
    ("proof", "wanted"),
    [
        (Proof("", None, 500_000), ["number", "on"]),
        (Proof("CT", date(2026, 3, 5), -1), ["on", "amount", "note"]),
        (Proof("CT", date(2026, 3, 4), 400_000), ["note"]),
    ],
)
def test_everything_wrong_with_a_proof(world: World, proof: Proof, wanted: list[str]) -> None:
    error = refused_act(Invalid, world, Act.FULFIL_OBLIGATION, bring(world, "obliged"), proof=proof)
    assert [problem.field for problem in error.problems] == wanted


def test_less_is_enough_when_it_is_explained(world: World) -> None:
    proof = Proof("CT", date(2026, 3, 4), 0, "Miễn theo Điều 10")
    dossier = perform(world, Act.FULFIL_OBLIGATION, bring(world, "obliged"), proof=proof)
    assert (dossier.status, Obligation.objects.get().note) == (Status.PROCESSING, "Miễn theo Điều 10")
