"""Keys that people put in: files, remote services, tokens; confirmed, refused, preferred, taken away."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, NoEncryption, PrivateFormat, pkcs12

from motcua.dossiers.tests.stages import AT
from motcua.dossiers.tests.world import World, definition
from motcua.identity.models import Account
from motcua.journal.models import Entry
from motcua.kernel.errors import Conflict, Invalid, NotFound, NotPermitted, RuleBroken
from motcua.notifications.models import Notice
from motcua.project.commands.keys import Asked, put_in
from motcua.signing.access import Keeper, keeper_of
from motcua.signing.actions.open_remote import open_remote
from motcua.signing.actions.presses import check_pin, opener
from motcua.signing.actions.put_in_keys import PutIn, put_in_file, put_in_remote, put_in_token
from motcua.signing.actions.set_signing_services import (
    ServiceFacts,
    check_signing_service,
    credentials_of,
    end_signing_service,
    set_signing_service,
)
from motcua.signing.actions.settle_keys import confirm_key, prefer_key, refuse_key, remove_key, withdraw_key
from motcua.signing.models import KeyFile, KeyOffer, SigningService
from motcua.signing.providers.key_files import LARGEST_FILE, facts_of_file
from motcua.signing.providers.pkcs11 import tokens_in
from motcua.signing.providers.raw import fits
from motcua.signing.queries.held_keys import key_ring
from motcua.signing.queries.keys import agency_keys, officer_keys
from motcua.signing.rules.wheres import RemotePlace, remote_place, secrets_of, typed
from motcua.signing.terms import KeyGoneError, KeyKind
from motcua.signing.tests.csc_server import RemoteService, served
from motcua.signing.tests.tokens import soft_token
from tests.pki import PIN, Holder, demo_pki

DIGEST = bytes(range(32))


@pytest.fixture
def world(db: None) -> World:
    made = World(definition()).build()
    assert made.admin.account_id
    return made


def own(world: World, **facts) -> Holder:
    return demo_pki().officer(Account.objects.get(pk=world.chair.account_id).full_name, world.ward.name, **facts)


def mine(world: World) -> Keeper:
    return keeper_of(world.chair, None, at=AT)


def put(world: World, holder: Holder, pin: str = PIN, content: bytes | None = None) -> PutIn:
    content = content or demo_pki().pkcs12(holder)
    return put_in_file(actor=world.chair, keeper=mine(world), content=content, pin=pin, at=AT)


def test_a_file_waits_for_the_administrator_and_signs_then(world: World) -> None:
    holder = own(world)
    offer = put(world, holder).offer
    assert offer is not None
    assert officer_keys(world.chair.account_id, AT) == []
    assert Notice.objects.filter(link=f"/quan-tri/chung-thu/khoa-cho/{offer.pk}/").exists()
    row = confirm_key(actor=world.admin, offer_id=offer.pk, at=AT)
    (choice,) = officer_keys(world.chair.account_id, AT)
    assert (choice.ref, choice.kind, choice.certificate) == (str(row.pk), KeyKind.PKCS12, holder.der)
    key = opener(choice.ref, PIN)()
    assert fits(key.sign([DIGEST])[0], DIGEST, holder.der)
    with pytest.raises(Invalid) as refused:
        check_pin(choice.ref, "sai-pin-roi")
    assert refused.value.problems[0].field == "pin"


def test_the_file_is_kept_as_given_and_closed_again_by_the_house(world: World) -> None:
    holder = own(world)
    content = demo_pki().pkcs12(holder)
    put(world, holder, content=content)
    kept = bytes(KeyFile.objects.get().content)
    assert content not in kept
    assert len(kept) > len(content)
    everything = str(list(Entry.objects.values_list("data", flat=True))) + str(KeyOffer.objects.values().get())
    assert PIN not in everything


@pytest.mark.parametrize(
    ("make", "code"),
    [
        (lambda _holder: b"khong phai tep khoa", "key_file_closed"),
        (lambda _holder: b"\x30\x82" + b"\xff" * 4000, "key_file_closed"),
        (lambda _holder: bytes(LARGEST_FILE + 1), "key_file_large"),
        (lambda holder: demo_pki().pkcs12(holder)[:-50], "key_file_closed"),
        (lambda holder: demo_pki().pkcs12(holder, "mot-pin-khac"), "key_file_closed"),
        (
            lambda holder: pkcs12.serialize_key_and_certificates(None, None, holder.certificate, None, _lock()),
            "key_file_empty",
        ),
    ],
    ids=["text", "garbage", "large", "cut", "other-pin", "no-key"],
)
def test_a_file_that_does_not_serve_is_refused_with_the_reason(world: World, make, code: str) -> None:
    with pytest.raises(Invalid) as refused:
        put(world, own(world), content=make(own(world)))
    assert refused.value.problems[0].code == code
    assert not KeyFile.objects.exists()
    assert not KeyOffer.objects.exists()


def _lock() -> BestAvailableEncryption:
    return BestAvailableEncryption(PIN.encode())


def test_a_key_that_lies_open_in_its_file_is_refused() -> None:
    holder = demo_pki().officer(key="rsa2048")
    content = pkcs12.serialize_key_and_certificates(None, holder.key, holder.certificate, None, NoEncryption())
    with pytest.raises(Invalid) as refused:
        facts_of_file(content, "")
    assert refused.value.problems[0].code == "key_file_open"


def test_a_file_that_hashes_its_pin_for_ever_is_given_up(world: World) -> None:
    slow = PrivateFormat.PKCS12.encryption_builder().kdf_rounds(30_000_000).build(b"12345678")
    holder = own(world)
    started = pkcs12.serialize_key_and_certificates(None, holder.key, holder.certificate, None, slow)
    with pytest.raises(Invalid) as refused:
        facts_of_file(started, PIN, seconds=0.5)
    assert refused.value.problems[0].code == "key_file_slow"


def test_a_short_pin_and_a_weak_or_ended_certificate_are_refused(world: World) -> None:
    with pytest.raises(Invalid) as refused:
        put(world, own(world), pin="1234", content=demo_pki().pkcs12(own(world), "1234"))
    assert refused.value.problems[0].code == "short_pin"
    with pytest.raises(Invalid) as refused:
        put(world, own(world, expired=True))
    assert refused.value.problems[0].code == "not_good"


def test_a_key_of_the_register_is_in_use_at_once_and_nobody_elses(world: World) -> None:
    offer = put(world, own_holder := own(world)).offer
    assert offer is not None
    row = confirm_key(actor=world.admin, offer_id=offer.pk, at=AT)
    first = row.key_where
    again = put(world, own_holder)
    assert again.certificate is not None
    assert again.certificate.key_where != first
    assert KeyFile.objects.count() == 1
    stranger = keeper_of(world.clerk, None, at=AT)
    with pytest.raises(Conflict):
        put_in_file(actor=world.clerk, keeper=stranger, content=demo_pki().pkcs12(own_holder), pin=PIN, at=AT)
    assert KeyFile.objects.count() == 1


def test_names_that_do_not_fit_need_a_reason(world: World) -> None:
    offer = put(world, demo_pki().officer("Người Khác", world.ward.name)).offer
    assert offer is not None
    with pytest.raises(Invalid) as refused:
        confirm_key(actor=world.admin, offer_id=offer.pk, at=AT)
    assert "other_name" in {one.code for one in refused.value.problems}
    confirm_key(actor=world.admin, offer_id=offer.pk, reason="Đổi tên theo quyết định 12", at=AT)
    with pytest.raises(RuleBroken):
        refuse_key(actor=world.admin, offer_id=offer.pk, reason="Nhầm", at=AT)


def test_only_the_administrator_settles_and_only_its_keeper_withdraws(world: World) -> None:
    offer = put(world, own(world)).offer
    assert offer is not None
    with pytest.raises(NotPermitted):
        confirm_key(actor=world.chair, offer_id=offer.pk, at=AT)
    with pytest.raises(NotFound):
        withdraw_key(actor=world.clerk, keeper=keeper_of(world.clerk, None, at=AT), offer_id=offer.pk, at=AT)
    refuse_key(actor=world.admin, offer_id=offer.pk, reason="Sai người", at=AT)
    assert not KeyFile.objects.exists()
    other = put(world, own(world)).offer
    assert other is not None
    withdraw_key(actor=world.chair, keeper=mine(world), offer_id=other.pk, at=AT)
    assert not KeyFile.objects.exists()
    assert [one.state for one in key_ring(mine(world), AT).offers] == [KeyOffer.State.REFUSED]


def test_the_preferred_key_comes_first_and_a_removed_one_not_at_all(world: World) -> None:
    rows = []
    for _ in range(2):
        offer = put(world, own(world)).offer
        assert offer is not None
        rows.append(confirm_key(actor=world.admin, offer_id=offer.pk, at=AT))
    for row in rows:
        prefer_key(actor=world.chair, keeper=mine(world), certificate_id=row.pk, at=AT)
        assert officer_keys(world.chair.account_id, AT)[0].ref == str(row.pk)
        assert key_ring(mine(world), AT).keys[0].row.pk == row.pk
    remove_key(actor=world.chair, keeper=mine(world), certificate_id=rows[1].pk, at=AT)
    assert [one.ref for one in officer_keys(world.chair.account_id, AT)] == [str(rows[0].pk)]
    assert KeyFile.objects.count() == 1
    with pytest.raises(RuleBroken):
        prefer_key(actor=world.chair, keeper=mine(world), certificate_id=rows[1].pk, at=AT)
    with pytest.raises(NotFound):
        remove_key(actor=world.clerk, keeper=keeper_of(world.clerk, None, at=AT), certificate_id=rows[0].pk, at=AT)


def test_a_seal_is_kept_by_who_holds_it(world: World) -> None:
    with pytest.raises(NotPermitted):
        keeper_of(world.clerk, world.ward.pk, at=AT)
    seal = keeper_of(world.sealer, world.ward.pk, at=AT)
    content = demo_pki().pkcs12(demo_pki().agency(world.ward.name))
    offer = put_in_file(actor=world.sealer, keeper=seal, content=content, pin=PIN, at=AT).offer
    assert offer is not None
    confirm_key(actor=world.admin, offer_id=offer.pk, at=AT)
    assert len(agency_keys(world.ward.pk, AT)) == 1


def test_a_token_proves_that_it_is_there(world: World) -> None:
    holder = own(world)
    facts = {"certificate": holder.der, "chain": holder.chain_der, "digest": DIGEST}
    wrong = demo_pki().officer().signing_key().sign([DIGEST])[0]
    with pytest.raises(Invalid):
        put_in_token(actor=world.chair, keeper=mine(world), signature=wrong, at=AT, **facts)
    right = holder.signing_key().sign([DIGEST])[0]
    offer = put_in_token(actor=world.chair, keeper=mine(world), signature=right, at=AT, **facts).offer
    assert offer is not None
    row = confirm_key(actor=world.admin, offer_id=offer.pk, at=AT)
    (choice,) = officer_keys(world.chair.account_id, AT)
    assert (choice.kind, choice.needs_pin) == (KeyKind.AGENT, False)
    remove_key(actor=world.chair, keeper=mine(world), certificate_id=row.pk, at=AT)
    assert officer_keys(world.chair.account_id, AT) == []


def test_alarms_before_the_end(world: World) -> None:
    offer = put(world, own(world)).offer
    assert offer is not None
    row = confirm_key(actor=world.admin, offer_id=offer.pk, at=AT)
    assert key_ring(mine(world), AT).warnings == []
    (warned,) = key_ring(mine(world), row.valid_to - timedelta(days=5)).warnings
    assert warned.words in {"còn 4 ngày", "còn 5 ngày"}


@pytest.fixture
def remote(world: World) -> Iterator[SimpleNamespace]:
    holder = own(world)
    with served(RemoteService(holder.key, [holder.der, *holder.chain_der])) as service:
        facts = ServiceFacts("Ký số thử", service.url, "motcua", "bí-mật")
        row = set_signing_service(actor=world.admin, facts=facts, reason="Hợp đồng 01", at=AT)
        yield SimpleNamespace(service=service, row=row, holder=holder)


def connect(world: World, remote: SimpleNamespace) -> str:
    (found,) = credentials_of(remote.row, "012345678901")
    assert found.known is not None
    assert not found.problem
    place = RemotePlace(remote.row.pk, found.id, "012345678901", found.known.asks, found.known.once)
    facts = {"certificate": found.known.certificate, "chain": found.known.chain, "where": str(place)}
    offer = put_in_remote(actor=world.chair, keeper=mine(world), at=AT, **facts).offer
    assert offer is not None
    return str(confirm_key(actor=world.admin, offer_id=offer.pk, at=AT).pk)


def test_a_remote_key_is_connected_and_signs(world: World, remote: SimpleNamespace) -> None:
    ref = connect(world, remote)
    (choice,) = officer_keys(world.chair.account_id, AT)
    assert (choice.ref, choice.kind, choice.needs_pin, choice.needs_code) == (ref, KeyKind.CSC, True, False)
    check_pin(ref, PIN)
    key = opener(ref, PIN)()
    assert fits(key.sign([DIGEST])[0], DIGEST, remote.holder.der)
    assert dict(remote.service.asked)["credentials/list"]["userID"] == "012345678901"


def test_the_secret_of_a_service_is_encrypted_and_moves_to_no_other_address(
    world: World, remote: SimpleNamespace
) -> None:
    row = SigningService.objects.get()
    assert "bí-mật".encode() not in bytes(row.secret)
    assert "bí-mật" not in str(list(Entry.objects.values_list("data", flat=True)))
    moved = ServiceFacts("Ký số thử", "https://noi-khac.example.vn", "motcua")
    with pytest.raises(Invalid) as refused:
        set_signing_service(actor=world.admin, facts=moved, reason="Đổi", at=AT, service_id=row.pk)
    assert refused.value.problems[0].field == "secret"
    renamed = ServiceFacts("Tên mới", row.url, "motcua")
    assert set_signing_service(actor=world.admin, facts=renamed, reason="Đổi tên", at=AT, service_id=row.pk).name
    with pytest.raises(NotPermitted):
        set_signing_service(actor=world.chair, facts=renamed, reason="Thử", at=AT)
    for bad in ("http://ky-so.example.vn", "https://ai-do@ky-so.example.vn", "ftp://x"):
        facts = ServiceFacts("X", bad, "motcua", "x")
        with pytest.raises(Invalid):
            set_signing_service(actor=world.admin, facts=facts, reason="Thử", at=AT)


def test_checking_shows_what_came_and_keeps_what_was_wrong(world: World, remote: SimpleNamespace) -> None:
    (found,) = check_signing_service(actor=world.admin, service_id=remote.row.pk, user="", at=AT)
    assert found.known is not None
    assert found.known.certificate == remote.holder.der
    row = SigningService.objects.get()
    assert (row.answered["name"], row.answered["keys"], row.last_error) == ("Ký số thử", 1, "")
    wrong = ServiceFacts(row.name, row.url, row.client_id, "sai")
    set_signing_service(actor=world.admin, facts=wrong, reason="Sai", at=AT, service_id=row.pk)
    with pytest.raises(RuleBroken):
        check_signing_service(actor=world.admin, service_id=row.pk, user="", at=AT)
    assert "mã ứng dụng" in SigningService.objects.get().last_error


def test_a_service_that_ended_signs_no_more(world: World, remote: SimpleNamespace) -> None:
    ref = connect(world, remote)
    ended = end_signing_service(actor=world.admin, service_id=remote.row.pk, reason="Hết hợp đồng", at=AT)
    assert bytes(ended.secret) == b""
    with pytest.raises(RuleBroken):
        check_pin(ref, PIN)


@pytest.mark.parametrize("mode", ["oauth2code", "challenge", "mot-cach-la"])
def test_ways_of_proof_that_are_not_understood_are_said(world: World, remote: SimpleNamespace, mode: str) -> None:
    remote.service.mode = mode
    (found,) = credentials_of(remote.row, "")
    assert found.problem
    with pytest.raises(RuleBroken):
        open_remote(str(RemotePlace(remote.row.pk, found.id)), PIN)


def test_one_code_serves_as_many_papers_as_the_credential_allows(world: World, remote: SimpleNamespace) -> None:
    remote.service.objects, remote.service.otp = ("PIN", "OTP"), "111111"
    ref = connect(world, remote)
    (choice,) = officer_keys(world.chair.account_id, AT)
    assert choice.needs_code
    key = opener(ref, typed(PIN, "111111"))()
    key.foresee(25)  # type: ignore[attr-defined]  # of remote keys
    done = key.sign([DIGEST] * 4) + key.sign([DIGEST] * 6)
    assert len(done) == 10
    with pytest.raises(KeyGoneError, match="mã mới"):
        key.sign([DIGEST])
    methods = [method for method, _ in remote.service.asked]
    assert methods.count("credentials/authorize") == 1
    assert methods.count("credentials/extendTransaction") == 1


def test_a_telephone_asks_for_no_pin(world: World, remote: SimpleNamespace) -> None:
    remote.service.mode, remote.service.objects = "implicit", ()
    ref = connect(world, remote)
    (choice,) = officer_keys(world.chair.account_id, AT)
    assert not choice.needs_pin
    check_pin(ref, "")
    assert fits(opener(ref, "")().sign([DIGEST])[0], DIGEST, remote.holder.der)


def test_lines_of_the_register_are_read_back() -> None:
    place = RemotePlace(3, "GX;0=1 ý", "a@b;c", ("PIN", "OTP"), ("OTP",))
    assert remote_place(str(place)) == place
    assert secrets_of(typed("1234", "99"), place) == {"PIN": "1234", "OTP": "99"}
    assert secrets_of(typed("1234"), place) == {"PIN": "1234"}
    for nonsense in ("", "csc:", "csc:service=x;credential=y", "kho:1", "csc:service=1"):
        assert remote_place(nonsense) is None


def test_a_key_in_a_device_is_registered_from_the_command_line(world: World, tmp_path: Path) -> None:
    with soft_token(tmp_path / "softhsm") as token:
        token.put(own(world), b"\1", "ca-nhan")
        token.put(demo_pki().agency(world.ward.name), b"\2", "con dau; so 1")
        assert tokens_in(token.module) == [token.label]
        username = Account.objects.get(pk=world.chair.account_id).username
        with pytest.raises(Invalid, match="2 chứng thư"):
            put_in(Asked(token.module, token.label, account=username), at=AT)
        put_in(Asked(token.module, token.label, "ca-nhan", account=username), at=AT)
        put_in(Asked(token.module, token.label, "con dau; so 1", agency=world.ward.slug), at=AT)
        for (choice,) in (officer_keys(world.chair.account_id, AT), agency_keys(world.ward.pk, AT)):
            assert choice.kind == KeyKind.PKCS11
            check_pin(choice.ref, PIN)
            key = opener(choice.ref, PIN)()
            assert fits(key.sign([DIGEST])[0], DIGEST, choice.certificate)
            key.close()
        with pytest.raises(RuleBroken):
            put_in(Asked("/home/ai-do/la.so", token.label, "ca-nhan", account=username, certificate=__file__), at=AT)
