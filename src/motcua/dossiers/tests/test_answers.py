"""The e-form of a dossier: handed in, kept, changed by acts only."""

from typing import Any

import pytest

from motcua.dossiers.actions.rebase import preview_rebase
from motcua.dossiers.actions.submit import submit_dossier
from motcua.dossiers.models import AnswersChange, Dossier, FormAnswers
from motcua.dossiers.rules.application import ComponentFacts
from motcua.dossiers.terms import Act, Channel
from motcua.dossiers.tests.checks import codes, refused
from motcua.dossiers.tests.stages import AT, file_ref, perform, renewed
from motcua.dossiers.tests.world import FORM, MONDAY, TYPED, World, definition, definition_with_form
from motcua.kernel.errors import Invalid

KEPT = {
    "child_name": "Nguyễn An Bình",
    "born": "2026-03-01",
    "wedded": False,
    "siblings": [{"name": "Nguyễn An Yên", "age": 4}],
    "sibling_count": 1,
    "applicant_phone": "0912345678",
}


@pytest.fixture
def world(db: None) -> World:
    return World(definition_with_form()).build()


def handed_in(world: World, **typed: Any) -> Dossier:
    components = (ComponentFacts("to-khai", files=(file_ref(),)),)
    application = world.application(channel=Channel.ONLINE, components=components, form={**TYPED, **typed})
    return submit_dossier(actor=world.citizen, application=application, at=MONDAY)


class TestHandingIn:
    def test_the_answers_are_kept_with_where_they_come_from(self, world: World) -> None:
        dossier = handed_in(world)
        answers = FormAnswers.objects.get(dossier=dossier)
        assert (answers.values, answers.revision) == (KEPT, 1)
        assert answers.provenance["child_name"] == {
            "source": "typed", "by": world.citizen.name, "at": MONDAY.isoformat(), "ref": "",
        }  # fmt: skip
        assert answers.provenance["sibling_count"]["source"] == "computed"
        assert set(answers.provenance) == set(KEPT)

    def test_all_problems_at_once(self, world: World) -> None:
        application = world.application(
            channel=Channel.ONLINE, abstract="x" * 1001, form={**TYPED, "born": "31/12/2026", "wedded": "yes", "x": "1"}
        )
        error = refused(Invalid, lambda: submit_dossier(actor=world.citizen, application=application, at=MONDAY))
        assert codes(error) == [
            ("missing_component", "components.to-khai"),
            ("too_long", "abstract"),
            ("required", "form.wedding_number"),
            ("check_not-future", "form.born"),
            ("unknown_name", "form.x"),
        ]

    def test_online_it_is_required(self, world: World) -> None:
        application = world.application(
            channel=Channel.ONLINE, components=(ComponentFacts("to-khai", files=(file_ref(),)),)
        )
        error = refused(Invalid, lambda: submit_dossier(actor=world.citizen, application=application, at=MONDAY))
        assert ("required", "form.child_name") in codes(error)

    def test_at_the_desk_the_clerk_types_it(self, world: World) -> None:
        dossier = world.received(form=TYPED)
        answers = FormAnswers.objects.get(dossier=dossier)
        assert answers.values == KEPT
        assert answers.provenance["born"]["source"] == "clerk"
        assert answers.provenance["born"]["by"] == world.clerk.name

    def test_at_the_desk_it_may_be_on_paper(self, world: World) -> None:
        dossier = world.received(form={"child_name": " "})
        assert not FormAnswers.objects.filter(dossier=dossier).exists()

    def test_what_was_known_before_keeps_its_source(self, world: World) -> None:
        known = {"source": "account", "by": world.citizen.name, "at": MONDAY.isoformat(), "ref": ""}
        components = (ComponentFacts("to-khai", files=(file_ref(),)),)
        application = world.application(
            channel=Channel.ONLINE, components=components, form=TYPED, form_marks={"applicant_phone": known}
        )
        dossier = submit_dossier(actor=world.citizen, application=application, at=MONDAY)
        assert FormAnswers.objects.get(dossier=dossier).provenance["applicant_phone"] == known


def test_a_procedure_without_a_form_takes_none(db: None) -> None:
    world = World(definition()).build()
    with pytest.raises(Invalid) as caught:
        world.received(form=TYPED)
    assert codes(caught.value) == [("no_form", "form")]


class TestRebasing:
    def test_answers_to_questions_that_are_no_more_go_into_the_history(self, world: World) -> None:
        dossier = handed_in(world)
        received = perform(world, Act.RECEIVE, dossier)
        pages = [
            {**FORM["pages"][0], "fields": [one for one in FORM["pages"][0]["fields"] if one["key"] != "wedded"]},
            {
                "key": "cha-me",
                "title": "Cha mẹ",
                "fields": [{"key": "mother_name", "kind": "name", "label": "Họ tên mẹ", "required": True}],
            },
        ]
        renewed(definition(form={**FORM, "pages": pages, "checks": []}))
        texts = [one.text for one in preview_rebase(world.head, received.pk, at=AT).meanings if one.part == "form"]
        assert texts == [
            "Không còn hỏi «Cha mẹ có đăng ký kết hôn»; câu trả lời được giữ trong lịch sử tờ khai.",
            "Không còn hỏi «Anh chị em ruột»; câu trả lời được giữ trong lịch sử tờ khai.",
            "Không còn hỏi «Số anh chị em»; câu trả lời được giữ trong lịch sử tờ khai.",
            "Không còn hỏi «Điện thoại»; câu trả lời được giữ trong lịch sử tờ khai.",
            "Hãy nhập “Họ tên mẹ”.",
        ]
        done = perform(world, Act.REBASE, received)
        answers = FormAnswers.objects.get(dossier=done)
        assert answers.values == {"child_name": "Nguyễn An Bình", "born": "2026-03-01"}
        change = AnswersChange.objects.get(answers=answers)
        assert (change.act, change.revision, change.actor_name) == ("rebase", 2, world.head.name)
        assert {**answers.values, **change.before} == KEPT
        assert change.after == {}
        assert set(change.provenance_before) == set(change.before)
