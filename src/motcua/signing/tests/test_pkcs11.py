"""Keys on a token: RSA and curves, found by id, label or certificate; PIN; pulled out in the middle."""

import functools
import os
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from motcua.kernel.errors import Conflict, Invalid, MotCuaError, Unavailable
from motcua.signing.pades import Job, sign_many, sign_pdf
from motcua.signing.providers.pkcs11 import Pkcs11Key, TokenKey, certificates_on
from motcua.signing.terms import KeyGoneError
from motcua.signing.tests.pades.scene import paper, plan, sound
from motcua.signing.tests.tokens import PIN, SoftToken, pull_out, soft_token
from tests.pki import demo_pki


@pytest.fixture
def token(tmp_path: Path) -> Iterator[SoftToken]:
    with soft_token(tmp_path / "softhsm") as made:
        yield made


def opened(token: SoftToken, pin: str = PIN, **which: object) -> Pkcs11Key:
    return Pkcs11Key(TokenKey(token.module, token.label, **which), pin)  # type: ignore[arg-type]  # id and label


@pytest.mark.parametrize("kind", ["rsa2048", "rsa3072", "p256"])
def test_a_paper_is_signed_by_a_key_that_never_leaves_the_token(token: SoftToken, kind: str) -> None:
    holder = demo_pki().officer(key=kind)  # type: ignore[arg-type]  # names of keys
    token.put(holder)
    with opened(token) as key:
        assert (key.certificate, key.chain) == (holder.der, holder.chain_der)
        sound(sign_pdf(paper(), plan(seen=True), key, stamper=demo_pki().stamper()), 1)


@pytest.mark.parametrize("hash_name", ["sha256", "sha384", "sha512"])
@pytest.mark.parametrize("kind", ["rsa2048", "p256"])
def test_signatures_are_those_of_the_key(token: SoftToken, kind: str, hash_name: str) -> None:
    from motcua.signing.providers.raw import fits

    holder = demo_pki().officer(key=kind)  # type: ignore[arg-type]  # names of keys
    token.put(holder)
    size = int(hash_name[3:]) // 8
    digests = [bytes([number]) * size for number in range(5)]
    with opened(token) as key:
        made = key.sign(digests, hash_name=hash_name)
    for digest, signature in zip(digests, made, strict=True):
        assert fits(signature, digest, holder.der, hash_name=hash_name)


def test_one_of_several_keys_is_named(token: SoftToken) -> None:
    first, second = demo_pki().officer("Trần Văn A"), demo_pki().agency("Sở Tư pháp")
    token.put(first, b"\1", "ca-nhan")
    token.put(second, b"\2", "con-dau")
    with pytest.raises(Invalid) as refused:
        opened(token)
    assert refused.value.problems[0].code == "token_no_key"
    for holder, which in ((first, {"key_id": b"\1"}), (second, {"key_label": "con-dau"})):
        with opened(token, **which) as key:
            assert key.certificate == holder.der
    with Pkcs11Key(TokenKey(token.module, token.label), PIN, certificate=second.der) as key:
        assert (key.certificate, key.chain) == (second.der, second.chain_der)
    found = {one.certificate: (one.key_id, one.key_label) for one in certificates_on(token.module, token.label)}
    assert found == {first.der: (b"\1", "ca-nhan"), second.der: (b"\2", "con-dau")}


def test_a_key_without_certificate_on_the_token_takes_it_from_the_register(token: SoftToken) -> None:
    holder = demo_pki().officer()
    token.put(holder)
    with token.open() as session:
        for thing in list(session.get_objects()):
            if "X509" in type(thing).__name__ or "Certificate" in type(thing).__name__:
                thing.destroy()
    with pytest.raises(Invalid):
        opened(token)
    place = TokenKey(token.module, token.label)
    with Pkcs11Key(place, PIN, certificate=holder.der, chain=holder.chain_der) as key:
        sound(sign_pdf(paper(), plan(), key, stamper=None), 1)


def test_a_token_that_asks_for_every_signature_is_told_its_pin_each_time(token: SoftToken) -> None:
    token.put(demo_pki().officer("x", key="rsa2048"), ALWAYS_AUTHENTICATE=True)
    with opened(token) as key:
        assert len(key.sign([bytes(32)] * 3)) == 3


def test_what_a_person_did_wrong_is_said(token: SoftToken) -> None:
    token.put(demo_pki().officer())
    said: list[tuple[type[MotCuaError], str]] = []
    for place, pin in (
        (TokenKey(token.module, token.label), "87654321"),
        (TokenKey(token.module, token.label), ""),
        (TokenKey(token.module, "khac"), PIN),
        (TokenKey("/nowhere/lib.so", token.label), PIN),
        (TokenKey(token.module, token.label, key_label="khac"), PIN),
    ):
        with pytest.raises(MotCuaError) as refused:
            Pkcs11Key(place, pin)
        said.append((type(refused.value), refused.value.problems[0].code))
    assert said == [
        (Invalid, "token_pin_wrong"),
        (Invalid, "token_pin_wrong"),
        (Unavailable, "token_away"),
        (Unavailable, "token_away"),
        (Invalid, "token_no_key"),
    ]
    with pytest.raises(Unavailable):
        certificates_on(token.module, "khac")


def test_a_token_in_use_is_not_opened_beside_with_any_pin(token: SoftToken) -> None:
    token.put(demo_pki().officer())
    with opened(token), pytest.raises(Conflict) as refused:
        opened(token, "87654321")
    assert refused.value.problems[0].code == "token_busy"


def test_after_closing_nothing_is_signed(token: SoftToken) -> None:
    token.put(demo_pki().officer())
    key = opened(token)
    key.close()
    with pytest.raises(KeyGoneError):
        key.sign([bytes(32)])


class PulledOut(Pkcs11Key):
    """A key whose token is pulled out before the digest of that number, counted over all calls."""

    at = 0

    def sign(self, digests: Sequence[bytes], *, hash_name: str = "sha256") -> list[bytes]:
        before = self.at
        self.at -= len(digests)
        return super().sign(_pulling(digests, before, self._module), hash_name=hash_name)  # type: ignore[arg-type]  # lazy

    _module = ""


def _pulling(digests: Sequence[bytes], at: int, module: str) -> Iterator[bytes]:
    for number, digest in enumerate(digests):
        if number == at:
            pull_out(module)
        yield digest


@pytest.mark.parametrize("at", [0, 1, 7, 8, 19])
def test_pulled_out_in_the_middle_what_was_signed_stays_and_the_rest_waits(token: SoftToken, at: int) -> None:
    token.put(demo_pki().officer())
    jobs = [Job(paper(), plan(f"signer-{number}")) for number in range(20)]
    told = list[tuple[int, int]]()

    def pulled() -> PulledOut:
        key = PulledOut(TokenKey(token.module, token.label), PIN)
        key.at, key._module = at, token.module
        return key

    batch = sign_many(jobs, pulled, progress=lambda done, total: told.append((done, total)))
    assert isinstance(batch.stopped_by, KeyGoneError)
    assert (len(batch.done), batch.waiting) == (at, tuple(range(at, 20)))
    assert not told or told[-1] == (at, 20)
    for signed in batch.done:
        sound(signed, 1)
    again = sign_many([jobs[index] for index in batch.waiting], lambda: opened(token))
    assert (len(again.done), again.stopped_by) == (20 - at, None)


def test_the_key_deleted_from_the_token_is_gone(token: SoftToken) -> None:
    token.put(demo_pki().officer())
    key = opened(token)
    assert len(key.sign([bytes(32)])) == 1
    key._session.close()
    with pytest.raises(KeyGoneError) as gone:
        key.sign([bytes(32)] * 2)
    assert gone.value.done == ()


def elsewhere(token: SoftToken, kind: type[Pkcs11Key] = Pkcs11Key) -> "functools.partial[Pkcs11Key]":
    """What opens the token in a process that was forked before there was one."""
    return functools.partial(_opened_there, os.environ["SOFTHSM2_CONF"], kind, TokenKey(token.module, token.label))


def _opened_there(settings: str, kind: type[Pkcs11Key], place: TokenKey) -> Pkcs11Key:
    os.environ["SOFTHSM2_CONF"] = settings
    return kind(place, PIN)


def test_two_processes_open_the_token_each_for_itself(token: SoftToken) -> None:
    holder = demo_pki().officer()
    token.put(holder)
    with opened(token):  # this process has the library and a session already: none of it may cross to the others
        pass
    jobs = [Job(paper(), plan(f"signer-{number}")) for number in range(24)]
    batch = sign_many(jobs, elsewhere(token), processes=2)
    assert (len(batch.done), batch.stopped_by) == (24, None)
    for signed in (batch.done[0], batch.done[23]):
        sound(signed, 1)


def test_a_token_that_is_taken_from_two_processes_leaves_the_rest_waiting(token: SoftToken) -> None:
    token.put(demo_pki().officer())
    jobs = [Job(paper(), plan(f"signer-{number}")) for number in range(40)]
    batch = sign_many(jobs, elsewhere(token, _Leaving), processes=2)
    assert isinstance(batch.stopped_by, KeyGoneError)
    assert 5 <= len(batch.done) <= 10
    assert len(batch.done) + len(batch.waiting) == 40
    again = sign_many([jobs[index] for index in batch.waiting], elsewhere(token), processes=2)
    assert (len(again.done), again.stopped_by) == (40 - len(batch.done), None)


class _Leaving(Pkcs11Key):
    """A key whose token is pulled out of a process at its sixth signature."""

    def __init__(self, place: TokenKey, pin: str) -> None:
        super().__init__(place, pin)
        self._place = place

    def sign(self, digests: Sequence[bytes], *, hash_name: str = "sha256") -> list[bytes]:
        return super().sign(_pulling(digests, 5, self._place.module), hash_name=hash_name)  # type: ignore[arg-type]  # lazy
