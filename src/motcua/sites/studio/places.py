"""Where something stands inside a definition, and the definition with that one place changed.

An address like `trang/0/cau-hoi/2` names the third question of the first page. Everything here is pure: a new
definition comes back, the old one stays as it is.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from motcua.forms.terms import Form
from motcua.kernel.errors import NotFound, Problem
from motcua.kernel.values import Value
from motcua.procedures.terms import Definition

#: Name of a list in addresses → the attributes that lead to it from what holds it.
LISTS: Final[Mapping[str, tuple[str, ...]]] = {
    "truong-hop": ("cases",),
    "khoan-thu": ("fees",),
    "giay-to": ("components",),
    "ket-qua": ("results",),
    "can-cu": ("legal_basis",),
    "lien-thong": ("linked",),
    "trang": ("form", "pages"),
    "cau-hoi": ("fields",),
    "cot": ("columns",),
    "rang-buoc": ("form", "checks"),
    "buoc": ("steps",),
    "chuyen-toi": ("forward",),
    "tra-lai": ("back",),
    "lay-y-kien": ("consults",),
    "hen-gio": ("timers",),
    "van-ban": ("papers",),
    "khoi": ("blocks",),
    "bai-thu": ("tests",),
}
#: Which lists may stand inside an element of a list; those at the top stand in the definition itself.
INSIDE: Final[Mapping[str, tuple[str, ...]]] = {
    "": (
        "truong-hop",
        "giay-to",
        "ket-qua",
        "can-cu",
        "lien-thong",
        "trang",
        "rang-buoc",
        "buoc",
        "van-ban",
        "bai-thu",
    ),
    "truong-hop": ("khoan-thu",),
    "trang": ("cau-hoi",),
    "cau-hoi": ("cot",),
    "buoc": ("chuyen-toi", "tra-lai", "lay-y-kien", "hen-gio"),
    "van-ban": ("khoi",),
}


@dataclass(frozen=True, slots=True)
class Place:
    """A list (`index` None) or an element of it; `holders` are the elements around it, from the outside in."""

    holders: tuple[tuple[str, int], ...]
    name: str
    index: int | None = None

    @property
    def path(self) -> str:
        """The address: `trang/0/cau-hoi/2`."""
        parts = [part for name, number in self.holders for part in (name, str(number))]
        return "/".join([*parts, self.name, *([] if self.index is None else [str(self.index)])])

    @property
    def list(self) -> "Place":
        """The list this element stands in."""
        return Place(self.holders, self.name)

    @property
    def holder(self) -> "Place | None":
        """The element that holds the list; None at the top."""
        if not self.holders:
            return None
        *around, (name, index) = self.holders
        return Place(tuple(around), name, index)

    def at(self, index: int) -> "Place":
        """The element of that number in the same list."""
        return Place(self.holders, self.name, index)

    def inside(self, name: str) -> "Place":
        """A list inside this element."""
        return Place((*self.holders, (self.name, self.index or 0)), name)

    @property
    def top(self) -> str:
        """The name of the outermost list."""
        return self.holders[0][0] if self.holders else self.name


def _no_place() -> NotFound:
    return NotFound(Problem("no_place", "Mục này không còn trong bản thảo; có thể người khác vừa xóa hoặc chuyển chỗ."))


def place_of(path: str) -> Place:
    """Return the place an address names; raises NotFound when no definition has such a place."""
    parts = path.strip("/").split("/")
    if any(not part.isascii() or not part.isdigit() or len(part) > 4 for part in parts[1::2]):  # noqa: PLR2004
        raise _no_place()
    names, numbers = parts[::2], [int(part) for part in parts[1::2]]
    for above, name in zip(["", *names], names, strict=False):
        if name not in INSIDE.get(above, ()):
            raise _no_place()
    index = numbers[-1] if len(numbers) == len(names) else None
    holders = tuple(zip(names[:-1], numbers, strict=False))
    return Place(holders, names[-1], index)


def elements(definition: Definition, place: Place) -> tuple[Any, ...]:
    """Return the elements of the list the place is in; raises NotFound."""
    holder: Any = definition
    for name, number in place.holders:
        found = _list(holder, name)
        if number >= len(found):
            raise _no_place()
        holder = found[number]
    return _list(holder, place.name)


def element(definition: Definition, place: Place) -> Any:
    """Return the element at the place; raises NotFound."""
    found = elements(definition, place)
    if place.index is None or place.index >= len(found):
        raise _no_place()
    return found[place.index]


def _list(holder: Any, name: str) -> tuple[Any, ...]:
    for attribute in LISTS[name]:
        holder = getattr(holder, attribute)
        if holder is None:
            return ()
    return tuple(holder)


def with_element(definition: Definition, place: Place, value: Value) -> Definition:
    """Return the definition with the element replaced, or appended when the place names a list."""
    found = list(elements(definition, place))
    if place.index is None:
        found.append(value)
    else:
        element(definition, place)
        found[place.index] = value
    return with_list(definition, place, found)


def without_element(definition: Definition, place: Place) -> Definition:
    """Return the definition without the element; raises NotFound."""
    gone = place.index
    element(definition, place)
    kept = [one for number, one in enumerate(elements(definition, place)) if number != gone]
    return with_list(definition, place, kept)


def moved(definition: Definition, place: Place, by: int) -> Definition:
    """Return the definition with the element moved up (-1) or down (+1); at the end of its list it stays."""
    element(definition, place)
    found, index = list(elements(definition, place)), place.index or 0
    to = min(max(index + by, 0), len(found) - 1)
    found.insert(to, found.pop(index))
    return with_list(definition, place, found)


def with_list(definition: Definition, place: Place, values: Sequence[Value]) -> Definition:
    """Return the definition with the whole list of the place replaced."""
    changed = _with(_holder_of(definition, place), LISTS[place.name], tuple(values))
    holder = place.holder
    if holder is None:
        return changed  # type: ignore[no-any-return]
    return with_element(definition, holder, changed)


def _holder_of(definition: Definition, place: Place) -> Any:
    return element(definition, place.holder) if place.holder else definition


def _with(holder: Any, attributes: tuple[str, ...], values: tuple[Value, ...]) -> Any:
    first, *rest = attributes
    if not rest:
        return holder.model_copy(update={first: values})
    inner = getattr(holder, first) or Form(title=holder.name)
    return holder.model_copy(update={first: _with(inner, tuple(rest), values)})
