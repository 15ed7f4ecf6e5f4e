"""From the stack to papers of the dossier: opened, read, arranged, confirmed and signed, or dropped."""

import subprocess
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from motcua.dossiers.models import Attachment, Dossier
from motcua.dossiers.terms import Digitised
from motcua.dossiers.tests.world import MONDAY, World
from motcua.files.models import Blob
from motcua.files.queries import open_blob, recount
from motcua.journal.models import Entry, OutboxEvent
from motcua.journal.queries import entries_about
from motcua.kernel.errors import Conflict, Invalid, NotFound, NotPermitted, RuleBroken
from motcua.scanning.actions.arrange import Arrangement, arrange
from motcua.scanning.actions.binding import Pen
from motcua.scanning.actions.confirm import Confirmed, confirm_stack
from motcua.scanning.actions.let_go import KEPT, drop_forgotten, drop_stack
from motcua.scanning.actions.set_rule import set_rule
from motcua.scanning.models import DigitisedPaper, ScannedPage, Stack, StackFile
from motcua.scanning.queries import laid_out, signature_demanded
from motcua.scanning.terms import MOST_PAGES, StackState
from tests import scans
from tests.pki import PIN

from .conftest import key_of, small_stack, stored
from .stories import opened, read, whole_stack

AT = MONDAY + timedelta(minutes=5)


def freely(world: World) -> None:
    """Let the agency digitise without signing."""
    set_rule(actor=world.admin, demands_signature=False, reason="Chưa được cấp chứng thư số", at=MONDAY)


def confirm(world: World, stack: Stack, pen: Pen | None = None, **values: str) -> list[DigitisedPaper]:
    revision = Stack.objects.get(pk=stack.pk).revision
    confirmed = Confirmed(revision, values, pen or Pen())
    return confirm_stack(actor=world.clerk, stack_id=stack.pk, confirmed=confirmed, at=AT)


def test_a_stack_with_sheets_becomes_signed_papers(world: World, dossier: Dossier, tmp_path: Path) -> None:
    stack = read(world, dossier, stored(whole_stack(dossier)))
    assert (stack.state, stack.total, stack.done, stack.warnings) == (StackState.READY, 6, 6, [])
    form, birth = laid_out(stack).papers
    assert (form.name, len(form.pages), form.values) == ("Tờ khai", 2, ())
    found = {value.field.key: value.found.value for value in birth.values}
    assert found == {
        "number": "0123/2026/CS",
        "mother": "NGUYỄN THỊ HOA",
        "mother_id": "022196001234",
        "born": "20/11/2026",
    }
    assert all(value.page == birth.pages[0] and value.found.box for value in birth.values)
    ref = key_of(world.clerk, world.ward)
    papers = confirm(world, stack, Pen(ref, PIN), **{"giay-chung-sinh.0.mother": "Nguyễn Thị Hoà"})
    assert [one.number for one in papers] == [
        "022190001234.1.001193.to-khai",
        "022190001234.1.001193.giay-chung-sinh",
    ]
    assert papers[1].values[1]["value"] == "Nguyễn Thị Hoà"
    assert papers[1].values[1]["read"] == "NGUYỄN THỊ HOA"
    assert (papers[1].is_signed, papers[1].pages, papers[0].pages) == (True, 1, 2)
    dossier.refresh_from_db()
    marks = dict(dossier.components.values_list("key", "digitised"))
    assert marks == {"to-khai": Digitised.SCANNED, "giay-chung-sinh": Digitised.SCANNED}
    assert dossier.moves.latest("number").act == "digitise"
    attachment = papers[1].attachment
    assert attachment is not None
    assert attachment.component is not None
    assert (attachment.component.key, attachment.name) == ("giay-chung-sinh", f"{papers[1].number}.pdf")
    with open_blob(attachment.blob_id) as content:
        (tmp_path / "paper.pdf").write_bytes(content.read())
    told = subprocess.run(
        ["pdfsig", "-nocert", str(tmp_path / "paper.pdf")], capture_output=True, text=True, check=False
    )
    assert "Signature is Valid" in told.stdout, told
    said = subprocess.run(["pdftotext", str(tmp_path / "paper.pdf"), "-"], capture_output=True, text=True, check=True)
    assert "NGUYỄN THỊ HOA" in said.stdout


def test_what_was_brought_is_let_go_when_it_is_confirmed(world: World, dossier: Dossier) -> None:
    freely(world)
    file = small_stack(2)
    stack = read(world, dossier, file, component_key="to-khai")
    assert Blob.objects.get(pk=file.sha256).references == 1
    (paper,) = confirm(world, stack)
    assert (paper.is_signed, paper.pages) == (False, 2)
    assert not StackFile.objects.exists()
    assert not ScannedPage.objects.exists()
    assert Blob.objects.get(pk=file.sha256).references == 0
    assert recount() == []
    stack.refresh_from_db()
    assert (stack.state, stack.closed_at) == (StackState.CONFIRMED, AT)
    assert entries_about(stack).filter(verb="stack.confirmed").exists()
    event = OutboxEvent.objects.filter(name="paper.digitised").get()
    assert event.payload["number"] == paper.number


def test_a_paper_digitised_again_is_the_next_version(world: World, dossier: Dossier) -> None:
    freely(world)
    for version in (1, 2):
        (paper,) = confirm(world, read(world, dossier, small_stack(version), component_key="to-khai"))
        assert paper.version == version


def test_nothing_goes_in_unsigned_unless_the_rule_says_so(world: World, dossier: Dossier) -> None:
    stack = read(world, dossier, small_stack(), component_key="to-khai")
    assert signature_demanded(dossier)
    with pytest.raises(Invalid, match="ký số"):
        confirm(world, stack)
    ref = key_of(world.clerk, world.ward)
    with pytest.raises(Invalid, match="PIN"):
        confirm(world, stack, Pen(ref, "00000000"))
    with pytest.raises(RuleBroken, match="chính bạn"):
        confirm(world, stack, Pen(key_of(world.specialist, world.ward), PIN))
    assert not DigitisedPaper.objects.exists()
    assert not Attachment.objects.filter(dossier=dossier).exists()
    assert stack.pages.count() == 2
    set_rule(actor=world.admin, demands_signature=False, reason="Thí điểm", at=MONDAY, agency_id=world.ward.pk)
    assert not signature_demanded(dossier)


def test_every_wrong_value_is_told_and_nothing_is_lost(world: World, dossier: Dossier) -> None:
    freely(world)
    stack = read(world, dossier, small_stack(1), component_key="giay-chung-sinh")
    typed = {"giay-chung-sinh.0.mother_id": "12", "giay-chung-sinh.0.born": "31/02/2026"}
    with pytest.raises(Invalid) as told:
        confirm(world, stack, **typed)
    fields = {problem.field for problem in told.value.problems}
    assert fields == {"giay-chung-sinh.0.mother", *typed}
    good = {"giay-chung-sinh.0.mother": "Nguyễn Thị Hoa"}
    (paper,) = confirm(world, stack, **good)
    assert [one["value"] for one in paper.values] == ["", "Nguyễn Thị Hoa", "", ""]


def test_pages_without_a_paper_must_be_placed_first(world: World, dossier: Dossier) -> None:
    freely(world)
    stack = read(world, dossier, small_stack(2))
    first, second = laid_out(stack).homeless
    with pytest.raises(Invalid, match="chưa thuộc giấy tờ nào"):
        confirm(world, stack)
    facts: dict[str, Any] = {"actor": world.clerk, "stack_id": stack.pk, "at": AT}
    arrange(**facts, page_id=first.pk, how=Arrangement.MOVE, component_key="to-khai")
    arrange(**facts, page_id=second.pk, how=Arrangement.DROP)
    with pytest.raises(Invalid):
        arrange(**facts, page_id=second.pk, how=Arrangement.MOVE, component_key="khong-co")
    (paper,) = confirm(world, stack)
    assert paper.pages == 1


def test_pages_are_split_swapped_kept_and_turned(world: World, dossier: Dossier) -> None:
    freely(world)
    stack = read(world, dossier, small_stack(3), component_key="to-khai")
    one, two, three = laid_out(stack).papers[0].pages
    facts: dict[str, Any] = {"actor": world.clerk, "stack_id": stack.pk, "at": AT}
    arrange(**facts, page_id=three.pk, how=Arrangement.SPLIT)
    assert [len(paper.pages) for paper in laid_out(stack).papers] == [2, 1]
    arrange(**facts, page_id=two.pk, how=Arrangement.UP)
    assert [page.pk for page in laid_out(stack).papers[0].pages] == [two.pk, one.pk]
    arrange(**facts, page_id=two.pk, how=Arrangement.DOWN)
    arrange(**facts, page_id=one.pk, how=Arrangement.UP)
    assert [page.pk for page in laid_out(stack).papers[0].pages] == [one.pk, two.pk]
    arrange(**facts, page_id=three.pk, how=Arrangement.JOIN)
    arrange(**facts, page_id=two.pk, how=Arrangement.DROP)
    arrange(**facts, page_id=two.pk, how=Arrangement.KEEP)
    assert [len(paper.pages) for paper in laid_out(stack).papers] == [3]
    before = ScannedPage.objects.get(pk=one.pk)
    arrange(**facts, page_id=one.pk, how=Arrangement.RIGHT)
    after = ScannedPage.objects.get(pk=one.pk)
    assert (after.width, after.height) == (before.height, before.width)
    assert recount() == []
    stack.refresh_from_db()
    assert stack.revision == 9
    names = [paper.name for paper in laid_out(stack).papers]
    assert names == ["Tờ khai"]


def test_two_papers_of_one_component_have_numbers_of_their_own(world: World, dossier: Dossier) -> None:
    freely(world)
    stack = read(world, dossier, small_stack(2), component_key="to-khai")
    second = laid_out(stack).papers[0].pages[1]
    arrange(actor=world.clerk, stack_id=stack.pk, page_id=second.pk, how=Arrangement.SPLIT, at=AT)
    papers = confirm(world, stack)
    assert [one.number[-9:] for one in papers] == ["3.to-khai", "to-khai-2"]


def test_who_arranged_meanwhile_is_seen(world: World, dossier: Dossier) -> None:
    freely(world)
    stack = read(world, dossier, small_stack(2), component_key="to-khai")
    page = laid_out(stack).papers[0].pages[0]
    arrange(actor=world.clerk, stack_id=stack.pk, page_id=page.pk, how=Arrangement.DROP, at=AT)
    with pytest.raises(Conflict, match="vừa sắp xếp"):
        confirm_stack(actor=world.clerk, stack_id=stack.pk, confirmed=Confirmed(1), at=AT)
    confirm(world, stack)
    with pytest.raises(Conflict, match="đã số hóa"):
        confirm(world, stack)


@pytest.mark.parametrize("who", ["stranger", "citizen", "admin", "chair"])
def test_only_who_marks_papers_may_digitise(world: World, dossier: Dossier, who: str) -> None:
    stack = read(world, dossier, small_stack(), component_key="to-khai")
    actor = getattr(world, who)
    before = Entry.objects.count()
    facts: dict[str, Any] = {"actor": actor, "at": AT}
    page_id = laid_out(stack).papers[0].pages[0].pk
    for act in (
        lambda: opened(world, dossier, small_stack(1), actor=actor),
        lambda: drop_stack(stack_id=stack.pk, **facts),
        lambda: arrange(stack_id=stack.pk, page_id=page_id, how=Arrangement.DROP, **facts),
        lambda: confirm_stack(stack_id=stack.pk, confirmed=Confirmed(1), **facts),
    ):
        with pytest.raises((NotFound, NotPermitted)):
            act()
    assert Entry.objects.count() == before


def test_a_dossier_that_ended_takes_no_more(world: World) -> None:
    from motcua.dossiers.tests.stages import bring

    ended = bring(world, "withdrawn")
    with pytest.raises(Conflict, match="đã kết thúc"):
        opened(world, ended, small_stack())


def test_what_is_too_much_or_no_scan_is_said_at_once(world: World, dossier: Dossier) -> None:
    import io

    import pikepdf

    with pytest.raises(Invalid, match="chọn tệp quét"):
        opened(world, dossier)
    many = io.BytesIO()
    with pikepdf.new() as pdf:
        for _ in range(MOST_PAGES + 300):
            pdf.add_blank_page()
        pdf.save(many)
    with pytest.raises(Invalid, match="500 trang"):
        opened(world, dossier, stored(many.getvalue()))
    with pytest.raises(Invalid, match="không phải bản quét"):
        opened(world, dossier, stored(b"PK\x03\x04 docx", "don.docx"))
    with pytest.raises(Invalid):
        opened(world, dossier, small_stack(1), component_key="khong-co")
    assert not Stack.objects.exists()


def test_a_stack_of_nothing_but_backs_says_so(world: World, dossier: Dossier) -> None:
    stack = read(world, dossier, stored(scans.stack([scans.back(), scans.back(1)])))
    assert stack.state == StackState.READY
    assert "máy quét" in stack.warnings[0]


def test_sheets_of_another_dossier_place_nothing(world: World, dossier: Dossier) -> None:
    from .stories import sheet

    other = world.received(at=MONDAY + timedelta(minutes=1), confirmed_duplicate=True)
    stack = read(world, dossier, stored(scans.stack([sheet(other, "to-khai"), scans.numbered(1)])))
    assert other.code in stack.warnings[0]
    assert len(laid_out(stack).homeless) == 1


def test_faint_scans_are_told_of(world: World, dossier: Dossier) -> None:
    page = scans.drawn(scans.birth_certificate(), dpi=120)
    stack = read(world, dossier, stored(scans.stack([page], dpi=120)), component_key="to-khai")
    assert "dưới 200 dpi" in stack.warnings[0]


def test_what_cannot_be_read_keeps_its_file(world: World, dossier: Dossier) -> None:
    broken = stored(scans.as_jpeg(scans.numbered(1))[:9000], "hong.jpg")
    stack = read(world, dossier, broken)
    assert (stack.state, stack.files.count()) == (StackState.FAILED, 1)
    assert "bị hỏng" in stack.problem
    drop_stack(actor=world.clerk, stack_id=stack.pk, at=AT)
    assert recount() == []


def test_forgotten_stacks_go(world: World, dossier: Dossier) -> None:
    stack = read(world, dossier, small_stack())
    assert drop_forgotten(at=MONDAY + KEPT) == 0
    assert drop_forgotten(at=MONDAY + KEPT + timedelta(minutes=1)) == 1
    assert drop_forgotten(at=MONDAY + KEPT + timedelta(minutes=1)) == 0
    stack.refresh_from_db()
    assert stack.state == StackState.DROPPED
    assert recount() == []


def test_only_administrators_set_the_rule(world: World) -> None:
    with pytest.raises(NotPermitted):
        set_rule(actor=world.clerk, demands_signature=False, reason="Không cần", at=MONDAY)
    with pytest.raises(Invalid):
        set_rule(actor=world.admin, demands_signature=False, reason="", at=MONDAY)
