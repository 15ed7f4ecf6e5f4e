"""Tờ phân cách: one A4 sheet a component, with a large QR code."""

from collections.abc import Sequence
from datetime import datetime

from motcua.dossiers.rules.masking import mask_name
from motcua.files.papers import qr_svg, render
from motcua.scanning.rules.separators import text_of
from motcua.scanning.terms import SheetMark

_TEMPLATE = "scanning/papers/templates/separators.typ"


def separator_sheets(sheets: Sequence[tuple[SheetMark, str]], *, owner: str, at: datetime) -> bytes:
    """Return the sheets as PDF, in the order given: each before the paper whose name stands beside its mark.

    The sheets lie about at the desk: the owner's name is masked.
    """
    data = {
        "issued_at": at.isoformat(),
        "author": "Một Cửa",
        "trace": "Tờ phân cách khi số hóa hồ sơ",
        "owner": mask_name(owner),
        "sheets": [{"name": name, "code": mark.dossier_code, "qr_svg": qr_svg(text_of(mark))} for mark, name in sheets],
    }
    return render(_TEMPLATE, data)
