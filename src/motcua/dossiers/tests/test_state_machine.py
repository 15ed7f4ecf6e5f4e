"""Random lives of a dossier: nothing but what the law knows ever happens to it."""

from collections.abc import Callable
from datetime import timedelta

from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from motcua.deadlines.queries import calendar_of
from motcua.deadlines.rules.calendar import align
from motcua.dossiers.access import acts_open_to
from motcua.dossiers.actions.check_papers import Check
from motcua.dossiers.models import Dossier, SupplementRequest, Suspension
from motcua.dossiers.rules.acts import known_acts
from motcua.dossiers.terms import ENDED, TRANSITIONS, Act, Status, SuspensionKind
from motcua.dossiers.tests.checks import outcome
from motcua.dossiers.tests.stages import AT, perform, role, submitted
from motcua.dossiers.tests.world import World
from motcua.journal.queries import verify_chain

_WHO = ("clerk", "specialist", "second_specialist", "head", "chair", "sealer", "citizen")
_LONGEST = 14


#: Acts that are refused when they would change nothing.
_TOLD_APART: dict[Act, Callable[[Dossier, int], dict[str, object]]] = {
    Act.SHELVE: lambda _dossier, number: {"shelf": f"Kệ {number}"},
    Act.CHECK_PAPERS: lambda _dossier, number: {"checks": {"to-khai": Check(pages=number + 1)}},
    Act.TRANSFER: lambda dossier, _number: {
        "to_unit_id": "#division" if "Kinh tế" in dossier.handling_unit.name else "#second_division"
    },
}


def _facts(dossier: Dossier, act: Act, number: int) -> dict[str, object]:
    if act in {Act.APPROVE, Act.REJECT}:
        return {"draft_number": dossier.drafts.count()}
    if act in {Act.EXTEND, Act.APOLOGISE, Act.DRAFT_APOLOGY} and dossier.due_at is not None:
        later = dossier.due_at + timedelta(days=60 + number)
        return {"promised_at": align(later, calendar_of(dossier.agency_id, on=later.date()))}
    if act in _TOLD_APART:
        return _TOLD_APART[act](dossier, number)
    if act == Act.CORRECT:
        return {"changes": {"owner.phone": f"09{number:08d}"}}
    if act == Act.ASSIGN and dossier.holder_id is not None:
        return {"to_account_id": "@specialist" if number % 2 else "@second_specialist"}
    return {}


def _check(dossier: Dossier) -> None:
    kinds = Suspension.objects.filter(dossier=dossier, until__isnull=True).values_list("kind", flat=True)
    waits = dossier.status == Status.SUPPLEMENT_REQUESTED and dossier.is_received
    if dossier.status in {Status.RECEIVED, Status.PROCESSING}:
        assert set(kinds) <= {SuspensionKind.PUBLIC_NOTICE}
    else:
        owes = dossier.status == Status.OBLIGATION_REQUESTED
        assert list(kinds) == [SuspensionKind.SUPPLEMENT] * waits + [SuspensionKind.OBLIGATION] * owes
    open_requests = SupplementRequest.objects.filter(dossier=dossier, answered_at__isnull=True).count()
    assert open_requests <= 1 or dossier.status in ENDED
    assert (dossier.ended_at is not None) == (dossier.status in ENDED)
    assert (dossier.due_at is not None) == dossier.is_received
    assert dossier.moves.count() == dossier.revision
    if dossier.status in {Status.FINISHED, Status.DELIVERED}:
        assert dossier.finished_at is not None
        assert dossier.result.draft.number == dossier.drafts.count()


@settings(
    max_examples=4, deadline=None, derandomize=True, database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)  # fmt: skip
@given(data=st.data())
def test_random_lives(world: World, data: st.DataObject) -> None:
    actors = {name: role(world, name) for name in _WHO}
    with transaction.atomic():
        dossier = submitted(world, confirmed_duplicate=True)
        for number in range(_LONGEST):
            at = AT + timedelta(minutes=number)
            dossier = Dossier.objects.get(pk=dossier.pk)
            choices = [
                (name, act)
                for name, actor in actors.items()
                for act in acts_open_to(actor, dossier, at)
                if act != Act.RENEW and (act != Act.OPEN_PART or not dossier.parts.exists())
            ]
            if not choices:
                assert dossier.status in ENDED
                break
            closed = [
                (name, act) for name in _WHO for act in known_acts() if (name, act) not in [*choices, (name, Act.RENEW)]
            ]
            name, act = data.draw(st.sampled_from(closed))
            facts = _facts(dossier, act, number)
            assert outcome(lambda: perform(world, act, dossier, by=name, at=at, **facts)) != "done"  # noqa: B023
            usual = [
                choice for choice in choices if choice[1] not in {Act.WITHDRAW, Act.CORRECT, Act.REFUSE}
            ] or choices
            name, act = data.draw(st.sampled_from(usual if number < _LONGEST // 2 else choices))
            before = Status(dossier.status)
            dossier = perform(world, act, dossier, by=name, at=at, **_facts(dossier, act, number))
            assert dossier.status == before or dossier.status in TRANSITIONS[before]
            _check(Dossier.objects.get(pk=dossier.pk))
        assert verify_chain("dossiers.dossier", str(dossier.pk)) == []
        transaction.set_rollback(True)
