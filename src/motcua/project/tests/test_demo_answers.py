"""Invented people answer every e-form of the shipped packages, in every case, at the desk and online."""

from datetime import datetime, timedelta
from random import Random

import pytest

from motcua.deadlines.terms import VIET_NAM
from motcua.dossiers.rules.answering import form_facts
from motcua.dossiers.terms import Channel
from motcua.forms.rules.answers import read
from motcua.packages.standard import shipped_places
from motcua.project.demo.answers import declare
from motcua.project.demo.cast import invented_party
from motcua.project.demo.offerings import shipped_packages

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=VIET_NAM)
CASES = [(code, case.key) for code, said in sorted(shipped_packages().items()) for case in said.cases]


@pytest.mark.parametrize("channel", [Channel.ONLINE, Channel.IN_PERSON])
@pytest.mark.parametrize(("code", "case"), CASES)
def test_people_answer(code: str, case: str, channel: Channel) -> None:
    definition = shipped_packages()[code]
    assert definition.form is not None
    files = {field.component: field.key for field in definition.form.fields() if field.kind == "file"}
    for number in range(6):
        random = Random(f"{code}:{case}:{number}")
        person, at = invented_party(random), NOW - timedelta(days=61 * number)
        declared = declare(definition, case, person, channel=channel, at=at, random=random)
        assert declared.typed, f"no example of {case} fits on {at:%d/%m/%Y}"
        typed = {**declared.typed, **{files[key]: "1" for key in declared.papers}}
        facts = form_facts(case=case, channel=channel, procedure=code, applicant=definition.applicants[0])
        answers = read(definition.form, typed, facts=facts, today=at.date(), places=shipped_places())
        assert answers.problems == ()
        assert person.personal_id in declared.typed.values() or "organisation.name" in declared.typed


def test_the_same_answers_each_time_and_others_for_others() -> None:
    definition = shipped_packages()["1.001193"]
    people = [invented_party(Random(number)) for number in (1, 1, 2)]
    told = [
        declare(definition, "default", person, channel=Channel.ONLINE, at=NOW, random=Random(7)) for person in people
    ]
    assert told[0] == told[1]
    assert told[0].typed["requester.name"] == people[0].name
    assert told[2].typed["requester.name"] == people[2].name
    assert told[0].typed["father.name"] != told[2].typed["father.name"]
