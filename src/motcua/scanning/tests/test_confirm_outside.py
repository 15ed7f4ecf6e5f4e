"""Digitised papers signed by a token at the clerk's own computer: nothing goes in before the last signature."""

import base64
from pathlib import Path

import pytest
from django.conf import settings

from motcua.dossiers.actions.sign_results import take_signatures, wish_signatures
from motcua.dossiers.models import Dossier
from motcua.dossiers.tests.world import MONDAY, World
from motcua.files.queries import open_blob
from motcua.kernel.errors import NotPermitted, RuleBroken
from motcua.scanning.actions.arrange import Arrangement, arrange
from motcua.scanning.actions.binding import Pen
from motcua.scanning.actions.confirm import Confirmed
from motcua.scanning.actions.confirm_outside import confirm_outside
from motcua.scanning.models import DigitisedPaper, Stack
from motcua.scanning.queries import laid_out
from motcua.scanning.terms import StackState
from motcua.scanning.tests.conftest import key_of, small_stack
from motcua.scanning.tests.stories import read
from motcua.signing.actions.outside import Wish
from motcua.signing.models import SigningBatch, SigningItem
from motcua.signing.providers.pkcs12 import Pkcs12Key
from motcua.trust.models import Certificate
from motcua.trust.terms import KeyPlace, Role
from motcua.trust.verifying.engine import verify_pdf
from tests.pki import PIN, demo_pki

State = SigningItem.State


class Token:
    """The token at the clerk's own computer."""

    def __init__(self, world: World) -> None:
        self.ref = key_of(world.clerk, world.ward)
        row = Certificate.objects.get(pk=self.ref)
        self.key = Pkcs12Key((Path(settings.DATA_DIR) / row.key_where).read_bytes(), PIN)
        Certificate.objects.filter(pk=row.pk).update(key_place=KeyPlace.AGENT, key_where="")

    def signatures(self, wishes: list[Wish]) -> dict[int, str]:
        raw = self.key.sign([one.digest for one in wishes])
        return {one.item_id: base64.b64encode(made).decode() for one, made in zip(wishes, raw, strict=True)}


@pytest.fixture
def token(world: World) -> Token:
    return Token(world)


@pytest.fixture
def stack(world: World, dossier: Dossier) -> Stack:
    """Two papers of one page each."""
    made = read(world, dossier, small_stack(2), component_key="to-khai")
    second = laid_out(made).papers[0].pages[1]
    arrange(
        actor=world.clerk,
        stack_id=made.pk,
        page_id=second.pk,
        how=Arrangement.MOVE,
        at=MONDAY,
        component_key="giay-chung-sinh",
    )
    made.refresh_from_db()
    assert len(laid_out(made).papers) == 2
    return made


def opened(world: World, stack: Stack, token: Token, key: str = "lan-1", **values: str) -> SigningBatch:
    typed = {"giay-chung-sinh.0.mother": "Nguyễn Thị Hoa"} | values
    confirmed = Confirmed(stack.revision, typed, Pen(token.ref))
    return confirm_outside(actor=world.clerk, stack_id=stack.pk, confirmed=confirmed, key=key, at=MONDAY)


def wishes_of(world: World, batch: SigningBatch, token: Token) -> list[Wish]:
    return wish_signatures(actor=world.clerk, batch_id=batch.pk, certificate=token.key.certificate, at=MONDAY)[1]


def take(world: World, batch: SigningBatch, signatures: dict[int, str]) -> SigningBatch:
    return take_signatures(actor=world.clerk, batch_id=batch.pk, signatures=signatures, at=MONDAY)


def test_the_last_signature_confirms_the_stack(world: World, stack: Stack, token: Token) -> None:
    batch = opened(world, stack, token)
    first, second = wishes_of(world, batch, token)
    take(world, batch, token.signatures([first]))
    assert not DigitisedPaper.objects.exists()
    (again,) = wishes_of(world, batch, token)
    assert again.item_id == second.item_id
    done = take(world, batch, token.signatures([again]))
    assert done.finished_at is not None
    papers = list(DigitisedPaper.objects.order_by("pk"))
    assert [one.is_signed for one in papers] == [True, True]
    assert papers[1].values[1]["value"] == "Nguyễn Thị Hoa"
    stack.refresh_from_db()
    assert stack.state == StackState.CONFIRMED
    attachment = papers[0].attachment
    assert attachment is not None
    with open_blob(attachment.blob_id) as file:
        verdict = verify_pdf(file.read(), trust=demo_pki().trust_store(), at=MONDAY, demanded=[Role.DIGITISER])
    assert [one.intact for one in verdict.signatures] == [True]


def test_a_stack_that_is_arranged_meanwhile_stays_as_it_is(world: World, stack: Stack, token: Token) -> None:
    batch = opened(world, stack, token)
    wishes = wishes_of(world, batch, token)
    page = laid_out(stack).papers[0].pages[0]
    arrange(actor=world.clerk, stack_id=stack.pk, page_id=page.pk, how=Arrangement.DROP, at=MONDAY)
    done = take(world, batch, token.signatures(wishes))
    assert State.FAILED in set(done.items.values_list("state", flat=True))
    assert not DigitisedPaper.objects.exists()
    stack.refresh_from_db()
    assert stack.state == StackState.READY


def test_confirming_again_stops_what_waited(world: World, stack: Stack, token: Token) -> None:
    first = opened(world, stack, token)
    assert opened(world, stack, token).pk == first.pk
    second = opened(world, stack, token, key="lan-2")
    first.refresh_from_db()
    assert second.pk != first.pk
    assert (first.finished_at, second.finished_at) == (MONDAY, None)


def test_only_the_clerks_own_token_serves(world: World, stack: Stack, token: Token) -> None:
    confirmed = Confirmed(stack.revision, {}, Pen(key_of(world.chair, world.ward)))
    with pytest.raises(RuleBroken) as refused:
        confirm_outside(actor=world.clerk, stack_id=stack.pk, confirmed=confirmed, key="lan-1", at=MONDAY)
    assert refused.value.problems[0].code == "not_your_key"
    batch = opened(world, stack, token)
    with pytest.raises(NotPermitted):
        wish_signatures(actor=world.clerk, batch_id=batch.pk, certificate=demo_pki().officer().der, at=MONDAY)
