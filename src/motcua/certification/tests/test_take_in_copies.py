"""The fast lane: received, charged, numbered, handed on in one act."""

from typing import Any

import pytest

from motcua.certification.actions.take_in_copies import Copies, take_in_copies
from motcua.certification.models import CertificationBook, CertificationEntry
from motcua.certification.queries import entries_of, ready_to_give
from motcua.certification.rules.fees import CopyRow
from motcua.dossiers.models import Dossier
from motcua.dossiers.tests.world import MONDAY, OWNER, World, moment
from motcua.journal.queries import entries_about
from motcua.kernel.errors import Invalid, NotPermitted
from motcua.payments.queries.standing import bill_of

ROWS = [CopyRow("Bằng đại học", 1, 3), CopyRow("Học bạ", 12, 2)]


def taken(world: World, rows: Any = ROWS, **more: Any) -> tuple[Dossier, list[CertificationEntry]]:
    at = more.pop("at", MONDAY)
    actor = more.pop("actor", world.clerk)
    copies = Copies(OWNER, rows, **more)
    return take_in_copies(actor=actor, agency_id=world.ward.pk, desk_id=world.desk.pk, copies=copies, at=at)


def test_received_numbered_charged_and_handed_on(world: World) -> None:
    dossier, entries = taken(world)
    assert (dossier.step_key, dossier.due_at) == ("appraise", moment(2, 17))
    assert [(one.number, one.paper_name, one.fee) for one in entries] == [
        (1, "Bằng đại học", 6000),
        (2, "Học bạ", 28000),
    ]
    bill = bill_of("dossier", dossier.pk)
    assert bill is not None
    assert sum(line.amount for line in bill.lines.all()) == 34000
    assert entries_of(dossier) == entries
    assert entries_about(entries[0]).get().data["numbers"] == [1, 2]
    assert ready_to_give([world.desk.pk]) == []
    Dossier.objects.filter(pk=dossier.pk).update(status=9, unit=world.desk)
    assert ready_to_give([world.desk.pk]) == [(dossier, 34000)]


def test_numbers_run_on_without_a_gap_and_begin_again_each_year(world: World) -> None:
    taken(world)
    with pytest.raises(Invalid):
        taken(world, [CopyRow("", 0, 0)])
    _, again = taken(world)
    assert [one.number for one in again] == [3, 4]
    _, next_year = taken(world, at=moment(31, 9, month=3).replace(year=2026))
    assert [one.number for one in next_year] == [5, 6]
    assert CertificationBook.objects.get().last == 6


def test_after_three_o_clock_it_is_the_next_working_day(world: World) -> None:
    dossier, _ = taken(world, at=moment(2, 15, 30))
    assert dossier.due_at == moment(3, 17)


def test_a_large_set_takes_longer_and_says_so(world: World) -> None:
    dossier, _ = taken(world, [CopyRow("Hồ sơ thầu", 40, 5)])
    assert dossier.due_at == moment(4, 9, 15)
    assert "5 bản, 200 trang" in dossier.due_working["text"]
    agreed, _ = taken(world, [CopyRow("Hồ sơ thầu", 40, 5)], agreed_days=4, agreement="số 7 ngày 02/03/2026")
    assert agreed.due_at == moment(6, 9, 15)
    with pytest.raises(Invalid):
        taken(world, [CopyRow("Hồ sơ thầu", 40, 5)], agreed_days=4)


def test_only_the_clerk_of_the_desk(world: World) -> None:
    with pytest.raises(NotPermitted):
        taken(world, actor=world.specialist)
    assert not CertificationBook.objects.exists()


def test_few_queries(world: World, django_assert_max_num_queries: Any) -> None:
    taken(world)
    with django_assert_max_num_queries(45):
        taken(world)
