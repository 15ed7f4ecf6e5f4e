"""How a page is shown: turned (/Rotate), cut to its frame (/CropBox), in units larger than a point (/UserUnit).

Places are looked for as people see the page, upright; the PDF wants them in the page's own space.
"""

from dataclasses import dataclass, replace
from typing import Any, Final

import pikepdf

Box = tuple[float, float, float, float]
_A4: Final[Box] = (0.0, 0.0, 595.28, 841.89)
_QUARTER, _QUARTERS = 90, 4
#: A page tree deeper than this leads in a circle.
_DEEPEST = 50


@dataclass(frozen=True, slots=True)
class View:
    """A page as it is shown, in points: by how many quarters it is turned clockwise, its visible frame.

    `unit`: how many points one unit of the page's own space is.
    """

    turns: int = 0
    frame: Box = _A4
    unit: float = 1.0

    def seen(self, box: Box) -> Box:
        """Return a box of the page's own space as it stands on the page that is shown."""
        left, bottom, right, top = _turned(box, self.turns)
        return (left * self.unit, bottom * self.unit, right * self.unit, top * self.unit)

    def own(self, box: Box) -> Box:
        """Return a box of the page that is shown in the page's own space."""
        left, bottom, right, top = _turned(box, -self.turns)
        return (left / self.unit, bottom / self.unit, right / self.unit, top / self.unit)


def view_of(page: pikepdf.Page) -> View:
    """Return how a page is shown; of boxes that make no sense the usual ones."""
    media = rectangle(inherited(page.obj, "/MediaBox")) or _A4
    crop = rectangle(inherited(page.obj, "/CropBox")) or media
    cut = (max(media[0], crop[0]), max(media[1], crop[1]), min(media[2], crop[2]), min(media[3], crop[3]))
    frame = cut if cut[0] < cut[2] and cut[1] < cut[3] else media
    unit = page.obj.get("/UserUnit", 1)
    view = View(turns_of(page.obj), frame, float(unit) if _is_number(unit) and unit > 0 else 1.0)
    return replace(view, frame=view.seen(frame))


def turns_of(page: Any) -> int:
    """Return by how many quarters a page is turned clockwise when it is shown (0 to 3)."""
    turned = inherited(page, "/Rotate")
    return int(turned) // _QUARTER % _QUARTERS if _is_number(turned) else 0


def inherited(page: Any, key: str) -> Any:
    """Return an entry of a page or of the nodes above it; None when there is none."""
    node = page
    for _ in range(_DEEPEST):
        if not isinstance(node, pikepdf.Dictionary):
            return None
        if key in node:
            return node.get(key)
        node = node.get("/Parent")
    return None


def rectangle(value: object) -> Box | None:
    """Return a rectangle with its corners in order; None for what is none."""
    if not isinstance(value, pikepdf.Array) or len(value) != 4 or not all(map(_is_number, value)):  # noqa: PLR2004 corners
        return None
    a, b, c, d = (float(one) for one in value)
    return (min(a, c), min(b, d), max(a, c), max(b, d))


def _is_number(value: object) -> bool:
    try:
        float(value)  # type: ignore[arg-type]
    except (TypeError, ValueError):
        return False
    return True


def _turned(box: Box, quarters: int) -> Box:
    left, bottom, right, top = box
    for _ in range(quarters % _QUARTERS):
        left, bottom, right, top = bottom, -right, top, -left
    return (left, bottom, right, top)
