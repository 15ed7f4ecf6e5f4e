"""The demo catalogue: whole, without a fault, and found in plain words."""

import re
from collections import Counter
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import yaml

from motcua.identity.terms import SYSTEM
from motcua.procedures.actions import import_definition
from motcua.procedures.queries import domains, search
from motcua.procedures.rules.definition import problems_in, warnings_in
from motcua.procedures.terms import CODE_PATTERN, Definition, Level
from motcua.project.demo import offerings

AT = datetime(2026, 11, 23, 8, 0, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))
FULL = ("1.001193", "1.000656", "1.000894", "1.004873", "2.000635", "2.000815", "1.001612", "1.012783")
FOLDER = Path(offerings.__file__).parent / "catalogue"
PACKAGES = Path(offerings.__file__).parents[1] / "packages"
CATALOGUE = offerings.definitions()


def file_of(code: str) -> Path:
    """The file that says what a procedure is: one of the catalogue, or of a whole package; never both."""
    found = [path for path in (FOLDER / f"{code}.yaml", PACKAGES / code / "procedure.yaml") if path.exists()]
    assert len(found) == 1, found
    return found[0]


def test_it_is_wide() -> None:
    assert len(CATALOGUE) >= 60
    assert len({said.domain.code for said in CATALOGUE}) >= 18
    assert {said.level for said in CATALOGUE} == {Level.COMMUNE, Level.PROVINCE}
    assert {said.service_level for said in CATALOGUE} >= {"full", "partial"}


@pytest.mark.parametrize("said", CATALOGUE, ids=lambda said: said.code)
def test_every_procedure_is_without_a_fault(said: Definition) -> None:
    assert problems_in(said) == []
    assert warnings_in(said) == []
    assert re.match(CODE_PATTERN, said.code)
    assert said.sources
    assert file_of(said.code).is_file()


def test_every_code_once() -> None:
    assert [code for code, times in Counter(said.code for said in CATALOGUE).items() if times > 1] == []


def test_a_field_has_one_name() -> None:
    names = {(said.domain.code, said.domain.name) for said in CATALOGUE}
    assert len(names) == len({code for code, _ in names})


def test_somebody_handles_every_field() -> None:
    table = yaml.safe_load((FOLDER / "_handling.yaml").read_text(encoding="utf-8"))
    plan = yaml.safe_load((FOLDER.parent / "units.yaml").read_text(encoding="utf-8"))
    divisions = {facts["slug"]: set(facts["divisions"]) for facts in plan["departments"]}
    assert {said.domain.code for said in CATALOGUE} <= set(table)
    for place in table.values():
        assert place["commune"] in plan["commune_divisions"]
        assert place["division"] in divisions[place["province"]]


@pytest.mark.parametrize("code", FULL)
def test_eight_are_worked_out_in_full(code: str) -> None:
    said = next(one for one in CATALOGUE if one.code == code)
    assert len(said.cases) >= 2
    assert len(said.components) >= 2
    assert len(said.legal_basis) >= 5
    assert all(step.term for step in said.steps)
    assert all(case.fees for case in said.cases)
    assert "chain:" not in file_of(code).read_text(encoding="utf-8")


@pytest.fixture
def imported(db: None) -> None:
    for said in CATALOGUE:
        assert import_definition(actor=SYSTEM, definition=said, at=AT, valid_from=date(2025, 7, 1)).result == "taken"


SEARCHES = {
    "giay khai sinh": "1.001193",
    "làm giấy khai sinh": "1.001193",
    "khai sinh": "1.001193",
    "mở quán": "1.001612",
    "mo quan an": "1.001612",
    "làm sổ đỏ": "1.013978",
    "sang tên sổ đỏ": "1.013831",
    "mất sổ đỏ": "1.012786",
    "đăng ký kết hôn": "1.000894",
    "lay chong nuoc ngoai": "2.000806",
    "giay doc than": "1.004873",
    "sao y": "2.000815",
    "công chứng giấy tờ": "2.000815",
    "giay chung tu": "1.000656",
    "xin phép xây nhà": "1.013225",
    "nghĩa vụ quân sự": "1.013133",
    "hộ nghèo": "1.011607",
    "trợ cấp thất nghiệp": "1.001978",
    "khoan giếng": "1.001662",
    "nấu rượu": "2.000633",
    "chuyển trường": "1.005099",
    "ket hom": "1.000894",
    "chung thuc chu ki": "2.000884",
}


def test_people_find_what_they_mean(imported: None) -> None:
    found = {text: [row.code for row in search(text, at=AT).rows[:1]] for text in SEARCHES}
    assert found == {text: [code] for text, code in SEARCHES.items()}


def test_the_fields_are_counted(imported: None) -> None:
    counted = {row.code: row.procedures for row in domains(AT)}
    assert counted == Counter(said.domain.code for said in CATALOGUE)
    assert import_definition(actor=SYSTEM, definition=CATALOGUE[0], at=AT).result == "unchanged"
