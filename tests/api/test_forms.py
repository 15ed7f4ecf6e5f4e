"""The e-form over the API: its schema, handed in nested, refused with pointers, read by those who may."""

from pathlib import Path
from typing import Any

import pytest

from motcua.agencies.terms import Right
from motcua.dossiers.api import outputs
from motcua.dossiers.tests.world import CODE, World, definition_with_form
from motcua.forms.tests.schema_reader import faults
from tests.api.conftest import Programs
from tests.api.program import application, program_of

ANSWERS: dict[str, Any] = {
    "child_name": "Nguyễn An Bình",
    "born": "2026-03-01",
    "wedded": False,
    "siblings": [{"name": "Nguyễn An Yên", "age": 4}],
    "applicant_phone": "0912345678",
}


@pytest.fixture
def world(db: None, settings: Any, tmp_path: Path) -> World:
    settings.DATA_DIR = tmp_path
    return World(definition_with_form()).build()


def test_the_schema_describes_what_is_taken_and_given(programs: Programs) -> None:
    schema = programs.nobody.get(f"/procedures/{CODE}/form").json
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    whole = programs.clerk.get(f"/dossiers/{programs.received(form=ANSWERS)}").json
    outputs.DossierWhole.model_validate(whole, extra="forbid")
    assert whole["form"]["values"] == {**ANSWERS, "sibling_count": 1}
    assert whole["form"]["provenance"]["born"]["source"] == "clerk"
    assert faults(schema, whole["form"]["values"]) == []


def test_problems_point_to_the_answer(programs: Programs, world: World) -> None:
    wrong = {**ANSWERS, "born": "2027-01-01", "siblings": [{"name": "An Yên", "age": -1}], "x": {"y": 1}}
    answer = programs.clerk.post("/dossiers", application(world, form=wrong, abstract="x" * 1001))
    assert answer.status == 422
    found = [(one["code"], one.get("field"), one.get("pointer")) for one in answer.json["problems"]]
    assert found == [
        ("too_long", "abstract", None),
        ("too_small", "form.siblings.0.age", "/form/siblings/0/age"),
        ("check_not-future", "form.born", "/form/born"),
        ("unknown_name", "form.x.y", "/form/x/y"),
    ]


def test_a_colleague_reads_it_after_saying_why(programs: Programs, world: World) -> None:
    path = f"/dossiers/{programs.received(form=ANSWERS)}"
    colleague = program_of(world.officer("phong-khac", world.second_division, "Chuyên viên", Right.HANDLE))
    assert colleague.get(path).json["form"] is None
    assert colleague.get(path, purpose="Kiem tra don").json["form"]["values"]["child_name"] == "Nguyễn An Bình"
    assert programs.other_citizen.get(path).status == 404


def test_supplement_and_correction(programs: Programs) -> None:
    dossier_id = programs.received(form=ANSWERS)
    asked = programs.clerk.post(f"/dossiers/{dossier_id}/request-supplement", {"grounds": [], "fields": ["child_name"]})
    assert asked.status == 200, asked.json
    wrong = programs.clerk.post(f"/dossiers/{dossier_id}/supplement", {"form": {"born": "2026-02-01"}})
    assert [(one["code"], one["pointer"]) for one in wrong.json["problems"]] == [("not_asked", "/form/born")]
    done = programs.clerk.post(f"/dossiers/{dossier_id}/supplement", {"form": {"child_name": "Nguyễn An"}})
    assert done.status == 200, done.json
    proposed = programs.clerk.post(f"/dossiers/{dossier_id}/correct", {"form": {"siblings": []}, "reason": "Ghi nhầm"})
    assert proposed.status == 200, proposed.json
    values = programs.clerk.get(f"/dossiers/{dossier_id}").json["form"]["values"]
    assert (values["child_name"], values["sibling_count"]) == ("Nguyễn An", 1)
    assert programs.head.post(f"/dossiers/{dossier_id}/decide-correction", {"approve": True}).status == 200
    values = programs.clerk.get(f"/dossiers/{dossier_id}").json["form"]["values"]
    assert (values["siblings"], values["sibling_count"]) == ([], 0)


def test_answers_nested_without_end(programs: Programs, world: World) -> None:
    deep: dict[str, Any] = {}
    for _ in range(150):
        deep = {"a": deep}
    answer = programs.clerk.post("/dossiers", application(world, form={**ANSWERS, "mother": deep, "list": [[[]]]}))
    assert answer.status == 422
