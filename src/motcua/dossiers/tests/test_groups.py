"""One person, several dossiers, one receipt; and the QR by which anybody verifies a paper."""

from datetime import timedelta

import pytest

from motcua.dossiers.actions.correct import correct_dossier
from motcua.dossiers.actions.join_group import join_group
from motcua.dossiers.models import Dossier, DossierGroup, IssuedPaper
from motcua.dossiers.papers.compose_flow import control_sheet, process_log
from motcua.dossiers.papers.forms import data_from_json, render_form
from motcua.dossiers.queries.groups import continued, followed, visit_of
from motcua.dossiers.queries.verifying import verify_paper
from motcua.dossiers.rules.verifying import paper_mark, read_mark
from motcua.dossiers.tests.checks import codes, refused
from motcua.dossiers.tests.stages import AT, bring
from motcua.dossiers.tests.world import CUC, MONDAY, SUBMITTER, World
from motcua.journal.models import Entry
from motcua.kernel.errors import NotFound, NotPermitted, RuleBroken


def visit(world: World, count: int) -> list[Dossier]:
    """Take in that many dossiers of one person, each joining the visit of the one before."""
    made: list[Dossier] = []
    for number in range(count):
        at = MONDAY + timedelta(minutes=number)
        made.append(world.received(at, confirmed_duplicate=True))
        if number:
            join_group(actor=world.clerk, dossier_id=made[-1].pk, after_id=made[-2].pk, at=at)
            made[-1].refresh_from_db()
    return made


def test_all_of_a_visit_are_on_one_receipt(world: World) -> None:
    dossiers = visit(world, 3)
    group = DossierGroup.objects.get()
    assert {Dossier.objects.get(pk=one.pk).group_id for one in dossiers} == {group.pk}
    papers = IssuedPaper.objects.filter(form="group_receipt").order_by("version")
    assert [(paper.dossier_id, paper.version) for paper in papers] == [(dossiers[0].pk, 1), (dossiers[0].pk, 2)]
    latest = papers[1]
    assert [line["code"] for line in latest.data["dossiers"]] == [one.code for one in dossiers]
    pdf = render_form(latest.form, latest.form_set, data_from_json(latest.form, latest.data))
    assert pdf == render_form(latest.form, latest.form_set, data_from_json(latest.form, latest.data))
    verbs = Entry.objects.filter(object_type="dossiers.dossiergroup").order_by("id")
    assert [entry.verb for entry in verbs] == ["group.opened", "group.joined", "group.joined"]


def test_joining_again_changes_nothing(world: World) -> None:
    first, second = visit(world, 2)
    before = IssuedPaper.objects.count()
    join_group(actor=world.clerk, dossier_id=second.pk, after_id=first.pk, at=AT)
    assert IssuedPaper.objects.count() == before


def test_only_the_same_person_at_the_same_desk_joins(world: World) -> None:
    one, other = world.received(), world.received(owner=CUC)
    (apart, *_) = visit(world, 2)
    assert {one.kind for one in (world.stranger, world.specialist)} == {"officer"}

    def joining(actor: object, dossier: Dossier, after: Dossier) -> object:
        return join_group(actor=actor, dossier_id=dossier.pk, after_id=after.pk, at=AT)  # type: ignore[arg-type]

    assert codes(refused(RuleBroken, lambda: joining(world.clerk, other, one))) == [("other_person", "after")]
    assert codes(refused(RuleBroken, lambda: joining(world.clerk, apart, one))) == [("grouped_already", "")]
    refused(NotPermitted, lambda: joining(world.specialist, one, apart))
    refused(NotFound, lambda: joining(world.stranger, one, apart))
    refused(NotFound, lambda: joining(world.clerk, one, one))


def test_the_next_dossier_begins_with_the_same_person(world: World) -> None:
    one = world.received(submitter=SUBMITTER, source="representative")
    found = followed(world.clerk, one.code.lower())
    assert found is not None
    typed = continued(found, at=AT)
    assert (typed["owner.name"], typed["submitter.name"], typed["source"]) == (
        "Nguyễn Thị Hoà",
        "Trần Văn Bình",
        "representative",
    )
    assert typed["after"] == one.code
    for actor in (world.specialist, world.stranger, world.citizen):
        assert followed(actor, one.code) is None
    assert followed(world.clerk, "") is None


def test_who_sees_a_visit(world: World) -> None:
    visit(world, 2)
    group = DossierGroup.objects.get()
    found = visit_of(world.chair, group.pk)
    assert len(found.dossiers) == 2
    assert found.receipt is not None
    for actor in (world.stranger, world.other_citizen):
        refused(NotFound, lambda actor=actor: visit_of(actor, group.pk))


def test_a_mark_proves_a_paper_and_its_latest_print(world: World) -> None:
    one = world.received()
    paper = one.papers.get()
    mark = paper.data["verify_url"].rstrip("/").rsplit("/", 1)[-1]
    found = verify_paper(mark)
    assert found is not None
    assert (found.code, found.version, found.is_latest, found.owner) == (one.code, 1, True, "N. T. Hoà")
    assert world.clerk.name not in found.issued_by
    correct_dossier(
        actor=world.clerk, dossier_id=one.pk, at=AT, changes={"owner.phone": "0911111111"}, reason="Ghi sai số"
    )
    if one.papers.filter(form="receipt").count() > 1:  # when corrections need no second pair of eyes
        again = verify_paper(mark)
        assert again is not None
        assert (again.is_latest, again.latest_version) == (False, 2)


@pytest.mark.parametrize("wrong", ["", "abc", "a.b.c.d", "H49.61-260302-0001.receipt.1.", "x.receipt.1.AAAAAAAAAAAA"])
def test_made_up_marks_prove_nothing(world: World, wrong: str) -> None:
    world.received()
    assert verify_paper(wrong) is None


def test_a_mark_is_of_one_form_and_print_only(world: World) -> None:
    one = world.received()
    mark = paper_mark(one.code, "receipt", 1, secret=one.tracking_token)
    named = read_mark(mark)
    assert named is not None
    assert (named.code, named.form, named.version) == (one.code, "receipt", 1)
    assert verify_paper(mark.replace(".receipt.", ".refusal.")) is None
    assert verify_paper(mark.replace(".1.", ".2.")) is None
    assert verify_paper(paper_mark(one.code, "receipt", 2, secret=one.tracking_token)) is None


def test_the_control_sheet_pairs_every_hand_over(world: World) -> None:
    one = bring(world, "delivered")
    sheet = control_sheet(one)
    assert [(line.from_unit, line.to_unit) for line in sheet.handovers] == [
        (world.desk.name, world.division.name),
        (world.division.name, world.ward.name),
        (world.ward.name, world.desk.name),
    ]
    assert [line.taken_by for line in sheet.handovers] == [world.head.name, world.chair.name, world.clerk.name]
    assert {line.result for line in sheet.handovers} <= {"Trước hạn", "Đúng hạn", "Quá hạn", "–"}
    assert control_sheet(one) == sheet
    running = control_sheet(bring(world, "handling", confirmed_duplicate=True))
    assert (running.handovers[-1].from_unit, running.handovers[-1].to_unit) == (world.division.name, "")
    log = process_log(one)
    assert len(log.acts) == one.revision
    assert log.acts[0].by.startswith(world.citizen.name)
