"""Whoever fills the e-form in need not hand in the same declaration as a paper."""

from typing import Any

import pytest

from motcua.dossiers.rules.application import Application, ComponentFacts, PartyFacts, problems_in_application
from motcua.dossiers.terms import Channel
from motcua.dossiers.tests.world import MONDAY, definition
from motcua.forms.terms import Form
from motcua.procedures.terms import Definition

OWNER = PartyFacts(name="Nguyễn Thị Hoa", personal_id="022190123456", phone="0912345678", address="Số 1")


def declaring(component: str) -> Definition:
    """The procedure of the tests with a form of one question that takes the place of a paper."""
    form = {
        "title": "Tờ khai",
        "component": component,
        "pages": [{"key": "p", "title": "T", "fields": [{"key": "q", "kind": "text", "label": "Tên"}]}],
    }
    return definition().model_copy(update={"form": Form.model_validate(form)})


def missing(said: Definition, form: dict[str, Any], *given: str) -> list[str]:
    """The papers that are asked for although nothing was handed in but these."""
    application = Application(
        procedure_code=said.code,
        agency_id=1,
        case_key=said.cases[0].key,
        channel=Channel.ONLINE,
        owner=OWNER,
        form=form,
        components=tuple(ComponentFacts(key, originals=1) for key in given),
    )
    problems = problems_in_application(application, said, today=MONDAY.date(), online=False)
    return [one.field.removeprefix("components.") for one in problems if one.code == "missing_component"]


FIRST = next(one.key for one in definition().components if one.required and not one.present_only)


def test_a_filled_form_is_the_paper() -> None:
    assert FIRST in missing(declaring(FIRST), {})
    assert FIRST not in missing(declaring(FIRST), {"q": "An"})


@pytest.mark.parametrize("form", [{"q": "  "}, {"q": []}])
def test_a_blank_form_is_not(form: dict[str, Any]) -> None:
    assert FIRST in missing(declaring(FIRST), form)


def test_a_form_that_is_no_paper_excuses_nothing() -> None:
    assert FIRST in missing(declaring(""), {"q": "An"})
