"""Where a signature stands on a paper.

A paper of ours says it itself: the layout leaves corners as named destinations, `place.<role>.<n>.from` (top left) and
`.to` (bottom right), which anybody can read back from the PDF (files/layout/decree30.typ: `spot`). In a paper from
elsewhere the place is looked for: below the title of who signs, after the last words, in the margin; never over text
where the text can be read. Positions follow Nghị định 30/2020/NĐ-CP, Phụ lục I; "below the title, above the name" and
the places of initials are from memory.
"""

import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import pikepdf

from motcua.signing.appearance import stamps
from motcua.signing.appearance.stamps import MM, Size
from motcua.signing.appearance.views import Box, View, rectangle, view_of
from motcua.signing.appearance.words import Sheet, sheet_of
from motcua.signing.terms import Placement
from motcua.trust.terms import Role

_SIZES: dict[Role, Size] = {
    Role.SIGNER: stamps.SIGNER_SIZE,
    Role.CERTIFIER: stamps.SIGNER_SIZE,
    Role.OTHER: stamps.SIGNER_SIZE,
    Role.SEAL: stamps.SEAL_SIZE,
    Role.ATTACHMENT_SEAL: stamps.TEXT_SIZE,
    Role.INITIAL_CONTENT: stamps.INITIAL_SIZE,
    Role.INITIAL_FORM: stamps.INITIAL_SIZE,
    Role.DIGITISER: stamps.DIGITISER_SIZE,
}
_TITLE = re.compile(
    r"^\s*(TM\.|KT\.|TL\.|TUQ\.|Q\.|(PHÓ )?(CHỦ TỊCH|GIÁM ĐỐC|TRƯỞNG PHÒNG|CHÁNH VĂN PHÒNG|BỘ TRƯỞNG|THỦ TRƯỞNG)"
    r"|HIỆU TRƯỞNG|NGƯỜI [A-ZÀ-Ỹ]|BÊN [A-ZÀ-Ỹ]|CÔNG CHỨNG VIÊN|CHỦ TỌA|THƯ KÝ\b|\((Ký|Chữ ký)\b)"
)
_FILED = re.compile(r"^\s*-?\s*Lưu\s*:")
_END_OF_CONTENT = "./."
_LEAST_ROOM = 12 * MM
_EDGE = 8 * MM
_STEP = 4.0
#: Titles less apart than this stand in one row, in one column, in one block, in points.
_ROW, _SAME_COLUMN, _NEXT_LINE = 40.0, 20 * MM, 6 * MM


@dataclass(frozen=True, slots=True)
class _Spot:
    page: int
    box: Box


def place_of(pdf: bytes, what: Role, *, nth: int = 1, size: Size | None = None) -> Placement:
    """Return where a signature in the role `what` shows on the paper.

    `nth`: which of several (a record has two signers), from 1. `size`: of the stamp in points; by default the usual one
    of the role. Raises `pikepdf.PdfError` for what is no PDF, or is locked.
    """
    wanted = size or _SIZES[what]
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        return _place(pdf, opened, what, wanted, nth)


def field_place(pdf: bytes, what: Role, *, field: str, size: Size | None = None) -> tuple[Placement, Size]:
    """Return where the field `field` shows, and how large that is for who reads the page, in points.

    A field that was made ready with an earlier signature stays where it is; else as `place_of`, and raises the same.
    """
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        place = _kept_place(opened, field) or _place(pdf, opened, what, size or _SIZES[what], 1)
        left, bottom, right, top = view_of(opened.pages[place.page]).seen(place.box)
    return place, (round(right - left, 1), round(top - bottom, 1))


def _kept_place(opened: pikepdf.Pdf, field: str) -> Placement | None:
    for number, page in enumerate(opened.pages):
        for note in _widgets(page):
            box = rectangle(note.get("/Rect"))
            if box is not None and "/V" not in note and str(note.get("/T", "")) == field:
                return Placement(number, box)
    return None


def _place(pdf: bytes, opened: pikepdf.Pdf, what: Role, wanted: Size, nth: int) -> Placement:
    named = named_places(opened)
    if what is Role.SEAL:
        return _beside_signer(pdf, opened, named, wanted, nth)
    spot = named.get((what.value, nth)) or (named.get(("signer", nth)) if what is Role.CERTIFIER else None)
    if spot is not None:
        return _in_room(opened, spot, wanted, left_aligned=what in _INITIALS)
    return _looked_for(pdf, opened, what, wanted, nth)


_INITIALS = frozenset({Role.INITIAL_CONTENT, Role.INITIAL_FORM})
_FIRST_PAGE = frozenset({Role.ATTACHMENT_SEAL, Role.DIGITISER})


def named_places(opened: pikepdf.Pdf) -> dict[tuple[str, int], _Spot]:
    """Return the places that the paper itself names: (role, number from 1) → page from 0 and box."""
    corners: dict[tuple[str, int], dict[str, tuple[int, float, float]]] = {}
    for name, page, left, top in _destinations(opened):
        parts = name.split(".")
        if len(parts) == 4 and parts[0] == "place" and parts[2].isdigit():  # noqa: PLR2004 place.role.number.corner
            corners.setdefault((parts[1], int(parts[2])), {})[parts[3]] = (page, left, top)
    found = {}
    for key, ends in corners.items():
        start, end = ends.get("from"), ends.get("to")
        if start and end and start[0] == end[0]:
            found[key] = _Spot(start[0], (start[1], end[2], end[1], start[2]))
    return found


def blanks_of(pdf: bytes) -> tuple[tuple[str, int, Placement], ...]:
    """Return the rooms the paper keeps for what is known when it is issued: what ("blank_number"), which, where."""
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        found = named_places(opened)
    return tuple(
        (what, number, Placement(spot.page, spot.box))
        for (what, number), spot in sorted(found.items())
        if what.startswith("blank_")
    )


def _destinations(opened: pikepdf.Pdf) -> Iterator[tuple[str, int, float, float]]:
    names = opened.Root.get("/Names", None)
    tree = names.get("/Dests", None) if isinstance(names, pikepdf.Dictionary) else None
    if tree is None:
        return
    pages: dict[tuple[int, int], int] = {page.obj.objgen: number for number, page in enumerate(opened.pages)}
    for name, target in pikepdf.NameTree(tree).items():
        where = target.get("/D") if isinstance(target, pikepdf.Dictionary) else target
        if isinstance(where, pikepdf.Array) and len(where) >= 4 and str(where[1]) == "/XYZ":  # noqa: PLR2004 page /XYZ x y
            page = pages.get(where[0].objgen)
            if page is not None:
                yield str(name), page, float(where[2]), float(where[3])


def _in_room(opened: pikepdf.Pdf, spot: _Spot, size: Size, *, left_aligned: bool = False) -> Placement:
    view = view_of(opened.pages[spot.page])
    return _placed(spot.page, view, _centred(view.seen(spot.box), size, left_aligned=left_aligned))


def _placed(page: int, view: View, box: Box) -> Placement:
    left, bottom, right, top = (round(edge, 2) for edge in view.own(box))
    return Placement(page, (left, bottom, right, top))


def _centred(room: Box, size: Size, *, left_aligned: bool = False) -> Box:
    width, height = min(size[0], room[2] - room[0]), min(size[1], room[3] - room[1])
    left = room[0] if left_aligned else (room[0] + room[2] - width) / 2
    bottom = (room[1] + room[3] - height) / 2
    return (round(left, 2), round(bottom, 2), round(left + width, 2), round(bottom + height, 2))


def _beside_signer(
    pdf: bytes, opened: pikepdf.Pdf, named: dict[tuple[str, int], _Spot], size: Size, nth: int
) -> Placement:
    """Return the place of a seal: over a third of the signature, on its left, level with its middle.

    A seal's picture is as high as it is wide and keeps its size. Its text is wider than high: it keeps between the
    signer's title and name, and off the words on its left.
    """
    spot = named.get(("seal", nth))
    if spot is not None:
        return _in_room(opened, spot, size)
    signed = _visible_signature(opened, nth)
    if signed is not None:
        page, over = signed.page, signed.box
    else:
        room = named.get(("signer", nth))
        place = (
            _in_room(opened, room, _SIZES[Role.SIGNER])
            if room
            else _looked_for(pdf, opened, Role.SIGNER, _SIZES[Role.SIGNER], nth)
        )
        page, over = place.page, place.box
    view = view_of(opened.pages[page])
    frame, over, (width, height) = view.frame, view.seen(over), size
    is_text = width > height
    height = min(height, over[3] - over[1]) if is_text else height
    right = over[0] + (over[2] - over[0]) * stamps.SEALED_SHARE
    middle = (over[1] + over[3]) / 2
    left = min(max(right - width, frame[0]), frame[2] - width)
    bottom = min(max(middle - height / 2, frame[1]), frame[3] - height)
    box = (left, bottom, left + width, bottom + height)
    if is_text and ("signer", nth) not in named:
        box = _off_words(sheet_of(pdf, page, view), box, over[0])
    return _placed(page, view, box)


def _off_words(sheet: Sheet, box: Box, signed_from: float) -> Box:
    """Return the box without what covers words on its left; what covers the signature itself, it keeps."""
    beside = [
        words[2] + 2 for words in sheet.boxes if words[0] < signed_from and words[1] < box[3] and words[3] > box[1]
    ]
    left = max([box[0], *(min(edge, signed_from) for edge in beside)])
    return (left, *box[1:])


def _visible_signature(opened: pikepdf.Pdf, nth: int) -> _Spot | None:
    """Return the place of the nth signature that shows as large as a signer's picture, in the order of signing."""
    found = []
    for number, page in enumerate(opened.pages):
        view = view_of(page)
        for note in _widgets(page):
            box = rectangle(note.get("/Rect"))
            if box is not None and "/V" in note and _is_large(view.seen(box)):
                found.append((note.objgen[0], _Spot(number, box)))
    found.sort(key=lambda pair: pair[0])
    return found[min(nth, len(found)) - 1][1] if found else None


def _is_large(box: Box) -> bool:
    return box[2] - box[0] > stamps.INITIAL_SIZE[0] * 1.5 and box[3] - box[1] > _LEAST_ROOM


def _widgets(page: pikepdf.Page) -> Iterator[pikepdf.Dictionary]:
    for note in page.get("/Annots", []):
        if isinstance(note, pikepdf.Dictionary) and note.get("/Subtype") == "/Widget" and note.get("/FT") == "/Sig":
            yield note


def _looked_for(pdf: bytes, opened: pikepdf.Pdf, what: Role, size: Size, nth: int) -> Placement:
    number = 0 if what in _FIRST_PAGE else len(opened.pages) - 1
    page = opened.pages[number]
    view = view_of(page)
    sheet = sheet_of(pdf, number, view)
    drawn = (rectangle(note.get("/Rect")) for note in _widgets(page))
    taken = [*sheet.boxes, *(view.seen(box) for box in drawn if box)]
    if what in _FIRST_PAGE:
        box = _corner(sheet.frame, taken, size)
    elif what in _INITIALS:
        box = _for_initials(sheet, taken, size, what)
    else:
        box = _below_title(sheet, taken, size, nth) or _bottom_right(sheet.frame, taken, size)
    return _placed(number, view, box)


def _corner(frame: Box, taken: Sequence[Box], size: Size) -> Box:
    """Return the free place nearest to the top right corner, in the upper quarter; the corner when there is none."""
    rows = range(int((frame[3] - frame[1]) / 4 / _STEP))
    for row in rows:
        top = frame[3] - _EDGE / 2 - row * _STEP
        for shift in range(int((frame[2] - frame[0]) / 3 / _STEP)):
            right = frame[2] - _EDGE - shift * _STEP
            box = (right - size[0], top - size[1], right, top)
            if box[0] >= frame[0] and _free(box, taken):
                return box
    return (frame[2] - _EDGE - size[0], frame[3] - _EDGE / 2 - size[1], frame[2] - _EDGE, frame[3] - _EDGE / 2)


def _bottom_right(frame: Box, taken: Sequence[Box], size: Size) -> Box:
    """Return the highest free place in the right half below all text; else the lowest free one; else the corner."""
    right = frame[2] - 15 * MM
    under = min((box[1] for box in taken if box[2] > right - size[0]), default=frame[3] - 30 * MM)
    top = under - 4 * MM
    if top - size[1] > frame[1] + _EDGE:
        return (right - size[0], top - size[1], right, top)
    bottom = frame[1] + _EDGE
    while bottom + size[1] < frame[3]:
        box = (right - size[0], bottom, right, bottom + size[1])
        if _free(box, taken):
            return box
        bottom += _STEP
    return (right - size[0], frame[1] + _EDGE, right, frame[1] + _EDGE + size[1])


def _below_title(sheet: Sheet, taken: Sequence[Box], size: Size, nth: int) -> Box | None:
    """Return the room between the title of who signs and the name below it; None when no title stands on the page."""
    blocks = _title_blocks(sheet)
    if not blocks:
        return None
    # The lowest row, and in it the rightmost title, is who issues the paper.
    blocks.sort(key=lambda block: (-round(min(box[1] for box in block) / _ROW), _middle(block[0])))
    block = blocks[-nth] if nth <= len(blocks) else blocks[-1]
    centre, top = _middle(max(block, key=lambda box: box[2] - box[0])), min(box[1] for box in block) - 2
    left, right = centre - size[0] / 2, centre + size[0] / 2
    below = [box[3] for box in taken if box[3] < top and box[0] < right and box[2] > left]
    bottom = max(below, default=sheet.frame[1] + _EDGE) + 1
    if top - bottom < _LEAST_ROOM:
        return None
    height = min(size[1], top - bottom)
    return (left, top - height, right, top)


def _title_blocks(sheet: Sheet) -> list[list[Box]]:
    """Return the lines that say in whose name and as what somebody signs, and how ("(Ký, ghi rõ họ tên)"), together."""
    blocks: list[list[Box]] = []
    for line in sheet.lines:
        if not _TITLE.match(line.text):
            continue
        for block in blocks:
            if abs(_middle(block[-1]) - _middle(line.box)) < _SAME_COLUMN and block[-1][1] - line.box[3] < _NEXT_LINE:
                block.append(line.box)
                break
        else:
            blocks.append([line.box])
    return blocks


def _for_initials(sheet: Sheet, taken: Sequence[Box], size: Size, what: Role) -> Box:
    """Return a place after the last words of the content, or after the line "Lưu:"; else in the lower margin."""
    ends = [
        line.box
        for line in sheet.lines
        if (_FILED.match(line.text) if what is Role.INITIAL_FORM else line.text.rstrip().endswith(_END_OF_CONTENT))
    ]
    if ends:
        last = ends[-1]
        bottom = (last[1] + last[3]) / 2 - size[1] / 2
        box = (last[2] + 2, bottom, last[2] + 2 + size[0], bottom + size[1])
        if box[2] <= sheet.frame[2]:
            return box
    left = sheet.frame[0] + (30 * MM if what is Role.INITIAL_CONTENT else 50 * MM)
    box = (left, sheet.frame[1] + 4, left + size[0], sheet.frame[1] + 4 + size[1])
    while not _free(box, taken) and box[2] + size[0] < sheet.frame[2]:
        box = (box[0] + size[0], box[1], box[2] + size[0], box[3])
    return box


def _middle(box: Box) -> float:
    return (box[0] + box[2]) / 2


def _free(box: Box, taken: Sequence[Box]) -> bool:
    return not any(box[0] < b[2] and box[2] > b[0] and box[1] < b[3] and box[3] > b[1] for b in taken)
