"""What a signature forbids to be changed after it (ISO 32000-2, 12.8.2.2 and 12.8.2.4)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.misc import PdfError


@dataclass(frozen=True, slots=True)
class Lock:
    """`permission`: 1 nothing may change, 2 and 3 allow more, 0 says nothing. `action`: which fields are locked."""

    permission: int = 0
    action: str = ""
    names: frozenset[str] = frozenset()

    def holds(self, name: str) -> bool:
        """Whether a field of that name is locked; a name also means the fields below it."""
        named = any(name == one or name.startswith(f"{one}.") for one in self.names)
        return self.action == "/All" or named if self.action != "/Exclude" else not named


NO_LOCK = Lock()


def lock_of(field: generic.DictionaryObject, value: generic.DictionaryObject) -> Lock:
    """Return what a signature locks, by its own references and by the lock of its field."""
    permission, action, names = 0, "", frozenset[str]()
    for rule in _dictionaries(_entry(value, "/Reference")):
        method, parameters = _entry(rule, "/TransformMethod"), _entry(rule, "/TransformParams")
        if method == "/DocMDP":
            permission = _permission(parameters, 2)
        elif method == "/FieldMDP" and isinstance(parameters, generic.DictionaryObject):
            action, names = str(_entry(parameters, "/Action")), _names(parameters)
    lock = _entry(field, "/Lock")
    if isinstance(lock, generic.DictionaryObject):
        permission = permission or _permission(lock, 0)
        action, names = (action, names) if action else (str(_entry(lock, "/Action")), _names(lock))
    return Lock(permission, action, names)


def _permission(parameters: Any, absent: int) -> int:
    allowed = _entry(parameters, "/P") if isinstance(parameters, generic.DictionaryObject) else None
    if allowed is None:
        return absent
    return int(allowed) if isinstance(allowed, generic.NumberObject) else 1


def _names(holder: generic.DictionaryObject) -> frozenset[str]:
    listed = _entry(holder, "/Fields")
    names = listed if isinstance(listed, generic.ArrayObject) else ()
    return frozenset(str(one.get_object()) for one in names)


def _dictionaries(array: Any) -> list[generic.DictionaryObject]:
    listed = [one.get_object() for one in array] if isinstance(array, generic.ArrayObject) else []
    return [one for one in listed if isinstance(one, generic.DictionaryObject)]


def _entry(holder: generic.DictionaryObject, key: str) -> Any:
    try:
        return holder[key]
    except (KeyError, PdfError):
        return None
