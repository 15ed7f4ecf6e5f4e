"""Ký số bằng token của máy khác, hai bước: digests out, raw signatures in, each paper once."""

import base64
import hashlib
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings

from motcua.dossiers.actions.sign_results import take_signatures, wish_signatures
from motcua.dossiers.models import Result
from motcua.dossiers.tests.keys import PIN, officer_key, press_sign
from motcua.dossiers.tests.stages import AT, bring
from motcua.dossiers.tests.world import World
from motcua.files.queries import open_blob, recount
from motcua.kernel.errors import Invalid, NotFound, NotPermitted, RuleBroken
from motcua.signing.actions.outside import Wish
from motcua.signing.models import SigningBatch, SigningItem
from motcua.signing.providers.pkcs12 import Pkcs12Key
from motcua.trust.actions.check_revocation import note_revoked
from motcua.trust.actions.note_services import begin_outage
from motcua.trust.models import Certificate
from motcua.trust.terms import KeyPlace, WindowKind
from motcua.trust.verifying.engine import verify_pdf
from tests.pki import demo_pki

State, Held = SigningItem.State, SigningBatch.Held


class Token:
    """The token at the leader's own computer."""

    def __init__(self, world: World) -> None:
        self.ref = officer_key(world.chair, world.ward, AT)
        row = Certificate.objects.get(pk=self.ref)
        self.key = Pkcs12Key((Path(settings.DATA_DIR) / row.key_where).read_bytes(), PIN)
        Certificate.objects.filter(pk=row.pk).update(key_place=KeyPlace.AGENT, key_where="")

    def signatures(self, wishes: list[Wish]) -> dict[int, str]:
        raw = self.key.sign([one.digest for one in wishes])
        return {one.item_id: base64.b64encode(made).decode() for one, made in zip(wishes, raw, strict=True)}


@pytest.fixture
def token(world: World) -> Token:
    return Token(world)


def press(world: World, token: Token, number: int = 2) -> SigningBatch:
    dossiers = [bring(world, "deciding", confirmed_duplicate=True) for _ in range(number)]
    return press_sign(world.chair, dossiers, token.ref, AT, pin="")


def wish(world: World, batch: SigningBatch, token: Token) -> list[Wish]:
    return wish_signatures(actor=world.chair, batch_id=batch.pk, certificate=token.key.certificate, at=AT)[1]


def take(world: World, batch: SigningBatch, signatures: dict[int, str]) -> SigningBatch:
    return take_signatures(actor=world.chair, batch_id=batch.pk, signatures=signatures, at=AT)


def states(batch: SigningBatch) -> list[str]:
    return list(batch.items.order_by("position").values_list("state", flat=True))


def test_digests_go_out_and_signatures_come_in(world: World, token: Token) -> None:
    batch = press(world, token)
    assert batch.held_for == Held.OUTSIDE
    wishes = wish(world, batch, token)
    done = take(world, batch, token.signatures(wishes))
    assert (states(done), done.finished_at) == ([State.APPLIED] * 2, AT)
    for result in Result.objects.all():
        assert result.signed is not None
        with open_blob(result.signed.blob_id) as content:
            verdict = verify_pdf(
                content.read(), trust=demo_pki().trust_store(), at=AT, online=demo_pki().fetcher(at=AT)
            )
        assert verdict.signatures[0].intact
        assert verdict.signatures[0].role == "signer"
    assert wish(world, batch, token) == []
    assert recount() == []


def test_what_came_before_is_not_done_twice(world: World, token: Token) -> None:
    batch = press(world, token)
    signatures = token.signatures(wish(world, batch, token))
    take(world, batch, signatures)
    first = list(Result.objects.order_by("pk").values_list("signed", flat=True))
    assert states(take(world, batch, signatures)) == [State.APPLIED] * 2
    assert list(Result.objects.order_by("pk").values_list("signed", flat=True)) == first


def test_half_of_them_come_and_the_rest_after_the_token_is_back(world: World, token: Token) -> None:
    batch = press(world, token, number=3)
    signatures = token.signatures(wish(world, batch, token))
    one = dict(list(signatures.items())[:1])
    assert sorted(states(take(world, batch, one))) == sorted([State.APPLIED, State.PREPARING, State.PREPARING])
    rest = wish(world, batch, token)
    assert len(rest) == 2
    assert states(take(world, batch, token.signatures(rest))) == [State.APPLIED] * 3
    assert recount() == []


def test_a_signature_that_does_not_fit_is_refused_and_the_others_are_done(world: World, token: Token) -> None:
    batch = press(world, token)
    good, bad = wish(world, batch, token)
    other = Wish(bad.item_id, hashlib.sha256(b"something else").digest(), bad.label)
    with pytest.raises(Invalid) as refusal:
        take(world, batch, token.signatures([good, other]))
    assert [(one.code, one.field) for one in refusal.value.problems] == [("sign_signature_mismatch", "signatures")]
    assert states(batch) == [State.APPLIED, State.PREPARING]


def test_another_token_gets_no_digest(world: World, token: Token) -> None:
    batch = press(world, token)
    other = demo_pki().officer("Hoàng Mạnh Cường", "UBND phường Hạ Long").der
    with pytest.raises(NotPermitted):
        wish_signatures(actor=world.chair, batch_id=batch.pk, certificate=other, at=AT)
    assert states(batch) == [State.WAITING] * 2


def test_a_batch_is_its_signers_own(world: World, token: Token) -> None:
    batch = press(world, token)
    with pytest.raises(NotFound):
        wish_signatures(actor=world.clerk, batch_id=batch.pk, certificate=token.key.certificate, at=AT)
    with pytest.raises(NotFound):
        take_signatures(actor=world.clerk, batch_id=batch.pk, signatures={}, at=AT)


def test_a_certificate_that_was_revoked_meanwhile_signs_nothing(world: World, token: Token) -> None:
    batch = press(world, token)
    wishes = wish(world, batch, token)
    note_revoked(actor=world.admin, certificate_id=int(token.ref), revoked_at=AT, reason="keyCompromise", at=AT)
    for again in (lambda: take(world, batch, token.signatures(wishes)), lambda: wish(world, batch, token)):
        with pytest.raises(RuleBroken) as refused:
            again()
        assert refused.value.problems[0].code == "certificate_revoked"
    assert states(batch) == [State.PREPARING] * 2


def test_nobody_knows_for_too_long_so_nothing_goes_out(world: World, token: Token) -> None:
    batch, row = press(world, token), Certificate.objects.get(pk=token.ref)
    begin_outage(WindowKind.REVOCATION, about=row.issuer_name, error="im", at=AT - timedelta(hours=30))
    with pytest.raises(RuleBroken) as refused:
        wish(world, batch, token)
    assert (refused.value.problems[0].code, states(batch)) == ("trust_stopped", [State.WAITING] * 2)
