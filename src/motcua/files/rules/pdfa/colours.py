"""Colours and pictures: nothing whose look depends on the device (ISO 19005-2, 6.2.4 to 6.2.10)."""

from collections.abc import Iterator
from typing import Any, Final

import pikepdf

from motcua.files.rules.pdfa.terms import array, dictionary

_NAMES: Final = {"/DeviceGray": 1, "/G": 1, "/DeviceRGB": 3, "/RGB": 3, "/DeviceCMYK": 4, "/CMYK": 4}
_DEFAULTS: Final = {1: "/DefaultGray", 3: "/DefaultRGB", 4: "/DefaultCMYK"}
_WORDS: Final = {1: "grey", 3: "red, green, blue", 4: "cyan, magenta, yellow, black"}
_MODES = (
    "/Normal /Compatible /Multiply /Screen /Overlay /Darken /Lighten /ColorDodge /ColorBurn /HardLight /SoftLight"
    " /Difference /Exclusion /Hue /Saturation /Color /Luminosity"
)
_BLENDING: Final = frozenset(_MODES.split())
#: Where in a colour space's array stands the space it rests on.
_RESTS_ON: Final = {"/Indexed": 1, "/I": 1, "/Pattern": 1, "/Separation": 2, "/DeviceN": 2}
_DEEPEST = 4


def space_flaw(space: Any, intent: int | None, resources: dict[str, Any], depth: int = 0) -> str:
    """Return why the colours of a space are not defined, or "".

    `space`: an object of the file, or the number of colours of a device's space; `intent`: of the output intent.
    """
    components = (
        space if isinstance(space, int) else _NAMES.get(str(space)) if isinstance(space, pikepdf.Name) else None
    )
    if components is not None:
        defined = intent is not None if components == 1 else intent == components
        in_other_words = _DEFAULTS[components] in dictionary(resources.get("/ColorSpace"))
        return (
            "" if defined or in_other_words else f"{_WORDS[components]} of the device, without an output intent for it"
        )
    parts = array(space)
    if not parts or depth > _DEEPEST:
        return ""
    if str(parts[0]) == "/ICCBased":
        return _icc_flaw(parts[1] if len(parts) > 1 else None)
    at = _RESTS_ON.get(str(parts[0]), len(parts))
    return space_flaw(parts[at], intent, resources, depth + 1) if at < len(parts) else ""


def _icc_flaw(profile: Any) -> str:
    if not isinstance(profile, pikepdf.Stream) or profile.read_bytes()[36:40] != b"acsp":
        return "an ICC profile that is none"
    return ""


def image_flaws(image: pikepdf.Stream, intent: int | None, resources: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield code and words of what is wrong with a picture."""
    entries = dictionary(image)
    said = "" if entries.get("/ImageMask", False) is True else space_flaw(entries.get("/ColorSpace"), intent, resources)
    if said:
        yield "device_colour", f"a picture in {said}"
    if {"/Alternates", "/OPI"} & set(entries) or entries.get("/Interpolate", False) is True:
        yield "picture", "a picture with alternatives, a stand-in or smoothing"


def state_flaws(state: dict[str, Any]) -> Iterator[str]:
    """Yield what is wrong with a set of graphics parameters."""
    if "/TR" in state or str(state.get("/TR2", "/Default")) != "/Default" or "/HTP" in state:
        yield "a transfer function"
    modes = array(state.get("/BM")) or [state.get("/BM", pikepdf.Name("/Normal"))]
    if not {str(one) for one in modes} <= _BLENDING:
        yield f"the way of blending {modes[0]}"
