"""From the groups and tasks of a one-stop configuration to the steps of a process."""

import math
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any

from motcua.importing.onegate.terms import Note, ProcessRow
from motcua.kernel.text import clean, fold
from motcua.processes.terms import FIRST_STEP, LAST_STEP, Place, Step, StepRight, TermSpec

HOURS_A_DAY = 8
_MOST_DAYS = 10_000
_MOST_DIGITS = 12
_END = {"", "NULL", "NONE"}
_YES = {"true", "1", "yes"}
_DESK, _LEADERS = "BP_MOT_CUA", "LANH_DAO_DON_VI"

#: Which right a task needs, by the last part of its code; what is not here is work on the content.
_RIGHTS: Mapping[str, StepRight] = {
    "PHAN_CONG": "lead_division",
    "XET_DUYET": "lead_division",
    "KY_DUYET": "lead_agency",
    "BAN_GIAO": "seal",
}


def process_from(record: Mapping[str, Any], *, row: int, code: str) -> ProcessRow:
    """Return the process of a record {code, name, totaltime, fee, steps: [{group, time, role, tasks: […]}]}.

    Every task becomes a step of its own, in the order of the source; times are working days. What has no place in a
    process (one user only, marks of the old system) is named in `notes`. Raises ValueError when there is no task.
    """
    tasks = [(group, task) for group in _list(record, "steps") for task in _list(group, "tasks")]
    if not tasks:
        raise ValueError("Quy trình không có bước nào.")
    notes: list[Note] = []
    keys = _keys([str(task.get("code", "")) for _, task in tasks], notes)
    handling = _handling_group(tasks)
    steps = tuple(
        _step(group, task, keys, handling=handling, place=place, last=len(tasks) - 1, notes=notes)
        for place, (group, task) in enumerate(tasks)
    )
    notes += _notes_on_times(record, tasks)
    return ProcessRow(
        row=row,
        code=code,
        name=clean(str(record.get("name") or code)),
        steps=steps,
        total=_total(record, notes),
        fee=money(record.get("fee"), notes),
        source=clean(str(record.get("source") or "")),
        notes=tuple(notes),
    )


def _list(record: Mapping[str, Any], name: str) -> Sequence[Mapping[str, Any]]:
    found = record.get(name) or []
    return [one for one in found if isinstance(one, Mapping)] if isinstance(found, list) else []


def key_of(code: str) -> str:
    """Return a key made from a code or a name: "DT01::BAN_GIAO" gives "ban-giao"."""
    return re.sub(r"[^a-z0-9]+", "-", fold(code.rsplit("::", 1)[-1])).strip("-")[:50] or "buoc"


def _keys(codes: Sequence[str], notes: list[Note]) -> dict[str, str]:
    """The key of each task: the first is "receive", the last "deliver", the others after their code."""
    keys: dict[str, str] = {}
    taken: Counter[str] = Counter()
    for place, code in enumerate(codes):
        wanted = FIRST_STEP if place == 0 else LAST_STEP if place == len(codes) - 1 else key_of(code)
        taken[wanted] += 1
        key = wanted if taken[wanted] == 1 else f"{wanted}-{taken[wanted]}"
        if code in keys:
            notes.append(Note(f"steps.{key}", "duplicate_task", f"Nguồn có hai công việc cùng mã «{code}»."))
        keys.setdefault(code, key)
    return keys


def _handling_group(tasks: Sequence[tuple[Mapping[str, Any], Mapping[str, Any]]]) -> str:
    """The group that does most of the work besides desk and leaders: the offering's handling unit."""
    groups = Counter(str(group.get("group", "")) for group, _ in tasks)
    others = [(count, -place, name) for place, (name, count) in enumerate(groups.items())]
    worked = [one for one in others if one[2] not in {_DESK, _LEADERS, ""}]
    return max(worked)[2] if worked else ""


def _step(
    group: Mapping[str, Any],
    task: Mapping[str, Any],
    keys: Mapping[str, str],
    *,
    handling: str,
    place: int,
    last: int,
    notes: list[Note],
) -> Step:
    code = str(task.get("code", ""))
    key = FIRST_STEP if place == 0 else LAST_STEP if place == last else keys[code]
    where, unit = _place(str(group.get("group", "")), handling, key)
    notes += _notes_on(key, task, where, unit)
    right: StepRight = "receive" if where == "desk" else _right(code, where)
    if right == "seal":
        message = "Bàn giao kết quả sau khi ký: ở đây là bước vào sổ, đóng dấu, phát hành."
        notes.append(Note(f"steps.{key}.right", "handed_over", message))
    return Step(
        key=key,
        name=clean(str(task.get("name") or code)) or key,
        right=right,
        at=where,
        unit=unit,
        term=term_of(task.get("time"), f"steps.{key}.term", notes),
        forward=() if key == LAST_STEP else _next(task, keys, key, notes),
        gates=("paid",) if code.endswith("THU_PHI") else (),
        clock="stop" if _is(task, "pause") else "run" if _is(task, "unpause") else "",
    )


def _place(group: str, handling: str, key: str) -> tuple[Place, str]:
    if key in {FIRST_STEP, LAST_STEP} or group in {_DESK, ""}:
        return "desk", ""
    if group == _LEADERS:
        return "agency", ""
    return ("handling", "") if group == handling else ("unit", key_of(group))


def _right(code: str, where: Place) -> StepRight:
    known = _RIGHTS.get(code.rsplit("::", 1)[-1])
    if known is None:
        known = "lead_agency" if where == "agency" else "handle"
    return known


def _next(task: Mapping[str, Any], keys: Mapping[str, str], key: str, notes: list[Note]) -> Any:
    following = str(task.get("next") or "").strip()
    if following.upper() in _END:
        return ()
    if following not in keys:
        message = f"Công việc tiếp theo «{following}» không có trong quy trình nguồn."
        notes.append(Note(f"steps.{key}.forward", "dangling_next", message))
        return (key_of(following),)
    return (keys[following],)


def _is(task: Mapping[str, Any], name: str) -> bool:
    return str(task.get(name, "")).strip().lower() in _YES


def _waits_for_tax(name: str) -> bool:
    words = fold(name)
    return "thong bao" in words and "nop thue" in words


def _notes_on(key: str, task: Mapping[str, Any], where: Place, unit: str) -> Iterator[Note]:
    if where == "unit":
        message = f"Bước làm tại «{unit}»: hãy chọn đơn vị tương ứng trong cây đơn vị của tỉnh."
        yield Note(f"steps.{key}.unit", "unit_to_choose", message)
    if _waits_for_tax(str(task.get("name", ""))) and not _is(task, "pause"):
        message = "Sau bước này người dân đi nộp thuế, nhưng nguồn không ghi dừng tính thời hạn; hãy xem lại."
        yield Note(f"steps.{key}.clock", "clock_runs_on", message)
    if _is(task, "single_user"):
        yield Note(
            f"steps.{key}", "single_user", "Nguồn ghi chỉ một người làm bước này; ở đây ai có quyền đều làm được."
        )
    if _is(task, "biz_done"):
        yield Note(f"steps.{key}", "decided_here", "Nguồn coi nghiệp vụ xong ở bước này; ở đây xong khi phê duyệt.")


def days_of(raw: object) -> Decimal | None:
    """Return a number of days written with a point or a comma; None when it is not one, or below zero."""
    try:
        days = Decimal(str(raw if raw is not None else "").strip().replace(",", "."))
    except InvalidOperation:
        return None
    return days if days.is_finite() and 0 <= days < _MOST_DAYS else None


def term_of(raw: object, field: str, notes: list[Note]) -> TermSpec | None:
    """Return a term of working days, or of working hours where it is not whole days; None when there is none."""
    text = str(raw if raw is not None else "").strip()
    days = days_of(raw)
    if days is None:
        if text and text != "-1":
            notes.append(Note(field, "term_unread", f"Không đọc được thời gian «{text[:40]}»."))
        return None
    if days == 0:
        return None
    if days == days.to_integral_value():
        return TermSpec(amount=int(days), unit="working_day")
    return TermSpec(amount=math.ceil(days * HOURS_A_DAY), unit="working_hour")


def _total(record: Mapping[str, Any], notes: list[Note]) -> TermSpec | None:
    total = term_of(record.get("totaltime"), "cases.default.terms", notes)
    if total is None:
        notes.append(Note("cases.default.terms", "no_total", "Nguồn không ghi tổng thời hạn giải quyết."))
    return total


def _notes_on_times(
    record: Mapping[str, Any], tasks: Sequence[tuple[Mapping[str, Any], Mapping[str, Any]]]
) -> Iterator[Note]:
    total = days_of(record.get("totaltime"))
    spent = sum((days_of(task.get("time")) or Decimal() for _, task in tasks), Decimal())
    if total and spent != total:
        message = f"Các bước cộng lại {_plain(spent)} ngày, tổng thời hạn ghi {_plain(total)} ngày."
        yield Note("steps", "times_differ", message)
    for group in _list(record, "steps"):
        own = days_of(group.get("time"))
        parts = sum((days_of(task.get("time")) or Decimal() for task in _list(group, "tasks")), Decimal())
        if own is not None and own != parts:
            name = clean(str(group.get("name") or group.get("group") or ""))
            message = f"Khâu «{name}» ghi {_plain(own)} ngày, các việc trong khâu cộng lại {_plain(parts)} ngày."
            yield Note("steps", "group_times_differ", message)


def _plain(days: Decimal) -> str:
    return f"{days.normalize():f}".replace(".", ",")


def money(raw: object, notes: list[Note]) -> int | None:
    """Return đồng: "50.000" and "50000" are fifty thousand; None when nothing is written."""
    text = re.sub(r"[\s.,đ]", "", str(raw if raw is not None else "").lower())
    if text.isdecimal() and len(text) <= _MOST_DIGITS:
        return int(text)
    if text:
        notes.append(Note("cases.default.fees", "fee_unread", f"Không đọc được mức thu «{str(raw)[:40]}»."))
    return None
