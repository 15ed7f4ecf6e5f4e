"""The key of the heads: a PEM or PKCS#12 file, or a PKCS#11 device; never in the data folder, never in the database."""

import contextlib
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol
from urllib.parse import unquote

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519
from cryptography.hazmat.primitives.serialization import pkcs12
from django.conf import settings

from motcua.evidence.rules.notes import ECDSA, ED25519, PublicKey


class KeyProblemError(Exception):
    """The key of the heads cannot be used; the message says why, in Vietnamese."""


class HeadKey(Protocol):
    """What signs heads."""

    @property
    def public(self) -> PublicKey: ...

    def sign(self, text: bytes) -> bytes: ...


@dataclass(frozen=True, slots=True)
class FileKey:
    """A key from a file."""

    public: PublicKey
    private: ed25519.Ed25519PrivateKey | ec.EllipticCurvePrivateKey

    def sign(self, text: bytes) -> bytes:
        """Return the raw signature over the text."""
        if isinstance(self.private, ed25519.Ed25519PrivateKey):
            return self.private.sign(text)
        return self.private.sign(text, ec.ECDSA(hashes.SHA256()))


def head_key(name: str) -> HeadKey | None:
    """Return the key that MOTCUA_EVIDENCE_KEY names, for a log of this name; None when none is set.

    Raises KeyProblemError.
    """
    where = settings.EVIDENCE_KEY
    if not where:
        return None
    if where.startswith("pkcs11:"):
        from motcua.evidence.providers.device import device_key

        return device_key(where, pin=settings.EVIDENCE_PIN, name=name)
    path = Path(where)
    refuse_inside(path, Path(settings.DATA_DIR))
    return read_key(path, pin=settings.EVIDENCE_PIN, name=name)


def refuse_inside(path: Path, data: Path) -> None:
    """Raise KeyProblemError for a path in the data folder: whoever gets the data must not get the key."""
    if path.expanduser().resolve().is_relative_to(data.resolve()):
        raise KeyProblemError(f"Khóa ký đầu sổ không được nằm trong thư mục dữ liệu {data}.")


def read_key(path: Path, *, pin: str, name: str) -> FileKey:
    """Read a PEM (Ed25519, P-256) or a PKCS#12; raises KeyProblemError."""
    try:
        raw = path.expanduser().read_bytes()
    except OSError as error:
        raise KeyProblemError(f"Không đọc được khóa ký đầu sổ {path}: {error.strerror}.") from error
    password = pin.encode() or None
    try:
        if raw.lstrip().startswith(b"-----"):
            private: object = serialization.load_pem_private_key(raw, password)
        else:
            private = pkcs12.load_key_and_certificates(raw, password)[0]
    except (ValueError, TypeError) as error:
        raise KeyProblemError(f"Khóa ký đầu sổ {path} không mở được: sai mật khẩu hoặc tệp hỏng.") from error
    if isinstance(private, ed25519.Ed25519PrivateKey):
        return FileKey(PublicKey(name, ED25519, private.public_key().public_bytes_raw()), private)
    if isinstance(private, ec.EllipticCurvePrivateKey) and isinstance(private.curve, ec.SECP256R1):
        return FileKey(PublicKey(name, ECDSA, spki(private.public_key())), private)
    raise KeyProblemError("Khóa ký đầu sổ phải là Ed25519 hoặc ECDSA P-256.")


def new_key(path: Path, *, data: Path, pin: str = "") -> None:
    """Make an Ed25519 key in a new file (mode 0600); raises KeyProblemError when it is there, or in the data folder."""
    path = path.expanduser()
    refuse_inside(path, data)
    encryption = serialization.BestAvailableEncryption(pin.encode()) if pin else serialization.NoEncryption()
    made = ed25519.Ed25519PrivateKey.generate().private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, encryption
    )
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError as error:
        raise KeyProblemError(f"{path} đã có; hãy chọn tên khác.") from error
    except OSError as error:
        raise KeyProblemError(f"Không ghi được {path}: {error.strerror}.") from error
    with os.fdopen(handle, "wb") as file:
        file.write(made)


def fits(key: PublicKey, text: bytes, signature: bytes) -> bool:
    """Tell whether the signature over the text is of this key."""
    try:
        if key.kind == ED25519:
            ed25519.Ed25519PublicKey.from_public_bytes(key.key).verify(signature, text)
            return True
        found = serialization.load_der_public_key(key.key)
        if not isinstance(found, ec.EllipticCurvePublicKey):
            return False
        found.verify(signature, text, ec.ECDSA(hashes.SHA256()))
    except (InvalidSignature, ValueError):
        return False
    return True


def spki(key: ec.EllipticCurvePublicKey) -> bytes:
    """Return the DER of a public key."""
    return key.public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)


def memory_path() -> Path | None:
    """Return where the last signed note is kept: beside the key, or at MOTCUA_EVIDENCE_MEMORY (for a device)."""
    where = settings.EVIDENCE_KEY
    if settings.EVIDENCE_MEMORY and where:
        path = Path(settings.EVIDENCE_MEMORY).expanduser()
        refuse_inside(path, Path(settings.DATA_DIR))
        return path
    return Path(f"{where}.last").expanduser() if where and not where.startswith("pkcs11:") else None


def remembered() -> str:
    """Return the last note that was signed with this key file; "" when there is none."""
    path = memory_path()
    with contextlib.suppress(OSError):
        return path.read_text(encoding="utf-8") if path else ""
    return ""


def remember(note: str) -> None:
    """Keep the note beside the key: outside database and data folder, so that both cannot be turned back unseen."""
    if path := memory_path():
        half = path.with_name(f"{path.name}.new")
        half.write_text(note, encoding="utf-8")
        half.replace(path)


def forget() -> None:
    """Put the note beside the key aside, under the moment it was signed: the log goes on from what was restored."""
    if (path := memory_path()) and path.exists():
        path.replace(path.with_name(f"{path.name}.{int(path.stat().st_mtime)}"))


def attributes_of(uri: str) -> dict[str, str]:
    """Return the attributes of a PKCS#11 URI (RFC 7512)."""
    return dict(_pairs(uri.removeprefix("pkcs11:")))


def _pairs(text: str) -> Iterator[tuple[str, str]]:
    for part in text.replace("?", ";").replace("&", ";").split(";"):
        name, _, value = part.partition("=")
        if name:
            yield name, unquote(value)
