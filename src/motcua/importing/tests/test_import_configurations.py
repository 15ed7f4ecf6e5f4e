"""A file of processes or forms: every row taken, refused or left, and why."""

import json
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.template.loader import render_to_string

from motcua.forms.papers.printing import Head, declaration_pdf
from motcua.forms.rules.answers import read
from motcua.forms.rules.checker import problems_in_form
from motcua.forms.rules.examples import example_typed
from motcua.forms.web.screens import screen_of
from motcua.identity.terms import SYSTEM, Actor
from motcua.importing.actions.import_configurations import ConfigurationReport, import_configurations
from motcua.importing.onegate.reading import Wanted, rows_of
from motcua.importing.onegate.terms import FormRow, provisional_code
from motcua.kernel.errors import Invalid, NotPermitted
from motcua.packages.standard import ShippedPlaces, standard_calendar
from motcua.procedures.models import ProcedureVersion
from motcua.processes.rules.bpmn import to_bpmn
from motcua.processes.rules.simulation import simulate
from tests.trial import trial_file

AT = datetime(2026, 3, 2, 8, 0, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))

PROCESS = {
    "name": "Cấp giấy thử nghiệm",
    "totaltime": "3",
    "fee": "20000",
    "steps": [
        {
            "group": "BP_MOT_CUA",
            "tasks": [
                {"code": "AB::NHAN", "name": "Tiếp nhận", "time": "0.5", "next": "AB::THU_LY"},
            ],
        },
        {
            "group": "PHONG_THU_NGHIEM",
            "tasks": [
                {"code": "AB::THU_LY", "name": "Thụ lý", "time": "1", "next": "AB::XET_DUYET"},
                {"code": "AB::XET_DUYET", "name": "Xét duyệt", "time": "1", "next": "AB::TRA"},
            ],
        },
        {
            "group": "BP_MOT_CUA",
            "tasks": [{"code": "AB::TRA", "name": "Trả kết quả", "time": "0", "next": "NULL"}],
        },
    ],
}
FORM = {"lines": [{"label": "Người nộp", "items": [{"type": "Textbox", "id": "txtHoTen", "label": "Họ tên"}]}]}


def bring(data: Any, wanted: Wanted = "processes", **more: Any) -> ConfigurationReport:
    """Import what is given: bytes as they are, else as JSON."""
    raw = data if isinstance(data, bytes) else json.dumps(data).encode()
    return import_configurations(actor=SYSTEM, data=raw, wanted=wanted, at=AT, **more)


def draft(code: str) -> ProcedureVersion:
    return ProcedureVersion.objects.get(procedure__code=code)


@pytest.mark.django_db
def test_a_process_and_its_form_meet_in_one_draft() -> None:
    assert bring({"AB": [PROCESS]}).taken == 1
    assert bring({"AB": [FORM]}, "forms").changed == 1
    content = draft(provisional_code("AB")).content
    assert [step.name for step in content.steps] == ["Tiếp nhận", "Thụ lý", "Xét duyệt", "Trả kết quả"]
    assert content.form is not None
    assert [field.label for field in content.form.fields()] == ["Họ tên"]
    assert (content.cases[0].terms["any"].amount, content.cases[0].fees[0].amount) == (3, 20_000)
    assert draft(provisional_code("AB")).published_at is None


@pytest.mark.django_db
def test_the_same_file_again_changes_nothing() -> None:
    bring({"AB": [PROCESS], "CD": [PROCESS]})
    rows = list(ProcedureVersion.objects.values())
    again = bring({"AB": [PROCESS], "CD": [PROCESS]})
    assert (again.taken, again.changed, again.unchanged, again.refused) == (0, 0, 2, 0)
    assert list(ProcedureVersion.objects.values()) == rows


@pytest.mark.django_db
def test_a_bad_row_is_refused_and_the_others_are_taken() -> None:
    report = bring({"AB": [PROCESS], "X": ["chữ"], "Y": [{"steps": 7}], "CD": [PROCESS]})
    assert (report.taken, report.refused, report.rows) == (2, 2, 4)
    assert [(one.row, one.code) for one in report.reasons if one.result == "refused"] == [(2, "X"), (3, "Y")]


@pytest.mark.django_db
def test_the_checker_says_what_is_wrong() -> None:
    dangling = json.loads(json.dumps(PROCESS))
    dangling["steps"][0]["tasks"][0]["next"] = "AB::MAT"
    report = bring({"AB": [dangling], "CD": [PROCESS]})
    assert (report.taken, report.passed, report.failed) == (2, 1, 1)
    assert any(one.result == "checker" and one.code == "AB" for one in report.reasons)


@pytest.mark.django_db
def test_a_second_record_of_one_code_is_a_draft_of_its_own() -> None:
    assert bring({"AB": [PROCESS, {**PROCESS, "totaltime": "9"}]}).taken == 2
    assert draft(provisional_code("AB #2")).content.cases[0].terms["any"].amount == 9


@pytest.mark.django_db
def test_bpmn_goes_to_the_procedure_named() -> None:
    bring({"AB": [PROCESS]})
    content = draft(provisional_code("AB")).content
    report = bring(to_bpmn(content.code, content.name, content.steps), code="1.000001")
    assert report.taken == 1
    assert [step.key for step in draft("1.000001").content.steps] == [step.key for step in content.steps]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("data", "wanted"),
    [
        (b"", "processes"),
        (b"{", "processes"),
        (b"[]", "processes"),
        (b"\xff\xfe", "forms"),
        (b"PK\x03\x04 not a workbook", "processes"),
        (b"<bpmn/>", "forms"),
        (b"<!DOCTYPE x [<!ENTITY a 'b'>]><x>&a;</x>", "processes"),
        (b"[" * 100_000, "processes"),
    ],
)
def test_what_is_no_such_file_is_refused_whole(data: bytes, wanted: Wanted) -> None:
    with pytest.raises(Invalid):
        bring(data, wanted)
    assert not ProcedureVersion.objects.exists()


@pytest.mark.django_db
def test_only_keepers_of_the_catalogue_import() -> None:
    nobody = Actor(account_id=None, name="Ai đó", kind="citizen", postings=())
    with pytest.raises(NotPermitted):
        import_configurations(actor=nobody, data=b"[]", wanted="forms", at=AT)


@pytest.mark.django_db
def test_real_processes_import_and_run() -> None:
    """Every process of the trial data is kept; at least 95 % bring each of 100 dossiers to its end, no step skipped."""
    data = trial_file("onegate/workflows.json").read_bytes()
    count = sum(len(records) for records in json.loads(data).values())
    report = bring(data)
    assert (report.taken, report.refused, report.rows) == (count, 0, count)
    assert report.passed + report.failed == count
    assert bring(data).unchanged == count
    calendar, good = standard_calendar(), 0
    for version in ProcedureVersion.objects.all():
        steps = version.content.steps
        found = simulate(steps, dossiers=100, calendar=calendar, seed=1)
        gone = {key for path, _ in found.paths for key in path}
        good += found.finished == 100 and gone == {step.key for step in steps}
    assert good >= 0.95 * count


@pytest.mark.django_db
def test_real_forms_import_each_control_a_field() -> None:
    data = trial_file("onegate/forms.json").read_bytes()
    records = [one for found in json.loads(data).values() for one in found]
    controls = sum(len(line["items"]) for one in records for line in one["lines"])
    report = bring(data, "forms")
    assert (report.taken, report.refused) == (len(records), 0)
    assert sum(report.kinds.values()) == controls
    assert bring(data, "forms").unchanged == len(records)


def test_real_forms_are_shown_checked_and_printed() -> None:
    """Every form passes the checker, shows each page, accepts fitting answers, refuses none at all, and prints."""
    today, known = AT.date(), ShippedPlaces()
    for row in rows_of(trial_file("onegate/forms.json").read_bytes(), "forms"):
        assert isinstance(row, FormRow), row
        form = row.form
        assert problems_in_form(form) == []
        digits = {field.key: "012345678" for field in form.fields() if field.pattern}
        typed = {**example_typed(form, today=today, places=known), **digits}
        answers = read(form, typed, facts={}, today=today, places=known)
        assert answers.problems == (), (row.code, answers.problems)
        for page in form.pages:
            screen = screen_of(form, page.key, answers, today=today, places=known)
            html = render_to_string("forms/fields.html", {"screen": screen})
            for field in page.fields:
                assert f'name="{field.key}' in html, (row.code, field.key)
        blank = read(form, {}, facts={}, today=today, places=known)
        assert bool(blank.problems) == any(field.required for field in form.fields())
        head = Head(issued_at=AT)
        assert declaration_pdf(form, answers.values, head=head).startswith(b"%PDF-")
        assert declaration_pdf(form, {}, head=head).startswith(b"%PDF-")
