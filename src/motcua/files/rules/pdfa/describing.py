"""What a file says of itself: metadata (ISO 19005-2, 6.6) and the meaning of its colours (6.2.3)."""

import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any, Final

import pikepdf

from motcua.files.rules.pdfa.terms import Flaw, array, dictionary

#: Entry of the document information dictionary → property of the metadata that must say the same.
_TWINS: Final = {
    "/Title": "dc:title",
    "/Author": "dc:creator",
    "/Subject": "dc:description",
    "/Keywords": "pdf:Keywords",
    "/Creator": "xmp:CreatorTool",
    "/Producer": "pdf:Producer",
    "/CreationDate": "xmp:CreateDate",
    "/ModDate": "xmp:ModifyDate",
}
_SPACES: Final = {b"GRAY": 1, b"RGB ": 3, b"CMYK": 4}
_CLASSES: Final = frozenset({b"mntr", b"prtr"})
_PDF_DATE = re.compile(r"D:(\d{4})(\d\d)?(\d\d)?(\d\d)?(\d\d)?(\d\d)?(?:(Z)|([+-]\d\d)'?(\d\d)?'?)?")


def metadata_flaws(pdf: pikepdf.Pdf, *, tagged: bool) -> Iterator[Flaw]:
    """Yield what is missing or contradictory in the metadata."""
    if not isinstance(pdf.Root.get("/Metadata"), pikepdf.Stream):
        yield Flaw("no_metadata", "the catalogue has no metadata stream")
        return
    with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as meta:
        said = {name: meta.get(name) for name in ("pdfaid:part", "pdfaid:conformance", "pdfuaid:part", "dc:title")}
        twins = {entry: meta.get(name) for entry, name in _TWINS.items()}
    level = "A" if tagged else "B"
    if said["pdfaid:part"] not in {"2", "3"} or said["pdfaid:conformance"] != level:
        yield Flaw(
            "pdfa_claim", f"it claims PDF/A-{said['pdfaid:part']}{said['pdfaid:conformance']}, not 2 or 3 {level}"
        )
    if tagged and said["pdfuaid:part"] != "1":
        yield Flaw("pdfua_claim", "it does not claim PDF/UA-1")
    if not _words(said["dc:title"]):
        yield Flaw("no_title", "the metadata hold no title")
    for entry, value in dictionary(pdf.trailer.get("/Info")).items():
        if entry in twins and not _same(str(value), twins[entry]):
            yield Flaw("metadata_differ", f"{entry} is {str(value)!r}, {_TWINS[entry]} is {twins[entry]!r}")


def _words(value: Any) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list | set) else str(value or "")


def _same(entry: str, twin: Any) -> bool:
    if entry.startswith("D:"):
        return _moment(entry) is not None and _moment(entry) == _iso(_words(twin))
    return entry == _words(twin)


def _moment(text: str) -> datetime | None:
    found = _PDF_DATE.fullmatch(text)
    if not found:
        return None
    parts = [found[1], *(found[at] or ("01" if at < 4 else "00") for at in range(2, 7))]  # noqa: PLR2004 days begin at 1
    zone = f"{found[8]}:{found[9] or '00'}" if found[8] else "+00:00"
    return _iso("{}-{}-{}T{}:{}:{}".format(*parts) + zone)


def _iso(text: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment if moment.tzinfo else None


def intent_flaws(pdf: pikepdf.Pdf) -> Iterator[Flaw]:
    """Yield what is wrong with the output intent."""
    intents = [dictionary(one) for one in array(pdf.Root.get("/OutputIntents"))]
    archival = [one for one in intents if one.get("/S") == "/GTS_PDFA1"]
    if not archival:
        yield Flaw("no_intent", "no output intent says what the colours mean")
        return
    profiles = {one["/DestOutputProfile"].objgen for one in intents if "/DestOutputProfile" in one}
    if len(profiles) > 1:
        yield Flaw("two_intents", "output intents with different profiles")
    if components_of(archival[0].get("/DestOutputProfile")) is None:
        yield Flaw("profile", "the profile of the output intent is no ICC profile of a screen or printer")


def components_of(profile: Any) -> int | None:
    """Return how many colours an ICC profile for output has (1, 3, 4); None when it is none."""
    if not isinstance(profile, pikepdf.Stream):
        return None
    head = profile.read_bytes()[:128]
    number = _SPACES.get(head[16:20])
    right = head[36:40] == b"acsp" and head[12:16] in _CLASSES and number == int(profile.get("/N", 0))
    return number if right else None


def intent_components(pdf: pikepdf.Pdf) -> int | None:
    """Return how many colours the file's output intent has; None when there is no usable one."""
    for one in array(pdf.Root.get("/OutputIntents")):
        entries = dictionary(one)
        if entries.get("/S") == "/GTS_PDFA1":
            return components_of(entries.get("/DestOutputProfile"))
    return None
