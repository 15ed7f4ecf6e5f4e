"""Secrets kept encrypted: by a key that is derived from the installation's secret and a number of their row.

Neither the database alone nor the secret alone gives them back; the row's nonce makes each key another one, the purpose
keeps what was locked up for one thing from being taken out for another.
"""

import os
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

NONCE_BYTES = 32
#: A PIN kept for minutes; how the house is known at a signing service; a key file as its holder gave it.
PIN_PURPOSE: Final = b"motcua.signing.pin.v1"
SERVICE_PURPOSE: Final = b"motcua.signing.service.v1"
FILE_PURPOSE: Final = b"motcua.signing.keyfile.v1"
_IV_BYTES = 12


def new_nonce() -> bytes:
    """Return the number that a row keeps beside its secret."""
    return os.urandom(NONCE_BYTES)


def lock_up(secret: str, *, master: str, nonce: bytes, purpose: bytes = PIN_PURPOSE) -> bytes:
    """Return the secret encrypted (AES-256-GCM, its own initialisation vector in front)."""
    return lock_up_bytes(secret.encode(), master=master, nonce=nonce, purpose=purpose)


def take_out(locked: bytes, *, master: str, nonce: bytes, purpose: bytes = PIN_PURPOSE) -> str | None:
    """Return the secret; None when it was locked up by another key or changed since."""
    found = take_out_bytes(locked, master=master, nonce=nonce, purpose=purpose)
    return None if found is None else found.decode()


def lock_up_bytes(secret: bytes, *, master: str, nonce: bytes, purpose: bytes) -> bytes:
    """Return bytes encrypted, as `lock_up` does."""
    vector = os.urandom(_IV_BYTES)
    return vector + AESGCM(_key(master, nonce, purpose)).encrypt(vector, secret, purpose)


def take_out_bytes(locked: bytes, *, master: str, nonce: bytes, purpose: bytes) -> bytes | None:
    """Return the bytes; None when they were locked up by another key or changed since."""
    try:
        return AESGCM(_key(master, nonce, purpose)).decrypt(locked[:_IV_BYTES], locked[_IV_BYTES:], purpose)
    except (InvalidTag, ValueError):
        return None


def _key(master: str, nonce: bytes, purpose: bytes) -> bytes:
    return HKDF(algorithm=SHA256(), length=32, salt=nonce, info=purpose).derive(master.encode())
