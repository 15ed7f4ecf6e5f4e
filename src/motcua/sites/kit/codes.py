"""The code of a dossier as people type it."""

import re
from typing import Final

_BETWEEN: Final = r"[\s\u2010-\u2015-]+"
_CODE: Final = re.compile(rf"([A-Za-z][0-9][0-9A-Za-z.]*){_BETWEEN}([0-9]{{6}}){_BETWEEN}([0-9]{{4,}})")


def code_as_typed(text: str) -> str:
    """Return a code with the hyphens that a phone makes one leave out or bends; any other text as it is."""
    found = _CODE.fullmatch(text.strip())
    return "-".join(found.groups()) if found else text
