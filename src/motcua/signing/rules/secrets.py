"""A PIN kept for minutes: encrypted by a key that is derived from the installation's secret and a number of its batch.

Neither the database alone nor the secret alone gives the PIN back; the batch's nonce makes each key another one.
"""

import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

NONCE_BYTES = 32
_PURPOSE = b"motcua.signing.pin.v1"
_IV_BYTES = 12


def new_nonce() -> bytes:
    """Return the number that a batch keeps beside its secret."""
    return os.urandom(NONCE_BYTES)


def lock_up(secret: str, *, master: str, nonce: bytes) -> bytes:
    """Return the secret encrypted (AES-256-GCM, its own initialisation vector in front)."""
    vector = os.urandom(_IV_BYTES)
    return vector + AESGCM(_key(master, nonce)).encrypt(vector, secret.encode(), _PURPOSE)


def take_out(locked: bytes, *, master: str, nonce: bytes) -> str | None:
    """Return the secret; None when it was locked up by another key or changed since."""
    try:
        return AESGCM(_key(master, nonce)).decrypt(locked[:_IV_BYTES], locked[_IV_BYTES:], _PURPOSE).decode()
    except (InvalidTag, ValueError):
        return None


def _key(master: str, nonce: bytes) -> bytes:
    return HKDF(algorithm=SHA256(), length=32, salt=nonce, info=_PURPOSE).derive(master.encode())
