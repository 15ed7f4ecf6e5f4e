"""Shadow attacks, overlays, updates without a table, forged and wrapped signatures (the published families of them)."""

from __future__ import annotations

import re
from collections.abc import Callable

import pikepdf
import pytest

from tests.attacks.forging import Update, byte_range, cms_of, signed_with, simple_paper, stream
from tests.attacks.scene import AT, officer, sealed, sign, signed
from tests.attacks.table import GOOD_SEAL, GOOD_SIGNER, Attack
from tests.pki import demo_pki

ONE = (GOOD_SIGNER,)
TWO = (GOOD_SIGNER, GOOD_SEAL)


def _page(update: Update, number: int = 0) -> pikepdf.Dictionary:
    return update.pdf.pages[number].obj


def _contents_replaced() -> bytes:
    update = Update(sealed())
    update.replace(_page(update, 1).Contents, stream(b"BT /F1 12 Tf 50 800 Td (Page 2: 9000 dong) Tj ET"))
    return update.written()


def _page_points_elsewhere() -> bytes:
    update = Update(sealed())
    number = update.add(stream(b"BT /F1 12 Tf 50 800 Td (Page 2: 9000 dong) Tj ET"))
    body = _page(update, 1).unparse(resolved=True)
    update.replace(_page(update, 1), re.sub(rb"/Contents \d+ 0 R", b"/Contents %d 0 R" % number, body))
    return update.written()


def _font_swapped() -> bytes:
    update = Update(sealed())
    update.put(_page(update).Resources.Font.F1, BaseFont=pikepdf.Name.Symbol)
    return update.written()


def _page_size() -> bytes:
    update = Update(sealed())
    update.put(_page(update, 1), MediaBox=pikepdf.Array([0, 0, 595, 790]))
    return update.written()


def _page_added() -> bytes:
    update = Update(sealed())
    tree = update.pdf.Root.Pages
    content = update.add(stream(b"BT ET"))
    page = update.add(
        b"<< /Type /Page /Parent %d 0 R /MediaBox [0 0 595 842] /Contents %d 0 R >>" % (tree.objgen[0], content)
    )
    kids = " ".join(f"{one.objgen[0]} 0 R" for one in tree.Kids)
    update.replace(tree, f"<< /Type /Pages /Count 3 /Kids [{kids} {page} 0 R] >>".encode())
    return update.written()


def _page_removed() -> bytes:
    update = Update(sealed())
    tree = update.pdf.Root.Pages
    update.replace(tree, f"<< /Type /Pages /Count 1 /Kids [{tree.Kids[0].objgen[0]} 0 R] >>".encode())
    return update.written()


def _pages_swapped() -> bytes:
    update = Update(sealed())
    tree = update.pdf.Root.Pages
    kids = " ".join(f"{one.objgen[0]} 0 R" for one in reversed(list(tree.Kids)))
    update.replace(tree, f"<< /Type /Pages /Count 2 /Kids [{kids}] >>".encode())
    return update.written()


def _with_cover(pdf: pikepdf.Pdf) -> None:
    """The hiding part of a shadow attack: what is signed shows a cover over the true words."""
    cover = pdf.make_stream(b"0 0 300 40 re f")
    cover.Type, cover.Subtype, cover.BBox = pikepdf.Name.XObject, pikepdf.Name.Form, pikepdf.Array([0, 0, 300, 40])
    note = pikepdf.Dictionary(
        Type=pikepdf.Name.Annot,
        Subtype=pikepdf.Name.Stamp,
        Rect=pikepdf.Array([40, 790, 340, 830]),
        AP=pikepdf.Dictionary(N=cover),
    )
    pdf.pages[1].Annots = pikepdf.Array([pdf.make_indirect(note)])


def _cover_removed() -> bytes:
    update = Update(sign(simple_paper(more=_with_cover)))
    update.put(_page(update, 1), Annots=None)
    return update.written()


def _cover_emptied() -> bytes:
    update = Update(sign(simple_paper(more=_with_cover)))
    cover = _page(update, 1).Annots[0].AP.N
    update.replace(cover, stream(b"", "/Type /XObject /Subtype /Form /BBox [0 0 300 40]"))
    return update.written()


def _with_second_face(pdf: pikepdf.Pdf) -> None:
    """The hide-and-replace part: another catalog with other pages lies in what is signed, not used yet."""
    hidden = pdf.make_stream(b"BT /F1 12 Tf 50 800 Td (Page 1: 9000 dong) Tj ET")
    page = pikepdf.Dictionary(
        Type=pikepdf.Name.Page,
        MediaBox=pikepdf.Array([0, 0, 595, 842]),
        Contents=hidden,
        Resources=pdf.pages[0].Resources,
    )
    tree = pdf.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.Pages, Count=1))
    page.Parent = tree
    tree.Kids = pikepdf.Array([pdf.make_indirect(page)])
    pdf.Root.PieceInfo = pikepdf.Dictionary(
        Face=pdf.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.Catalog, Pages=tree))
    )


def _catalog_swapped() -> bytes:
    update = Update(sign(simple_paper(more=_with_second_face)))
    update.root = "{} {} R".format(*update.pdf.Root.PieceInfo.Face.objgen)
    update.add(b"<< >>")
    return update.written()


def _tree_swapped() -> bytes:
    update = Update(sign(simple_paper(more=_with_second_face)))
    hidden = update.pdf.Root.PieceInfo.Face.Pages
    update.put(update.pdf.Root, Pages=hidden)
    return update.written()


def _with_field(pdf: pikepdf.Pdf) -> None:
    field = pdf.make_indirect(
        pikepdf.Dictionary(
            Type=pikepdf.Name.Annot,
            Subtype=pikepdf.Name.Widget,
            FT=pikepdf.Name.Tx,
            T=pikepdf.String("amount"),
            V=pikepdf.String("1000"),
            Rect=pikepdf.Array([50, 700, 200, 720]),
        )
    )
    pdf.pages[0].Annots = pikepdf.Array([field])
    pdf.Root.AcroForm = pikepdf.Dictionary(Fields=pikepdf.Array([field]))


def _form_value() -> bytes:
    update = Update(sign(simple_paper(more=_with_field)))
    update.put(update.pdf.Root.AcroForm.Fields[0], V=pikepdf.String("9000"))
    return update.written()


def _annotated(entries: bytes, *, is_field: bool = False) -> Callable[[], bytes]:
    def make() -> bytes:
        update = Update(sealed())
        page = _page(update)
        drawn = update.add(stream(b"1 1 1 rg 0 0 400 60 re f", "/Type /XObject /Subtype /Form /BBox [0 0 400 60]"))
        body = b"<< /Type /Annot %s /AP << /N %d 0 R >> >>" % (entries, drawn)
        number = update.add(body)
        listed = " ".join(f"{one.objgen[0]} 0 R" for one in page.Annots)
        text = re.sub(
            rb"/Annots (\[[^\]]*\]|\d+ 0 R)", f"/Annots [{listed} {number} 0 R]".encode(), page.unparse(resolved=True)
        )
        update.replace(page, text)
        if is_field:
            form = update.pdf.Root.AcroForm
            fields = " ".join(f"{one.objgen[0]} 0 R" for one in form.Fields)
            new = update.add(f"<< /Fields [{fields} {number} 0 R] /SigFlags 3 >>".encode())
            root = update.pdf.Root
            text = re.sub(rb"/AcroForm (<<.*?>>|\d+ 0 R)", b"/AcroForm %d 0 R" % new, root.unparse(resolved=True))
            update.replace(root, text)
        return update.written()

    return make


def _signed_over() -> bytes:
    """A signature that is good in itself, and whose picture covers the page."""
    return sign_large()


def sign_large() -> bytes:
    """Return the sealed paper with one more good signature as large as the page."""
    from motcua.signing.pades import sign_pdf
    from motcua.signing.terms import Placement, SignaturePlan
    from motcua.trust.terms import Role

    plan = SignaturePlan("other-1", Role.OTHER, AT, placement=Placement(0, (20, 20, 570, 820)))
    return sign_pdf(sealed(), plan, officer().signing_key(), stamper=demo_pki().stamper(at=AT))


def _script() -> bytes:
    update = Update(sealed())
    action = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=pikepdf.String("app.alert(1)"))
    update.put(update.pdf.Root, OpenAction=action)
    return update.written()


def _objects_without_table() -> bytes:
    return sealed() + b"4 0 obj\n" + stream(b"BT (9000) Tj ET") + b"\nendobj\n"


def _objects_and_trailer_without_table() -> bytes:
    start = sealed()[sealed().rindex(b"startxref") :]
    return (
        sealed() + b"4 0 obj\n" + stream(b"BT (9000) Tj ET") + b"\nendobj\ntrailer\n<< /Size 5 /Root 1 0 R >>\n" + start
    )


def _comment() -> bytes:
    return sealed() + b"% nothing to see here\n" + sealed()[sealed().rindex(b"startxref") :]


def _seal_swapped() -> bytes:
    """Cut the seal off and put another's in its place: good in itself, but not what was issued."""
    other = demo_pki().agency("Ủy ban nhân dân phường Khác", trusted=False)
    return sign(signed(), "seal-1", other)


def _signature_changed() -> bytes:
    update = Update(sealed())
    value = update.pdf.Root.AcroForm.Fields[0].V
    update.put(value, Reason=pikepdf.String("Khác"))
    return update.written()


def _borrowed(*, copied: bool) -> bytes:
    """A seal without a key: a new field that shows the leader's signature as the agency's."""
    update = Update(signed())
    root, page = update.pdf.Root, _page(update)
    value = root.AcroForm.Fields[0].V
    number = update.add(value.unparse(resolved=True)) if copied else value.objgen[0]
    field = update.add(
        b"<< /Type /Annot /Subtype /Widget /FT /Sig /T (seal-1) /V %d 0 R /F 132 /Rect [60 60 90 90] >>" % number
    )
    listed = " ".join(f"{one.objgen[0]} 0 R" for one in page.Annots)
    text = re.sub(
        rb"/Annots (\[[^\]]*\]|\d+ 0 R)", f"/Annots [{listed} {field} 0 R]".encode(), page.unparse(resolved=True)
    )
    update.replace(page, text)
    fields = " ".join(f"{one.objgen[0]} 0 R" for one in root.AcroForm.Fields)
    form = update.add(f"<< /Fields [{fields} {field} 0 R] /SigFlags 3 >>".encode())
    text = re.sub(rb"/AcroForm (<<.*?>>|\d+ 0 R)", b"/AcroForm %d 0 R" % form, root.unparse(resolved=True))
    update.replace(root, text)
    return update.written()


FORGED = {"resaved": ((2, False, None, "resaved"),), "malformed": ((2, False, None, "malformed"),)}


def _dictionary(change: Callable[[bytes], bytes]) -> Callable[[], bytes]:
    """Change the signature's dictionary where the attacker may: the length of the file stays."""

    def make() -> bytes:
        content = signed_with(simple_paper(), cms_of(officer(), at=AT))
        start = content.rindex(b"/Type /Sig ")
        end = content.index(b"endobj", start)
        return content[:start] + change(content[start:end]).ljust(end - start) + content[end:]

    return make


def _without_contents(text: bytes) -> bytes:
    return re.sub(rb"/Contents <[0-9a-f]*>", lambda found: b" " * len(found[0]), text)


def _with_contents(value: bytes) -> Callable[[bytes], bytes]:
    return lambda text: re.sub(rb"/Contents <[0-9a-f]*>", b"/Contents " + value, text)


def _with_range(value: bytes) -> Callable[[bytes], bytes]:
    return lambda text: re.sub(rb"/ByteRange \[[^\]]*\]", b"/ByteRange " + value, text)


def _wrapped() -> bytes:
    """Move the second part of what is signed to the end; where its table was expected lies the attacker's."""
    content = signed_with(simple_paper(), cms_of(officer(), at=AT))
    _, first, second, last = byte_range(content)
    start = int(re.findall(rb"startxref\s+(\d+)", content)[-1])
    places = {int(one): int(place) for one, place in re.findall(rb"(\d+) 1\n(\d{10}) 00000 n", content[start:])}
    value = next(number for number, place in places.items() if place < first < place + 1000)
    update = Update(content)
    page = _page(update, 0).Contents.objgen[0]
    shown = stream(b"BT /F1 12 Tf 50 800 Td (Page 1: 9000 dong) Tj ET")
    trailer = content[content.rindex(b"trailer", start) : content.rindex(b"startxref")]
    table = len(b"xref\n") + (len(places) + 1) * len(b"00 1\n0000000000 00000 n \n")
    after = start + table + len(trailer)
    forged = b"%d 0 obj\n%s\nendobj\n" % (page, shown)
    head = b"%d 0 obj\n<< /Type /Sig /Filter /Adobe.PPKLite /SubFilter /ETSI.CAdES.detached " % value
    signature = b"/Contents %s >>\nendobj\n" % content[first:second]
    length = len(forged) + len(head) + len(b"/ByteRange [0 0000000000 0000000000 0000000000] ") + len(signature)
    moved = after + length
    span = b"/ByteRange [0 %010d %010d %010d] " % (first, moved, last)
    new = {number: place + moved - second for number, place in places.items() if place > second}
    new |= {page: after, value: after + len(forged)}
    rows = b"".join(b"%02d 1\n%010d 00000 n \n" % (number, place) for number, place in sorted(new.items()))
    body = content[:second].ljust(start) + (b"xref\n" + rows).ljust(table) + trailer + forged + head + span + signature
    return body + content[second:]


BORROWED = (GOOD_SIGNER, (2, False, None, "malformed"))
SHADOW = {
    "replace: the words of a page": Attack(_contents_replaced, "changed", TWO, ("page_changed",)),
    "replace: a page shows another stream": Attack(_page_points_elsewhere, "changed", TWO, ("page_changed",)),
    "replace: the font under the same words": Attack(_font_swapped, "changed", TWO, ("page_changed", "page_changed")),
    "replace: the size of a page": Attack(_page_size, "changed", TWO, ("page_changed",)),
    "replace: a page more": Attack(_page_added, "changed", TWO, ("pages_added",)),
    "replace: a page less": Attack(_page_removed, "changed", TWO, ("pages_removed",)),
    "replace: other order": Attack(_pages_swapped, "changed", TWO, ("pages_moved",)),
    "hide: the cover is taken away": Attack(_cover_removed, "changed", ONE, ("annotation_removed",)),
    "hide: the cover is emptied": Attack(_cover_emptied, "changed", ONE, ("annotation_changed",)),
    "hide and replace: another catalog": Attack(
        _catalog_swapped,
        "not_signed",
    ),
    "hide and replace: another tree of pages": Attack(_tree_swapped, "changed", ONE, ("pages_removed", "page_changed")),
    "form: a value": Attack(_form_value, "changed", ONE, ("form_value_changed",)),
    "overlay: a note over the words": Attack(
        _annotated(b"/Subtype /FreeText /Rect [50 780 450 840]"), "changed", TWO, ("annotation_added",)
    ),
    "overlay: a field for a signature that shows something": Attack(
        _annotated(b"/Subtype /Widget /FT /Sig /T (x) /Rect [50 780 450 840]", is_field=True),
        "changed",
        TWO,
        ("form_field_added",),
    ),
    "overlay: a good signature as large as the page": Attack(
        _signed_over, "changed", (*TWO, (4, True, True, "")), ("overlay",)
    ),
    "seal: the leader's signature borrowed for it": Attack(
        lambda: _borrowed(copied=False), "malformed", BORROWED, ("signature_borrowed",)
    ),
    "seal: a copy of the leader's signature": Attack(
        lambda: _borrowed(copied=True), "malformed", BORROWED, ("signature_borrowed",)
    ),
    "script: when the paper is opened": Attack(_script, "changed", TWO, ("script_changed",)),
    "seal: another's after the true one was cut off": Attack(
        _seal_swapped, "unknown_root", (GOOD_SIGNER, (3, True, None, "unknown_root"))
    ),
    "signature: its dictionary is written again": Attack(
        _signature_changed,
        "changed",
        TWO,
        ("signature_changed",),
    ),
    "update: objects without a table": Attack(_objects_without_table, "appended", TWO, ("appended",)),
    "update: many objects without a table": Attack(lambda: _objects_without_table() + b"% " * 3000, "truncated", TWO),
    "update: objects and a trailer that points back": Attack(
        _objects_and_trailer_without_table, "appended", TWO, ("appended",)
    ),
    "update: a comment": Attack(_comment, "appended", TWO, ("appended",)),
    "forged: without contents": Attack(_dictionary(_without_contents), "malformed", FORGED["malformed"]),
    "forged: contents null": Attack(_dictionary(_with_contents(b"null")), "malformed", FORGED["malformed"]),
    "forged: contents of zeros": Attack(_dictionary(_with_contents(b"<0000>")), "malformed", FORGED["malformed"]),
    "forged: without a range": Attack(
        _dictionary(lambda text: re.sub(rb"/ByteRange \[[^\]]*\]", b"", text)), "malformed", FORGED["malformed"]
    ),
    "forged: range null": Attack(_dictionary(_with_range(b"null")), "malformed", FORGED["malformed"]),
    "forged: range below zero": Attack(_dictionary(_with_range(b"[0 -10 100 200]")), "malformed", FORGED["malformed"]),
    "forged: range of two numbers": Attack(_dictionary(_with_range(b"[0 100]")), "malformed", FORGED["malformed"]),
    "forged: range of the whole file": Attack(
        _dictionary(_with_range(b"[0 100 100 999999]")), "malformed", FORGED["malformed"]
    ),
    "wrapped: other objects in the gap": Attack(_wrapped, "wrapped", ((2, False, None, "wrapped"),)),
}


@pytest.mark.parametrize("name", SHADOW)
def test_shadow(name: str) -> None:
    SHADOW[name].check()


def test_every_family_has_its_variants() -> None:
    assert len(SHADOW) >= 4
