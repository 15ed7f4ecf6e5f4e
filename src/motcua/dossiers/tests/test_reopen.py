"""Thu hồi kết quả đã trả; giải quyết lại; lập hồ sơ mới nối tiếp."""

from datetime import date, timedelta

import pytest

from motcua.dossiers.actions.compose import save_draft
from motcua.dossiers.actions.renew_online import draft_from_dossier
from motcua.dossiers.actions.submit_draft import submit_draft
from motcua.dossiers.models import Attachment, Delivery, Dossier, Draft, RecalledResult, Result
from motcua.dossiers.rules.application import ComponentFacts
from motcua.dossiers.terms import Act, Channel, Source, Status
from motcua.dossiers.tests.checks import check_gate, check_traces, check_who, codes, refused, refused_act
from motcua.dossiers.tests.stages import AT, bring, file_ref, perform
from motcua.dossiers.tests.world import CUC, World, moment
from motcua.identity.terms import Actor
from motcua.kernel.errors import Conflict, Invalid, NotPermitted, RuleBroken

_LATER = AT + timedelta(minutes=1)


class TestRecalling:
    def test_result_and_delivery_are_kept_as_they_were(self, world: World) -> None:
        dossier = perform(world, Act.RECALL, bring(world, "delivered"))
        event = check_traces(dossier, act="recall", verb="dossier.result_recalled", by=world.chair)
        assert (event["decision_number"], event["decided_on"]) == ("12/QĐ-UBND", "2026-03-04")
        assert (dossier.status, dossier.ended_at, dossier.step_key) == (Status.FINISHED, None, "deliver")
        assert dossier.finished_at == moment(3, 14)
        kept = RecalledResult.objects.get()
        assert (kept.result["number"], kept.result["issued_on"]) == ("12", "2026-03-03")
        assert kept.delivery is not None
        assert (kept.delivery["name"], kept.delivery["collector"]) == (dossier.owner.name, "owner")
        assert not Delivery.objects.exists()
        assert Result.objects.get().number == "12"

    def test_it_may_be_handed_over_again(self, world: World) -> None:
        dossier = perform(world, Act.DELIVER, bring(world, "recalled"))
        assert (dossier.status, dossier.ended_at) == (Status.DELIVERED, AT)

    def test_who(self, world: World) -> None:
        check_who(world, Act.RECALL, may=["chair"])

    def test_gate(self, world: World) -> None:
        check_gate(world, Act.RECALL, again=RuleBroken)

    @pytest.mark.parametrize(
        ("facts", "wanted"),
        [
            ({"decision_number": " ", "decided_on": None, "reason": ""}, ["decision_number", "decided_on", "reason"]),
            ({"decision_number": "x" * 101, "decided_on": date(2026, 3, 5)}, ["decision_number", "decided_on"]),
        ],
    )
    def test_a_decision(self, world: World, facts: dict[str, object], wanted: list[str]) -> None:
        error = refused_act(Invalid, world, Act.RECALL, bring(world, "delivered"), **facts)
        assert [problem.field for problem in error.problems] == wanted


class TestReopening:
    def test_it_is_solved_anew(self, world: World) -> None:
        dossier = perform(world, Act.REOPEN, bring(world, "delivering"))
        event = check_traces(dossier, act="reopen", verb="dossier.reopened", by=world.chair)
        assert event["unit_id"] == world.division.pk
        assert (dossier.status, dossier.step_key, dossier.holder_id) == (
            Status.PROCESSING, "appraise", world.specialist.account_id,
        )  # fmt: skip
        assert (dossier.finished_at, dossier.original_due_at, dossier.due_at) == (
            None, moment(5, 9, 15), moment(18, 9, 15),
        )  # fmt: skip
        assert dossier.due_working["text"] == (
            "giải quyết lại theo quyết định số 12/QĐ-UBND ngày 04/03/2026, hẹn trả 09:15 18/03/2026"
        )
        assert dossier.due_working["days"][0] == "2026-03-05"
        kept = RecalledResult.objects.get()
        assert (kept.delivery, kept.reopened_at, kept.result["number"]) == (None, AT, "12")
        assert not Result.objects.exists()

    def test_a_new_result_may_be_made(self, world: World) -> None:
        dossier = bring(world, "reopened")
        dossier = perform(world, Act.APPRAISE, dossier, at=AT)
        dossier = perform(world, Act.FORWARD, dossier, by="head", at=_LATER)
        dossier = perform(world, Act.APPROVE, dossier, draft_number=2, at=_LATER + timedelta(minutes=1))
        assert (dossier.status, Result.objects.get().draft.number) == (Status.FINISHED, 2)

    def test_after_a_recall_the_recalled_result_is_the_one(self, world: World) -> None:
        perform(world, Act.REOPEN, bring(world, "recalled"))
        kept = RecalledResult.objects.get()
        assert (kept.reopened_at, kept.delivery is not None) == (AT, True)

    def test_who(self, world: World) -> None:
        check_who(world, Act.REOPEN, may=["chair"])

    def test_gate(self, world: World) -> None:
        check_gate(world, Act.REOPEN, again=RuleBroken)

    def test_everything_wrong_at_once(self, world: World) -> None:
        facts = {"decision_number": "", "to_step": "seal", "due_at": moment(7, 9)}  # a Saturday
        dossier = bring(world, "delivering")
        error = refused_act(Invalid, world, Act.REOPEN, dossier, **facts)
        assert [problem.field for problem in error.problems] == ["decision_number", "to_step", "due_at"]
        past = refused_act(Invalid, world, Act.REOPEN, dossier, due_at=AT)
        assert codes(past) == [("not_later", "due_at")]


class TestRenewing:
    def test_the_applicant_hands_in_again_with_nothing_typed(self, world: World) -> None:
        old = bring(world, "withdrawn")
        new = perform(world, Act.RENEW, old)
        assert (new.status, new.channel, new.predecessor_id) == (Status.SUBMITTED, Channel.ONLINE, old.pk)
        assert (new.owner.name, new.owner.phone) == (old.owner.name, old.owner.phone)
        assert new.owner_id != old.owner_id
        assert [file.name for file in Attachment.objects.filter(dossier=new)] == ["to-khai.pdf"]
        assert Dossier.objects.get(pk=old.pk).revision == old.revision
        assert [one.code for one in old.successors.all()] == [new.code]

    @pytest.mark.parametrize("stage", ["refused", "stopped"])
    def test_the_desk_takes_it_in_at_once(self, world: World, stage: str) -> None:
        new = perform(world, Act.RENEW, bring(world, stage), by="clerk")
        assert (new.status, new.channel, new.desk_id) == (Status.RECEIVED, Channel.IN_PERSON, world.desk.pk)

    def test_who(self, world: World) -> None:
        check_who(world, Act.RENEW, may=["citizen", "clerk", "second_clerk"])

    def test_only_once_while_the_new_one_lives(self, world: World) -> None:
        old = bring(world, "withdrawn")
        new = perform(world, Act.RENEW, old)
        assert codes(refused_act(RuleBroken, world, Act.RENEW, old, at=_LATER))[0] == ("renewed_already", "")
        perform(world, Act.WITHDRAW, new, at=_LATER)
        assert perform(world, Act.RENEW, old, at=_LATER + timedelta(minutes=1)).predecessor_id == old.pk

    def test_another_open_one_of_the_same_person(self, world: World) -> None:
        old = bring(world, "withdrawn")
        bring(world, "submitted", confirmed_duplicate=True)
        assert codes(refused_act(Conflict, world, Act.RENEW, old)) == [("duplicate", "confirmed_duplicate")]
        assert perform(world, Act.RENEW, old, confirmed_duplicate=True).predecessor_id == old.pk

    @pytest.mark.parametrize("stage", ["handling", "delivered"])
    def test_not_of_what_goes_on_or_was_solved(self, world: World, stage: str) -> None:
        assert codes(refused_act(RuleBroken, world, Act.RENEW, bring(world, stage)))[0] == ("wrong_status", "")

    def test_an_owner_who_comes_back_themselves(self, world: World) -> None:
        proxy = {"source": Source.PROXY, "submitter": world.application().owner, "proxy_files": (file_ref(),)}
        old = bring(world, "withdrawn", owner=CUC, **proxy)
        old.owner.account_id = world.other_citizen.account_id
        old.owner.save()
        new = perform(world, Act.RENEW, old, by=world.other_citizen)
        assert (new.source, new.owner_id) == (Source.SELF, new.submitter_id)

    def test_a_case_that_is_gone(self, world: World) -> None:
        old = bring(world, "withdrawn")
        Dossier.objects.filter(pk=old.pk).update(case_key="cu")
        refused_act(Invalid, world, Act.RENEW, old)


class TestDraftingAgain:
    def _draft(self, world: World, old: Dossier, by: Actor | None = None) -> Draft:
        data = {"thong-tin": {"owner-name": old.owner.name}}
        return draft_from_dossier(actor=by or world.citizen, dossier_id=old.pk, data=data, proxy_key="@uy-quyen", at=AT)

    def test_it_is_filled_and_linked_when_handed_in(self, world: World) -> None:
        old = bring(world, "withdrawn")
        draft = self._draft(world, old)
        assert self._draft(world, old) == draft
        assert draft.data == {"thong-tin": {"owner-name": old.owner.name}}
        assert [(file.component_key, file.name) for file in draft.files.all()] == [("to-khai", "to-khai.pdf")]
        save_draft(actor=world.citizen, draft_id=draft.pk, page="x", values={}, at=AT)
        papers = (ComponentFacts("to-khai", files=(file_ref(),)),)
        facts = world.application(channel=Channel.ONLINE, components=papers)
        new = submit_draft(actor=world.citizen, draft_id=draft.pk, application=facts, at=AT)
        assert new.predecessor_id == old.pk

    def test_not_over_another_draft(self, world: World) -> None:
        old = bring(world, "withdrawn")
        self._draft(world, old)
        other = bring(world, "withdrawn", confirmed_duplicate=True)
        assert codes(refused(Conflict, lambda: self._draft(world, other))) == [("draft_exists", "")]

    def test_only_by_the_applicant(self, world: World) -> None:
        old = bring(world, "withdrawn")
        assert codes(refused(NotPermitted, lambda: self._draft(world, old, world.clerk))) == [("citizens_only", "")]
