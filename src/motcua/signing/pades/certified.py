"""What an earlier signer allows to happen to a file (ISO 32000-1, 12.8.2.2: certification, DocMDP)."""

from typing import Any

import pikepdf

from motcua.kernel.errors import Invalid
from motcua.signing.pades.base import Base
from motcua.signing.pades.words import problem

_NOTHING, _FORMS = 1, 2


def permission_of(base: Base) -> int | None:
    """Return what a certification allows: 1 nothing, 2 filling in and signing, 3 comments too; None: none is there."""
    certification = base.root.get("/Perms", {}).get("/DocMDP")
    if not isinstance(certification, pikepdf.Dictionary):
        return None
    for one in certification.get("/Reference", []):
        if one.get("/TransformMethod") == "/DocMDP":
            limits: Any = one.get("/TransformParams", pikepdf.Dictionary())
            return int(limits.get("/P", _FORMS))
    return _FORMS


def refuse_closed(base: Base) -> None:
    """Raise Invalid when an earlier signature lets nobody sign after it."""
    if permission_of(base) == _NOTHING or any(_closes(one) for one in _fields(base)):
        raise Invalid(problem("certified_closed"))


def refuse_new_field(base: Base, *, visible: bool) -> None:
    """Raise Invalid when a certification is there and a field that shows would be added."""
    if visible and permission_of(base) is not None:
        raise Invalid(problem("certified_no_new_field"))


def _fields(base: Base) -> list[Any]:
    form = base.root.get("/AcroForm")
    return list(form.get("/Fields", [])) if isinstance(form, pikepdf.Dictionary) else []


def _closes(field: Any) -> bool:
    """Whether a signed field locks the whole document (ISO 32000-2, table 236: /P of the lock)."""
    return "/V" in field and field.get("/Lock", {}).get("/P") == _NOTHING
