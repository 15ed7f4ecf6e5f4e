"""The workbook in which a ministry once configured procedures: sheets of steps, of acts between them, of papers."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from motcua.importing.onegate.steps import key_of, money, term_of
from motcua.importing.onegate.terms import Note, ProcessRow
from motcua.kernel.text import clean, fold
from motcua.kernel.workbooks import read_workbook
from motcua.processes.terms import FIRST_STEP, LAST_STEP, Move, Place, Step, StepRight

_YES = {"1", "1.0", "x", "co", "true", "yes"}
Row = Mapping[str, str]

#: Words in the name of a role → right and place, the first that is found.
_ROLES: Sequence[tuple[str, StepRight, Place]] = (
    ("tiep nhan", "receive", "desk"),
    ("mot cua", "receive", "desk"),
    ("van thu", "seal", "agency"),
    ("dong dau", "seal", "agency"),
    ("truong phong", "lead_division", "handling"),
    ("lanh dao phong", "lead_division", "handling"),
    ("lanh dao", "lead_agency", "agency"),
)


def sheets_of(data: bytes) -> dict[str, list[list[Any]]]:
    """Return the rows of each sheet by its folded name. Raises WorkbookError for what is no workbook, or too large."""
    return {fold(name): rows for name, rows in read_workbook(data).items()}


def is_workbook_of_processes(sheets: Mapping[str, object]) -> bool:
    """Whether the sheets are those of that workbook."""
    return _sheet_name(sheets, "buoc xu ly") != "" and _sheet_name(sheets, "thao tac") != ""


def process_in(sheets: Mapping[str, list[list[Any]]]) -> ProcessRow | None:
    """Return the one process a workbook configures; None when its sheet of steps has no row."""
    steps, acts = list(_rows(sheets, "buoc xu ly")), list(_rows(sheets, "thao tac"))
    if not steps:
        return None
    about = next(_rows(sheets, "thong tin quy trinh"), {})
    procedure = next(_rows(sheets, "thu tuc hanh chinh"), {})
    notes: list[Note] = []
    keys = _keys(steps, acts)
    return ProcessRow(
        row=2,
        code=procedure.get("ma") or about.get("ma quy trinh") or "workbook",
        name=procedure.get("ten tthc") or about.get("ten quy trinh") or "Quy trình từ bảng tính",
        steps=tuple(_step(row, acts, keys, notes) for row in steps),
        total=term_of(_number(procedure.get("thoi han giai quyet ho so", "")), "cases.default.terms", notes),
        fee=money(procedure.get("le phi thu tuc"), notes),
        notes=tuple(notes),
    )


def _sheet_name(sheets: Mapping[str, object], words: str) -> str:
    return next((name for name in sheets if words in name.replace("_", " ")), "")


def _rows(sheets: Mapping[str, list[list[Any]]], words: str) -> Iterator[Row]:
    """The rows below the header, by their folded headings; empty rows are left out."""
    rows = sheets.get(_sheet_name(sheets, words), [])
    heads = [fold(str(head)).strip() for head in rows[0]] if rows else []
    for row in rows[1:]:
        cells = {head: clean(str(cell), keep_lines=True) for head, cell in zip(heads, row, strict=False) if head}
        if any(value for head, value in cells.items() if head != "stt"):
            yield cells


def _keys(steps: Sequence[Row], acts: Sequence[Row]) -> dict[str, str]:
    """Keys by the folded names of steps; the last is where nothing leads on from, or an act says it completes."""
    names = [fold(row.get("ten buoc", "")) for row in steps]
    leaving = {fold(act.get("buoc thuc hien thao tac", "")) for act in acts}
    ends = [name for name in names if name not in leaving] or names[-1:]
    keys: dict[str, str] = {}
    for place, name in enumerate(names):
        key = FIRST_STEP if place == 0 else LAST_STEP if name == ends[-1] else key_of(name)
        keys[name] = key if key not in keys.values() else f"{key}-{place + 1}"
    return keys


def _step(row: Row, acts: Sequence[Row], keys: Mapping[str, str], notes: list[Note]) -> Step:
    name = row.get("ten buoc", "")
    key = keys[fold(name)]
    role = fold(row.get("vai tro xu ly", ""))
    right, at = next(((right, at) for word, right, at in _ROLES if word in role), ("handle", "handling"))
    if key in {FIRST_STEP, LAST_STEP}:
        right, at = "receive", "desk"
    leaving = [act for act in acts if fold(act.get("buoc thuc hien thao tac", "")) == fold(name)]
    pays = any(
        _yes(act.get("yeu cau thanh toan phi", ""))
        for act in acts
        if fold(act.get("buoc sau thuc hien thao tac", "")) == fold(name)
    )
    moves = [] if key == LAST_STEP else list(_moves(leaving, keys, key, notes))
    return Step(
        key=key,
        name=name or key,
        right=right,
        at=at,
        term=term_of(_number(row.get("thoi han giai quyet", "")), f"steps.{key}.term", notes),
        forward=tuple(move for move, back in moves if not back),
        back=tuple(move for move, back in moves if back),
        gates=("paid",) if pays else (),
    )


def _moves(acts: Sequence[Row], keys: Mapping[str, str], key: str, notes: list[Note]) -> Iterator[tuple[Move, bool]]:
    order = list(keys.values())
    for act in acts:
        target = act.get("buoc sau thuc hien thao tac", "")
        if fold(target) not in keys:
            if target:
                notes.append(Note(f"steps.{key}", "dangling_next", f"Không có bước «{target}» trong bảng các bước."))
            continue
        if condition := act.get("dieu kien thuc hien", ""):
            message = f"Điều kiện «{condition[:200]}» ghi bằng lời; hãy viết thành biểu thức."
            notes.append(Note(f"steps.{key}.forward", "condition_in_words", message))
        to = keys[fold(target)]
        is_back = _yes(act.get("tra ve", "")) or order.index(to) < order.index(key)
        yield Move(to=to, label=act.get("ten thao tac", "")[:200]), is_back


def _yes(text: str) -> bool:
    return fold(text) in _YES


def _number(text: str) -> str:
    found = re.search(r"\d+(?:[.,]\d+)?", text)
    return found.group() if found else ""
