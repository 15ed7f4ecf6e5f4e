"""Many papers: order, progress, several processes, what is kept when the key or the authority goes away."""

import functools
import os
import signal
from collections.abc import Sequence

import pytest

from motcua.kernel.errors import Invalid
from motcua.signing.pades import Job, sign_many
from motcua.signing.providers.pkcs12 import Pkcs12Key
from motcua.signing.terms import KeyGoneError, SigningKey, Stamper
from motcua.signing.tests.pades.scene import paper, plan, sound
from motcua.trust.terms import TrustStoppedError
from tests.pki import PIN, MemoryKey, demo_pki


@functools.cache
def key_file(kind: str = "p256") -> bytes:
    return demo_pki().pkcs12(demo_pki().officer(key=kind))  # type: ignore[arg-type]  # names of keys


def jobs(count: int, *, bad: Sequence[int] = ()) -> list[Job]:
    return [Job(b"%PDF-?" if number in bad else paper(), plan(f"signer-{number}")) for number in range(count)]


def opened(content: bytes) -> SigningKey:
    return Pkcs12Key(content, PIN)


class Frail(Pkcs12Key):
    """A key that goes away, or takes its process along, after that many signatures of a process."""

    def __init__(self, content: bytes, after: int, *, kill: bool = False) -> None:
        super().__init__(content, PIN)
        self._left, self._kill = after, kill

    def sign(self, digests: Sequence[bytes], *, hash_name: str = "sha256") -> list[bytes]:
        done = super().sign(digests[: self._left], hash_name=hash_name)
        self._left -= len(done)
        if len(done) < len(digests):
            if self._kill:
                os.kill(os.getpid(), signal.SIGKILL)
            raise KeyGoneError("pulled out", done)
        return done


class Stopping:
    """A line to an authority whose window has passed after that many stamps."""

    def __init__(self, after: int) -> None:
        self._left, self._stamper = after, demo_pki().stamper()

    def stamp(self, digest: bytes, *, hash_name: str = "sha256") -> bytes:
        self._left -= 1
        if self._left < 0:
            raise TrustStoppedError
        return self._stamper.stamp(digest, hash_name=hash_name)


@pytest.mark.parametrize("processes", [1, 2])
def test_papers_come_back_in_order_and_one_that_cannot_be_signed_stops_nobody(processes: int) -> None:
    told, kept = list[tuple[int, int]](), dict[int, bool]()
    batch = sign_many(
        jobs(30, bad=[0, 17]),
        functools.partial(opened, key_file()),
        processes=processes,
        progress=lambda done, total: told.append((done, total)),
        on_done=lambda index, outcome: kept.update({index: bool(outcome.signed)}),
    )
    assert batch.stopped_by is None
    assert batch.waiting == ()
    assert [index for index, one in enumerate(batch.outcomes) if one and not one.signed] == [0, 17]
    assert [one.problems[0].code for one in batch.outcomes if one and one.problems] == ["sign_unreadable"] * 2
    assert kept == {index: index not in {0, 17} for index in range(30)}
    assert [total for _, total in told] == [30] * len(told)
    assert [done for done, _ in told] == sorted(done for done, _ in told)
    assert told[-1][0] == 30
    for index in (1, 16, 29):
        outcome = batch.outcomes[index]
        assert outcome
        assert outcome.signed
        assert f"signer-{index}".encode("utf-16-be").hex().upper().encode() in outcome.signed.content
    sound(batch.done[5], 1)


def test_a_key_that_goes_away_in_both_processes_loses_nothing_and_signs_nothing_twice() -> None:
    every = jobs(40)
    seen = list[int]()
    batch = sign_many(
        every, functools.partial(Frail, key_file(), 6), processes=2, on_done=lambda index, _: seen.append(index)
    )
    assert isinstance(batch.stopped_by, KeyGoneError)
    assert 6 <= len(batch.done) <= 12
    assert sorted(seen) == sorted(set(range(40)) - set(batch.waiting))
    rest = sign_many([every[index] for index in batch.waiting], functools.partial(opened, key_file()))
    assert len(batch.done) + len(rest.done) == 40
    names = [one.outcomes for one in (batch, rest)]
    assert sum(1 for outcomes in names for one in outcomes if one) == 40


def test_a_process_that_is_killed_leaves_its_papers_waiting() -> None:
    batch = sign_many(jobs(40), functools.partial(Frail, key_file(), 9, kill=True), processes=2)
    assert isinstance(batch.stopped_by, KeyGoneError)
    assert len(batch.done) + len(batch.waiting) == 40
    assert batch.waiting


@pytest.mark.parametrize("processes", [1, 2])
def test_when_trust_services_stop_the_rest_waits(processes: int) -> None:
    factory: functools.partial[Stamper] = functools.partial(Stopping, 5)
    batch = sign_many(jobs(30), functools.partial(opened, key_file()), processes=processes, stamper_factory=factory)
    assert isinstance(batch.stopped_by, TrustStoppedError)
    assert 5 <= len(batch.done) <= 10
    assert len(batch.done) + len(batch.waiting) == 30


@pytest.mark.parametrize("processes", [1, 2])
def test_a_wrong_pin_is_told_before_anything_is_signed(processes: int) -> None:
    with pytest.raises(Invalid) as refused:
        sign_many(jobs(20), functools.partial(Pkcs12Key, key_file(), "0000"), processes=processes)
    assert refused.value.problems[0].code == "key_file_closed"


def test_nothing_to_sign() -> None:
    assert sign_many([], functools.partial(opened, key_file()), processes=2).outcomes == ()


def test_the_pkcs12_key_is_closed_after_use() -> None:
    key = Pkcs12Key(key_file("rsa2048"), PIN)
    assert isinstance(demo_pki().officer().signing_key(), MemoryKey)
    with key:
        assert len(key.sign([bytes(32)] * 2)) == 2
    with pytest.raises(KeyGoneError):
        key.sign([bytes(32)])
    with pytest.raises(Invalid):
        Pkcs12Key(b"no key file", PIN)
