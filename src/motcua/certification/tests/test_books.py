"""Books of certification: three kinds, closed with a count, corrected by rows that add, printed."""

import io
import subprocess
from datetime import timedelta
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from motcua.certification.access import get_book
from motcua.certification.actions.enter import Line, enter_certification
from motcua.certification.actions.keep_book import close_book, correct_entry, reopen_book
from motcua.certification.actions.take_in_copies import Copies, take_in_copies
from motcua.certification.models import CertificationBook, CertificationEntry
from motcua.certification.papers.book import print_book, write_book
from motcua.certification.queries import lines_of, shown
from motcua.certification.rules.fees import CopyRow
from motcua.certification.terms import BookKind, Corrected
from motcua.dossiers.tests.world import MONDAY, OWNER, World
from motcua.journal.queries import entries_about
from motcua.kernel.errors import Conflict, Invalid, NotFound, NotPermitted, RuleBroken

AT = MONDAY + timedelta(hours=1)


def taken(world: World, *rows: CopyRow) -> list[CertificationEntry]:
    copies = Copies(OWNER, rows or (CopyRow("Bằng đại học", 1, 3),))
    return take_in_copies(actor=world.clerk, agency_id=world.ward.pk, desk_id=world.desk.pk, copies=copies, at=MONDAY)[
        1
    ]


def test_every_kind_has_numbers_of_its_own(world: World) -> None:
    dossier = taken(world)[0].dossier
    made = [
        enter_certification(actor=world.clerk, dossier_id=dossier.pk, kind=kind, line=Line("Giấy ủy quyền"), at=AT)
        for kind in (BookKind.SIGNATURE, BookKind.SIGNATURE, BookKind.CONTRACT)
    ]
    assert [one.number for one in made] == [1, 2, 1]
    assert [one.book.title for one in made] == ["01/2026-SCT/CK", "01/2026-SCT/CK", "01/2026-SCT/HĐ,GD"]
    assert made[0].requester_name == OWNER.name
    with pytest.raises(NotFound):
        enter_certification(
            actor=world.stranger, dossier_id=dossier.pk, kind=BookKind.CONTRACT, line=Line("Hợp đồng"), at=AT
        )
    with pytest.raises(Invalid):
        enter_certification(
            actor=world.clerk, dossier_id=dossier.pk, kind=BookKind.CONTRACT, line=Line("", copies=0, fee=-1), at=AT
        )
    assert CertificationEntry.objects.count() == 4


def test_a_closed_book_says_its_count_and_takes_no_more(world: World) -> None:
    taken(world, CopyRow("Bằng", 1, 1), CopyRow("Học bạ", 2, 1))
    book = CertificationBook.objects.get()
    with pytest.raises(NotPermitted):
        close_book(actor=world.clerk, book_id=book.pk, at=AT)
    closed = close_book(actor=world.chair, book_id=book.pk, at=AT)
    assert (closed.closing_count, closed.closed_by_name) == (2, world.chair.name)
    with pytest.raises(Conflict):
        close_book(actor=world.chair, book_id=book.pk, at=AT)
    with pytest.raises(RuleBroken, match="đã khóa"):
        taken(world)
    assert CertificationEntry.objects.count() == 2
    with pytest.raises(Invalid):
        reopen_book(actor=world.chair, book_id=book.pk, reason="", at=AT)
    reopen_book(actor=world.chair, book_id=book.pk, reason="Khóa nhầm ngày", at=AT)
    with pytest.raises(Conflict):
        reopen_book(actor=world.chair, book_id=book.pk, reason="Lần nữa", at=AT)
    assert [one.number for one in taken(world)] == [3]
    verbs = [one.verb for one in entries_about(book)]
    assert sorted(verbs) == ["certification.book_closed", "certification.book_reopened"]


def test_corrections_add_and_never_overwrite(world: World) -> None:
    (entry,) = taken(world)
    facts = {"actor": world.chair, "entry_id": entry.pk, "at": AT}
    correct_entry(**facts, field=Corrected.PAPER_NAME, value="Bằng cử nhân", reason="Ghi nhầm tên")
    correct_entry(**facts, field=Corrected.PAPER_NAME, value="Bằng kỹ sư", reason="Ghi nhầm lần nữa")
    with pytest.raises(Conflict):
        correct_entry(**facts, field=Corrected.PAPER_NAME, value="Bằng kỹ sư", reason="Như cũ")
    with pytest.raises(Invalid):
        correct_entry(**facts, field=Corrected.PAGES, value="nhiều", reason="Sai")
    with pytest.raises(NotPermitted):
        correct_entry(**{**facts, "actor": world.clerk}, field=Corrected.NOTE, value="x", reason="Thử")
    entry.refresh_from_db()
    assert entry.paper_name == "Bằng đại học"
    (line,) = shown(lines_of(entry.book))
    assert line.paper_name == "Bằng kỹ sư"
    assert [(one.before, one.after) for one in line.corrections] == [
        ("Bằng đại học", "Bằng cử nhân"),
        ("Bằng cử nhân", "Bằng kỹ sư"),
    ]


def test_lines_are_found_by_number_name_and_paper(world: World) -> None:
    taken(world, CopyRow("Bằng đại học", 1, 1), CopyRow("Học bạ", 2, 1))
    book = get_book(world.clerk, CertificationBook.objects.get().pk)
    found = {
        word: [one.number for one in lines_of(book, search=word)] for word in ("2", "bằng", OWNER.name, "không có")
    }
    assert found == {"2": [2], "bằng": [1], OWNER.name: [1, 2], "không có": []}
    with pytest.raises(NotFound):
        get_book(world.stranger, book.pk)


def test_a_book_is_printed_and_taken_away_as_a_table(world: World, tmp_path: Path) -> None:
    entries = taken(world, CopyRow("Bằng đại học", 1, 3), CopyRow("Học bạ", 12, 2))
    correct_entry(actor=world.chair, entry_id=entries[0].pk, field=Corrected.COPIES, value="4", reason="Đếm lại", at=AT)
    book = close_book(actor=world.chair, book_id=entries[0].book_id, at=AT)
    pdf = print_book(book, shown(lines_of(book)), at=AT)
    (tmp_path / "book.pdf").write_bytes(pdf)
    said = subprocess.run(["pdftotext", str(tmp_path / "book.pdf"), "-"], capture_output=True, text=True, check=True)
    text = " ".join(said.stdout.split())
    for words in ("SỔ CHỨNG THỰC BẢN SAO TỪ BẢN CHÍNH", "Học bạ", "28.000", "2 việc, số cuối 2", "trước ghi “3”"):
        assert words in text
    table = CalamineWorkbook.from_filelike(io.BytesIO(write_book(book, shown(lines_of(book))))).get_sheet_by_index(0)
    rows = table.to_python()
    assert rows[4][:5] == [1.0, "02/03/2026", OWNER.name, OWNER.personal_id, "Bằng đại học"]
    assert rows[4][6:9] == [1.0, 4.0, 6000.0]
