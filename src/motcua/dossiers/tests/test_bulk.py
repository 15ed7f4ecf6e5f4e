"""Large sets: a longer term, said in words, kept when the calendar changes."""

from dataclasses import replace

import pytest

from motcua.dossiers.actions.take_in import take_in_dossier
from motcua.dossiers.rules.application import ComponentFacts
from motcua.dossiers.rules.bulk import Bulk, bulk_of, bulk_problems, is_large, longer_term
from motcua.dossiers.tests.world import MONDAY, World, definition, moment
from motcua.kernel.errors import Invalid
from motcua.procedures.terms import Case
from motcua.processes.terms import TermSpec

CASE = Case.model_validate(
    {
        "key": "default",
        "name": "Thông thường",
        "terms": {"any": {"unit": "same_day"}},
        "large_set": {"from_pages": 100, "from_copies": 20, "extra": {"amount": 2, "unit": "working_day"}},
    }
)
SAME_DAY = TermSpec(unit="same_day")
SMALL, MANY_PAGES, MANY_COPIES = Bulk(99, 19), Bulk(100, 1), Bulk(20, 20)


def test_when_a_set_is_large() -> None:
    assert [is_large(CASE, one) for one in (SMALL, MANY_PAGES, MANY_COPIES)] == [False, True, True]
    plain = CASE.model_copy(update={"large_set": None})
    assert not is_large(plain, MANY_PAGES)
    assert longer_term(plain, SAME_DAY, MANY_PAGES) == (SAME_DAY, "")
    assert longer_term(CASE, SAME_DAY, SMALL) == (SAME_DAY, "")


def test_how_much_longer() -> None:
    term, why = longer_term(CASE, SAME_DAY, Bulk(240, 20))
    assert (term.amount, term.unit) == (2, "working_day")
    assert why == "số lượng lớn (20 bản, 240 trang), kéo dài 2 ngày làm việc"
    term, _ = longer_term(CASE, TermSpec(amount=3, unit="working_day"), MANY_PAGES)
    assert term.amount == 5
    term, why = longer_term(CASE, SAME_DAY, Bulk(240, 20, agreed_days=5, agreement="số 3 ngày 02/03/2026"))
    assert term.amount == 5
    assert why.endswith("kéo dài 5 ngày làm việc theo thỏa thuận số 3 ngày 02/03/2026")
    term, why = longer_term(CASE, SAME_DAY, Bulk(240, 20, agreed_days=1, agreement="số 3"))
    assert (term.amount, "thỏa thuận" in why) == (2, False)


def test_what_is_agreed_is_in_writing() -> None:
    assert bulk_problems(CASE, MANY_PAGES) == []
    agreed = replace(MANY_PAGES, agreed_days=5, agreement="số 3")
    assert bulk_problems(CASE, agreed) == []
    wrong = replace(SMALL, agreed_days=61)
    assert [one.code for one in bulk_problems(CASE, wrong)] == ["not_large", "agreed_days", "agreement"]


def test_pages_times_copies() -> None:
    assert bulk_of([ComponentFacts("a", originals=1, pages=12), ComponentFacts("b", copies=20)]) == Bulk(240, 20)
    assert Bulk.from_json(Bulk(1, 2, 3, "x").as_json()) == Bulk(1, 2, 3, "x")


@pytest.fixture
def world(db: None) -> World:
    return World(definition(cases=[CASE.model_dump(mode="json")])).build()


def test_the_receipt_says_why_it_takes_longer(world: World) -> None:
    small = world.received()
    assert small.due_at == moment(2, 17)
    papers = (ComponentFacts("to-khai", originals=1, pages=12), ComponentFacts("anh", copies=20))
    large = world.received(components=papers, confirmed_duplicate=True)
    assert large.due_at == moment(4, 9, 15)
    assert large.due_working["text"].startswith("số lượng lớn (20 bản, 240 trang), kéo dài 2 ngày làm việc; ")
    assert large.papers.get().data["due_explained"] == large.due_working["text"]


def test_an_agreement_without_a_paper_is_refused(world: World) -> None:
    with pytest.raises(Invalid):
        take_in_dossier(
            actor=world.clerk, application=world.application(), at=MONDAY, bulk=Bulk(200, 20, agreed_days=9)
        )
    made = take_in_dossier(
        actor=world.clerk,
        application=world.application(),
        at=MONDAY,
        bulk=Bulk(200, 20, agreed_days=4, agreement="số 3"),
    )
    assert made.due_at == moment(6, 9, 15)
