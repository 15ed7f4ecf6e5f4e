"""The trust bundle: roots, intermediates and revocation lists in one signed zip, for a machine without a network.

`manifest.json` names every file with its SHA-256 and when the bundle was made; `manifest.sig` is an Ed25519 signature
over it, `manifest.pub` the key. The key's fingerprint is printed when the bundle is made; who takes the bundle along
compares it (`--bundle-key`). Without that the signature shows only that nothing was damaged on the way.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import zipfile
from datetime import datetime
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from motcua.trust.store import Anchor, BadTrustError, TrustStore

_MANIFEST, _SIGNATURE, _KEY = "manifest.json", "manifest.sig", "manifest.pub"
_MOST_FILES, _MOST_BYTES = 2000, 256 * 1024 * 1024


def write_bundle(store: TrustStore, *, at: datetime, key: Ed25519PrivateKey) -> bytes:
    """Return the bundle of a store as a zip."""
    files = {f"anchors/{number:03}.cer": anchor.certificate for number, anchor in enumerate(store.anchors)}
    files |= {f"intermediates/{number:03}.cer": der for number, der in enumerate(store.intermediates)}
    files |= {f"crls/{number:03}.crl": der for number, der in enumerate(store.crls)}
    manifest = {
        "made_at": at.isoformat(),
        "anchors": [{"name": one.name, "source": one.source, "sha256": one.fingerprint} for one in store.anchors],
        "files": {name: hashlib.sha256(content).hexdigest() for name, content in files.items()},
    }
    told = json.dumps(manifest, ensure_ascii=False, indent=1, sort_keys=True).encode()
    public = key.public_key().public_bytes(serialization.Encoding.Raw, serialization.PublicFormat.Raw)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as bundle:
        for name, content in {_MANIFEST: told, _SIGNATURE: key.sign(told), _KEY: public, **files}.items():
            bundle.writestr(zipfile.ZipInfo(name, at.timetuple()[:6]), content)
    return out.getvalue()


def read_bundle(path: Path, *, key: str = "") -> TrustStore:
    """Return the store in a bundle. `key`: the fingerprint its key must have. Raises BadTrustError."""
    try:
        with zipfile.ZipFile(path) as bundle:
            infos = bundle.infolist()
            if len(infos) > _MOST_FILES or sum(info.file_size for info in infos) > _MOST_BYTES:
                raise BadTrustError("Gói tin cậy lớn quá mức.")
            files = {info.filename: bundle.read(info) for info in infos}
        manifest = _checked(files, key)
        return _store(files, manifest)
    except (zipfile.BadZipFile, KeyError, ValueError, TypeError, OSError, NotImplementedError) as error:
        if isinstance(error, BadTrustError):
            raise
        raise BadTrustError(f"Không đọc được gói tin cậy {path}.") from error


def fingerprint(public: bytes) -> str:
    """Return the SHA-256 of a raw public key, as people compare it: the first 32 digits in groups of four."""
    digits = hashlib.sha256(public).hexdigest()[:32]
    return " ".join(digits[place : place + 4] for place in range(0, 32, 4))


def own_key(path: Path) -> Ed25519PrivateKey:
    """Return this installation's key of bundles, made at the first time (only the owner may read the file)."""
    if not path.is_file():
        path.parent.mkdir(parents=True, exist_ok=True)
        key = Ed25519PrivateKey.generate()
        content = key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(content)
    loaded = serialization.load_pem_private_key(path.read_bytes(), None)
    if not isinstance(loaded, Ed25519PrivateKey):
        raise BadTrustError(f"Khóa {path} không phải Ed25519.")
    return loaded


def _checked(files: dict[str, bytes], key: str) -> dict[str, Any]:
    if key and fingerprint(files[_KEY]).replace(" ", "") != key.lower().replace(" ", ""):
        raise BadTrustError("Gói tin cậy không phải do nơi bạn chờ đợi ký (dấu vân tay khóa khác). Không dùng gói này.")
    try:
        Ed25519PublicKey.from_public_bytes(files[_KEY]).verify(files[_SIGNATURE], files[_MANIFEST])
    except InvalidSignature as error:
        raise BadTrustError("Gói tin cậy đã bị sửa: chữ ký của danh mục không khớp. Hãy tải lại.") from error
    manifest: dict[str, Any] = json.loads(files[_MANIFEST])
    named = {name: content for name, content in files.items() if name not in {_MANIFEST, _SIGNATURE, _KEY}}
    if {name: hashlib.sha256(content).hexdigest() for name, content in named.items()} != manifest["files"]:
        raise BadTrustError("Gói tin cậy đã bị sửa: tệp bên trong không khớp danh mục. Hãy tải lại.")
    return manifest


def _store(files: dict[str, bytes], manifest: dict[str, Any]) -> TrustStore:
    told = {row["sha256"]: row for row in manifest["anchors"]}
    anchors = []
    for name, content in files.items():
        if name.startswith("anchors/"):
            row = told[hashlib.sha256(content).hexdigest()]
            anchors.append(Anchor(content, str(row["name"]), str(row["source"])))
    return TrustStore(
        anchors=tuple(anchors),
        intermediates=tuple(content for name, content in files.items() if name.startswith("intermediates/")),
        crls=tuple(content for name, content in files.items() if name.startswith("crls/")),
        made_at=datetime.fromisoformat(manifest["made_at"]),
    )
