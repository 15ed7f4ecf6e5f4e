"""Many electronic copies at one gesture: certified, then sealed, each an act of its own."""

from datetime import timedelta

import pytest

from motcua.certification.actions.electronic import Compared, certify_copy, compare_copy
from motcua.certification.actions.sign_copies import sign_copies
from motcua.certification.models import CertifiedCopy
from motcua.certification.queries import waiting_copies
from motcua.certification.terms import CHECKS
from motcua.certification.tests.test_electronic import forwarded, scanned
from motcua.dossiers.actions.open_batch import Chosen
from motcua.dossiers.actions.sign_results import Pressed, sign_results
from motcua.dossiers.models import Dossier
from motcua.dossiers.terms import Act, Status
from motcua.dossiers.tests.keys import Token, work
from motcua.dossiers.tests.world import MONDAY, World
from motcua.files.queries import open_blob
from motcua.identity.terms import Actor
from motcua.kernel.errors import Conflict, Invalid, NotPermitted, RuleBroken
from motcua.scanning.actions.binding import Pen
from motcua.scanning.tests.conftest import key_of
from motcua.signing.models import SigningBatch, SigningItem
from motcua.trust.terms import Role
from tests.papers.texts import overlapping
from tests.pki import PIN

AT = [MONDAY + timedelta(minutes=10 * step) for step in range(1, 6)]


@pytest.fixture
def copies(world: World) -> list[Dossier]:
    """Three papers, compared, that wait for the certifier."""
    return [_compared(world, f"Bằng số {number}") for number in (1, 2, 3)]


def _compared(world: World, name: str) -> Dossier:
    dossier = forwarded(world)
    stack = scanned(world, dossier, 1)
    facts = Compared(revision=1, paper_name=name, checks=set(CHECKS), fee=2000)
    compare_copy(actor=world.specialist, stack_id=stack.pk, compared=facts, at=AT[0])
    return dossier


def _press(actor: Actor, role: Role, ref: str, *, key: str = "1", pin: str = PIN) -> SigningBatch:
    act = Act.SEAL if role is Role.SEAL else Act.APPROVE
    items = [Chosen(one.copy.dossier_id, one.revision) for one in waiting_copies(actor, act, at=AT[1])]
    pressed = Pressed(key=key, key_ref=ref, pin=pin)
    return sign_copies(actor=actor, role=role, items=items, pressed=pressed, at=AT[1])


def content_of(sha256: str) -> bytes:
    with open_blob(sha256) as content:
        return content.read()


def test_one_gesture_certifies_all_and_one_seals_all(world: World, copies: list[Dossier]) -> None:
    batch = _press(world.chair, Role.CERTIFIER, key_of(world.chair, world.ward))
    assert waiting_copies(world.chair, Act.APPROVE, at=AT[1]) == []  # they lie in the batch
    work(batch, AT[1])
    assert set(SigningItem.objects.values_list("state", flat=True)) == {"applied"}
    assert [one.entry.certifier_name for one in CertifiedCopy.objects.all()] == [world.chair.name] * 3
    sealed = _press(world.sealer, Role.SEAL, key_of(world.sealer, world.ward, of_agency=True))
    work(sealed, AT[2])
    for number, dossier in enumerate(copies, start=1):
        dossier.refresh_from_db()
        assert (dossier.status, dossier.result.number, dossier.result.symbol) == (
            Status.FINISHED,
            str(number),
            "SCT/BS",
        )
        assert overlapping(content_of(dossier.result.scan.blob_id)) == []
    assert not CertifiedCopy.objects.filter(sealed_at__isnull=True).exists()


def test_a_token_pulled_out_leaves_the_rest_and_nothing_is_signed_twice(world: World, copies: list[Dossier]) -> None:
    batch = _press(world.chair, Role.CERTIFIER, key_of(world.chair, world.ward))
    work(batch, AT[1], Token(after=1))
    assert CertifiedCopy.objects.filter(certified_at__isnull=False).count() == 1
    batch.refresh_from_db()
    assert batch.held_for == "key_gone"
    assert len(copies) == 3


def test_one_signed_by_itself_meanwhile_keeps_its_reason_and_stops_no_other(
    world: World, copies: list[Dossier]
) -> None:
    ref = key_of(world.chair, world.ward)
    batch = _press(world.chair, Role.CERTIFIER, ref)
    certify_copy(actor=world.chair, dossier_id=copies[1].pk, at=AT[1], pen=Pen(ref, PIN))
    work(batch, AT[2])
    states = dict(SigningItem.objects.values_list("subject_id", "state"))
    assert [states[one.pk] for one in copies] == ["applied", "failed", "applied"]


def test_pressing_twice_is_one_batch(world: World, copies: list[Dossier]) -> None:
    ref = key_of(world.chair, world.ward)
    items = [Chosen(one.copy.dossier_id, one.revision) for one in waiting_copies(world.chair, Act.APPROVE, at=AT[1])]
    pressed = Pressed(key="same", key_ref=ref, pin=PIN)
    first = sign_copies(actor=world.chair, role=Role.CERTIFIER, items=items, pressed=pressed, at=AT[1])
    again = sign_copies(actor=world.chair, role=Role.CERTIFIER, items=items, pressed=pressed, at=AT[1])
    assert first.pk == again.pk
    assert len(items) == len(copies)


def test_what_is_refused(world: World, copies: list[Dossier]) -> None:
    ref = key_of(world.chair, world.ward)
    with pytest.raises(Invalid):
        _press(world.chair, Role.CERTIFIER, ref, pin="0")
    with pytest.raises(NotPermitted):
        _press(world.chair, Role.CERTIFIER, key_of(world.specialist, world.ward))
    with pytest.raises(Invalid):  # nothing waits for the clerk of the seal yet
        _press(world.sealer, Role.SEAL, key_of(world.sealer, world.ward, of_agency=True))
    stranger = [Chosen(copies[0].pk, copies[0].revision)]
    own = key_of(world.stranger, world.ward)
    with pytest.raises(Conflict):
        sign_copies(actor=world.stranger, role=Role.CERTIFIER, items=stranger, pressed=Pressed("k", own, PIN), at=AT[1])
    assert not SigningBatch.objects.exists()


def test_the_queue_of_other_results_does_not_sign_copies(world: World, copies: list[Dossier]) -> None:
    copies[0].refresh_from_db()
    items = [Chosen(copies[0].pk, copies[0].revision, {"draft_number": 1})]
    pressed = Pressed(key="other", key_ref=key_of(world.chair, world.ward), pin=PIN)
    with pytest.raises(RuleBroken, match="Chứng thực bản sao điện tử"):
        sign_results(actor=world.chair, items=items, pressed=pressed, at=AT[1])


def test_few_queries_however_many(world: World, copies: list[Dossier], django_assert_max_num_queries: object) -> None:
    with django_assert_max_num_queries(16):  # type: ignore[operator]
        assert len(waiting_copies(world.chair, Act.APPROVE, at=AT[1])) == len(copies)
