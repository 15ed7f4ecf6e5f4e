"""Paper copies of a morning: compared, signed by hand, sealed, paid and given back, each pile at one press."""

from datetime import timedelta

import pytest

from motcua.certification.actions.collect_and_give import collect_and_give
from motcua.certification.actions.take_in_copies import Copies, take_in_copies
from motcua.certification.actions.work_papers import work_papers
from motcua.certification.handlers import on_approved
from motcua.certification.models import CertificationBook, CertificationEntry
from motcua.certification.queries import ready_to_give, waiting_papers
from motcua.certification.rules.fees import CopyRow
from motcua.dossiers.actions.open_batch import Chosen
from motcua.dossiers.events import DossierApproved
from motcua.dossiers.models import Dossier
from motcua.dossiers.terms import Act
from motcua.dossiers.tests.world import MONDAY, OWNER, World
from motcua.identity.terms import Actor
from motcua.kernel.errors import Invalid, MotCuaError
from motcua.payments.actions.shifts import open_shift

AT = [MONDAY + timedelta(minutes=10 * step) for step in range(1, 6)]
ROWS = (CopyRow("Bằng đại học", 1, 3), CopyRow("Học bạ", 12, 2))


@pytest.fixture
def morning(world: World) -> list[Dossier]:
    """Three people with two papers each."""
    return [
        take_in_copies(
            actor=world.clerk, agency_id=world.ward.pk, desk_id=world.desk.pk, copies=Copies(OWNER, ROWS), at=MONDAY
        )[0]
        for _ in range(3)
    ]


def _press(actor: Actor, act: Act, at: int) -> tuple[int, int]:
    waiting = waiting_papers(actor, act, at=AT[at])
    items = [Chosen(one.dossier.pk, one.dossier.revision, {"code": one.dossier.code}) for one in waiting]
    worked = work_papers(actor=actor, act=act, items=items, at=AT[at])
    return worked.done, len(worked.refused)


def test_three_presses_and_every_line_has_its_certifier(world: World, morning: list[Dossier]) -> None:
    assert [one.numbers for one in waiting_papers(world.specialist, Act.APPRAISE, at=AT[0])] == ["1–2", "3–4", "5–6"]
    assert waiting_papers(world.chair, Act.APPROVE, at=AT[0]) == []
    assert waiting_papers(world.stranger, Act.APPRAISE, at=AT[0]) == []
    assert _press(world.specialist, Act.APPRAISE, 0) == (3, 0)
    assert _press(world.chair, Act.APPROVE, 1) == (3, 0)
    for one in morning:
        on_approved(DossierApproved(dossier_id=one.pk, code=one.code, draft_number=1, unit_id=one.unit_id), AT[1])
    assert _press(world.sealer, Act.SEAL, 2) == (3, 0)
    results = [Dossier.objects.get(pk=one.pk).result for one in morning]
    assert [(one.number, one.symbol) for one in results] == [("1-2", "SCT/BS"), ("3-4", "SCT/BS"), ("5-6", "SCT/BS")]
    lines = CertificationEntry.objects.order_by("number")
    assert [one.number for one in lines] == [1, 2, 3, 4, 5, 6]
    assert {(one.certifier_name, one.certified_at) for one in lines} == {(world.chair.name, AT[1])}
    assert CertificationBook.objects.get().last == 6


def test_one_that_moved_keeps_its_reason_and_stops_no_other(world: World, morning: list[Dossier]) -> None:
    waiting = waiting_papers(world.specialist, Act.APPRAISE, at=AT[0])
    items = [Chosen(one.dossier.pk, one.dossier.revision, {"code": one.dossier.code}) for one in waiting]
    work_papers(actor=world.specialist, act=Act.APPRAISE, items=items[1:2], at=AT[0])
    worked = work_papers(actor=world.specialist, act=Act.APPRAISE, items=items, at=AT[1])
    assert worked.done == 2
    assert [code for code, _ in worked.refused] == [morning[1].code]
    again = work_papers(actor=world.specialist, act=Act.APPRAISE, items=items, at=AT[1])
    assert (again.done, len(again.refused)) == (0, 3)
    with pytest.raises(Invalid):
        work_papers(actor=world.specialist, act=Act.APPRAISE, items=[], at=AT[1])


def test_paid_and_given_back_at_one_press(world: World, morning: list[Dossier]) -> None:
    for place, (actor, act) in enumerate(
        ((world.specialist, Act.APPRAISE), (world.chair, Act.APPROVE), (world.sealer, Act.SEAL))
    ):
        _press(actor, act, place)
    assert [owed for _, owed in ready_to_give([world.desk.pk])] == [34000] * 3
    first = morning[0].pk
    with pytest.raises(MotCuaError):  # takes no money at the counter: nothing is given back either
        collect_and_give(actor=world.specialist, dossier_id=first, at=AT[3], collects=True)
    assert Dossier.objects.get(pk=first).ended_at is None
    open_shift(actor=world.clerk, desk_id=world.desk.pk, opening=0, at=AT[3])
    collect_and_give(actor=world.clerk, dossier_id=first, at=AT[3], collects=True)
    assert Dossier.objects.get(pk=first).ended_at == AT[3]
    assert [one.pk for one, _ in ready_to_give([world.desk.pk])] == [one.pk for one in morning[1:]]


def test_few_queries_however_many(world: World, morning: list[Dossier], django_assert_max_num_queries: object) -> None:
    with django_assert_max_num_queries(16):  # type: ignore[operator]
        assert len(waiting_papers(world.specialist, Act.APPRAISE, at=AT[0])) == len(morning)
