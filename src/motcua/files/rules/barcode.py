"""Code 128, set B: the barcode that the hand scanners of the desks read (ISO/IEC 15417)."""

import re

_WIDTHS = re.findall(
    r"\d{6}",
    """
212222 222122 222221 121223 121322 131222 122213 122312 132212 221213 221312 231212 112232 122132 122231 113222
123122 123221 223211 221132 221231 213212 223112 312131 311222 321122 321221 312212 322112 322211 212123 212321
232121 111323 131123 131321 112313 132113 132311 211313 231113 231311 112133 112331 132131 113123 113321 133121
313121 211331 231131 213113 213311 213131 311123 311321 331121 312113 312311 332111 314111 221411 431111 111224
111422 121124 121421 141122 141221 112214 112412 122114 122411 142112 142211 241211 221114 413111 241112 134111
111242 121142 121241 114212 124112 124211 411212 421112 421211 212141 214121 412121 111143 111341 131141 114113
114311 411113 411311 113141 114131 311141 411131 211412 211214 211232
""",
)
_STOP = "2331112"
_START_B = 104
_LONGEST = 48


def can_barcode(text: str) -> bool:
    """Say whether `text` fits Code 128 B: 1 to 48 printable ASCII characters."""
    return 0 < len(text) <= _LONGEST and all(" " <= char <= "~" for char in text)


def bars(text: str) -> tuple[int, ...]:
    """Return widths of bars and gaps in modules, a bar first; raises ValueError where `can_barcode` is false."""
    if not can_barcode(text):
        raise ValueError("not a text for Code 128 B")
    values = [ord(char) - 32 for char in text]
    check = (_START_B + sum(place * value for place, value in enumerate(values, start=1))) % 103
    symbols = [_WIDTHS[value] for value in (_START_B, *values, check)]
    return tuple(int(width) for width in "".join(symbols) + _STOP)


def barcode_svg(text: str) -> str:
    """Return the barcode of `text` as SVG, one unit a module, with quiet zones of ten; "" where it cannot be drawn."""
    if not can_barcode(text):
        return ""
    at, path = 10, []
    for index, width in enumerate(bars(text)):
        if index % 2 == 0:
            path.append(f"M{at} 0h{width}v30h-{width}z")
        at += width
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {at + 10} 30" width="{at + 10}" height="30">'
        f'<path d="{"".join(path)}"/></svg>'
    )
