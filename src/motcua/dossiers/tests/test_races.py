"""Two at once, really: threads and processes with connections of their own, in a database of their own."""

import copy
import multiprocessing
import os
import re
import sys
import traceback
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection
from pytest_django import DjangoDbBlocker

from motcua.dossiers.actions.take_in import take_in_dossier
from motcua.dossiers.models import CodeCounter, Dossier, IssuedPaper, Move, Party, Result
from motcua.dossiers.rules.application import PartyFacts
from motcua.dossiers.terms import Act, Status
from motcua.dossiers.tests.stages import bring, everyone, perform
from motcua.dossiers.tests.world import World, definition, moment
from motcua.journal.models import Entry, OutboxEvent
from motcua.journal.queries import verify_chain
from motcua.journal.tests.own_database import at_once, own_database
from motcua.kernel.errors import Conflict, MotCuaError, RuleBroken

_ROUNDS = 4
_EACH = 25
_TOLD = re.compile(r"Việc gần nhất: (.+) đã thực hiện «(.+)» lúc 10:00 ngày 04/03/2026; hãy mở lại hồ sơ để xem\.")


@pytest.fixture(scope="module")
def db(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    with own_database(django_db_blocker):
        yield


@pytest.fixture(scope="module")
def committed_world(db: None) -> World:
    world = World(definition()).build()
    everyone(world)
    bring(world, "withdrawn")
    return world


def _won_and_lost(found: list[Dossier | MotCuaError]) -> tuple[Dossier, MotCuaError]:
    (won,) = [one for one in found if isinstance(one, Dossier)]
    (lost,) = [one for one in found if isinstance(one, MotCuaError)]
    return won, lost


def _check_story(dossier: Dossier) -> Dossier:
    """Nothing is torn: one line each in timeline, outbox and journal for every revision, the chain whole."""
    stored = Dossier.objects.get(pk=dossier.pk)
    assert list(stored.moves.order_by("number").values_list("number", flat=True)) == list(range(1, stored.revision + 1))
    assert Entry.objects.filter(object_type="dossiers.dossier", object_id=str(stored.pk)).count() == stored.revision
    assert OutboxEvent.objects.filter(payload__dossier_id=stored.pk).count() == stored.revision
    assert verify_chain("dossiers.dossier", str(stored.pk)) == []
    return stored


def _deed(world: World, act: Act, dossier: Dossier, **facts: object) -> Callable[[], Dossier]:
    return lambda: perform(world, act, dossier, **facts)  # type: ignore[arg-type]


@pytest.mark.parametrize("with_revision", [False, True])
def test_two_clerks_receive(committed_world: World, with_revision: bool) -> None:
    world = committed_world
    for _round in range(_ROUNDS):
        dossier = bring(world, "submitted", confirmed_duplicate=True)
        seen = {"revision": dossier.revision} if with_revision else {}
        found = at_once(*(_deed(world, Act.RECEIVE, dossier, by=by, **seen) for by in ("clerk", "second_clerk")))
        won, lost = _won_and_lost(found)
        assert type(lost) is (Conflict if with_revision else RuleBroken)
        told = _TOLD.fullmatch(lost.problems[-1].message)
        assert told
        assert told.groups() == (won.receiver_name, "Tiếp nhận")
        assert _check_story(dossier).receiver_name == won.receiver_name
        assert IssuedPaper.objects.filter(dossier=dossier).count() == 1


def test_the_applicant_withdraws_while_the_clerk_receives(committed_world: World) -> None:
    world = committed_world
    for _round in range(_ROUNDS):
        dossier = bring(world, "submitted", confirmed_duplicate=True)
        received, withdrawn = at_once(_deed(world, Act.RECEIVE, dossier), _deed(world, Act.WITHDRAW, dossier))
        stored = _check_story(dossier)
        assert isinstance(withdrawn, Dossier)
        assert stored.status == Status.WITHDRAWN
        papers = IssuedPaper.objects.filter(dossier=dossier).count()
        if isinstance(received, Dossier):
            assert (stored.is_received, papers, stored.revision) == (True, 1, 3)
        else:
            assert (stored.is_received, papers, stored.revision) == (False, 0, 2)
            assert _TOLD.fullmatch(received.problems[-1].message)


def test_approved_or_sent_back_for_a_new_draft(committed_world: World) -> None:
    world = committed_world
    for _round in range(_ROUNDS):
        dossier = bring(world, "deciding", confirmed_duplicate=True)
        found = at_once(_deed(world, Act.APPROVE, dossier), _deed(world, Act.SEND_BACK, dossier))
        _won, lost = _won_and_lost(found)
        assert type(lost) is Conflict
        assert _TOLD.fullmatch(lost.problems[0].message)
        stored = _check_story(dossier)
        assert Result.objects.filter(dossier=dossier).exists() == (stored.status == Status.FINISHED)
        assert stored.step_key in {"seal", "appraise"}


def test_two_leaders_decide(committed_world: World) -> None:
    world = committed_world
    dossier = bring(world, "deciding", confirmed_duplicate=True)
    won, lost = _won_and_lost(at_once(_deed(world, Act.APPROVE, dossier), _deed(world, Act.REJECT, dossier)))
    assert type(lost) is Conflict
    assert Result.objects.get(dossier=dossier).is_negative == won.is_negative == _check_story(dossier).is_negative


def test_two_seals_on_one_result(committed_world: World) -> None:
    world = committed_world
    for number in range(_ROUNDS):
        dossier = bring(world, "deciding", confirmed_duplicate=True)
        perform(world, Act.APPROVE, dossier, at=moment(3, 14))
        found = at_once(*(_deed(world, Act.SEAL, dossier, number=f"{kind}{number}") for kind in ("A", "B")))
        won, lost = _won_and_lost(found)
        assert type(lost) is Conflict
        assert Result.objects.get(dossier=dossier).number == won.result.number
        _check_story(dossier)


def test_one_number_on_two_results(committed_world: World) -> None:
    world = committed_world
    for number in range(_ROUNDS):
        pair = [bring(world, "deciding", confirmed_duplicate=True) for _each in range(2)]
        for dossier in pair:
            perform(world, Act.APPROVE, dossier, at=moment(3, 14))
        won, lost = _won_and_lost(at_once(*(_deed(world, Act.SEAL, one, number=f"C{number}") for one in pair)))
        assert lost.problems[0].code == "number_taken"
        assert won.code in lost.problems[0].message
        for dossier in pair:
            _check_story(dossier)


def test_two_corrections_lose_nothing(committed_world: World) -> None:
    world = committed_world
    for number in range(_ROUNDS):
        dossier = bring(world, "submitted", confirmed_duplicate=True)
        phone, name = f"09000000{number:02d}", f"Nguyễn Thị Hậu {number}"
        found = at_once(
            _deed(world, Act.CORRECT, dossier, changes={"owner.phone": phone}),
            _deed(world, Act.CORRECT, dossier, by="clerk", changes={"owner.name": name}),
        )
        assert all(isinstance(one, Dossier) for one in found)
        stored = _check_story(dossier)
        assert (stored.owner.phone, stored.owner.name) == (phone, name)
        assert {phone, f"hau {number}"} <= set(stored.search_keys)


def test_a_receipt_shows_what_was_corrected_just_before(committed_world: World) -> None:
    world = committed_world
    for number in range(_ROUNDS):
        dossier = bring(world, "submitted", confirmed_duplicate=True)
        changes = {"owner.name": f"Lê Thị Mận {number}"}
        corrected, received = at_once(
            _deed(world, Act.CORRECT, dossier, changes=changes), _deed(world, Act.RECEIVE, dossier)
        )
        assert isinstance(received, Dossier)
        printed = IssuedPaper.objects.filter(dossier=dossier).latest("version").data["submitter"]["name"]
        assert printed == _check_story(dossier).owner.name
        assert isinstance(corrected, Dossier) == (printed == changes["owner.name"])


def _take_in(world: World, number: int) -> str:
    """Take in a dossier of somebody new."""
    owner = PartyFacts(name=f"Người {number}", personal_id=f"0221900{number:05d}", phone="0912345678")
    at = moment(10, 8) + timedelta(seconds=number)
    return take_in_dossier(actor=world.clerk, application=world.application(owner=owner), at=at).code


def _check_codes(world: World, day: int, count: int, codes: list[str]) -> None:
    wanted = [f"H49.61-2603{day:02d}-{number:04d}" for number in range(1, count + 1)]
    assert sorted(codes) == wanted
    stored = Dossier.objects.filter(code__startswith=f"H49.61-2603{day:02d}-").order_by("code")
    assert list(stored.values_list("code", flat=True)) == wanted
    assert CodeCounter.objects.get(agency_id=world.ward.pk, day=f"2026-03-{day:02d}").last == count
    assert Move.objects.filter(dossier__in=stored).count() == count


def test_two_hundred_taken_in_by_threads(committed_world: World) -> None:
    world = committed_world

    def many(first: int) -> list[str]:
        try:
            return [_take_in(world, number) for number in range(first, first + _EACH)]
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        codes = [code for some in pool.map(many, range(0, 200, _EACH)) for code in some]
    _check_codes(world, 10, 200, codes)


def _process(world: World, first: int, gate: "multiprocessing.synchronize.Barrier") -> None:
    """Take in some, refuse some: a refused one takes no number."""
    try:
        gate.wait(timeout=30)
        for number in range(first, first + _EACH):
            owner = PartyFacts(name=f"Nhà {number}", personal_id=f"0221910{number:05d}", phone="0912345678")
            application = world.application(owner=owner, set_count=number % 5)
            try:
                take_in_dossier(actor=world.clerk, application=application, at=moment(11, 8))
            except MotCuaError:
                assert number % 5 == 0
        connection.close()
    except BaseException:
        traceback.print_exc(file=sys.stderr)
        os._exit(1)
    os._exit(0)


def test_taken_in_by_processes(committed_world: World) -> None:
    world, context = copy.copy(committed_world), multiprocessing.get_context("fork")
    gate = context.Barrier(4)
    connection.close()
    workers = [context.Process(target=_process, args=(world, first, gate)) for first in range(0, 4 * _EACH, _EACH)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(timeout=60)
    assert [worker.exitcode for worker in workers] == [0] * 4
    codes = list(Dossier.objects.filter(code__contains="-260311-").values_list("code", flat=True))
    _check_codes(world, 11, 80, codes)
    assert Party.objects.filter(name__startswith="Nhà ").count() == 80


def test_two_tabs_hand_in_for_the_same_person(committed_world: World) -> None:
    world = committed_world
    for round_ in range(_ROUNDS):
        owner = PartyFacts(name="Lê Thị Tơ", personal_id=f"0221900099{round_:02d}", phone="0912345678")
        application = world.application(owner=owner)
        found = at_once(
            *(
                lambda by=by: take_in_dossier(actor=by, application=application, at=moment(4, 10))  # noqa: B023
                for by in (world.clerk, world.second_clerk)
            )
        )
        won, lost = _won_and_lost(found)
        assert type(lost) is Conflict
        assert lost.problems[0].code == "duplicate"
        assert won.code in lost.problems[0].message
