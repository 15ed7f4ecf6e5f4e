"""What will be late tomorrow: guessed from the steps to come, told to the leaders as a draft."""

from datetime import datetime, timedelta

import pytest
import time_machine

from motcua.deadlines.rules.calendar import Calendar
from motcua.dossiers.actions.apology import draft_apology, drop_apology
from motcua.dossiers.jobs import draft_apologies
from motcua.dossiers.models import Apology, Dossier
from motcua.dossiers.queries.foreseeing import late_tomorrow
from motcua.dossiers.rules.foresight import is_expected_late, steps_to_decision, time_needed
from motcua.dossiers.tests.stages import bring
from motcua.dossiers.tests.world import World, definition, moment
from motcua.identity.terms import SYSTEM
from motcua.procedures.rules.selection import step_of

_DEFINITION = definition()


@pytest.mark.parametrize(
    ("key", "steps", "hours"),
    [
        ("receive", ["receive", "assign", "appraise", "review", "approve"], 4 + 4 + 8 + 1 + 1),
        ("appraise", ["appraise", "review", "approve"], 8 + 1 + 1),
        ("approve", ["approve"], 1),
        ("seal", [], 0),
        ("deliver", [], 0),
    ],
)
def test_what_is_still_to_come(key: str, steps: list[str], hours: int) -> None:
    step = step_of(_DEFINITION, key)
    assert [one.key for one in steps_to_decision(_DEFINITION, step)] == steps
    assert time_needed(_DEFINITION, step) == timedelta(hours=hours)


@pytest.mark.parametrize(
    ("key", "at", "due_at", "wanted"),
    [
        ("appraise", moment(2, 7), moment(3, 8, 30), True),
        ("appraise", moment(2, 7), moment(3, 9), False),
        ("approve", moment(3, 8), moment(3, 10), False),
        ("approve", moment(3, 11), moment(3, 10), True),
        ("seal", moment(3, 11), moment(3, 10), False),
    ],
)
def test_expected_late(key: str, at: datetime, due_at: datetime, wanted: bool) -> None:
    step = step_of(_DEFINITION, key)
    assert is_expected_late(_DEFINITION, step, at=at, due_at=due_at, calendar=Calendar()) is wanted


def test_each_due_moment_once(world: World) -> None:
    """Due on Thursday 05/03 at 9:15; on Wednesday the specialist still has it."""
    dossier = bring(world, "handling")
    assert list(late_tomorrow(moment(3, 7))) == []
    assert list(late_tomorrow(moment(4, 7))) == []
    assert list(late_tomorrow(moment(4, 8))) == [dossier.pk]
    draft_apology(actor=SYSTEM, dossier_id=dossier.pk, at=moment(4, 8))
    apology = Apology.objects.get()
    assert (apology.extends, apology.signed_at, apology.drafted_by) == (True, None, None)
    assert list(late_tomorrow(moment(4, 9))) == []
    drop_apology(actor=world.chair, dossier_id=dossier.pk, at=moment(4, 9))
    assert list(late_tomorrow(moment(4, 10))) == []


@pytest.mark.parametrize("stage", ["asked", "sealing", "delivered", "submitted"])
def test_nothing_is_drafted_for_what_does_not_run(world: World, stage: str) -> None:
    bring(world, stage)
    assert list(late_tomorrow(moment(6, 7))) == []


def test_the_job_lays_drafts_before_the_leaders(world: World) -> None:
    dossier = bring(world, "handling")
    with time_machine.travel(moment(4, 8), tick=False):
        draft_apologies(timestamp=0)
        draft_apologies(timestamp=0)
    assert Apology.objects.count() == 1
    assert Dossier.objects.get(pk=dossier.pk).moves.latest("number").act == "draft_apology"
