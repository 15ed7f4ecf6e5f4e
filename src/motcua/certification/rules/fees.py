"""What certified copies cost, by pages."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import yaml

from motcua.kernel.checks import length_problems
from motcua.kernel.errors import Problem

MOST_ROWS = 50
_MOST_PAGES, _MOST_COPIES, _LONGEST = 2000, 1000, 300


@dataclass(frozen=True, slots=True)
class Rates:
    """Đồng a page: `first` for the first `first_pages` pages of a copy, `next` from then on, at most `most` a copy."""

    first_pages: int
    first: int
    next: int
    most: int


@dataclass(frozen=True, slots=True)
class CopyRow:
    """One paper to be copied and certified: pages of the original, number of copies."""

    name: str
    pages: int
    copies: int


@cache
def copy_rates() -> Rates:
    """Return the rates of certified copies as `data/fees.yaml` says."""
    text = files("motcua.certification").joinpath("data", "fees.yaml").read_text(encoding="utf-8")
    return Rates(**yaml.safe_load(text)["copy"])


def pages_charged(row: CopyRow, rates: Rates) -> tuple[int, int]:
    """Return how many pages of all copies are charged at the first and at the next rate; the cap leaves pages out."""
    first = min(row.pages, rates.first_pages)
    room = (rates.most - first * rates.first) // rates.next
    following = min(row.pages - first, max(room, 0))
    return first * row.copies, following * row.copies


def fee_of(row: CopyRow, rates: Rates) -> int:
    """Return the fee of a paper in all its copies, đồng."""
    first, following = pages_charged(row, rates)
    return first * rates.first + following * rates.next


def rows_problems(rows: Sequence[CopyRow]) -> list[Problem]:
    """Everything that is wrong with the papers as typed; fields are `rows.<place>.<name>`."""
    if not rows:
        return [Problem("no_rows", "Hãy ghi ít nhất một giấy tờ cần chứng thực.", "rows.0.name")]
    if len(rows) > MOST_ROWS:
        return [Problem("many_rows", f"Mỗi lần tối đa {MOST_ROWS} giấy tờ; hãy chia làm nhiều lần.")]
    return [one for place, row in enumerate(rows) for one in _problems(row, f"rows.{place}")]


def _problems(row: CopyRow, at: str) -> list[Problem]:
    problems = length_problems(row.name, longest=_LONGEST, label="Tên giấy tờ", field=f"{at}.name")
    if not row.name:
        problems.append(Problem("required", "Chưa có tên giấy tờ.", f"{at}.name"))
    if not 1 <= row.pages <= _MOST_PAGES:
        problems.append(Problem("pages", f"Số trang từ 1 đến {_MOST_PAGES}.", f"{at}.pages"))
    if not 1 <= row.copies <= _MOST_COPIES:
        problems.append(Problem("copies", f"Số bản từ 1 đến {_MOST_COPIES}.", f"{at}.copies"))
    return problems
