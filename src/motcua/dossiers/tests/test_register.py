"""The register: what it lists, how it counts, on paper and as a table, at once and in the background."""

import io
import re
import subprocess
from dataclasses import replace
from datetime import date, datetime

import pytest
from python_calamine import CalamineWorkbook

from motcua.dossiers.actions.keep_register import AT_ONCE, ask_register, keep_register
from motcua.dossiers.jobs import write_register as job
from motcua.dossiers.models import Dossier, RegisterRun
from motcua.dossiers.papers.lists import PART_ROWS, ListForm, ListHead, render_long_list
from motcua.dossiers.papers.register import write_register
from motcua.dossiers.queries.register import (
    RegisterRow,
    Scope,
    register_of,
    register_rows,
    register_run,
    register_runs,
    register_totals,
    register_units,
    standing,
)
from motcua.dossiers.terms import Status
from motcua.dossiers.tests.checks import refused
from motcua.dossiers.tests.stages import AT, bring
from motcua.dossiers.tests.world import World, moment
from motcua.files.queries import open_blob
from motcua.journal.models import Entry
from motcua.kernel.errors import Invalid, NotFound

MARCH = (date(2026, 3, 1), date(2026, 3, 31))


def scope_of(world: World, **changes: object) -> Scope:
    return replace(Scope(world.desk.pk, *MARCH), **changes)  # type: ignore[arg-type]


def words(pdf: bytes) -> str:
    done = subprocess.run(["pdftotext", "-layout", "-", "-"], input=pdf, capture_output=True, check=True)
    return " ".join(done.stdout.decode().split())


def test_it_lists_what_the_unit_took_in_in_the_order_of_taking_in(world: World) -> None:
    late = bring(world, "delivered", confirmed_duplicate=True)
    Dossier.objects.filter(pk=late.pk).update(received_at=moment(20, 9), due_at=moment(3, 9))
    early = bring(world, "handling", confirmed_duplicate=True)
    bring(world, "submitted", confirmed_duplicate=True)
    rows = list(register_rows(register_of(world.clerk, scope_of(world)), at=AT))
    assert [row.code for row in rows] == [early.code, late.code]
    assert (rows[0].note, rows[1].note) == ("Đang giải quyết, trong hạn", "Đúng hạn")
    assert rows[1].collector == late.owner.name
    assert rows[1].returned_at is not None
    assert rows[0].returned_at is None


def test_filters_narrow_it(world: World) -> None:
    one = bring(world, "handling")
    for unit in (world.desk, world.ward, world.division):
        assert [d.pk for d in register_of(world.chair, scope_of(world, unit_id=unit.pk))] == [one.pk]
    for narrow in (
        {"first": date(2026, 3, 3)},
        {"last": date(2026, 3, 1)},
        {"domain": "DD"},
        {"procedure": "9.999"},
        {"status": int(Status.DELIVERED)},
    ):
        assert not register_of(world.clerk, scope_of(world, **narrow)).exists(), narrow
    kept = scope_of(world, domain="HT", procedure="1.001193", status=int(Status.PROCESSING))
    assert register_of(world.clerk, kept).count() == 1
    assert Scope.from_json(kept.to_json()) == kept


def test_whose_register_it_is(world: World) -> None:
    bring(world, "handling")
    assert {unit.id for unit in register_units(world.clerk, on=date(2026, 3, 4))} == {
        world.desk.pk,
        world.ward.pk,
        world.division.pk,
        world.second_division.pk,
    }
    for actor in (world.stranger, world.overseer, world.citizen, world.admin):
        refused(NotFound, lambda actor=actor: register_of(actor, scope_of(world)))
    refused(Invalid, lambda: register_of(world.clerk, scope_of(world, last=date(2026, 2, 1))))
    refused(Invalid, lambda: register_of(world.clerk, scope_of(world, first=date(2020, 1, 1))))


@pytest.mark.parametrize(
    ("status", "due", "finished", "key"),
    [
        (Status.FINISHED, moment(5, 16), moment(4, 17), "early"),
        (Status.DELIVERED, moment(5, 8), moment(5, 17), "on_time"),
        (Status.DELIVERED, moment(5, 8), moment(6, 7), "late"),
        (Status.DELIVERED, None, moment(6, 7), "on_time"),
        (Status.PROCESSING, moment(4, 8), None, "open"),
        (Status.PROCESSING, moment(3, 23), None, "open_late"),
        (Status.RECEIVED, None, None, "open"),
        (Status.SUPPLEMENT_REQUESTED, moment(1, 8), None, "waiting"),
        (Status.WITHDRAWN, moment(1, 8), None, "withdrawn"),
        (Status.STOPPED, moment(1, 8), None, "stopped"),
    ],
)
def test_how_a_dossier_stands(status: Status, due: datetime | None, finished: datetime | None, key: str) -> None:
    assert standing(status, due, finished, AT).key == key


def test_totals_are_the_sum_of_the_lines(world: World) -> None:
    for stage in ("delivered", "handling", "asked", "deciding"):
        bring(world, stage, confirmed_duplicate=True)
    found = register_of(world.clerk, scope_of(world))
    lines = [row.note for row in register_rows(found, at=AT)]
    totals = register_totals(found, at=AT)
    assert {one.label: number for one, number in totals} == {label: lines.count(label) for label in set(lines)}


def test_a_short_one_is_written_at_once_and_verbatim(world: World) -> None:
    one = bring(world, "handling")
    run = ask_register(actor=world.clerk, scope=scope_of(world), kind="pdf", at=AT)
    done = keep_register(run_id=run.pk, at=AT)
    assert (done.total, done.written, done.ready_at) == (1, 1, AT)
    assert done.total <= AT_ONCE
    with open_blob(done.blob_id or "") as file:
        text = words(file.read())
    for said in (
        "SỔ THEO DÕI HỒ SƠ",
        "Mẫu số 07",
        "Từ ngày 01/03/2026",
        one.owner.name,
        "trang 1/1",
        "Tổng số hồ sơ: 1",
    ):
        assert said in text, said
    assert world.desk.name.upper() in text
    assert Entry.objects.get(verb="register.asked").data["kind"] == "pdf"
    assert register_run(world.clerk, run.pk).blob_id == done.blob_id
    assert [found.pk for found in register_runs(world.clerk)] == [run.pk]
    refused(NotFound, lambda: register_run(world.head, run.pk))


def test_the_worker_writes_a_long_one(world: World) -> None:
    bring(world, "handling")
    run = ask_register(actor=world.clerk, scope=scope_of(world), kind="xlsx", at=AT)
    job(run.pk)
    first = RegisterRun.objects.get(pk=run.pk)
    job(run.pk)
    assert RegisterRun.objects.get(pk=run.pk).ready_at == first.ready_at
    assert first.name.endswith(".xlsx")


def row(number: int, **changes: object) -> RegisterRow:
    facts: dict[str, object] = {
        "code": f"H49.61-260302-{number:04d}", "procedure": "Đăng ký khai sinh", "set_count": 1,
        "owner": "Nguyễn Thị Hoà", "address": "Tổ 1", "phone": "", "agency": "UBND phường Hồng Gai",
        "received_at": moment(2, 9), "due_at": None, "returned_at": None, "channel": "Nhận trực tiếp",
        "collector": "", "is_signed": False, "note": "Trước hạn",
    }  # fmt: skip
    return RegisterRow(**facts | changes)  # type: ignore[arg-type]


def test_the_table_holds_real_days_and_never_a_formula(world: World) -> None:
    scope, target, told = scope_of(world), io.BytesIO(), list[int]()
    typed = row(1, owner='=HYPERLINK("x")', phone="0912345678", address="+84", due_at=moment(5, 16))
    write_register(target, scope, [typed], [], at=AT, written=told.append)
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(target.getvalue())).get_sheet_by_index(0).to_python()
    line = sheet[5]
    assert line[4:7] == ['=HYPERLINK("x")', "+84", "0912345678"]
    days = [value.isoformat() for value in line[8:10] if isinstance(value, datetime)]
    assert days == ["2026-03-02T09:00:00", "2026-03-05T16:00:00"]
    assert line[10] == ""
    assert sheet[4][1] == "Mã hồ sơ"
    assert told == [1]


def test_ten_thousand_lines_take_little_memory(world: World) -> None:
    told, target = list[int](), io.BytesIO()
    lines = (row(number) for number in range(10_000))
    write_register(target, scope_of(world), lines, [], at=AT, written=told.append)
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(target.getvalue())).get_sheet_by_index(0).to_python()
    assert len(sheet) == 10_005
    assert sheet[-1][0] == 10_000
    assert told[:2] == [500, 1000]


def test_a_long_paper_is_numbered_through() -> None:
    head = ListHead(parent_name="", agency_name="Trung tâm", place="Hồng Gai", issued_at=AT, lines=("Kỳ",))
    line = ("H49.61-260302-0001", "Đăng ký khai sinh", "01", "Nguyễn Ngữ Ặng Ễ Ộ", *[""] * 8)
    told = list[int]()
    pdf = render_long_list(ListForm.REGISTER, head, [line] * (PART_ROWS + 5), written=told.append)
    assert told == [PART_ROWS, PART_ROWS + 5]
    text = words(pdf)
    counted = re.search(r"Sổ này có (\d+) trang", text)
    assert counted is not None
    pages = int(counted[1])
    assert [int(page) for page in re.findall(r"– trang (\d+)", text)] == list(range(1, pages + 1))
    assert text.count("Mã hồ sơ") == pages  # the head of the table stands on every page
    assert f" {PART_ROWS + 5} Đăng ký khai sinh" in text
    assert text.count("SỔ THEO DÕI HỒ SƠ") == 1
    fonts = subprocess.run(["pdffonts", "-"], input=pdf, capture_output=True, check=True).stdout.decode()
    assert {line.split()[0].split("+")[-1].split("-")[0] for line in fonts.splitlines()[2:]} == {"LiberationSerif"}
    assert pdf == render_long_list(ListForm.REGISTER, head, [line] * (PART_ROWS + 5))


def test_an_empty_register_says_so() -> None:
    head = ListHead(parent_name="", agency_name="Trung tâm", place="", issued_at=AT)
    assert "Không có hồ sơ nào." in words(render_long_list(ListForm.REGISTER, head, []))
