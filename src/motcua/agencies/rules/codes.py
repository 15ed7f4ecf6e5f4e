"""Mã định danh điện tử của cơ quan: reading both notations (QĐ 20/2020/QĐ-TTg, amended by QĐ 09/2025/QĐ-TTg).

Root first (in force): `H56`, `H56.08`, `H56.08.02`, commune segments may have three digits (`H55.242`).
Root last (QCVN 102:2016/BTTTT, old): `000.00.00.H56`, `000.00.08.H56`, `000.02.08.H56`.
"""

import re
from dataclasses import dataclass

from motcua.kernel.errors import Invalid, Problem

LONGEST = 35
BASIS = "Quyết định 20/2020/QĐ-TTg, Quyết định 09/2025/QĐ-TTg"
_ROOT_FIRST = re.compile(r"[A-Z]\d{0,2}(?:\.\d{2,3})*")
_ROOT_LAST = re.compile(r"\d{3}\.\d{2}\.\d{2}\.[A-Z]\d{2}")
_LEGACY_WIDTHS = (2, 2, 3)  # of levels 2, 3, 4 in the old notation


@dataclass(frozen=True, slots=True)
class AgencyCode:
    """A code as its segments from the root: ("H56", "08", "02")."""

    segments: tuple[str, ...]

    def __str__(self) -> str:
        return ".".join(self.segments)

    @property
    def level(self) -> int:
        """1 for a ministry or province, 2 for what stands right below it …"""
        return len(self.segments)

    @property
    def parent(self) -> "AgencyCode | None":
        """The code one level up; None for a root."""
        return AgencyCode(self.segments[:-1]) if self.level > 1 else None

    @property
    def legacy(self) -> str:
        """The code in the old notation, root last; "" when it cannot be written so."""
        root, *below = self.segments
        widths = zip(below, _LEGACY_WIDTHS, strict=False)
        if len(root) != len("H56") or self.level > 1 + len(_LEGACY_WIDTHS) or any(len(s) != w for s, w in widths):
            return ""
        filled = [*below, *("0" * width for width in _LEGACY_WIDTHS[len(below) :])]
        return ".".join([*reversed(filled), root])

    def stands_under(self, other: "AgencyCode") -> bool:
        """Whether this is the other code or one below it."""
        return self.segments[: other.level] == other.segments


def code_problems(text: str, *, field: str = "agency_code") -> list[Problem]:
    """What is wrong with a code in either notation; [] when it can be read."""
    code = text.strip().upper()
    if not code:
        return [Problem("agency_code_missing", "Chưa có mã định danh của cơ quan.", field, BASIS)]
    problems = []
    if len(code) > LONGEST:
        message = f"Mã định danh «{code}» dài {len(code)} ký tự; tối đa {LONGEST} ký tự."
        problems.append(Problem("agency_code_too_long", message, field, BASIS))
    if not (_ROOT_FIRST.fullmatch(code) or _ROOT_LAST.fullmatch(code)):
        message = (
            f"Mã định danh «{code}» không đúng cấu trúc; viết như H56.08.02 (mã cấp 1 đứng đầu) "
            "hoặc theo lối cũ như 000.02.08.H56."
        )
        problems.append(Problem("agency_code_format", message, field, BASIS))
    return problems


def parse_agency_code(text: str, *, field: str = "agency_code") -> AgencyCode:
    """The code in either notation, upper or lower case; raises Invalid with every problem."""
    if problems := code_problems(text, field=field):
        raise Invalid(problems)
    parts = text.strip().upper().split(".")
    if not _ROOT_LAST.fullmatch(".".join(parts)):
        return AgencyCode(tuple(parts))
    root, *below = reversed(parts)
    while below and not below[-1].strip("0"):
        below.pop()
    return AgencyCode((root, *below))
