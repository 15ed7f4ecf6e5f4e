"""The e-form of a dossier: handed in, kept, changed by acts only."""

from typing import Any

import pytest

from motcua.dossiers.actions.rebase import preview_rebase
from motcua.dossiers.actions.submit import submit_dossier
from motcua.dossiers.models import AnswersChange, Dossier, FormAnswers
from motcua.dossiers.rules.application import ComponentFacts
from motcua.dossiers.terms import Act, Channel
from motcua.dossiers.tests.checks import codes, refused, refused_act
from motcua.dossiers.tests.stages import AT, bring, file_ref, perform, renewed
from motcua.dossiers.tests.world import FORM, MONDAY, TYPED, World, definition, definition_with_form, moment
from motcua.kernel.errors import Invalid, RuleBroken

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


class TestSupplementing:
    @pytest.fixture
    def asked(self, world: World) -> Dossier:
        received = perform(world, Act.RECEIVE, handed_in(world), at=moment(2, 10))
        facts: dict[str, Any] = {"grounds": (), "fields": ["child_name", "wedded"], "exception_reason": ""}
        return perform(world, Act.REQUEST_SUPPLEMENT, received, at=moment(2, 11), **facts)

    def test_the_request_names_the_questions(self, asked: Dossier) -> None:
        request = asked.supplement_requests.get()
        assert request.fields == ["child_name", "wedded"]
        assert request.reason == "Tờ khai – khai lại: Họ tên trẻ, Cha mẹ có đăng ký kết hôn."
        assert request.items == [
            {
                "component": "", "code": "form", "name": "Tờ khai",
                "need": "Khai lại: Họ tên trẻ, Cha mẹ có đăng ký kết hôn.",
            }
        ]  # fmt: skip

    def test_a_question_that_is_not_there(self, world: World) -> None:
        received = perform(world, Act.RECEIVE, handed_in(world), at=moment(2, 10))
        facts: dict[str, Any] = {"grounds": (), "fields": ["nothing", "sibling_count"], "exception_reason": ""}
        error = refused_act(Invalid, world, Act.REQUEST_SUPPLEMENT, received, **facts)
        assert codes(error) == [("unknown_field", "fields.nothing"), ("unknown_field", "fields.sibling_count")]

    def test_the_citizen_answers_them_and_what_follows_from_them(self, world: World, asked: Dossier) -> None:
        form = {"child_name": "Nguyễn An Bình Minh", "wedded": "yes", "wedding_number": "12/2025"}
        done = perform(world, Act.SUPPLEMENT, asked, note="", form=form)
        answers = FormAnswers.objects.get(dossier=done)
        assert answers.values == {
            **KEPT, "child_name": "Nguyễn An Bình Minh", "wedded": True, "wedding_number": "12/2025",
        }  # fmt: skip
        change = answers.changes.get()
        assert change.before == {"child_name": "Nguyễn An Bình", "wedded": False}
        assert (change.act, change.revision, answers.revision) == ("supplement", 2, 2)
        assert answers.provenance["child_name"]["at"] == AT.isoformat()
        assert answers.provenance["born"]["at"] == MONDAY.isoformat()

    def test_nothing_else(self, world: World, asked: Dossier) -> None:
        error = refused_act(Invalid, world, Act.SUPPLEMENT, asked, note="", form={"born": "02/03/2026"})
        assert codes(error) == [("not_asked", "form.born")]

    def test_what_is_wrong_with_them(self, world: World, asked: Dossier) -> None:
        error = refused_act(Invalid, world, Act.SUPPLEMENT, asked, note="", form={"wedded": "yes"})
        assert codes(error) == [("required", "form.wedding_number")]
        same = refused_act(Invalid, world, Act.SUPPLEMENT, asked, note="", form={"wedded": "no"})
        assert codes(same) == [("nothing_supplemented", "files")]


class TestCorrecting:
    def test_before_receipt_at_once(self, world: World) -> None:
        dossier = handed_in(world)
        form = {"siblings.0.name": "Nguyễn An Yến", "siblings.1.name": "Nguyễn An Vui"}
        done = perform(world, Act.CORRECT, dossier, changes={}, form=form)
        answers = FormAnswers.objects.get(dossier=done)
        assert answers.values["sibling_count"] == 2
        assert answers.values["siblings"] == [{"name": "Nguyễn An Yến"}, {"name": "Nguyễn An Vui"}]
        assert answers.changes.get().before == {"siblings": KEPT["siblings"], "sibling_count": 1}
        note = done.moves.latest("number").note
        assert note == "Tờ khai: Anh chị em ruột, Tờ khai: Số anh chị em. Ghi sai"

    def test_after_receipt_a_leader_decides(self, world: World) -> None:
        received = perform(world, Act.RECEIVE, handed_in(world), at=moment(2, 10))
        form = {"child_name": "Nguyễn An Bình Minh"}
        waiting = perform(
            world, Act.CORRECT, received, by="clerk", at=moment(2, 11), changes={}, form=form, form_keys=["siblings"]
        )
        answers = FormAnswers.objects.get(dossier=waiting)
        assert answers.values == KEPT
        correction = waiting.corrections.get()
        assert correction.changes["form.child_name"] == ["Nguyễn An Bình", "Nguyễn An Bình Minh"]
        assert correction.changes["form.siblings"][1] == ""
        assert correction.answers["siblings"] == []
        renewed(definition_with_form(summary="Mới"))
        error = refused_act(RuleBroken, world, Act.REBASE, waiting)
        assert codes(error)[0] == ("correction_open", "")
        perform(world, Act.DECIDE_CORRECTION, waiting, at=moment(2, 14))
        answers.refresh_from_db()
        assert answers.values["child_name"] == "Nguyễn An Bình Minh"
        assert (answers.values["siblings"], answers.values["sibling_count"]) == ([], 0)
        assert {**answers.values, **answers.changes.get().before} == KEPT

    def test_what_is_wrong_with_it(self, world: World) -> None:
        error = refused_act(
            Invalid, world, Act.CORRECT, handed_in(world), changes={"owner.phone": "1"}, form={"born": "x", "y": "1"}
        )
        assert [field for _code, field in codes(error)] == ["owner.phone", "form.born", "form.y"]
        same = refused_act(Invalid, world, Act.CORRECT, handed_in_again(world), changes={}, form={"born": "01/03/2026"})
        assert codes(same) == [("nothing_changed", "")]

    @pytest.mark.usefixtures("db")
    def test_no_form_no_answers(self) -> None:
        world = World(definition()).build()
        error = refused_act(
            RuleBroken, world, Act.CORRECT, bring(world, "submitted"), changes={}, form={"born": "01/03/2026"}
        )
        assert codes(error)[0] == ("no_form", "form")


def handed_in_again(world: World) -> Dossier:
    """Another dossier of the same person."""
    components = (ComponentFacts("to-khai", files=(file_ref(),)),)
    application = world.application(channel=Channel.ONLINE, components=components, form=TYPED, confirmed_duplicate=True)
    return submit_dossier(actor=world.citizen, application=application, at=MONDAY)


def test_a_renewed_dossier_brings_its_answers(world: World) -> None:
    ended = perform(world, Act.WITHDRAW, handed_in(world), at=moment(2, 10))
    new = perform(world, Act.RENEW, ended)
    answers = FormAnswers.objects.get(dossier=new)
    assert answers.values == KEPT
    assert {key: mark["source"] for key, mark in answers.provenance.items()} == {
        **dict.fromkeys(KEPT, "dossier"), "sibling_count": "computed",
    }  # fmt: skip
    assert answers.provenance["born"]["ref"] == ended.code
