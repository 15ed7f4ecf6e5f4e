"""The number of a digitised paper and what its file is called."""

import re
from typing import Final

_PIECE = re.compile(r"[^0-9A-Za-z.-]")
#: Who has no number of identity document yet (a child): practice writes what stands for it.
NO_OWNER: Final = "000000000000"


def digitised_number(owner_number: str, procedure_code: str, paper_code: str) -> str:
    """Return {số giấy tờ chủ hồ sơ}.{mã TTHC}.{mã giấy tờ} (domain facts 3.3, the practice of running systems)."""
    pieces = (owner_number or NO_OWNER, procedure_code, paper_code)
    return ".".join(_PIECE.sub("", piece) for piece in pieces)


def file_name(number: str) -> str:
    """Return the name of the file of a digitised paper."""
    return f"{number}.pdf"
