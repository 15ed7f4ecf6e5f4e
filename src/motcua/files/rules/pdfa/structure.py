"""Tags: the structure that reading aloud and reusing rest on (ISO 19005-2, 6.7; ISO 14289-1, 7)."""

import re
from collections.abc import Iterator
from typing import Any, Final

import pikepdf

from motcua.files.rules.pdfa.terms import Flaw, array, dictionary

_TAGS = (
    "/Document /Part /Art /Sect /Div /BlockQuote /Caption /TOC /TOCI /Index /NonStruct /Private /P /H /H1 /H2 /H3 /H4"
    " /H5 /H6 /L /LI /Lbl /LBody /Table /TR /TH /TD /THead /TBody /TFoot /Span /Quote /Note /Reference /BibEntry /Code"
    " /Link /Annot /Ruby /RB /RT /RP /Warichu /WT /WP /Figure /Formula /Form"
)
_STANDARD: Final = frozenset(_TAGS.split())
_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*")
_NEEDS_WORDS: Final = frozenset({"/Figure", "/Formula"})
_PARENTS: Final = {
    "/TR": {"/Table", "/THead", "/TBody", "/TFoot"},
    "/TH": {"/TR"},
    "/TD": {"/TR"},
    "/LI": {"/L"},
    "/LBody": {"/LI"},
}
_HEADING = re.compile(r"/H([1-6])")
_MOST_ELEMENTS = 200_000


def structure_flaws(pdf: pikepdf.Pdf) -> Iterator[Flaw]:
    """Yield what is missing in the structure."""
    root = dictionary(pdf.Root)
    marks = dictionary(root.get("/MarkInfo"))
    if marks.get("/Marked") is not True or marks.get("/Suspects", False) is True:
        yield Flaw("not_marked", "the catalogue does not say that everything is marked")
    if not _LANGUAGE.fullmatch(str(root.get("/Lang", ""))):
        yield Flaw("no_language", "the catalogue names no language")
    if dictionary(root.get("/ViewerPreferences")).get("/DisplayDocTitle") is not True:
        yield Flaw("no_display_title", "windows would show the file's name, not the title")
    tree = dictionary(root.get("/StructTreeRoot"))
    if not tree.get("/K") or "/ParentTree" not in tree:
        yield Flaw("no_structure", "there is no tree of tags")
        return
    yield from _element_flaws(tree)


def _element_flaws(tree: dict[str, Any]) -> Iterator[Flaw]:
    roles = {key: str(value) for key, value in dictionary(tree.get("/RoleMap")).items()}
    depth = 0
    for element, parent in elements_of(tree):
        role = standard_role(str(element.get("/S", "")), roles)
        if role is None:
            yield Flaw("role", f"the tag {element.get('/S')} is not a standard one, nor mapped to one")
            continue
        if role in _NEEDS_WORDS and not (str(element.get("/Alt", "")) or str(element.get("/ActualText", ""))):
            yield Flaw("no_alternative", f"{role} without words for those who cannot see it")
        if role in _PARENTS and standard_role(parent, roles) not in _PARENTS[role]:
            yield Flaw("nesting", f"{role} below {parent or 'nothing'}")
        if heading := _HEADING.fullmatch(role):
            level = int(heading[1])
            if level > depth + 1:
                yield Flaw("heading", f"a heading of level {level} after one of level {depth}")
            depth = level


def elements_of(tree: dict[str, Any]) -> Iterator[tuple[dict[str, Any], str]]:
    """Yield each element of the structure, in reading order, with its parent's tag."""
    waiting: list[tuple[Any, str]] = [(one, "") for one in reversed(_kids(tree))]
    for _ in range(_MOST_ELEMENTS):
        if not waiting:
            return
        node, parent = waiting.pop()
        element = dictionary(node)
        if "/S" not in element:
            continue
        yield element, parent
        waiting.extend((one, str(element["/S"])) for one in reversed(_kids(element)))


def _kids(element: dict[str, Any]) -> list[Any]:
    kids = element.get("/K")
    return array(kids) or ([kids] if isinstance(kids, pikepdf.Dictionary) else [])


def standard_role(role: str, roles: dict[str, str]) -> str | None:
    """Return the standard tag that a tag stands for, or None."""
    for _ in range(8):
        if role in _STANDARD:
            return role
        role = roles.get(role, "")
    return None
