"""What is drawn: every mark tagged, every colour defined, every glyph known (ISO 19005-2, 6.2 and 6.7)."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from typing import Any, Final

import pikepdf

from motcua.files.rules.pdfa.colours import image_flaws, space_flaw, state_flaws
from motcua.files.rules.pdfa.describing import intent_components
from motcua.files.rules.pdfa.fonts import font_flaws, is_composite
from motcua.files.rules.pdfa.terms import Flaw, annotations, array, dictionary, number_tree

_SHOWS: Final = frozenset({"Tj", "TJ", "'", '"'})
_PAINTS: Final = frozenset({*_SHOWS, "f", "F", "f*", "B", "B*", "b", "b*", "S", "s", "sh", "INLINE IMAGE"})
_DEVICE: Final = {"g": 1, "G": 1, "rg": 3, "RG": 3, "k": 4, "K": 4}
_OPERATORS = (
    "b B b* B* BDC BI BMC BT BX c cm CS cs d d0 d1 Do DP EI EMC ET EX f F f* G g gs h i ID j J K k l m M MP n q Q re RG"
    " rg ri s S SC sc SCN scn sh T* Tc Td TD Tf Tj TJ TL Tm Tr Ts Tw Tz v w W W* y ' \""
)
_KNOWN: Final = frozenset({*_OPERATORS.split(), "INLINE IMAGE"})
_INVISIBLE = 3
_DEEPEST = 20


@dataclass(slots=True)
class _Sheet:
    """One page under examination, or an appearance on it: what is known of the file, what was found."""

    page: int
    intent: int | None
    tagged: bool
    parents: list[Any]
    shown: dict[tuple[int, int], tuple[Any, set[int]]]
    flaws: list[Flaw] = field(default_factory=list)
    walked: set[tuple[tuple[int, int], bool]] = field(default_factory=set)

    def flaw(self, code: str, what: str) -> None:
        """Note a flaw of this page."""
        self.flaws.append(Flaw(code, what, self.page))


@dataclass(slots=True)
class _Pen:
    """What changes between the marks of one stream: font, way of showing, and what the marks belong to."""

    resources: dict[str, Any]
    covered: bool
    font: Any = None
    mode: int = 0
    saved: list[tuple[Any, int]] = field(default_factory=list)
    marks: list[bool] = field(default_factory=list)

    def named(self, kind: str, operand: Any) -> Any:
        """Return a resource by its name."""
        return dictionary(self.resources.get(kind)).get(str(operand))


def content_flaws(pdf: pikepdf.Pdf, faces: Collection[str] | None, *, tagged: bool) -> Iterator[Flaw]:
    """Yield what is wrong with the content of pages and appearances, and with the fonts they use."""
    shown: dict[tuple[int, int], tuple[Any, set[int]]] = {}
    intent = intent_components(pdf)
    parents = number_tree(dictionary(pdf.Root.get("/StructTreeRoot")).get("/ParentTree"))
    for number, page in enumerate(pdf.pages, 1):
        mine = array(parents.get(int(page.obj.get("/StructParents", -1))))
        sheet = _Sheet(number, intent, tagged, mine, shown)
        _walk(sheet, page.obj, dictionary(page.resources), covered=not tagged, depth=0)
        yield from sheet.flaws
    for number, note, _ in annotations(pdf):
        sheet = _Sheet(number, intent, tagged, [], shown)
        for look in _looks(dictionary(note.get("/AP"))):
            _walk(sheet, look, dictionary(dictionary(look).get("/Resources")), covered=True, depth=1)
        yield from sheet.flaws
    for font, codes in shown.values():
        yield from font_flaws(font, codes, faces, tagged=tagged)


def _looks(appearance: dict[str, Any]) -> Iterator[pikepdf.Stream]:
    for one in appearance.values():
        for look in [one, *dictionary(one).values()] if not isinstance(one, pikepdf.Stream) else [one]:
            if isinstance(look, pikepdf.Stream):
                yield look


def _walk(sheet: _Sheet, stream: Any, resources: dict[str, Any], *, covered: bool, depth: int) -> None:
    """Go through one content stream; `covered`: what it draws belongs to a tag, or to nothing, already."""
    pen = _Pen(resources, covered)
    for instruction in pikepdf.parse_content_stream(stream):
        operator, operands = str(instruction.operator), list(instruction.operands)
        _step(sheet, pen, operator, operands)
        if operator == "Do":
            _draw(sheet, pen, operands, depth)
    if pen.marks:
        sheet.flaw("open_mark", "a tag is opened and not closed")


def _step(sheet: _Sheet, pen: _Pen, operator: str, operands: list[Any]) -> None:
    if operator not in _KNOWN:
        sheet.flaw("operator", f"{operator} is not an operator of PDF 1.7")
    elif operator in _STEPS:
        _STEPS[operator](sheet, pen, operands)
    elif operator in _DEVICE:
        _note(sheet, space_flaw(_DEVICE[operator], sheet.intent, pen.resources))
    elif operator in _SHOWS:
        _show(sheet, pen, operands)
    if operator in _PAINTS and not _is_covered(pen):
        sheet.flaw("untagged_content", f"{operator} draws outside every tag")


def _is_covered(pen: _Pen) -> bool:
    return pen.covered or any(pen.marks)


def _note(sheet: _Sheet, said: str) -> None:
    if said:
        sheet.flaw("device_colour", said)


def _save(_: _Sheet, pen: _Pen, __: list[Any]) -> None:
    pen.saved.append((pen.font, pen.mode))


def _restore(sheet: _Sheet, pen: _Pen, _: list[Any]) -> None:
    if not pen.saved:
        sheet.flaw("unbalanced", "Q without q")
        return
    pen.font, pen.mode = pen.saved.pop()


def _set_font(_: _Sheet, pen: _Pen, operands: list[Any]) -> None:
    pen.font = pen.named("/Font", operands[0])


def _set_mode(_: _Sheet, pen: _Pen, operands: list[Any]) -> None:
    pen.mode = int(operands[0])


def _set_space(sheet: _Sheet, pen: _Pen, operands: list[Any]) -> None:
    space = pen.named("/ColorSpace", operands[0])
    _note(sheet, space_flaw(operands[0] if space is None else space, sheet.intent, pen.resources))


def _set_state(sheet: _Sheet, pen: _Pen, operands: list[Any]) -> None:
    state = dictionary(pen.named("/ExtGState", operands[0]))
    for said in state_flaws(state):
        sheet.flaw("graphics_state", said)
    if fonts := array(state.get("/Font")):
        pen.font = fonts[0]


def _begin(sheet: _Sheet, pen: _Pen, operands: list[Any]) -> None:
    """Open a mark: an artifact, a piece of a tag that the structure knows, or a mere property."""
    if str(operands[0]) == "/Artifact":
        pen.marks.append(True)
        return
    said = operands[1] if len(operands) > 1 else None
    properties = dictionary(said) or dictionary(pen.named("/Properties", said))
    number = properties.get("/MCID")
    if number is not None and sheet.tagged and not _is_known(sheet, int(number)):
        sheet.flaw("stray_tag", f"piece {int(number)} belongs to no tag of the structure")
    pen.marks.append(number is not None)


def _is_known(sheet: _Sheet, number: int) -> bool:
    return 0 <= number < len(sheet.parents) and "/S" in dictionary(sheet.parents[number])


def _end(sheet: _Sheet, pen: _Pen, _: list[Any]) -> None:
    if not pen.marks:
        sheet.flaw("unbalanced", "EMC without BDC")
        return
    pen.marks.pop()


_STEPS: Final = {
    "q": _save,
    "Q": _restore,
    "Tf": _set_font,
    "Tr": _set_mode,
    "cs": _set_space,
    "CS": _set_space,
    "gs": _set_state,
    "BMC": _begin,
    "BDC": _begin,
    "EMC": _end,
}


def _draw(sheet: _Sheet, pen: _Pen, operands: list[Any], depth: int) -> None:
    thing = pen.named("/XObject", operands[0])
    if not isinstance(thing, pikepdf.Stream):
        sheet.flaw("missing_object", f"{operands[0]} is drawn, and is not there")
        return
    if thing.get("/Subtype") == "/Image":
        if not _is_covered(pen):
            sheet.flaw("untagged_content", "a picture stands outside every tag")
        for code, said in image_flaws(thing, sheet.intent, pen.resources):
            sheet.flaw(code, said)
        return
    key = (thing.objgen, _is_covered(pen))
    if key in sheet.walked or depth > _DEEPEST:
        return
    sheet.walked.add(key)
    resources = dictionary(thing.get("/Resources")) or pen.resources
    _walk(sheet, thing, resources, covered=_is_covered(pen), depth=depth + 1)


def _show(sheet: _Sheet, pen: _Pen, operands: list[Any]) -> None:
    if pen.font is None:
        sheet.flaw("no_font", "text is shown without a font")
        return
    if pen.mode == _INVISIBLE:
        return
    _, codes = sheet.shown.setdefault(pen.font.objgen, (pen.font, set()))
    wide = is_composite(pen.font)
    for piece in [one for operand in operands for one in (array(operand) or [operand])]:
        if isinstance(piece, pikepdf.String):
            raw = bytes(piece)
            codes.update(int.from_bytes(raw[at : at + 2]) for at in range(0, len(raw), 2)) if wide else codes.update(
                raw
            )
