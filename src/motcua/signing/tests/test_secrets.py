"""A PIN kept for minutes."""

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from motcua.signing.rules.batches import LARGEST_SIGNING, pause_after, problems_of_signing
from motcua.signing.rules.secrets import NONCE_BYTES, lock_up, new_nonce, take_out

MASTER = "khóa bí mật của bản cài đặt, dài hơn ba mươi hai ký tự"


@given(st.text(max_size=64))
def test_what_is_locked_up_comes_out(pin: str) -> None:
    nonce = new_nonce()
    locked = lock_up(pin, master=MASTER, nonce=nonce)
    assert take_out(locked, master=MASTER, nonce=nonce) == pin
    assert lock_up(pin, master=MASTER, nonce=nonce) != locked


def test_neither_another_secret_nor_another_batch_opens_it() -> None:
    nonce = new_nonce()
    locked = lock_up("12345678", master=MASTER, nonce=nonce)
    assert len(nonce) == NONCE_BYTES
    assert b"12345678" not in locked
    assert take_out(locked, master=MASTER + "x", nonce=nonce) is None
    assert take_out(locked, master=MASTER, nonce=new_nonce()) is None
    assert take_out(locked[:-1] + bytes([locked[-1] ^ 1]), master=MASTER, nonce=nonce) is None
    assert take_out(b"", master=MASTER, nonce=nonce) is None


def test_pauses_grow_and_end() -> None:
    pauses = [pause_after(tried) for tried in range(8)]
    assert pauses == sorted(pauses)
    assert (pauses[0], pauses[-1]) == (timedelta(seconds=15), timedelta(minutes=4))


def test_how_many_papers() -> None:
    assert [one.code for one in problems_of_signing(0)] == ["none_chosen"]
    assert [one.code for one in problems_of_signing(LARGEST_SIGNING + 1)] == ["too_many"]
    assert problems_of_signing(LARGEST_SIGNING) == []
