"""Pages as a person would hold them: cropped out of a photo, upright, straight. Pure Pillow.

OpenCV would do it with 90 MB of libraries; `unpaper` is a program that works on grey pages and lays borders. What is
needed of a page of writing is little: rows of a straight page are either full of ink or empty, and a sheet on a table
is the large bright quadrangle.
"""

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Final

from PIL import Image, ImageFilter, ImageOps

_LONG_SIDE: Final = 900
_STEEPEST: Final = 8.0
_LEAST_TURN: Final = 0.15
_PAPER_SHARE: Final = 0.25
_FULL: Final = 0.85
_EDGE: Final = 0.985
#: How much darker than the paper around it writing is at least, of 255.
_FAINT: Final = 18
_NEAR_A4: Final = (1.2, 1.54)
#: Sides of A4 in inches.
A4: Final = (8.268, 11.693)

Point = tuple[float, float]


def ink_of(picture: Image.Image) -> Image.Image:
    """Return a small grey picture in which writing is bright and paper is black, whatever the light."""
    grey = picture.convert("L")
    grey.thumbnail((_LONG_SIDE, _LONG_SIDE), Image.Resampling.BOX)
    paper = grey.filter(ImageFilter.MedianFilter(3)).filter(ImageFilter.GaussianBlur(12))
    dark = (
        min(255, max(0, under - own - _FAINT) * 3) for under, own in zip(_values(paper), _values(grey), strict=True)
    )
    return Image.frombytes("L", grey.size, bytes(dark))


def _values(picture: Image.Image) -> Sequence[int]:
    return picture.tobytes()


def skew_of(ink: Image.Image) -> float:
    """Return by how many degrees to turn a picture of `ink_of` (counter-clockwise) so that its lines lie level."""
    best, score = 0.0, _levelness(ink, 0.0)
    for step, reach in ((1.0, _STEEPEST), (0.25, 0.75), (0.1, 0.15)):
        middle = best
        count = round(reach / step)
        for place in range(-count, count + 1):
            angle = middle + place * step
            if (found := _levelness(ink, angle)) > score:
                best, score = angle, found
    return round(best, 2) if abs(best) >= _LEAST_TURN else 0.0


def lies_sideways(ink: Image.Image) -> bool:
    """Whether the lines of writing run from top to bottom."""
    level = max(_levelness(ink, angle) for angle in (-2.0, 0.0, 2.0))
    turned = ink.transpose(Image.Transpose.ROTATE_90)
    upright = max(_levelness(turned, angle) for angle in (-2.0, 0.0, 2.0))
    return upright > level * 1.5


def _levelness(ink: Image.Image, angle: float) -> float:
    """How sharply rows of ink and rows of paper alternate: the sum of squared steps from row to row."""
    turned = ink.rotate(angle, resample=Image.Resampling.BILINEAR) if angle else ink
    rows = _values(turned.resize((1, turned.height), Image.Resampling.BOX))
    return float(sum((one - next_one) ** 2 for one, next_one in pairwise(rows)))


def turned(picture: Image.Image, degrees: float) -> Image.Image:
    """Return the picture turned counter-clockwise; corners that appear are white. Right angles lose nothing."""
    whole = {90: Image.Transpose.ROTATE_90, 180: Image.Transpose.ROTATE_180, 270: Image.Transpose.ROTATE_270}
    if degrees % 360 in whole:
        return picture.transpose(whole[int(degrees % 360)])
    if not degrees:
        return picture
    return picture.rotate(degrees, resample=Image.Resampling.BICUBIC, fillcolor="white")


def is_blank(picture: Image.Image, *, least_ink: float = 0.0006) -> bool:
    """Whether nothing is written on a page: a fleck, the shadow of a fold or what shines through does not count."""
    inner = picture.convert("L")
    side = (round(inner.width * 0.04), round(inner.height * 0.04))
    inner = inner.crop((side[0], side[1], inner.width - side[0], inner.height - side[1]))
    inner.thumbnail((600, 600), Image.Resampling.BOX)
    inner = inner.filter(ImageFilter.MedianFilter(3))
    counts = inner.histogram()
    paper = next(level for level in range(255, -1, -1) if sum(counts[level:]) * 2 >= inner.width * inner.height)
    dark = sum(counts[: max(0, paper - 60)])
    return dark < least_ink * inner.width * inner.height


def sheet_in(photo: Image.Image) -> Image.Image:
    """Return the sheet of paper cut out of a photo and made rectangular; the photo itself where none is found."""
    corners = _corners(photo)
    if corners is None:
        return photo
    top_left, top_right, bottom_right, bottom_left = corners
    width = round(max(_distance(top_left, top_right), _distance(bottom_left, bottom_right)))
    height = round(max(_distance(top_left, bottom_left), _distance(top_right, bottom_right)))
    width, height = _as_a4(width, height)
    return photo.transform(
        (width, height),
        Image.Transform.PERSPECTIVE,
        _perspective(((0, 0), (width, 0), (width, height), (0, height)), corners),
        resample=Image.Resampling.BICUBIC,
    )


def _as_a4(width: int, height: int) -> tuple[int, int]:
    """Return the sides of a sheet seen aslant, as those of A4 where they are near it: slant shortens one of them."""
    ratio = A4[1] / A4[0]
    if _NEAR_A4[0] < height / width < _NEAR_A4[1]:
        width = round(max(width, height / ratio))
        return width, round(width * ratio)
    if _NEAR_A4[0] < width / height < _NEAR_A4[1]:
        height = round(max(height, width / ratio))
        return round(height * ratio), height
    return width, height


def evened(page: Image.Image) -> Image.Image:
    """Return the page with its paper as white as the brightest of it, where a photo was dark; colours stay."""
    return ImageOps.autocontrast(page, cutoff=(0.5, 20), preserve_tone=True)


def _corners(photo: Image.Image) -> tuple[Point, Point, Point, Point] | None:
    small = photo.convert("L")
    small.thumbnail((200, 200), Image.Resampling.BOX)
    small = small.filter(ImageFilter.MedianFilter(5))
    bright = _largest_bright(small)
    if len(bright) < _PAPER_SHARE * small.width * small.height:
        return None
    found = (
        min(bright, key=lambda at: at[0] + at[1]),
        max(bright, key=lambda at: at[0] - at[1]),
        max(bright, key=lambda at: at[0] + at[1]),
        min(bright, key=lambda at: at[0] - at[1]),
    )
    area = _area(found)
    if area >= _EDGE * small.width * small.height or len(bright) < _FULL * area:
        return None
    scale = (photo.width / small.width, photo.height / small.height)
    one, two, three, four = ((x * scale[0], y * scale[1]) for x, y in found)
    return one, two, three, four


def _largest_bright(small: Image.Image) -> set[tuple[int, int]]:
    level = _between(small.histogram())
    values, width = _values(small), small.width
    waiting = {(place % width, place // width) for place, value in enumerate(values) if value > level}
    largest: set[tuple[int, int]] = set()
    while len(waiting) > len(largest):
        part = _flooded(waiting)
        largest = max(largest, part, key=len)
    return largest


def _flooded(waiting: set[tuple[int, int]]) -> set[tuple[int, int]]:
    """Take one connected part out of the points that wait, and return it."""
    edge = [waiting.pop()]
    part = set(edge)
    while edge:
        x, y = edge.pop()
        for beside in ((x + 1, y), (x - 1, y), (x, y + 1), (x, y - 1)):
            if beside in waiting:
                waiting.remove(beside)
                part.add(beside)
                edge.append(beside)
    return part


def _between(counts: Sequence[int]) -> int:
    """Return the level that parts dark from bright best (Otsu)."""
    total, weighted = sum(counts), sum(level * count for level, count in enumerate(counts))
    best, found, below, sum_below = -1.0, 127, 0, 0
    for level, count in enumerate(counts):
        below += count
        sum_below += level * count
        if 0 < below < total:
            means = sum_below / below - (weighted - sum_below) / (total - below)
            spread = below * (total - below) * means * means
            if spread > best:
                best, found = spread, level
    return found


def _area(points: Iterable[tuple[float, float]]) -> float:
    ring = list(points)
    pairs = zip(ring, [*ring[1:], ring[0]], strict=True)
    return abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in pairs)) / 2


def _distance(one: Point, other: Point) -> float:
    return float(((one[0] - other[0]) ** 2 + (one[1] - other[1]) ** 2) ** 0.5)


def _perspective(to: Sequence[Point], source: Sequence[Point]) -> tuple[float, ...]:
    """Return the eight numbers that lead each point of `to` to its point of `source` (Pillow's order)."""
    rows: list[list[float]] = []
    for (x, y), (u, v) in zip(to, source, strict=True):
        rows.append([x, y, 1, 0, 0, 0, -u * x, -u * y, u])
        rows.append([0, 0, 0, x, y, 1, -v * x, -v * y, v])
    return tuple(_solved(rows))


def _solved(rows: list[list[float]]) -> list[float]:
    """Solve linear equations, the last column on the right side (Gauss with pivots)."""
    size = len(rows)
    for place in range(size):
        pivot = max(range(place, size), key=lambda row: abs(rows[row][place]))
        rows[place], rows[pivot] = rows[pivot], rows[place]
        rows[place] = [value / rows[place][place] for value in rows[place]]
        for row in range(size):
            if row != place and rows[row][place]:
                factor = rows[row][place]
                rows[row] = [value - factor * own for value, own in zip(rows[row], rows[place], strict=True)]
    return [row[-1] for row in rows]
