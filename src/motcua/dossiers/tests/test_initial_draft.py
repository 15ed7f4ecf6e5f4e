"""Ký nháy: the draft is initialled with the act that hands it on; the leader signs that very paper."""

import io
from datetime import timedelta
from typing import Any

import pikepdf
import pytest

from motcua.dossiers.actions.initial_draft import HandingOn, initial_and_hand_on
from motcua.dossiers.actions.reserve_number import Wanted, reserve_numbers
from motcua.dossiers.models import Dossier, DraftInitials, DraftResult, Result
from motcua.dossiers.terms import Act
from motcua.dossiers.tests.checks import codes, refused
from motcua.dossiers.tests.keys import agency_key, officer_key, press_seal, press_sign, work
from motcua.dossiers.tests.stages import AT, bring, perform
from motcua.dossiers.tests.world import World, definition
from motcua.files.queries import open_blob
from motcua.journal.models import Entry
from motcua.kernel.errors import Invalid, NotPermitted, RuleBroken
from motcua.signing.models import SigningBatch, SigningItem
from motcua.trust.terms import Role
from motcua.trust.verifying.engine import verify_pdf
from tests.pki import PIN, demo_pki

LATER = AT + timedelta(minutes=1)
State = SigningItem.State
DRAFT = {
    "opinion": "Đủ điều kiện",
    "text": "Điều 1. Cấp bản sao./.",
    "is_negative": False,
    "template": "",
    "to_step": "",
}


def initialling(world: World, *, required: bool = False, **of_steps: str) -> World:
    """The world whose steps ask for initials ("appraise" → "content")."""
    steps = tuple(
        step.model_copy(
            update={"initials": of_steps.get(step.key, ""), "initials_required": required and step.key in of_steps}
        )
        for step in world.definition.steps
    )
    world.definition = world.definition.model_copy(update={"steps": steps})
    return world


@pytest.fixture
def asking(db: None) -> World:
    """The specialist initials the content, the head of division the form."""
    return initialling(World(definition()), appraise="content", review="form").build()


def press(
    world: World, who: str, dossier: Dossier, act: Act, facts: Any, *, key: str = "nhay-1", pin: str = PIN
) -> SigningBatch:
    actor = getattr(world, who)
    unit = world.division
    ref = officer_key(actor, unit, AT)
    dossier.refresh_from_db()
    return initial_and_hand_on(
        actor=actor,
        dossier_id=dossier.pk,
        handing=HandingOn(act, facts),
        revision=dossier.revision,
        key=key,
        key_ref=ref,
        pin=pin,
        at=AT,
    )


def initialled(world: World) -> Dossier:
    """A dossier that waits for the leader, initialled twice."""
    dossier = bring(world, "handling")
    work(press(world, "specialist", dossier, Act.APPRAISE, DRAFT), AT)
    work(press(world, "head", dossier, Act.FORWARD, {"to_step": "", "note": ""}, key="nhay-2"), AT)
    dossier.refresh_from_db()
    return dossier


def content_of(row: DraftInitials) -> bytes:
    with open_blob(row.paper.blob_id) as content:
        return content.read()


def states(batch: SigningBatch) -> list[tuple[str, str]]:
    return list(batch.items.values_list("state", "last_error"))


def test_the_draft_is_initialled_and_handed_on(asking: World) -> None:
    dossier = bring(asking, "handling")
    batch = press(asking, "specialist", dossier, Act.APPRAISE, DRAFT)
    assert not DraftResult.objects.exists(), "nothing is done before the job has signed"
    work(batch, AT)
    assert states(batch) == [(State.APPLIED, "")]
    dossier.refresh_from_db()
    assert dossier.step_key == "review"
    row = DraftInitials.objects.get()
    assert (row.role, row.name, row.step_key, row.draft.text) == (
        Role.INITIAL_CONTENT, asking.specialist.name, "appraise", DRAFT["text"],
    )  # fmt: skip
    with pikepdf.open(io.BytesIO(content_of(row))) as pdf:
        names = {str(one.T): "/V" in one for one in pdf.Root.AcroForm.Fields}
    assert names["initial_content-1"]
    assert not any(names[one] for one in ("initial_form-1", "signer-1", "seal-1", "issue-number-1", "issue-day-1"))
    assert Entry.objects.filter(verb="dossier.initialled").count() == 1


def test_the_leader_signs_and_the_clerk_seals_the_initialled_paper(asking: World) -> None:
    dossier = initialled(asking)
    assert dossier.step_key == "approve"
    last = DraftInitials.objects.get(role=Role.INITIAL_FORM)
    work(press_sign(asking.chair, [dossier], officer_key(asking.chair, asking.ward, AT), AT), LATER)
    result = Result.objects.get()
    assert result.signed is not None
    with open_blob(result.signed.blob_id) as content:
        signed = content.read()
    assert signed.startswith(content_of(last))
    dossier.refresh_from_db()
    work(press_seal(asking.sealer, [dossier], agency_key(asking.ward, AT), LATER), LATER)
    result.refresh_from_db()
    assert result.scan is not None
    with open_blob(result.scan.blob_id) as content:
        issued = content.read()
    pki = demo_pki()
    verdict = verify_pdf(issued, trust=pki.trust_store(), at=LATER, online=pki.fetcher(at=LATER))
    assert [one.role for one in verdict.signatures] == [
        Role.INITIAL_CONTENT, Role.INITIAL_FORM, Role.SIGNER, Role.SEAL,
    ]  # fmt: skip
    assert verdict.valid, verdict
    with pikepdf.open(io.BytesIO(issued)) as pdf:
        said = {str(one.T): str(one.V) for one in pdf.Root.AcroForm.Fields if one.FT == "/Tx"}
    assert said["issue-number-1"] == "01"
    assert said["issue-signer-1"] == asking.chair.name


def test_a_changed_draft_is_initialled_again(asking: World) -> None:
    dossier = initialled(asking)
    perform(asking, Act.SEND_BACK, dossier, at=AT)
    perform(asking, Act.APPRAISE, dossier, at=AT, text="Điều 1. Khác./.")
    perform(asking, Act.FORWARD, dossier, by="head", at=AT)
    dossier.refresh_from_db()
    latest = dossier.drafts.order_by("-number").first()
    assert latest is not None
    assert not DraftInitials.objects.filter(draft=latest).exists()


def test_initials_fall_when_the_dossier_says_something_else(asking: World) -> None:
    dossier = initialled(asking)
    owner = dossier.owner
    owner.name = "Trần Thị Khác"
    owner.save()
    batch = press_sign(asking.chair, [dossier], officer_key(asking.chair, asking.ward, AT), AT)
    work(batch, LATER)
    ((state, said),) = states(batch)
    assert state == State.FAILED
    assert "ký nháy lại" in said
    assert not Result.objects.exists()


def test_initials_fall_when_the_number_gets_another_symbol(asking: World) -> None:
    dossier = initialled(asking)
    DraftInitials.objects.update(symbol="GCN-UBND")
    assert reserve_numbers(actor=asking.chair, wanted=[Wanted(dossier, "KQ-UBND")], at=AT)
    batch = press_sign(asking.chair, [dossier], officer_key(asking.chair, asking.ward, AT), AT)
    work(batch, LATER)
    assert "Ký hiệu" in states(batch)[0][1]


def test_a_step_that_demands_initials(db: None) -> None:
    world = initialling(World(definition()), required=True, appraise="content").build()
    dossier = bring(world, "handling")
    error = refused(Invalid, lambda: perform(world, Act.APPRAISE, dossier))
    assert codes(error) == [("initials_demanded", "key_ref")]
    work(press(world, "specialist", dossier, Act.APPRAISE, DRAFT), AT)
    dossier.refresh_from_db()
    assert dossier.step_key == "review"


def test_without_initials_the_draft_goes_on_where_the_step_lets_it(asking: World) -> None:
    dossier = bring(asking, "reviewing")
    perform(asking, Act.FORWARD, dossier, by="head")
    dossier.refresh_from_db()
    assert dossier.step_key == "approve"
    assert not DraftInitials.objects.exists()


class TestRefusals:
    def test_everything_wrong_is_said_before_anybody_signs(self, asking: World) -> None:
        dossier = bring(asking, "handling")
        error = refused(Invalid, lambda: press(asking, "specialist", dossier, Act.APPRAISE, {**DRAFT, "opinion": ""}))
        assert codes(error) == [("required", "opinion")]
        error = refused(Invalid, lambda: press(asking, "specialist", dossier, Act.APPRAISE, DRAFT, pin="00000000"))
        assert codes(error) == [("key_file_closed", "pin")]
        assert not SigningBatch.objects.exists()
        assert not DraftResult.objects.exists()

    def test_the_key_is_ones_own(self, asking: World) -> None:
        dossier = bring(asking, "handling")
        ref = officer_key(asking.chair, asking.ward, AT)
        error = refused(
            NotPermitted,
            lambda: initial_and_hand_on(
                actor=asking.specialist, dossier_id=dossier.pk, handing=HandingOn(Act.APPRAISE, DRAFT),
                revision=dossier.revision, key="x", key_ref=ref, pin=PIN, at=AT,
            ),
        )  # fmt: skip
        assert codes(error) == [("not_your_key", "key_ref")]

    def test_where_the_process_has_no_initials(self, world: World) -> None:
        dossier = bring(world, "handling")
        error = refused(RuleBroken, lambda: press(world, "specialist", dossier, Act.APPRAISE, DRAFT))
        assert codes(error) == [("no_initials", "")]

    def test_what_changed_meanwhile_is_not_initialled(self, asking: World) -> None:
        dossier = bring(asking, "handling")
        batch = press(asking, "specialist", dossier, Act.APPRAISE, DRAFT)
        perform(asking, Act.APPRAISE, dossier, at=AT)
        work(batch, AT)
        assert states(batch)[0][0] == State.FAILED
        assert not DraftInitials.objects.exists()

    def test_the_same_press_is_one_gesture(self, asking: World) -> None:
        dossier = bring(asking, "handling")
        batch = press(asking, "specialist", dossier, Act.APPRAISE, DRAFT)
        work(batch, AT)
        assert press(asking, "specialist", dossier, Act.APPRAISE, DRAFT).pk == batch.pk
        assert DraftInitials.objects.count() == 1
