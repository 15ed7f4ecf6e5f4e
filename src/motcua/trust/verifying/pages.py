"""What changed on the pages: which there are, what they show, what lies over them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from motcua.trust.verifying.comparing import Comparison, Reference, is_array, is_dictionary, key_of, kind_of, value_of

#: More than this part of a page under one later signature is an overlay (a seal is about 4 cm wide: under 5 %).
MOST_OF_PAGE = 0.25
_PAGE_APART = ("/Annots", "/Parent")
_INHERITED = ("/Resources", "/MediaBox", "/CropBox", "/Rotate")
_ACTIONS = ("/A", "/AA")


def compare_pages(comparison: Comparison) -> None:
    """Note what changed on the pages; a new widget of a signature is allowed, over a small part of a page."""
    old, new = comparison.old.pages, comparison.new.pages
    before, after = [key_of(page) for page in old], [key_of(page) for page in new]
    added, removed = set(after) - set(before), set(before) - set(after)
    if added or removed:
        _say_pages(comparison, len(old), len(new))
    elif before != after:
        comparison.say("pages_moved")
    places = {key: number for number, key in enumerate(before)}
    for number, page in enumerate(new, start=1):
        there = places.get(key_of(page))
        if there is not None:
            _compare_page(comparison, old[there], page, number)
        elif number <= len(old) and not _same_page(comparison, old[number - 1], page):
            comparison.say("page_changed", page=number)


def _say_pages(comparison: Comparison, old: int, new: int) -> None:
    if new > old:
        comparison.say("pages_added", count=new - old)
    elif old > new:
        comparison.say("pages_removed", count=old - new)
    else:
        comparison.say("structure_changed")


def _same_page(comparison: Comparison, old: Any, new: Any) -> bool:
    inherited = all(comparison.same(_inherited(old, key), _inherited(new, key)) for key in _INHERITED)
    return inherited and comparison.same(old, new, without=(*_PAGE_APART, *_INHERITED)) if old is not new else True


def _inherited(page: Any, key: str) -> Any:
    node, seen = page, set()
    while is_dictionary(node) and key_of(node) not in seen:
        if key in node:
            return node.get(key)
        seen.add(key_of(node))
        node = node.get("/Parent")
    return None


def _compare_page(comparison: Comparison, old: Any, new: Any, number: int) -> None:
    comparison.old.atoms.discard(old.objgen)
    same = _same_page(comparison, old, new)
    comparison.old.atoms.add(old.objgen)
    if not same:
        comparison.say("page_changed", page=number)
    _compare_annotations(comparison, _annotations(old), _annotations(new), number, new)


def _annotations(page: Any) -> Sequence[Any]:
    annotations = page.get("/Annots")
    return list(annotations) if is_array(annotations) else []


def _compare_annotations(
    comparison: Comparison, old: Sequence[Any], new: Sequence[Any], number: int, page: Any
) -> None:
    before, after = {key_of(one): one for one in old}, {key_of(one): one for one in new}
    if len(old) != len(before) or len(new) != len(after):
        _compare_loose(comparison, old, new, number)
        return
    for key, annotation in before.items():
        if key not in after:
            comparison.say("annotation_removed", page=number)
        elif key in comparison.old.fields:  # its value is compared with the form, only where it shows counts here
            _judge_filled(comparison, annotation, after[key], number, page)
        elif not comparison.same(annotation, after[key], without=("/P", "/Parent")):
            comparison.say("annotation_changed", page=number)
    for key in sorted(after.keys() - before.keys()):
        _judge_new(comparison, key, after[key], number, page)
    if [key for key in after if key in before] != [key for key in before if key in after]:
        comparison.say("annotation_changed", page=number)


def _compare_loose(comparison: Comparison, old: Sequence[Any], new: Sequence[Any], number: int) -> None:
    """Annotations written into the page itself have no number of their own: nothing may change among them."""
    if len(new) > len(old):
        comparison.say("annotation_added", page=number)
    elif len(new) < len(old):
        comparison.say("annotation_removed", page=number)
    elif not all(comparison.same(a, b, without=("/P", "/Parent")) for a, b in zip(old, new, strict=True)):
        comparison.say("annotation_changed", page=number)


def _judge_new(comparison: Comparison, key: Reference, annotation: Any, number: int, page: Any) -> None:
    """Only the widget of a signature may be new, without an action and not over a large part of the page."""
    is_widget = key in comparison.new.fields and kind_of(annotation) == "/Sig"
    if not is_widget:
        comparison.say("annotation_added", page=number)
        return
    if any(action in annotation for action in _ACTIONS):
        comparison.say("script_changed")
    _judge_shown(comparison, annotation, number, page)


def _judge_filled(comparison: Comparison, old: Any, new: Any, number: int, page: Any) -> None:
    """An empty field of a signature that was signed afterwards shows something now, like a new one."""
    if kind_of(old) == "/Sig" and not is_dictionary(value_of(old)) and is_dictionary(value_of(new)):
        _judge_shown(comparison, new, number, page)


def _judge_shown(comparison: Comparison, annotation: Any, number: int, page: Any) -> None:
    """A new signature may show something on a small part of the page; a timestamp, which anybody can have, nothing."""
    covered, value = _share(annotation, page), value_of(annotation)
    is_stamp = is_dictionary(value) and str(value.get("/SubFilter", "")) == "/ETSI.RFC3161"
    if is_stamp and covered and "/AP" in annotation:
        comparison.say("annotation_added", page=number)
    elif covered > MOST_OF_PAGE:
        comparison.say("overlay", page=number, percent=round(covered * 100))


def _share(annotation: Any, page: Any) -> float:
    box, whole = _box(annotation.get("/Rect")), _box(_inherited(page, "/MediaBox"))
    if box is None or whole is None:
        return 0.0 if box is None and "/Rect" not in annotation else 1.0
    area = abs((whole[2] - whole[0]) * (whole[3] - whole[1]))
    return abs((box[2] - box[0]) * (box[3] - box[1])) / area if area else 1.0


def _box(value: Any) -> list[float] | None:
    try:
        numbers = [float(one) for one in value] if is_array(value) else []
    except (TypeError, ValueError):
        return None
    return numbers if len(numbers) == 4 else None  # noqa: PLR2004 two corners
