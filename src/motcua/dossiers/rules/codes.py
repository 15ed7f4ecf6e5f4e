"""Mã số hồ sơ: agency, day, running number."""

import re
from datetime import date

_SHAPE = re.compile(r"[0-9A-Z]+(?:\.[0-9A-Z]+)*-\d{6}-\d{4,}")


def dossier_code(agency_code: str, day: date, number: int) -> str:
    """Return `{agency}-{yyMMdd}-{seq}` with at least four digits, `H49.08-261122-0007` (TT 03/2025/TT-VPCP, annex)."""
    return f"{agency_code}-{day:%y%m%d}-{number:04d}"


def looks_like_code(text: str) -> bool:
    """Whether the text has the shape of a dossier code."""
    return bool(_SHAPE.fullmatch(text.strip().upper()))
