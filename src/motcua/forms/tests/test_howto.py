"""The form of the how-to works as it says."""

import re
from pathlib import Path

import yaml

from motcua.forms.rules.checker import problems_in_form
from motcua.forms.rules.names import FORM_FACTS
from motcua.forms.rules.paper import problems_in_paper
from motcua.forms.terms import Form, PaperTemplate
from motcua.forms.tests.samples import answers

_TEXT = (Path(__file__).resolve().parents[4] / "docs" / "howto" / "write-a-form.md").read_text(encoding="utf-8")


def _block(kind: str) -> str:
    found = re.search(rf"```{kind}\n(.*?)```", _TEXT, re.DOTALL)
    assert found
    return found[1]


def test_the_form_of_the_how_to_is_right() -> None:
    form = Form.model_validate(yaml.safe_load(_block("yaml")))
    assert problems_in_form(form) == []
    typed = {
        "owner.name": "Nguyễn Văn An",
        "owner.personal_id": "001090000001",
        "owner.born": "1/2/1990",
        "owner.gender": "Nam",
        "owner.address.province": "01",
        "owner.address.commune": "00004",
        "phone": "0912345678",
        "capital": "2.000.000",
        "is_shared": "yes",
        "members.0.name": "Trần Thị Bình",
        "members.0.born": "1/1/2015",
        "members.0.share": "60",
        "agree": "yes",
    }
    found = answers(form, typed)
    assert [problem.field for problem in found.problems] == ["members.0.guardian", "members"]
    assert found.values["capital_words"] == "hai triệu đồng"
    block = {"kind": "text", "text": _block("text")}
    paper = {"key": "a", "name": "A", "kind": "result", "title": "A", "blocks": [block]}
    assert problems_in_paper(PaperTemplate.model_validate(paper), form, {}) == []


def test_every_kind_and_every_fact_is_told() -> None:
    kinds = Form.model_json_schema()["$defs"]["Field"]["properties"]["kind"]["enum"]
    assert [kind for kind in kinds if f"`{kind}`" not in _TEXT] == []
    assert [name for name in FORM_FACTS if f"`{name}`" not in _TEXT] == []
