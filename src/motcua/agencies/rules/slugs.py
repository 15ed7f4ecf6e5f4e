"""Short stable names for addresses and files."""

import re

from motcua.kernel.text import fold

LONGEST = 100


def slug_of(name: str) -> str:
    """The name in plain letters, digits and hyphens: "UBND phường Hạ Long" → "ubnd-phuong-ha-long"."""
    return re.sub(r"[^a-z0-9]+", "-", fold(name))[:LONGEST].strip("-") or "don-vi"
