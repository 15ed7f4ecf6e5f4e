"""Đánh dấu giấy tờ đã kiểm tra; ghi nơi để hồ sơ giấy."""

from motcua.dossiers.actions.check_papers import Check
from motcua.dossiers.models import IssuedPaper
from motcua.dossiers.queries.finding import Wanted, find
from motcua.dossiers.rules.application import ComponentFacts
from motcua.dossiers.rules.marks import mark_words
from motcua.dossiers.rules.search import shelf_key, shelf_keys
from motcua.dossiers.terms import Act, Seen
from motcua.dossiers.tests.checks import check_gate, check_traces, check_who, codes, refused_act
from motcua.dossiers.tests.stages import AT, bring, perform
from motcua.dossiers.tests.world import World
from motcua.kernel.errors import Conflict, Invalid, RuleBroken


def test_what_was_seen_and_how_many_pages(world: World) -> None:
    dossier = perform(world, Act.CHECK_PAPERS, bring(world, "received"))
    event = check_traces(dossier, act="check_papers", verb="dossier.papers_checked", by=world.clerk)
    assert event["journal"]["marks"] == {"to-khai": ["original", 2]}
    paper = dossier.components.get(key="to-khai")
    assert (paper.seen, paper.pages) == (Seen.ORIGINAL, 2)
    assert dossier.moves.latest("number").note == "Tờ khai: bản chính, 2 trang"
    undone = perform(world, Act.CHECK_PAPERS, dossier, checks={"to-khai": Check()})
    assert undone.moves.latest("number").note == "Tờ khai: chưa kiểm tra"


def test_words_of_a_mark() -> None:
    assert mark_words("", 0) == ""
    assert mark_words("copy", 0) == "bản sao, bản chụp"
    assert mark_words("", 3) == "3 trang"


def test_marks_at_intake_stand_on_the_receipt(world: World) -> None:
    papers = (ComponentFacts("to-khai", originals=1, note="Bản mới", seen=Seen.CERTIFIED, pages=4),)
    dossier = world.received(components=papers)
    data = IssuedPaper.objects.get(dossier=dossier).data
    assert data["components"][0]["note"] == "Bản mới; bản sao chứng thực, 4 trang"


def test_who_checks(world: World) -> None:
    check_who(world, Act.CHECK_PAPERS, may=["clerk", "second_clerk"])


def test_whoever_works_at_the_step_checks_too(world: World) -> None:
    may = ["clerk", "second_clerk", "specialist"]
    check_who(world, Act.CHECK_PAPERS, stage="handling", may=may, late=["head"])


def test_gate_of_checking(world: World) -> None:
    check_gate(world, Act.CHECK_PAPERS, again=Conflict)


def test_wrong_marks(world: World) -> None:
    dossier = bring(world, "received")
    marks = {"to-khai": Check(pages=10000), "la": Check(pages=-1)}
    assert codes(refused_act(Invalid, world, Act.CHECK_PAPERS, dossier, checks=marks)) == [
        ("pages", "checks.to-khai.pages"),
        ("unknown_component", "checks.la"),
        ("pages", "checks.la.pages"),
    ]
    refused_act(RuleBroken, world, Act.CHECK_PAPERS, bring(world, "delivering", confirmed_duplicate=True))


def test_where_the_paper_lies(world: World) -> None:
    dossier = perform(world, Act.SHELVE, bring(world, "received"))
    check_traces(dossier, act="shelve", verb="dossier.shelved", by=world.clerk)
    assert dossier.shelf == "Kệ 3 – Ô 12"
    for text in ("kệ 3", "KE 3 O 12", " Kệ  3 – ô 12 "):
        assert [one.pk for one in find(world.clerk, Wanted(shelf=text), at=AT).rows] == [dossier.pk]
    for text in ("ô 12", "kệ 31"):
        assert find(world.clerk, Wanted(shelf=text), at=AT).rows == []
    assert find(world.clerk, Wanted(text="kệ 3"), at=AT).rows == []
    gone = perform(world, Act.SHELVE, dossier, shelf="")
    assert gone.moves.latest("number").note == "Bỏ ghi nơi để hồ sơ"
    assert "@ke 3" not in gone.search_keys
    again = refused_act(Conflict, world, Act.SHELVE, gone, shelf=" ")
    assert codes(again)[0] == ("nothing_changed", "shelf")


def test_keys_of_a_shelf() -> None:
    assert shelf_keys("Kệ 3 – Ô 12") == ["@ke", "@ke 3", "@ke 3 o", "@ke 3 o 12"]
    assert shelf_key("kệ 3") == "@ke 3"
    assert (shelf_keys(""), shelf_key(" – ")) == ([], "")


def test_who_shelves(world: World) -> None:
    check_who(world, Act.SHELVE, stage="handling", may=["clerk", "second_clerk", "specialist"], late=["head"])


def test_gate_of_shelving(world: World) -> None:
    check_gate(world, Act.SHELVE, again=Conflict)
    too_long = refused_act(
        Invalid, world, Act.SHELVE, bring(world, "received", confirmed_duplicate=True), shelf="x" * 61
    )
    assert codes(too_long) == [("too_long", "shelf")]


def test_not_when_it_has_ended(world: World) -> None:
    refused_act(RuleBroken, world, Act.SHELVE, bring(world, "withdrawn"))
