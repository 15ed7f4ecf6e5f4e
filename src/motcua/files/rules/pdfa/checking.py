"""All rules over one file."""

import io
import re
from collections.abc import Collection, Iterator

import pikepdf

from motcua.files.rules.pdfa import describing, interaction, shell, structure
from motcua.files.rules.pdfa.content import content_flaws
from motcua.files.rules.pdfa.terms import PAPER_FACES, Flaw

_REVISION = re.compile(rb"startxref\s+\d+\s+%%EOF(?:\r\n|\r|\n)?")


def flaws_of(pdf: bytes, *, faces: Collection[str] | None = PAPER_FACES, tagged: bool = True) -> list[Flaw]:
    """Return every rule of PDF/A-2 or -3 and of PDF/UA-1 that the file breaks, as far as this checker knows them.

    `faces`: the fonts allowed, by PostScript name; None allows any that is embedded. `tagged` False asks for level B:
    no structure, no Unicode for every glyph.
    """
    found = shell.byte_flaws(pdf)
    try:
        with pikepdf.open(io.BytesIO(pdf), attempt_recovery=False, suppress_warnings=True) as opened:
            found += _flaws(opened, faces, tagged=tagged)
    except pikepdf.PasswordError:
        found.append(Flaw("encrypted", "the file asks for a password"))
    except (pikepdf.PdfError, ValueError, TypeError, KeyError, AttributeError, RuntimeError, RecursionError) as error:
        found.append(Flaw("unreadable", f"{type(error).__name__}: {error}"))
    return list(dict.fromkeys(found))


def _flaws(opened: pikepdf.Pdf, faces: Collection[str] | None, *, tagged: bool) -> list[Flaw]:
    found = [
        *shell.object_flaws(opened),
        *describing.metadata_flaws(opened, tagged=tagged),
        *describing.intent_flaws(opened),
        *content_flaws(opened, faces, tagged=tagged),
        *interaction.action_flaws(opened),
        *interaction.annotation_flaws(opened, tagged=tagged),
        *interaction.attachment_flaws(opened),
    ]
    if tagged:
        found += structure.structure_flaws(opened)
    return found


def revisions_of(pdf: bytes) -> Iterator[bytes]:
    """Yield the file as it was after each saving, the oldest first; every one must conform by itself."""
    for end in _REVISION.finditer(pdf):
        yield pdf[: end.end()]
