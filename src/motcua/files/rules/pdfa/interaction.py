"""What a file could do or bring along: actions, annotations, forms, attachments (ISO 19005-2, 6.3 to 6.5; -3, 6.8)."""

from collections.abc import Iterator
from typing import Any, Final

import pikepdf

from motcua.files.rules.pdfa.structure import standard_role
from motcua.files.rules.pdfa.terms import Flaw, annotations, array, dictionary, number_tree

_ACTIONS: Final = frozenset({"/GoTo", "/GoToR", "/GoToE", "/Thread", "/URI", "/Named", "/SubmitForm"})
_FORBIDDEN_NOTES: Final = frozenset({"/3D", "/Sound", "/Screen", "/Movie", "/RichMedia", "/TrapNet"})
_INVISIBLE, _HIDDEN, _PRINT, _NO_VIEW, _TOGGLE = 1, 2, 4, 32, 256
_TAG_OF: Final = {"/Link": "/Link", "/Widget": "/Form"}
_RELATIONS: Final = frozenset({"/Source", "/Data", "/Alternative", "/Supplement", "/Unspecified", "/EncryptedPayload"})


def action_flaws(pdf: pikepdf.Pdf) -> Iterator[Flaw]:
    """Yield programs, and acts that a reader's machine must not do by itself."""
    root = dictionary(pdf.Root)
    form = dictionary(root.get("/AcroForm"))
    if "/AA" in root or any("/AA" in page.obj for page in pdf.pages):
        yield Flaw("action", "acts are bound to opening or turning pages")
    if "/JavaScript" in dictionary(root.get("/Names")):
        yield Flaw("action", "the file brings programs")
    if form.get("/NeedAppearances", False) is True or "/XFA" in form:
        yield Flaw("form", "a form that its reader has to draw")
    for thing in pdf.objects:
        entries = dictionary(thing)
        is_action = entries.get("/Type") == "/Action" or entries.get("/S") in {"/JavaScript", "/Launch"}
        if is_action and str(entries.get("/S")) not in _ACTIONS:
            yield Flaw("action", f"{entries.get('/S')} is not allowed")
    yield from _inline_actions(pdf, root)


def _inline_actions(pdf: pikepdf.Pdf, root: dict[str, Any]) -> Iterator[Flaw]:
    for number, note, _ in annotations(pdf):
        if note.get("/Subtype") == "/Widget" and ("/A" in note or "/AA" in note):
            yield Flaw("action", "a field of the form acts", number)
        yield from _action_flaws(note.get("/A"), number)
    yield from _action_flaws(root.get("/OpenAction"), 0)


def _action_flaws(action: Any, page: int) -> Iterator[Flaw]:
    kind = dictionary(action).get("/S")
    if kind is not None and str(kind) not in _ACTIONS:
        yield Flaw("action", f"{kind} is not allowed", page)


def annotation_flaws(pdf: pikepdf.Pdf, *, tagged: bool) -> Iterator[Flaw]:
    """Yield what is wrong with annotations: links and places of signatures."""
    tree = dictionary(pdf.Root.get("/StructTreeRoot"))
    parents = number_tree(tree.get("/ParentTree"))
    roles = {key: str(value) for key, value in dictionary(tree.get("/RoleMap")).items()}
    for number, note, _ in annotations(pdf):
        yield from _appearance_flaws(number, note)
        if tagged and note.get("/Subtype") != "/Popup" and not _is_nowhere(note):
            yield from _access_flaws(number, note, dictionary(parents.get(int(note.get("/StructParent", -1)))), roles)
    for number, page in enumerate(pdf.pages, 1):
        shown = [note for note in map(dictionary, array(page.obj.get("/Annots"))) if not _is_nowhere(note)]
        if tagged and shown and page.obj.get("/Tabs") != "/S":
            yield Flaw("tab_order", "annotations are not reached in the order of the structure", number)


def _appearance_flaws(number: int, note: dict[str, Any]) -> Iterator[Flaw]:
    kind, flags = str(note.get("/Subtype", "")), int(note.get("/F", 0))
    if kind in _FORBIDDEN_NOTES or not kind:
        yield Flaw("annotation", f"{kind or 'without a kind'} is not allowed", number)
    if kind != "/Popup" and (not flags & _PRINT or flags & (_INVISIBLE | _HIDDEN | _NO_VIEW | _TOGGLE)):
        yield Flaw("annotation_flags", f"{kind} would not show or not print (flags {flags})", number)
    if kind in {"/Popup", "/Link"} or _is_nowhere(note):
        return
    appearance = dictionary(note.get("/AP"))
    if not isinstance(appearance.get("/N"), pikepdf.Stream) or set(appearance) != {"/N"}:
        yield Flaw("appearance", f"{kind} has no one appearance", number)


def _is_nowhere(note: dict[str, Any]) -> bool:
    """Whether it takes no room at all, as invisible signatures do."""
    edges = [float(one) for one in array(note.get("/Rect"))]
    return len(edges) == 4 and edges[0] == edges[2] and edges[1] == edges[3]  # noqa: PLR2004 corners


def _access_flaws(number: int, note: dict[str, Any], element: dict[str, Any], roles: dict[str, str]) -> Iterator[Flaw]:
    kind = str(note.get("/Subtype"))
    role = standard_role(str(element.get("/S", "")), roles)
    if role != _TAG_OF.get(kind, "/Annot"):
        yield Flaw("annotation_untagged", f"{kind} hangs under {role or 'no tag'}", number)
    words = [note.get("/Contents"), note.get("/TU") if kind == "/Widget" else None, element.get("/Alt")]
    if not any(str(one) for one in words if one is not None):
        yield Flaw("annotation_unnamed", f"{kind} without words", number)


def attachment_flaws(pdf: pikepdf.Pdf) -> Iterator[Flaw]:
    """Yield what is wrong with attached files: none in part 2; in part 3 each says how it belongs to the paper."""
    specs = [one for one in pdf.objects if "/EF" in dictionary(one)]
    if not specs:
        return
    with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as meta:
        if meta.get("pdfaid:part") != "3":
            yield Flaw("attachment", "only PDF/A-3 may bring other files along")
    associated = {one.objgen for one in array(pdf.Root.get("/AF"))}
    for spec in specs:
        entries = dictionary(spec)
        name = str(entries.get("/UF", entries.get("/F", "?")))
        file = dictionary(dictionary(entries["/EF"]).get("/F"))
        if str(entries.get("/AFRelationship", "")) not in _RELATIONS or spec.objgen not in associated:
            yield Flaw("attachment", f"{name} does not say how it belongs to the paper")
        if (
            not {"/F", "/UF"} <= set(entries)
            or "/Subtype" not in file
            or "/ModDate" not in dictionary(file.get("/Params"))
        ):
            yield Flaw("attachment", f"{name} has no name, kind or date")
