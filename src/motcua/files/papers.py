"""Official papers: a Typst template and plain data in, a PDF/A-2a (3a with data attached) and PDF/UA-1 file out.

The same template, data and Typst version give the same bytes: the creation date is the paper's own date, the fonts
are the vendored ones, nothing is random. Safe in threads: every call has its own compiler, only the fonts are shared.
"""

import functools
import io
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import segno
import typst

from motcua.files.rules.glyphs import REPLACEMENT, characters_of_folder, printable
from motcua.files.terms import BLANKS

_PACKAGE = Path(__file__).resolve().parent.parent
#: In place of a blank that is filled in when the paper is issued (files/terms.py: BLANKS): signs of the template, which
#: nobody types, since texts lose private characters; whoever typed such a sign gets □.
_SIGNS = dict(zip(map(ord, BLANKS), range(0x2400, 0x2400 + len(BLANKS)), strict=True))
_TYPED_SIGNS = dict.fromkeys(_SIGNS.values(), REPLACEMENT)
FONTS_DIR = Path(__file__).resolve().parent / "fonts"


class PaperError(RuntimeError):
    """A template is wrong; data alone cannot cause it."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A paper that is still to be set, in this process or in another: a template and its data (`render`).

    `codes`: addresses whose QR codes the data gets under these names when it is set.
    """

    template: str
    data: Mapping[str, Any]
    codes: Mapping[str, str] = field(default_factory=dict)

    def made(self) -> bytes:
        """Set it."""
        return render(self.template, {**self.data, **{name: qr_svg(url) for name, url in self.codes.items()}})


@functools.cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FONTS_DIR)])


@functools.cache
def printable_characters() -> frozenset[int]:
    """Return the code points that all four vendored faces have."""
    return characters_of_folder(FONTS_DIR)


def render(
    template: str, data: Mapping[str, Any], *, tagged: bool = True, attach: Mapping[str, bytes] | None = None
) -> bytes:
    """Return the PDF of `template` (a path inside the package, like "dossiers/papers/templates/…/receipt.typ").

    `data` is JSON-like and reaches the template as data, never as Typst source; every string is made printable first,
    except under keys that end in "_svg" (drawings of our own making). It must hold "issued_at", ISO 8601 with an
    offset: the creation date in the file. The last byte is a line feed, so that signatures can be appended without
    breaking PDF/A. `tagged` False leaves the structure out (PDF/A-2b): for lists of hundreds of pages, whose structure
    would weigh more than they do. `attach`: files in UTF-8 (JSON, XML) that say the same for machines, by name; they
    make it PDF/A-3a and are its data (AFRelationship). Raises ValueError for a missing or naive date or an attached
    file that is not UTF-8, PaperError for a broken template or one that brings no files along.
    """
    created = datetime.fromisoformat(str(data.get("issued_at", "")))
    if created.tzinfo is None:
        raise ValueError("issued_at has no offset")
    attached = [_attached(name, content) for name, content in (attach or {}).items()]
    inputs = {"data": json.dumps(_for_paper(data, key=""), ensure_ascii=False)}
    try:
        pdf = typst.compile(
            str(_PACKAGE / template),
            root=str(_PACKAGE),
            font_paths=_fonts(),
            ignore_system_fonts=True,
            format="pdf",
            sys_inputs=inputs | ({"attached": json.dumps(attached, ensure_ascii=False)} if attached else {}),
            pdf_standards=["a-3a" if attached else "a-2a", "ua-1"] if tagged else ["a-3b" if attached else "a-2b"],
            pdf_tags=tagged,
            timestamp=created.astimezone(UTC).replace(microsecond=0),  # typst refuses fractions
        )
    except typst.TypstError as error:
        raise PaperError(f"{template}: {error}") from error
    if bytes(pdf).count(b"/AFRelationship") < len(attached):
        raise PaperError(f"{template}: brings no files along")
    return bytes(pdf) + b"\n"


def _attached(name: str, content: bytes) -> dict[str, str]:
    kind = (
        "application/json" if name.endswith(".json") else "application/xml" if name.endswith(".xml") else "text/plain"
    )
    return {"name": name, "text": content.decode(), "mime": kind, "description": f"Dữ liệu của giấy tờ: {name}"}


def _for_paper(value: Any, *, key: str) -> Any:
    if isinstance(value, str):
        return value if key.endswith("_svg") else _printable(value)
    if isinstance(value, Mapping):
        return {name: _for_paper(inner, key=name) for name, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_for_paper(inner, key=key) for inner in value]
    return value


def _printable(text: str) -> str:
    known = printable_characters()
    if not any(one in text for one in BLANKS):
        return printable(text, known)
    return printable(text.translate(_TYPED_SIGNS).translate(_SIGNS), known | _TYPED_SIGNS.keys())


def qr_svg(text: str) -> str:
    """Return the QR code of `text` as one SVG element (level M, quiet zone of four modules), for web and paper.

    Raises ValueError where the text is empty or too long for a QR code (about 2,300 bytes).
    """
    if not text:
        raise ValueError("nothing to encode")
    code = segno.make_qr(text, error="m", boost_error=False)
    drawn = io.BytesIO()
    code.save(drawn, kind="svg", border=4, omitsize=True, xmldecl=False, nl=False, svgclass="qr", lineclass=None)
    return drawn.getvalue().decode()
