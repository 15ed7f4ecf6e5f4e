"""Our own checker of archival, accessible papers: PDF/A-2 and -3 (ISO 19005-2, -3), with the basics of PDF/UA-1.

It knows the rules that papers of this house could break (docs/verification.md lists them and says how to run a full
validator). Pure: bytes in, every flaw out; it never raises for what a file contains.
"""

from motcua.files.rules.pdfa.checking import flaws_of, revisions_of
from motcua.files.rules.pdfa.terms import PAPER_FACES, Flaw

__all__ = ["PAPER_FACES", "Flaw", "flaws_of", "revisions_of"]
