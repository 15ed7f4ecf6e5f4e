"""Ký số nhiều kết quả: one gesture of a leader."""

import io
from datetime import timedelta
from typing import Any

import pikepdf
import pytest

from motcua.dossiers.actions.signing_office import ApprovalOffice
from motcua.dossiers.models import Dossier, ReservedNumber, Result
from motcua.dossiers.terms import Act, Status
from motcua.dossiers.tests.checks import codes, refused
from motcua.dossiers.tests.keys import PIN, Token, agency_key, officer_key, press_sign, shown, work
from motcua.dossiers.tests.stages import AT, bring, file_ref, perform
from motcua.dossiers.tests.world import World
from motcua.files.models import Blob
from motcua.files.queries import open_blob
from motcua.journal.models import Entry, OutboxEvent
from motcua.kernel.errors import Conflict, Invalid, NotFound, NotPermitted, RuleBroken
from motcua.signing.actions.continue_signing import continue_signing, stop_signing
from motcua.signing.actions.presses import ServerPresses
from motcua.signing.actions.work_signing import work_signing
from motcua.signing.models import SigningBatch, SigningItem
from tests.pki import demo_pki

LATER = AT + timedelta(minutes=1)
Held, State = SigningBatch.Held, SigningItem.State


def waiting(world: World, number: int) -> list[Dossier]:
    return [bring(world, "deciding", confirmed_duplicate=True) for _ in range(number)]


def states(batch: SigningBatch) -> list[str]:
    return list(batch.items.order_by("position").values_list("state", flat=True))


def events(name: str) -> int:
    return OutboxEvent.objects.filter(name=name).count()


def signatures_of(result: Result) -> list[str]:
    assert result.signed is not None
    with open_blob(result.signed.blob_id) as content, pikepdf.open(io.BytesIO(content.read())) as pdf:
        return [str(one.T) for one in pdf.Root.AcroForm.Fields if "/V" in one]


def test_each_paper_is_signed_and_approved(world: World) -> None:
    dossiers = waiting(world, 3)
    batch = press_sign(world.chair, dossiers, officer_key(world.chair, world.ward, AT), AT)
    assert states(batch) == [State.WAITING] * 3
    assert Dossier.objects.filter(status=Status.FINISHED).count() == 0
    done = work(batch, LATER)
    assert (states(done), done.finished_at, done.secret) == ([State.APPLIED] * 3, LATER, None)
    results = list(Result.objects.order_by("pk"))
    assert [signatures_of(one) for one in results] == [["signer-1"]] * 3
    assert {(one.approved_by_id, one.signer_title, one.approved_at) for one in results} == {
        (world.chair.account_id, "Chủ tịch", LATER)
    }
    assert [one.number for one in results] == [""] * 3
    assert events("dossiers.DossierApproved") or OutboxEvent.objects.filter(name__endswith="pproved").count() == 3
    assert Entry.objects.filter(verb="dossier.approved", data__signed__isnull=False).count() == 3


def test_numbers_follow_each_other_and_stand_on_the_paper(world: World) -> None:
    first, second = waiting(world, 2)
    batch = press_sign(world.chair, [first, second], officer_key(world.chair, world.ward, AT), AT)
    assert [str(one) for one in ReservedNumber.objects.order_by("number")] == ["01/KQ-UBND", "02/KQ-UBND"]
    work(batch, LATER)
    result = Result.objects.get(dossier=second)
    assert result.signed is not None
    with open_blob(result.signed.blob_id) as content, pikepdf.open(io.BytesIO(content.read())) as pdf:
        assert "02/KQ-UBND" in str(pdf.Root.AcroForm.Fields[0].V.Reason)


def test_the_same_press_is_one_batch(world: World) -> None:
    dossiers, ref = waiting(world, 2), officer_key(world.chair, world.ward, AT)
    batch = press_sign(world.chair, dossiers, ref, AT)
    assert press_sign(world.chair, dossiers, ref, LATER).pk == batch.pk
    work(batch, LATER)
    assert press_sign(world.chair, dossiers, ref, LATER).pk == batch.pk
    work(batch, LATER)
    assert (SigningItem.objects.count(), ReservedNumber.objects.count()) == (2, 2)
    error = refused(Conflict, lambda: press_sign(world.chair, dossiers[:1], ref, LATER))
    assert codes(error) == [("batch_key_reused", "")]


class TestRefusals:
    def test_a_wrong_pin_is_told_before_anything_is_signed(self, world: World) -> None:
        dossiers, ref = waiting(world, 1), officer_key(world.chair, world.ward, AT)
        for pin, code in (("87654321", "key_file_closed"), ("", "required")):
            error = refused(Invalid, lambda pin=pin: press_sign(world.chair, dossiers, ref, AT, pin=pin))  # type: ignore[misc]
            assert codes(error) == [(code, "pin")]
        assert not SigningBatch.objects.exists()

    def test_the_key_is_the_leaders_own(self, world: World) -> None:
        dossiers = waiting(world, 1)
        refs = (officer_key(world.head, world.ward, AT), agency_key(world.ward, AT), "999999", "x")
        assert world.chair
        for ref in refs:
            error = refused(NotPermitted, lambda ref=ref: press_sign(world.chair, dossiers, ref, AT))  # type: ignore[misc]
            assert codes(error) == [("not_your_key", "key_ref")]
        assert codes(refused(Invalid, lambda: press_sign(world.chair, dossiers, "", AT))) == [
            ("not_your_key", "key_ref")
        ]

    def test_none_and_too_many(self, world: World) -> None:
        ref = officer_key(world.chair, world.ward, AT)
        assert codes(refused(Invalid, lambda: press_sign(world.chair, [], ref, AT))) == [("none_chosen", "items")]

    def test_out_of_sight(self, world: World) -> None:
        dossiers, ref = waiting(world, 1), officer_key(world.stranger, world.other_ward, AT)
        assert codes(refused(NotFound, lambda: press_sign(world.stranger, dossiers, ref, AT))) == [("no_dossier", "")]

    def test_a_paper_that_somebody_is_signing(self, world: World) -> None:
        dossiers, ref = waiting(world, 1), officer_key(world.chair, world.ward, AT)
        press_sign(world.chair, dossiers, ref, AT)
        error = refused(RuleBroken, lambda: press_sign(world.chair, dossiers, ref, AT, key="lan-2"))
        assert codes(error) == [("in_signing", "items")]
        assert world.chair.name in error.problems[0].message


class TestOnePaperStopsNoOther:
    def test_what_changed_since_it_was_shown(self, world: World) -> None:
        first, second = waiting(world, 2)
        batch = press_sign(world.chair, [first, second], officer_key(world.chair, world.ward, AT), AT)
        perform(world, Act.SEND_BACK, first, at=AT)
        work(batch, LATER)
        assert states(batch) == [State.FAILED, State.APPLIED]
        item = batch.items.get(position=1)
        assert "Việc gần nhất" in item.last_error
        assert item.signed_id is None
        first.refresh_from_db()
        assert first.step_key == "appraise"

    def test_without_the_right_nothing_is_numbered(self, world: World) -> None:
        dossier = bring(world, "reviewing")
        ref = officer_key(world.head, world.division, AT)
        batch = press_sign(world.head, [dossier], ref, AT)
        assert not ReservedNumber.objects.exists()
        work(batch, LATER)
        assert states(batch) == [State.FAILED]
        dossier.refresh_from_db()
        assert dossier.step_key == "review"

    def test_a_draft_that_is_no_pdf(self, world: World) -> None:
        dossier = bring(world, "handling")
        ref = file_ref()
        Blob.objects.filter(pk=ref.sha256).update(media_type="image/png")
        perform(world, Act.APPRAISE, dossier, text="", file=ref)
        perform(world, Act.FORWARD, dossier, by="head")
        dossier.refresh_from_db()
        batch = press_sign(world.chair, [dossier], officer_key(world.chair, world.ward, AT), AT)
        work(batch, LATER)
        assert states(batch) == [State.FAILED]
        assert "không phải PDF" in batch.items.get().last_error


class TestInterrupted:
    def test_a_token_pulled_out(self, world: World) -> None:
        dossiers = waiting(world, 4)
        batch = press_sign(world.chair, dossiers, officer_key(world.chair, world.ward, AT), AT)
        token = Token(after=2)
        held = work(batch, LATER, token)
        assert states(held) == [State.APPLIED, State.APPLIED, State.WAITING, State.WAITING]
        assert (held.held_for, held.secret) == (Held.KEY_GONE, None)
        work(batch, LATER)
        assert states(batch)[2:] == [State.WAITING] * 2, "no PIN, nothing goes on by itself"
        before = list(Result.objects.order_by("pk").values_list("pk", "signed_id"))
        with pytest.raises(Invalid):
            continue_signing(actor=world.chair, batch_id=batch.pk, pin="00000000", at=LATER)
        continue_signing(actor=world.chair, batch_id=batch.pk, pin=PIN, at=LATER)
        token.after = 99
        work(batch, LATER + timedelta(minutes=1), token)
        assert states(batch) == [State.APPLIED] * 4
        assert len(set(token.signed)) == len(token.signed) == 4
        assert list(Result.objects.order_by("pk").values_list("pk", "signed_id"))[:2] == before

    def test_the_pin_is_not_kept_for_long(self, world: World) -> None:
        batch = press_sign(world.chair, waiting(world, 1), officer_key(world.chair, world.ward, AT), AT)
        assert PIN.encode() not in bytes(batch.secret)
        held = work(batch, AT + timedelta(minutes=15))
        assert (held.held_for, held.secret, states(held)) == (Held.PIN_NEEDED, None, [State.WAITING])

    def test_killed_between_the_file_and_the_act(self, world: World) -> None:
        batch = press_sign(world.chair, waiting(world, 2), officer_key(world.chair, world.ward, AT), AT)
        presses = ServerPresses(lambda: demo_pki().stamper(at=LATER))
        with pytest.raises(KeyboardInterrupt):
            work_signing(batch_id=batch.pk, office=_KilledOffice(), presses=presses, at=LATER)
        assert states(batch) == [State.SIGNED, State.WAITING]
        kept = batch.items.get(position=1).signed_id
        work(batch, LATER + timedelta(minutes=1))
        assert states(batch) == [State.APPLIED] * 2
        first = Result.objects.order_by("dossier_id").first()
        assert first is not None
        assert first.signed is not None
        assert (first.signed.blob_id, first.approved_at) == (kept, LATER)

    def test_stopped_by_the_signer(self, world: World) -> None:
        dossiers = waiting(world, 2)
        batch = press_sign(world.chair, dossiers, officer_key(world.chair, world.ward, AT), AT)
        with pytest.raises(RuleBroken):
            stop_signing(actor=world.chair, batch_id=batch.pk, at=LATER)
        work(batch, LATER, Token(after=1))
        with pytest.raises(NotFound):
            stop_signing(actor=world.head, batch_id=batch.pk, at=LATER)
        stopped = stop_signing(actor=world.chair, batch_id=batch.pk, at=LATER)
        assert (states(stopped), stopped.finished_at) == ([State.APPLIED, State.FAILED], LATER)
        assert stop_signing(actor=world.chair, batch_id=batch.pk, at=LATER).finished_at == LATER
        again = press_sign(world.chair, dossiers[1:], str(batch.key_ref), LATER + timedelta(minutes=1), key="lan-2")
        assert ReservedNumber.objects.count() == 2, "the number of the dossier is used again"
        work(again, LATER + timedelta(minutes=2))
        assert states(again) == [State.APPLIED]


class _KilledOffice(ApprovalOffice):
    """An office whose process is killed when it comes to the act."""

    def apply(self, *_: Any, **__: Any) -> None:
        raise KeyboardInterrupt


def test_a_deputy_signs_the_same(world: World) -> None:
    dossier = bring(world, "deciding")
    batch = press_sign(world.chair, [dossier], officer_key(world.chair, world.ward, AT), AT)
    perform(world, Act.APPROVE, dossier, at=AT)
    work(batch, LATER)
    assert states(batch) == [State.FAILED]
    assert Result.objects.get().signed is None
    assert shown(dossier)[0].revision == dossier.revision
