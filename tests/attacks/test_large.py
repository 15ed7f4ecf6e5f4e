"""Papers of 300 MB and of 5,000 pages: a verdict, in bounded memory."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from motcua.trust.terms import Role
from motcua.trust.verifying.bounded import verify_bounded
from tests.attacks.forging import Update, cms_of, simple_paper, stream
from tests.attacks.scene import AT, BOTH, LATER, agency, judge, officer, sign
from tests.attacks.table import GOOD_SEAL, GOOD_SIGNER, Attack
from tests.pki import demo_pki

MEGABYTE = 1024 * 1024
SIZE = 300 * MEGABYTE
_ROOM = 16384
#: What judging 300 MB may need beyond what the program itself is.
MEMORY = 200 * MEGABYTE


def _paper_with_hole() -> tuple[bytes, bytes]:
    """Return what stands before and after 300 MB of zeros in a signed paper; the signature is not filled in yet."""
    update = Update(simple_paper())
    page = update.pdf.pages[0].obj
    value = update.add(
        b"<< /Type /Sig /Filter /Adobe.PPKLite /SubFilter /ETSI.CAdES.detached "
        b"/ByteRange [0 0000000000 0000000000 0000000000] /Contents <" + b"0" * _ROOM + b"> >>"
    )
    field = update.add(
        b"<< /Type /Annot /Subtype /Widget /FT /Sig /T (signer-1) /V %d 0 R /F 132 /Rect [0 0 0 0] >>" % value
    )
    update.replace(page, page.unparse(resolved=True)[:-2] + b" /Annots [%d 0 R] >>" % field)
    filling = update.add(b"<< /Length %d >>\nstream\n@@@@\nendstream" % SIZE)
    root = update.pdf.Root
    rest = b" /AcroForm << /Fields [%d 0 R] /SigFlags 3 >> /Filling %d 0 R >>" % (field, filling)
    update.replace(root, root.unparse(resolved=True)[:-2] + rest)
    before, after = update.written().split(b"@@@@")

    def shifted(found: re.Match[bytes]) -> bytes:
        place = int(found[1])
        return found[0] if place < len(before) else b"%010d%b" % (place + SIZE - 4, found[2])

    after = re.sub(rb"(\d{10})( 00000 n )", shifted, after)
    start = int(re.findall(rb"startxref\n(\d+)", after)[-1])
    after = after.replace(b"startxref\n%d" % start, b"startxref\n%d" % (start + SIZE - 4))
    return before, after


def _write_signed(path: Path) -> None:
    before, after = _paper_with_hole()
    hole = before.rindex(b"/Contents <") + len(b"/Contents ")
    end = hole + _ROOM + 2
    total = len(before) + SIZE + len(after)
    span = b"[0 %010d %010d %010d]" % (hole, end, total - end)
    place = before.rindex(b"/ByteRange [0") + len(b"/ByteRange ")
    before = before[:place] + span + before[place + len(span) :]
    digest = hashlib.sha256(before[:hole] + before[end:])
    zeros = bytes(MEGABYTE)
    for _ in range(SIZE // MEGABYTE):
        digest.update(zeros)
    digest.update(after)
    maker = cms_of(officer(), at=AT, stamp=demo_pki().stamper(at=AT).stamp, told=digest.digest())
    made = maker(b"").hex().encode()
    before = before[: hole + 1] + made + before[hole + 1 + len(made) :]
    with path.open("wb") as file:
        file.write(before)
        file.seek(SIZE, os.SEEK_CUR)
        file.write(after)


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A signed paper of 300 MB, sparse on the disk."""
    path = tmp_path_factory.mktemp("large") / "paper.pdf"
    _write_signed(path)
    yield path
    path.unlink()


def _turned(path: Path) -> None:
    with path.open("r+b") as file:
        file.seek(SIZE // 2)
        file.write(b"\x01")


def _cut(path: Path) -> None:
    os.truncate(path, SIZE // 2)


def _cut_last(path: Path) -> None:
    os.truncate(path, path.stat().st_size - 6)


def _page_replaced(path: Path) -> None:
    small = Update(simple_paper())
    page, size = small.pdf.pages[0].Contents.objgen[0], path.stat().st_size
    start = _start_of(path)
    body = b"%d 0 obj\n%s\nendobj\n" % (page, stream(b"BT /F1 12 Tf (9000) Tj ET"))
    with path.open("ab") as file:
        file.write(body + b"xref\n%d 1\n%010d 00000 n \n" % (page, size))
        trailer = b"trailer\n<< /Size 99 /Prev %d /Root %d 0 R >>\nstartxref\n%d\n%%%%EOF\n"
        file.write(trailer % (start, small.pdf.Root.objgen[0], size + len(body)))


def _start_of(path: Path) -> int:
    with path.open("rb") as file:
        file.seek(-200, os.SEEK_END)
        return int(re.findall(rb"startxref\n(\d+)", file.read())[-1])


ROWS_300_MB: dict[str, tuple[Callable[[Path], None], str, str, tuple[tuple[int, bool, bool | None, str], ...]]] = {
    "as it was signed": (lambda _path: None, "", "", (GOOD_SIGNER,)),
    "one bit in the middle": (_turned, "altered", "", ((2, False, None, "altered"),)),
    "half of it": (_cut, "truncated", "truncated", ()),
    "without the last line": (_cut_last, "truncated", "truncated", ()),
    "a page replaced by an update": (_page_replaced, "changed", "", (GOOD_SIGNER,)),
}


@pytest.mark.parametrize("name", ROWS_300_MB)
def test_three_hundred_megabytes(name: str, large: Path, tmp_path: Path) -> None:
    change, code, error, each = ROWS_300_MB[name]
    path = tmp_path / "attacked.pdf"
    shutil.copy(large, path)
    change(path)
    pki = demo_pki()
    verdict = verify_bounded(
        path,
        trust=pki.trust_store(),
        at=LATER,
        online=pki.fetcher(at=LATER),
        seconds=60,
        memory=MEMORY,
        start="fork",
    )
    said = tuple((one.revision, one.intact, one.trusted, one.reason_code) for one in verdict.signatures)
    assert (verdict.reason_code, verdict.error, said) == (code, error, each), verdict
    path.unlink()


def test_larger_than_allowed_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "huge.pdf"
    with path.open("wb") as file:
        file.write(b"%PDF-1.7\n")
        file.truncate(3 * 1024 * MEGABYTE)
    verdict = judge(path)
    assert (verdict.reason_code, verdict.error) == ("too_large", "too_large")


PAGES = 5000


@pytest.fixture(scope="module")
def thick() -> bytes:
    """A paper of 5,000 pages, signed and sealed."""
    return sign(sign(simple_paper(PAGES)), "seal-1", agency(), AT)


def _last_page(content: bytes) -> bytes:
    update = Update(content)
    update.replace(update.pdf.pages[PAGES - 1].Contents, stream(b"BT /F1 12 Tf (9000) Tj ET"))
    return update.written()


def _page_less(content: bytes) -> bytes:
    update = Update(content)
    tree = update.pdf.Root.Pages
    kids = b" ".join(b"%d 0 R" % one.objgen[0] for one in list(tree.Kids)[:-1])
    update.replace(tree, b"<< /Type /Pages /Count %d /Kids [%b] >>" % (PAGES - 1, kids))
    return update.written()


def _page_more(content: bytes) -> bytes:
    update = Update(content)
    tree = update.pdf.Root.Pages
    new = update.add(b"<< /Type /Page /Parent %d 0 R /MediaBox [0 0 595 842] >>" % tree.objgen[0])
    kids = b" ".join(b"%d 0 R" % one.objgen[0] for one in tree.Kids)
    update.replace(tree, b"<< /Type /Pages /Count %d /Kids [%b %d 0 R] >>" % (PAGES + 1, kids, new))
    return update.written()


def _font(content: bytes) -> bytes:
    update = Update(content)
    update.replace(update.pdf.pages[0].Resources.Font.F1, b"<< /Type /Font /Subtype /Type1 /BaseFont /Symbol >>")
    return update.written()


TWO = (GOOD_SIGNER, GOOD_SEAL)
ROWS_5000_PAGES: dict[str, tuple[Callable[[bytes], bytes], str, tuple[str, ...]]] = {
    "as it was signed": (lambda content: content, "", ()),
    "the last page": (_last_page, "changed", ("page_changed",)),
    "a page less": (_page_less, "changed", ("pages_removed",)),
    "a page more": (_page_more, "changed", ("pages_added",)),
}


@pytest.mark.parametrize("name", ROWS_5000_PAGES)
def test_five_thousand_pages(name: str, thick: bytes) -> None:
    change, code, changed = ROWS_5000_PAGES[name]
    Attack(lambda: change(thick), code, TWO, changed, asked={"demanded": BOTH}).check()


def test_a_font_under_every_page_is_told_once_too_often(thick: bytes) -> None:
    """Five thousand pages differ; fifty are named, so that the answer stays readable."""
    verdict = judge(_font(thick), demanded=[Role.SIGNER])
    assert verdict.reason_code == "changed"
    assert len(verdict.changes) <= 60
