"""The private key that signs QR codes of results: a file outside the database, made at the first signature."""

import os
from pathlib import Path

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat
from django.conf import settings


def key_path() -> Path:
    """Return where the key lies: MOTCUA_RESULTS_KEY, else keys/results.pem in the data folder."""
    chosen = str(getattr(settings, "RESULTS_KEY", ""))
    return Path(chosen) if chosen else Path(settings.DATA_DIR) / "keys" / "results.pem"


def private_key() -> ec.EllipticCurvePrivateKey:
    """Return the key, P-256; one is made where there is none. Raises ValueError for a file that holds another key."""
    path = key_path()
    if not path.exists():
        _make(path)
    found = serialization.load_pem_private_key(path.read_bytes(), password=None)
    if not isinstance(found, ec.EllipticCurvePrivateKey) or not isinstance(found.curve, ec.SECP256R1):
        raise ValueError(f"{path}: not a private key on P-256")
    return found


def point_of(key: ec.EllipticCurvePrivateKey) -> bytes:
    """Return the public point, uncompressed (65 bytes)."""
    return key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)


def _make(path: Path) -> None:
    """Write a new key, readable by the house only; of two processes that do so at once, the first one's stays."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    pem = ec.generate_private_key(ec.SECP256R1()).private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    waiting = path.with_name(f"{path.name}.{os.getpid()}")
    waiting.unlink(missing_ok=True)
    with os.fdopen(os.open(waiting, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(pem)
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(waiting, path)
    except FileExistsError:
        pass  # another process was first: its key is the one
    finally:
        waiting.unlink()
