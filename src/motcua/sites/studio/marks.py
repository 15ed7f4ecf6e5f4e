"""Finding an element again after others changed the draft: by its key, or by what it said."""

from typing import Any

from motcua.journal.idempotency import fingerprint_of
from motcua.kernel.errors import Conflict, Problem
from motcua.procedures.terms import Definition
from motcua.sites.studio.places import Place, element, elements

_SHORT = 12


def mark_of(value: Any) -> str:
    """Return the mark of an element: its key, else a short print of what it says."""
    key = getattr(value, "key", "")
    return str(key or fingerprint_of(value.model_dump_json())[:_SHORT])


def marks_of(definition: Definition, place: Place) -> str:
    """Return the marks of the element and of those around it, from the outside in."""
    around = [Place(place.holders[:depth], *pair) for depth, pair in enumerate(place.holders)]
    if place.index is not None:
        around.append(place)
    return "/".join(mark_of(element(definition, one)) for one in around)


def found_again(definition: Definition, place: Place, marks: str) -> Place:
    """Return where the marked element is now; raises Conflict when it is gone or says something else."""
    wanted = [mark for mark in marks.split("/") if mark]
    here = Place((), place.holders[0][0] if place.holders else place.name)
    names = [*(name for name, _ in place.holders[1:]), *([place.name] if place.holders else [])]
    for depth, mark in enumerate(wanted):
        index = next((n for n, one in enumerate(elements(definition, here)) if mark_of(one) == mark), None)
        if index is None:
            raise Conflict(Problem("element_gone", _GONE))
        here = here.at(index)
        if depth < len(names):
            here = here.inside(names[depth])
    return here


_GONE = "Mục này vừa bị người khác sửa, chuyển chỗ hoặc xóa. Nội dung bạn gõ còn ở đây để chép lại, chưa lưu."
