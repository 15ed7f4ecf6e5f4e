"""Processes of one-stop systems: every task a step, nothing mended in silence."""

from typing import Any

import pytest

from motcua.importing.onegate.steps import money, process_from, term_of
from motcua.importing.onegate.terms import Note, provisional_code
from motcua.processes.terms import TermSpec


def _task(code: str, following: str, **more: str) -> dict[str, str]:
    return {"code": f"AB::{code}", "name": code.title(), "time": "1", "next": f"AB::{following}", **more}


def _record(**changes: Any) -> dict[str, Any]:
    desk, room, head = "BP_MOT_CUA", "PHONG_THU_NGHIEM", "LANH_DAO_DON_VI"
    return {
        "code": "AB",
        "name": "Cấp giấy thử nghiệm",
        "totaltime": "8",
        "fee": "50.000",
        "steps": [
            {"group": desk, "name": "Nhận", "tasks": [_task("TIEP_NHAN", "PHAN_CONG", time="0.5")]},
            {
                "group": room,
                "time": "3",
                "tasks": [_task("PHAN_CONG", "THU_LY"), _task("THU_LY", "NOP_THUE", time="2")],
            },
            {
                "group": desk,
                "tasks": [_task("NOP_THUE", "XAC_NHAN", pause="true"), _task("XAC_NHAN", "XA", unpause="true")],
            },
            {"group": "XA_PHUONG", "tasks": [_task("XA", "KY_DUYET", single_user="true")]},
            {"group": head, "tasks": [_task("KY_DUYET", "THU_PHI", biz_done="true")]},
            {"group": desk, "tasks": [_task("THU_PHI", "TRA", time="0"), {**_task("TRA", ""), "next": "NULL"}]},
        ],
        **changes,
    }


def test_every_task_is_a_step_in_its_order() -> None:
    found = process_from(_record(), row=1, code="AB")
    keys = [step.key for step in found.steps]
    assert keys == ["receive", "phan-cong", "thu-ly", "nop-thue", "xac-nhan", "xa", "ky-duyet", "thu-phi", "deliver"]
    assert [step.forward_keys for step in found.steps] == [*[(key,) for key in keys[1:]], ()]


def test_rights_places_clock_and_gate() -> None:
    steps = {step.key: step for step in process_from(_record(), row=1, code="AB").steps}
    assert (steps["phan-cong"].right, steps["phan-cong"].at) == ("lead_division", "handling")
    assert (steps["thu-ly"].right, steps["thu-ly"].at) == ("handle", "handling")
    assert (steps["ky-duyet"].right, steps["ky-duyet"].at) == ("lead_agency", "agency")
    assert (steps["xa"].at, steps["xa"].unit) == ("unit", "xa-phuong")
    assert (steps["nop-thue"].clock, steps["xac-nhan"].clock, steps["thu-ly"].clock) == ("stop", "run", "")
    assert steps["thu-phi"].gates == ("paid",)


def test_times_and_money() -> None:
    found = process_from(_record(), row=1, code="AB")
    steps = {step.key: step for step in found.steps}
    assert steps["receive"].term == TermSpec(amount=4, unit="working_hour")
    assert steps["thu-ly"].term == TermSpec(amount=2, unit="working_day")
    assert steps["thu-phi"].term is None
    assert (found.total, found.fee) == (TermSpec(amount=8, unit="working_day"), 50_000)


def test_what_does_not_add_up_is_told() -> None:
    notes = {one.code: one for one in process_from(_record(totaltime="20"), row=1, code="AB").notes}
    assert notes["times_differ"].message == "Các bước cộng lại 8,5 ngày, tổng thời hạn ghi 20 ngày."
    assert {"unit_to_choose", "single_user", "decided_here"} <= set(notes)
    assert "group_times_differ" not in notes


def test_a_group_whose_tasks_take_longer_is_told() -> None:
    record = _record()
    record["steps"][1]["time"] = "5"
    codes = [one.code for one in process_from(record, row=1, code="AB").notes]
    assert "group_times_differ" in codes


def test_a_dangling_next_stays_dangling() -> None:
    record = _record()
    record["steps"][1]["tasks"][1]["next"] = "AB::KHONG_CO"
    found = process_from(record, row=1, code="AB")
    assert next(step for step in found.steps if step.key == "thu-ly").forward_keys == ("khong-co",)
    assert "dangling_next" in [one.code for one in found.notes]


def test_without_tasks_there_is_no_process() -> None:
    with pytest.raises(ValueError, match="không có bước nào"):
        process_from({"code": "AB", "steps": [{"tasks": []}]}, row=1, code="AB")


@pytest.mark.parametrize(
    ("raw", "term", "told"),
    [
        ("0.5", TermSpec(amount=4, unit="working_hour"), 0),
        ("2,5", TermSpec(amount=20, unit="working_hour"), 0),
        ("12", TermSpec(amount=12, unit="working_day"), 0),
        ("0", None, 0),
        ("", None, 0),
        (None, None, 0),
        ("-1", None, 0),
        ("hai ngày", None, 1),
        ("NaN", None, 1),
        ("1e99", None, 1),
    ],
)
def test_terms(raw: object, term: TermSpec | None, told: int) -> None:
    notes: list[Note] = []
    assert term_of(raw, "x", notes) == term
    assert len(notes) == told


@pytest.mark.parametrize(
    ("raw", "amount", "told"),
    [("50000", 50_000, 0), ("25.000 đ", 25_000, 0), ("", None, 0), ("0", 0, 0), ("tùy loại", None, 1)],
)
def test_money(raw: str, amount: int | None, told: int) -> None:
    notes: list[Note] = []
    assert money(raw, notes) == amount
    assert len(notes) == told


def test_a_provisional_code_is_always_the_same() -> None:
    assert provisional_code("DT 01") == provisional_code("dt  01") != provisional_code("DT02")
