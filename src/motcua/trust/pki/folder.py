"""The demo's hierarchy in a folder: keys and certificates of its authorities, what they revoked, its anchor.

Everything is readable for the owner only. What was revoked lies in a file of its own, so that a running house sees it
at the next question.
"""

import contextlib
import fcntl
import json
import os
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
    pkcs12,
)

from motcua.trust.pki.authority import Authority, Revoked, Wish
from motcua.trust.pki.hierarchy import MARK, Hierarchy, addresses_below, make_hierarchy
from motcua.trust.pki.keys import KeyName, PrivateKey, make_key
from motcua.trust.pki.stamping import Stamping
from motcua.trust.store import add_anchor, add_part

#: What the certificates of a demo name as the address of OCSP and CRLs; the house asks itself instead.
DEMO_BASE = "http://pki.motcua.localhost/pki-mau"
DEMO_PIN = "12345678"
_NAMES = ("root", "officers", "agencies", "stamping")
_REVOKED = "revoked.json"


def pki_folder(data: Path) -> Path:
    """Return where the hierarchy of a demo lies below its data."""
    return data / "pki"


def anchors_folder(folder: Path) -> Path:
    """Return the folder of the hierarchy's anchor, as a trust store reads it."""
    return folder / "trust"


def exists(folder: Path) -> bool:
    """Whether a whole hierarchy lies there."""
    return (folder / "complete").is_file()


def make(folder: Path) -> Hierarchy:
    """Make the hierarchy of a demo in the folder, or open the one that is there."""
    if exists(folder):
        return open_folder(folder)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    made = make_hierarchy(addresses=addresses_below(DEMO_BASE), label="gốc của bản trình diễn")
    for name, authority in made.authorities().items():
        _write_pair(folder / name, authority.certificate, authority.key)
        if authority.answerer:
            _write_pair(folder / f"{name}-ocsp", *authority.answerer)
    for number, stamping in enumerate(made.stampers, start=1):
        _write_pair(folder / f"tsa-{number}", stamping.certificate, stamping.key)
    _write(folder / _REVOKED, b"{}")
    _publish(folder, made)
    _write(folder / "complete", b"")
    return made


def _publish(folder: Path, made: Hierarchy) -> None:
    """Lay the anchor where the trust store of a demo looks, with the authorities below it."""
    store, top = anchors_folder(folder), made.root.certificate.public_bytes(Encoding.PEM)
    add_anchor(store, top, name=f"CA gốc của bản trình diễn ({MARK})", source="motcua pki demo")
    for name, authority in made.authorities().items():
        if name != "root":
            add_part(store, "intermediates", authority.certificate.public_bytes(Encoding.PEM))


def open_folder(folder: Path) -> Hierarchy:
    """Open the hierarchy that lies in the folder. Raises FileNotFoundError."""
    where, revoked = addresses_below(DEMO_BASE), read_revoked(folder)
    found = {}
    for name in _NAMES:
        certificate, key = _read_pair(folder / name)
        answerer = _read_pair(folder / f"{name}-ocsp")
        found[name] = Authority(certificate, key, where[name], revoked.get(name, {}), answerer)
    chain = (found["stamping"].certificate,)
    stampers = tuple(Stamping(*_read_pair(folder / f"tsa-{number}"), chain=chain) for number in (1, 2))
    issuers = {name: found[name] for name in ("officers", "agencies")}
    return Hierarchy(found["root"], issuers, stampers, found["stamping"])


def revoke(folder: Path, issuer: str, serial: int, *, at: datetime, reason: str = "unspecified") -> None:
    """Take a certificate back: OCSP and the next list say so. Twice leaves the first moment. Raises KeyError."""
    if issuer not in _NAMES:
        raise KeyError(issuer)
    with _alone(folder):
        rows = json.loads((folder / _REVOKED).read_text())
        rows.setdefault(issuer, {}).setdefault(f"{serial:x}", [at.isoformat(), reason])
        _write(folder / _REVOKED, json.dumps(rows, indent=1).encode())


def read_revoked(folder: Path) -> dict[str, dict[int, Revoked]]:
    """Return what each authority revoked."""
    rows = json.loads((folder / _REVOKED).read_text())
    return {
        name: {
            int(serial, 16): Revoked(datetime.fromisoformat(at), x509.ReasonFlags(reason))
            for serial, (at, reason) in of_one.items()
        }
        for name, of_one in rows.items()
    }


def issue_file(
    issuer: Authority,
    subject: x509.Name,
    *,
    valid_from: datetime,
    valid_to: datetime,
    key: KeyName = "p256",
    pin: str = DEMO_PIN,
) -> tuple[x509.Certificate, bytes]:
    """Make a key, have it certified, and return the certificate and the PKCS#12 file with key and chain."""
    own = make_key(key)
    certificate = issuer.issue(Wish(subject, own.public_key(), valid_from, valid_to))
    lock = BestAvailableEncryption(pin.encode())
    return certificate, pkcs12.serialize_key_and_certificates(
        MARK.encode(), own, certificate, [issuer.certificate], lock
    )


@contextlib.contextmanager
def _alone(folder: Path) -> Iterator[None]:
    with (folder / "lock").open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        yield


def write_private(path: Path, content: bytes) -> None:
    """Write a file only its owner may read, whole or not at all."""
    _write(path, content)


def _write(path: Path, content: bytes) -> None:
    fresh = path.with_name(f"{path.name}.{os.getpid()}.new")
    fresh.unlink(missing_ok=True)
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(content)
    fresh.replace(path)


def _write_pair(path: Path, certificate: x509.Certificate, key: PrivateKey) -> None:
    private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    _write(path.with_name(f"{path.name}.pem"), certificate.public_bytes(Encoding.PEM) + private)


def _read_pair(path: Path) -> tuple[x509.Certificate, PrivateKey]:
    content = path.with_name(f"{path.name}.pem").read_bytes()
    key = load_pem_private_key(content, None)
    if not isinstance(key, PrivateKey):
        raise TypeError(f"{path}: {type(key).__name__}")
    return x509.load_pem_x509_certificate(content), key
