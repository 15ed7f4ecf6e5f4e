"""Ký số khi chứng thư có thể đã bị thu hồi: asked before the key signs, by the written window."""

import functools
from datetime import datetime, timedelta

from motcua.dossiers.tests.keys import officer_key, press_sign
from motcua.dossiers.tests.stages import AT, bring
from motcua.dossiers.tests.world import World
from motcua.signing.actions.offices import office_of
from motcua.signing.actions.presses import ServerPresses
from motcua.signing.actions.work_signing import work_signing
from motcua.signing.models import SigningBatch, SigningItem
from motcua.trust.actions.check_revocation import note_revoked, require_signable
from tests.pki import demo_pki

LATER = AT + timedelta(minutes=1)
Held, State = SigningBatch.Held, SigningItem.State


def _pressed(world: World) -> tuple[SigningBatch, int]:
    ref = officer_key(world.chair, world.ward, AT)
    return press_sign(world.chair, [bring(world, "deciding")], ref, AT), int(ref)


def _work(batch: SigningBatch, at: datetime, *, answers: bool = True) -> SigningBatch:
    fetcher = demo_pki().fetcher(at=at)
    fetcher.no_ocsp = fetcher.no_crl = not answers
    presses = ServerPresses(
        lambda: demo_pki().stamper(at=at), ask=lambda pk: require_signable(certificate_id=pk, at=at, fetcher=fetcher)
    )
    return work_signing(batch_id=batch.pk, office=office_of(batch), presses=presses, at=at)


def test_a_good_certificate_signs(world: World) -> None:
    batch, _ = _pressed(world)
    assert _work(batch, LATER).items.get().state == State.APPLIED


def test_a_revoked_certificate_signs_nothing(world: World) -> None:
    batch, certificate = _pressed(world)
    note_revoked(actor=world.admin, certificate_id=certificate, revoked_at=AT, reason="keyCompromise", at=LATER)
    held = _work(batch, LATER)
    assert (held.items.get().state, held.held_for) == (State.WAITING, Held.PIN_NEEDED)
    assert "thu hồi" in held.held_detail


def test_nobody_answers_signing_goes_on_and_then_waits(world: World) -> None:
    batch, certificate = _pressed(world)
    dead = demo_pki().fetcher(at=AT)
    dead.no_ocsp = dead.no_crl = True
    ask = functools.partial(require_signable, certificate_id=certificate, fetcher=dead)
    ask(at=LATER - timedelta(hours=30))
    held = _work(batch, LATER, answers=False)
    assert (held.items.get().state, held.held_for) == (State.WAITING, Held.TRUST_AWAY)
    assert _work(held, LATER + timedelta(minutes=5)).items.get().state == State.APPLIED
