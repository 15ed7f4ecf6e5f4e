"""Tags of signature fields: a Form element for each widget in the structure of a tagged paper (ISO 32000-1, 14.7.4)."""

from collections.abc import Sequence
from typing import Any

import pikepdf

from motcua.signing.pades.base import Base
from motcua.signing.pades.writing import Increment, reference, text, without


def add_forms(change: Increment, forms: Sequence[tuple[int, Any, str]]) -> dict[int, int]:
    """Add a Form element at the end of the structure for each (widget's number, page, label).

    Returns the key of each widget in the parent tree (its /StructParent); nothing for a file without tags.
    """
    tree = change.base.root.get("/StructTreeRoot")
    if not forms or not isinstance(tree, pikepdf.Dictionary) or not tree.is_indirect or not _is_marked(change.base):
        return {}
    parent = _document(tree)
    first = _next_key(change.base, tree)
    keys, elements = dict[int, int](), list[int]()
    for key, (widget, page, label) in enumerate(forms, first):
        where = reference(*page.objgen)
        elements.append(
            change.add(
                b"<< /Type /StructElem /S /Form /P %s /Pg %s /Alt %s /K << /Type /OBJR /Obj %s /Pg %s >> >>"
                % (reference(*parent.objgen), where, text(label), reference(widget), where)
            )
        )
        keys[widget] = key
    _enter(change, tree, parent, dict(zip(keys.values(), elements, strict=True)))
    return keys


def _is_marked(base: Base) -> bool:
    return bool(base.root.get("/MarkInfo", {}).get("/Marked", False))


def _document(tree: Any) -> Any:
    """Return the element the forms go under: the only one at the top, or the root of the structure itself."""
    kids = tree.get("/K")
    if isinstance(kids, pikepdf.Array):
        kids = kids[0] if len(kids) == 1 else None
    return kids if isinstance(kids, pikepdf.Dictionary) and kids.is_indirect and "/S" in kids else tree


def _next_key(base: Base, tree: Any) -> int:
    if "/ParentTreeNextKey" in tree:
        return int(tree["/ParentTreeNextKey"])
    used = [int(page.obj.get("/StructParents", -1)) for page in base.pdf.pages]
    used += [int(one.get("/StructParent", -1)) for page in base.pdf.pages for one in page.obj.get("/Annots", [])]
    return max(used, default=-1) + 1


def _enter(change: Increment, tree: Any, parent: Any, elements: dict[int, int]) -> None:
    """Write parent tree, root and parent again with the new elements (by their keys) at the end."""
    index = _index(change, tree, elements)
    following = b"/ParentTreeNextKey %d" % (max(elements) + 1)
    at_root = parent.objgen == tree.objgen
    kids = b" /K [ %s ]" % _kids(parent, elements)
    if not at_root:
        change.put(parent.objgen[0], b"<< %s%s >>" % (without(parent, "/K"), kids), parent.objgen[1])
    kept = without(tree, "/ParentTree", "/ParentTreeNextKey", *(["/K"] if at_root else []))
    body = b"<< %s%s %s %s >>" % (kept, kids if at_root else b"", index, following)
    change.put(tree.objgen[0], body, tree.objgen[1])


def _kids(parent: Any, elements: dict[int, int]) -> bytes:
    kids = parent.get("/K", pikepdf.Array())
    old = bytes(kids.unparse(resolved=True))[1:-1] if isinstance(kids, pikepdf.Array) else _unparsed(parent, "/K")
    return b" ".join((old.strip(), *(reference(number) for number in elements.values())))


def _unparsed(parent: Any, key: str) -> bytes:
    """Return one entry's text, a number or a reference alike."""
    return bytes(pikepdf.Array([parent[key]]).unparse())[1:-1]


def _index(change: Increment, tree: Any, elements: dict[int, int]) -> bytes:
    """Return the entry /ParentTree of the root, with the new pairs at its end."""
    index = tree.get("/ParentTree", pikepdf.Dictionary())
    pairs = b" ".join(b"%d %s" % (key, reference(number)) for key, number in elements.items())
    if "/Kids" in index:
        leaf = change.add(b"<< /Limits [ %d %d ] /Nums [ %s ] >>" % (min(elements), max(elements), pairs))
        old, name = bytes(index["/Kids"].unparse(resolved=True))[1:-1], "/Kids"
        pairs = reference(leaf)
    else:
        old, name = bytes(index.get("/Nums", pikepdf.Array()).unparse(resolved=True))[1:-1], "/Nums"
    return b"/ParentTree << %s %s [ %s %s ] >>" % (without(index, name), name.encode(), old.strip(), pairs)
