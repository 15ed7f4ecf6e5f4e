"""What must be true of every act: who may do it, what a refusal leaves untouched, what a done one leaves behind."""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.apps import apps
from django.db import transaction
from django.utils import timezone

from motcua.dossiers.access import acts_open_to
from motcua.dossiers.models import Dossier, IssuedPaper
from motcua.dossiers.terms import Act
from motcua.dossiers.tests.stages import AT, DEEDS, bring, everyone, perform, role
from motcua.dossiers.tests.world import World
from motcua.files.models import Blob
from motcua.identity.terms import Actor
from motcua.journal.models import Entry, OutboxEvent
from motcua.journal.queries import entries_about, verify_chain
from motcua.kernel.errors import Conflict, MotCuaError, NotFound, RuleBroken

#: Those for whom a dossier of the ward does not exist at all.
OUTSIDE = frozenset({"admin", "stranger", "other_citizen", "anonymous"})


class _Undo(Exception):  # noqa: N818 (it is no error)
    pass


def snapshot() -> dict[str, list[tuple[Any, ...]]]:
    """Every row that an act may write."""
    rooms = ("dossiers", "payments")
    models = [*(model for room in rooms for model in apps.get_app_config(room).get_models()), OutboxEvent, Entry, Blob]
    return {model.__name__: list(model.objects.order_by("pk").values_list()) for model in models}


def refused(error: type[MotCuaError], do: Callable[[], object]) -> MotCuaError:
    """Do what must be refused with exactly that error; nothing is changed, emitted or recorded. Returns the error."""
    before = snapshot()
    with pytest.raises(MotCuaError) as caught:
        do()
    assert type(caught.value) is error, caught.value.problems
    assert snapshot() == before
    assert all(problem.code and problem.message for problem in caught.value.problems)
    return caught.value


def refused_act(error: type[MotCuaError], world: World, act: Act, dossier: Dossier, **facts: Any) -> MotCuaError:
    """Try the act with the given facts; see `refused`."""
    role(world, facts.get("by") or DEEDS[act].by)
    for value in {**DEEDS[act].facts, **facts}.values():
        if isinstance(value, str) and value.startswith("@"):
            role(world, value[1:])
    return refused(error, lambda: perform(world, act, dossier, **facts))


def codes(error: MotCuaError) -> list[tuple[str, str]]:
    """Code and field of every problem."""
    return [(problem.code, problem.field) for problem in error.problems]


def outcome(do: Callable[[], object]) -> str:
    """Do it and undo it: "done", or the name of the error."""
    try:
        with transaction.atomic():
            do()
            raise _Undo
    except _Undo:
        return "done"
    except MotCuaError as error:
        return type(error).__name__


def check_who(world: World, act: Act, *, may: Iterable[str], late: Iterable[str] = (), stage: str = "") -> None:
    """Check the outcome for every role: `may` do it, `late` could have a moment ago, the others never.

    The buttons shown agree: an act is open to exactly those who would not be refused.
    """
    actors = everyone(world)
    dossier = bring(world, stage or DEEDS[act].stage)
    before = snapshot()
    found = {
        name: outcome(lambda actor=actor: perform(world, act, dossier, by=actor)) for name, actor in actors.items()
    }
    assert snapshot() == before
    done, conflicts = dict.fromkeys(may, "done"), dict.fromkeys(late, "Conflict")
    wanted = {name: "NotFound" if name in OUTSIDE else "NotPermitted" for name in actors} | done | conflicts
    assert found == wanted
    shown = {name for name, actor in actors.items() if act in acts_open_to(actor, dossier, AT)}
    assert shown == set(done)


def check_gate(world: World, act: Act, *, again: type[MotCuaError] | None, stage: str = "") -> None:
    """Check what every act refuses: a stale screen, moments that cannot be; then do it, and once more.

    The second to come is told who was first, with what and when (`again`: how they are refused; None: they are not).
    """
    dossier = bring(world, stage or DEEDS[act].stage)
    stale = refused_act(Conflict, world, act, dossier, revision=dossier.revision - 1)
    assert dossier.moves.latest("number").actor_name in stale.problems[0].message
    early = refused_act(RuleBroken, world, act, dossier, at=dossier.last_act_at - timedelta(seconds=1))
    assert codes(early) == [("before_last_act", "at")]
    future = refused_act(RuleBroken, world, act, dossier, at=timezone.now() + timedelta(minutes=5))
    assert codes(future) == [("in_future", "at")]
    gone = refused(NotFound, lambda: perform(world, act, Dossier(pk=0)))
    assert codes(gone) == [("no_dossier", "")]
    done = perform(world, act, dossier, revision=dossier.revision)
    if again is not None:
        second = refused_act(again, world, act, done, at=AT + timedelta(minutes=1))
        told = second.problems[-1].message
        assert role(world, DEEDS[act].by).name in told
        assert f"«{act.label}» lúc 10:00 ngày 04/03/2026" in told


def check_traces(
    dossier: Dossier, *, act: str, verb: str, by: Actor, at: datetime = AT, recorded: str = ""
) -> dict[str, Any]:
    """Check that an act is saved whole and left its line in timeline, outbox and journal; return the event."""
    stored = Dossier.objects.get(pk=dossier.pk)
    for field in Dossier._meta.concrete_fields:
        assert getattr(stored, field.attname) == getattr(dossier, field.attname), field.name
    moves = list(stored.moves.order_by("number"))
    last = moves[-1]
    assert [move.number for move in moves] == list(range(1, stored.revision + 1))
    assert (last.act, last.at, last.actor_id, last.actor_name, last.actor_title) == (
        act, at, by.account_id, by.name, by.title,
    )  # fmt: skip
    assert (last.status, last.to_step, last.to_unit_id) == (stored.status, stored.step_key, stored.unit_id)
    assert (last.to_holder_id, last.step_due_at) == (stored.holder_id, stored.step_due_at)
    assert stored.last_act_at == at
    event = OutboxEvent.objects.latest("id")
    assert (event.name, event.at, event.delivered_at) == (verb, at, None)
    assert (event.payload["dossier_id"], event.payload["code"]) == (stored.pk, stored.code)
    entries = list(entries_about(stored))
    assert len(entries) == stored.revision
    assert (entries[-1].verb, entries[-1].at, entries[-1].actor_id, entries[-1].data["code"]) == (
        recorded or verb, at, by.account_id, stored.code,
    )  # fmt: skip
    assert verify_chain("dossiers.dossier", str(stored.pk)) == []
    return {**event.payload, "journal": entries[-1].data}


def paper_of(dossier: Dossier, form: str, version: int = 1) -> dict[str, Any]:
    """The data printed on the paper issued by the act at AT; it is the last one."""
    paper = IssuedPaper.objects.filter(dossier=dossier).latest("id")
    assert (paper.form, paper.version, paper.form_set) == (form, version, "TT03-2025")
    data: dict[str, Any] = paper.data
    assert data["dossier_code"] == dossier.code
    return data
