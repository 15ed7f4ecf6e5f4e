"""Results signed by keys of remote services and of devices: limits respected, held when the key goes, nothing twice."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from motcua.dossiers.tests.keys import press_sign, work
from motcua.dossiers.tests.stages import AT, bring
from motcua.dossiers.tests.world import World
from motcua.kernel.errors import Invalid, RuleBroken
from motcua.signing.actions.continue_signing import continue_signing
from motcua.signing.actions.set_signing_services import ServiceFacts, set_signing_service
from motcua.signing.models import SigningBatch, SigningItem
from motcua.signing.rules.wheres import RemotePlace, typed
from motcua.signing.tests.csc_server import RemoteService, served
from motcua.signing.tests.tokens import soft_token
from motcua.trust.actions.register_certificate import HolderIds, register_certificate
from motcua.trust.terms import KeyPlace
from tests.pki import PIN, Holder, demo_pki

State, Held = SigningItem.State, SigningBatch.Held


@pytest.fixture
def holder(world: World) -> Holder:
    return demo_pki().officer(world.chair.name, world.ward.name)


def registered(world: World, holder: Holder, place: KeyPlace, where: str) -> str:
    ids = HolderIds(world.ward.pk, world.chair.account_id)
    facts = {"content": holder.der, "key_place": place, "key_where": where, "reason": "Tên viết tắt"}
    return str(register_certificate(actor=world.admin, at=AT, holder=ids, **facts).pk)


@pytest.fixture
def service(world: World, holder: Holder) -> Iterator[RemoteService]:
    with served(RemoteService(holder.key, [holder.der, *holder.chain_der])) as made:
        yield made


def remote(world: World, holder: Holder, service: RemoteService, asks: tuple[str, ...], once: tuple[str, ...]) -> str:
    facts = ServiceFacts("Ký số thử", service.url, "motcua", "bí-mật")
    row = set_signing_service(actor=world.admin, facts=facts, reason="Hợp đồng 01", at=AT)
    return registered(world, holder, KeyPlace.CSC, str(RemotePlace(row.pk, "GX0112348", "0123", asks, once)))


def batch_of(world: World, ref: str, number: int = 3, **more: str) -> SigningBatch:
    dossiers = [bring(world, "deciding", confirmed_duplicate=True) for _ in range(number)]
    return press_sign(world.chair, dossiers, ref, AT, **more)


def states(batch: SigningBatch) -> list[str]:
    return list(batch.items.order_by("position").values_list("state", flat=True))


def test_a_remote_service_signs_a_batch_by_one_authorisation(
    world: World, holder: Holder, service: RemoteService
) -> None:
    batch = work(batch_of(world, remote(world, holder, service, ("PIN",), ())), AT)
    assert states(batch) == [State.APPLIED] * 3
    methods = [method for method, _ in service.asked]
    assert (methods.count("credentials/authorize"), service.signed) == (1, 3)
    assert dict(service.asked)["credentials/authorize"]["numSignatures"] == 3


def test_a_service_that_falls_silent_holds_the_batch_and_nothing_is_signed_twice(
    world: World, holder: Holder, service: RemoteService
) -> None:
    service.multisign, service.falls_silent_after = 1, 1
    held = work(batch_of(world, remote(world, holder, service, ("PIN",), ())), AT)
    assert (held.held_for, sorted(states(held))) == (Held.KEY_GONE, [State.APPLIED, State.WAITING, State.WAITING])
    service.falls_silent_after = -1
    again = continue_signing(actor=world.chair, batch_id=held.pk, pin=PIN, at=AT)
    assert (states(work(again, AT)), service.signed) == ([State.APPLIED] * 3, 3)


def test_a_wrong_pin_of_a_service_fails_no_paper(world: World, holder: Holder, service: RemoteService) -> None:
    held = work(batch_of(world, remote(world, holder, service, ("PIN",), ()), pin="00000000"), AT)
    assert (held.held_for, states(held)) == (Held.KEY_GONE, [State.WAITING] * 3)
    assert "PIN" in held.held_detail
    assert held.secret is None


def test_a_code_that_is_used_up_asks_for_the_next(world: World, holder: Holder, service: RemoteService) -> None:
    service.objects, service.multisign, service.otp = ("PIN", "OTP"), 2, "111111"
    ref = remote(world, holder, service, ("PIN", "OTP"), ("OTP",))
    held = work(batch_of(world, ref, pin=typed(PIN, "111111")), AT)
    assert (held.held_for, states(held).count(State.APPLIED)) == (Held.KEY_GONE, 2)
    assert "mã mới" in held.held_detail
    service.otp = "222222"
    again = continue_signing(actor=world.chair, batch_id=held.pk, pin=typed(PIN, "222222"), at=AT)
    assert states(work(again, AT)) == [State.APPLIED] * 3


def test_a_device_of_the_server_signs_a_batch(world: World, holder: Holder, tmp_path: Path) -> None:
    with soft_token(tmp_path / "softhsm") as token:
        token.put(holder)
        where = f"pkcs11:token={token.label};object=ky-so?module-path={token.module}"
        ref = registered(world, holder, KeyPlace.PKCS11, where)
        with pytest.raises(Invalid):
            batch_of(world, ref, 1, pin="00000000")
        assert states(work(batch_of(world, ref, 2), AT)) == [State.APPLIED] * 2


@pytest.mark.parametrize(
    "where",
    [
        "pkcs11:token=a;object=b?module-path=/tmp/x.so",
        "pkcs11:object=b",
        "pkcs11:token=a?module-path=/usr/lib/../../tmp/x",
    ],
)
def test_a_device_is_opened_only_by_libraries_of_the_system(world: World, holder: Holder, where: str) -> None:
    ref = registered(world, holder, KeyPlace.PKCS11, where)
    with pytest.raises(RuleBroken):
        batch_of(world, ref, 1)
