"""The papers of the packages that ship, printed for dossiers with the answers of the packages' own tests."""

from datetime import datetime
from typing import Any

import pytest

from motcua.deadlines.terms import VIET_NAM
from motcua.dossiers.models import Dossier, FormAnswers, Move
from motcua.dossiers.papers.templates_of import paper_of, papers_open
from motcua.dossiers.rules.application import ComponentFacts
from motcua.dossiers.tests.world import World
from motcua.forms.rules.answers import flatten, read, to_json
from motcua.packages.standard import shipped_places
from motcua.procedures.rules.selection import components_for
from motcua.procedures.terms import Definition, PackageTest
from motcua.project.demo.offerings import shipped_packages

MOMENT = datetime(2026, 3, 2, 8, 0, tzinfo=VIET_NAM)
CODES = sorted(shipped_packages())


def at_every_step(world: World, definition: Definition, test: PackageTest) -> Dossier:
    """A dossier with the answers of a package's test that came to every step of its process."""
    case = test.case or definition.cases[0].key
    components = tuple(
        ComponentFacts(one.component.key, originals=1) for one in components_for(definition, case) if one.required
    )
    dossier = world.received(MOMENT, case_key=case, components=components, confirmed_duplicate=True)
    facts = {"case": case, "channel": test.channel, "online": test.channel == "online"}
    assert definition.form is not None
    answers = read(
        definition.form,
        flatten(definition.form, test.form),
        facts=facts,
        today=(test.at or MOMENT).date(),
        places=shipped_places(),
    )
    FormAnswers.objects.create(dossier=dossier, values=to_json(definition.form, answers.values))
    more: dict[str, Any] = {"act": "forward", "at": MOMENT, "status": dossier.status, "to_unit": dossier.unit}
    Move.objects.bulk_create(
        Move(dossier=dossier, number=100 + number, to_step=step.key, **more)
        for number, step in enumerate(definition.steps)
    )
    return dossier


@pytest.mark.parametrize("code", CODES)
def test_every_paper_of_a_shipped_package_prints(db: None, code: str) -> None:
    definition = shipped_packages()[code]
    world = World(definition).build()
    printed: set[str] = set()
    for test in definition.tests:
        if test.expect.problems != ():
            continue
        dossier = at_every_step(world, definition, test)
        keys = {paper.key for paper in papers_open(dossier, at=MOMENT)}
        assert keys >= set(test.expect.papers), test.key
        for key in sorted(keys - printed):
            assert paper_of(dossier, key, at=MOMENT).startswith(b"%PDF"), (test.key, key)
        printed |= keys
    assert printed == {paper.key for paper in definition.papers if paper.kind != "declaration"}
