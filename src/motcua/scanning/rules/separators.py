"""The QR code of a separator sheet: what it says."""

import re
from typing import Final

from motcua.scanning.terms import SheetMark

_PREFIX: Final = "MOTCUA/TPC/1"
_MARK = re.compile(r"MOTCUA/TPC/1/([A-Z0-9.-]{5,60})/([a-z0-9][a-z0-9-]{0,59})")


def text_of(mark: SheetMark) -> str:
    """Return what is drawn as QR code: capital ASCII, short, so that it stays readable at 150 dpi."""
    return f"{_PREFIX}/{mark.dossier_code}/{mark.component_key}"


def mark_of(text: str) -> SheetMark | None:
    """Return what a QR code says when it is one of a separator sheet; None for any other."""
    found = _MARK.fullmatch(text.strip())
    return SheetMark(found[1], found[2]) if found else None
