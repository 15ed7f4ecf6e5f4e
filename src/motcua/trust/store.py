"""The roots that are believed, and what goes with them: intermediate certificates and lists of revoked ones.

A store is a value. It lies in a folder (`anchors.yaml` with PEM files beside it, `intermediates/`, `crls/`) or in one
zip, the bundle, that a machine without a network takes along (`motcua trust bundle`).
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

DATA = Path(__file__).parent / "data"
ANCHORS = "anchors.yaml"
INTERMEDIATES = "intermediates"
CRLS = "crls"
_PEM = re.compile(rb"-----BEGIN ([A-Z0-9 ]+)-----(.*?)-----END \1-----", re.DOTALL)
_MOST_BYTES = 64 * 1024 * 1024


class BadTrustError(ValueError):
    """A folder or bundle of trust cannot be believed as it is; the message says why, in Vietnamese."""


@dataclass(frozen=True, slots=True)
class Anchor:
    """A root that is believed: DER, what people call it, where it came from."""

    certificate: bytes
    name: str = ""
    source: str = ""

    @property
    def fingerprint(self) -> str:
        """SHA-256 of the DER, 64 hexadecimal digits."""
        return hashlib.sha256(self.certificate).hexdigest()


@dataclass(frozen=True, slots=True)
class TrustStore:
    """Roots, intermediate certificates and revocation lists, all DER. `made_at`: of a bundle, when it was made."""

    anchors: tuple[Anchor, ...] = ()
    intermediates: tuple[bytes, ...] = ()
    crls: tuple[bytes, ...] = ()
    made_at: datetime | None = None

    @classmethod
    def of(
        cls, anchors: Iterable[bytes], intermediates: Iterable[bytes] = (), crls: Iterable[bytes] = ()
    ) -> TrustStore:
        """Return a store of certificates and lists at hand, each PEM or DER."""
        roots = [Anchor(der) for content in anchors for der in ders(content)]
        return cls(
            anchors=tuple(roots),
            intermediates=tuple(der for content in intermediates for der in ders(content)),
            crls=tuple(der for content in crls for der in ders(content)),
        )

    @classmethod
    def load(cls, *places: Path, shipped: bool = True) -> TrustStore:
        """Return what lies in these folders and bundles, and the roots shipped with the program.

        A folder that is not there is empty. Raises BadTrustError when a file is not what the list says it is.
        """
        folders = ([DATA] if shipped else []) + list(places)
        store = cls()
        for place in folders:
            store = store.joined(_of_folder(place) if not place.is_file() else _of_bundle(place))
        return store

    def joined(self, other: TrustStore) -> TrustStore:
        """Return both together, each certificate once."""
        anchors = {anchor.certificate: anchor for anchor in (*self.anchors, *other.anchors)}
        return TrustStore(
            anchors=tuple(anchors.values()),
            intermediates=tuple(dict.fromkeys((*self.intermediates, *other.intermediates))),
            crls=tuple(dict.fromkeys((*self.crls, *other.crls))),
            made_at=other.made_at or self.made_at,
        )


def ders(content: bytes) -> list[bytes]:
    """Return every certificate or list in PEM text, or the content itself when it is DER already."""
    found = [base64.b64decode(match[2]) for match in _PEM.finditer(content)]
    return found or ([content] if content[:1] == b"\x30" else [])


def pem(der: bytes, label: str = "CERTIFICATE") -> bytes:
    """Return DER as PEM text."""
    return b"-----BEGIN %b-----\n" % label.encode() + base64.encodebytes(der) + b"-----END %b-----\n" % label.encode()


def add_anchor(folder: Path, content: bytes, *, name: str, source: str) -> Anchor:
    """Believe one more root on this installation: its PEM into the folder, a line into the list. Raises BadTrustError.

    The same root again changes its name and source only.
    """
    found = ders(content)
    if len(found) != 1:
        raise BadTrustError("Tệp phải chứa đúng một chứng thư (PEM hoặc DER).")
    anchor = Anchor(found[0], name, source)
    problem = _problem_of_root(anchor.certificate)
    if problem:
        raise BadTrustError(problem)
    rows = [row for row in _rows(folder) if row.get("sha256") != anchor.fingerprint]
    file = f"roots/{anchor.fingerprint[:16]}.pem"
    rows.append({"name": name, "file": file, "sha256": anchor.fingerprint, "source": source})
    _write(folder / file, pem(anchor.certificate))
    _write_rows(folder, rows)
    return anchor


def remove_anchor(folder: Path, fingerprint: str) -> bool:
    """Believe a root no longer; False when this installation's list does not have it."""
    rows = _rows(folder)
    gone = [row for row in rows if row["sha256"] == fingerprint.lower().replace(":", "")]
    for row in gone:
        (folder / row["file"]).unlink(missing_ok=True)
    if gone:
        _write_rows(folder, [row for row in rows if row not in gone])
    return bool(gone)


def add_part(folder: Path, kind: str, content: bytes) -> int:
    """Keep intermediate certificates (`intermediates`) or lists (`crls`) for verifying; returns how many were kept."""
    found = ders(content)
    label, suffix = ("X509 CRL", ".crl.pem") if kind == CRLS else ("CERTIFICATE", ".pem")
    for der in found:
        _write(folder / kind / (hashlib.sha256(der).hexdigest()[:16] + suffix), pem(der, label))
    return len(found)


def _of_folder(folder: Path) -> TrustStore:
    return TrustStore(
        anchors=tuple(_anchor(folder, row) for row in _rows(folder)),
        intermediates=_parts(folder / INTERMEDIATES),
        crls=_parts(folder / CRLS),
    )


def _of_bundle(path: Path) -> TrustStore:
    from motcua.trust.bundle import read_bundle

    return read_bundle(path)


def _anchor(folder: Path, row: dict[str, Any]) -> Anchor:
    path = folder / str(row.get("file", ""))
    if not path.resolve().is_relative_to(folder.resolve()) or not path.is_file():
        raise BadTrustError(f"Danh sách gốc tin cậy {folder / ANCHORS} nhắc tới tệp không có: {row.get('file')}.")
    found = ders(path.read_bytes())
    if len(found) != 1 or hashlib.sha256(found[0]).hexdigest() != row.get("sha256"):
        raise BadTrustError(f"Chứng thư gốc {path} không khớp dấu vân tay trong danh sách; không dùng danh sách này.")
    return Anchor(found[0], str(row.get("name", "")), str(row.get("source", "")))


def _parts(folder: Path) -> tuple[bytes, ...]:
    files = sorted(path for path in folder.glob("*") if path.is_file()) if folder.is_dir() else []
    if sum(path.stat().st_size for path in files) > _MOST_BYTES:
        raise BadTrustError(f"Thư mục {folder} lớn quá mức.")
    return tuple(der for path in files for der in ders(path.read_bytes()))


def _rows(folder: Path) -> list[dict[str, Any]]:
    import yaml

    path = folder / ANCHORS
    if not path.is_file():
        return []
    try:
        rows = (yaml.safe_load(path.read_text(encoding="utf-8")) or {}).get("anchors") or []
    except (yaml.YAMLError, AttributeError, UnicodeDecodeError) as error:
        raise BadTrustError(f"Không đọc được danh sách gốc tin cậy {path}.") from error
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise BadTrustError(f"Danh sách gốc tin cậy {path} sai cấu trúc.")
    return rows


def _write_rows(folder: Path, rows: list[dict[str, Any]]) -> None:
    import yaml

    text = yaml.safe_dump({"anchors": rows}, allow_unicode=True, sort_keys=False, width=120)
    _write(folder / ANCHORS, text.encode())


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(path.name + ".new")
    fresh.write_bytes(content)
    fresh.replace(path)


def _problem_of_root(der: bytes) -> str:
    from asn1crypto import x509

    try:
        certificate = x509.Certificate.load(der, strict=True)
        is_authority = bool(certificate.ca)
        self_issued = certificate.self_issued
    except (ValueError, TypeError):
        return "Tệp không phải chứng thư X.509 đọc được."
    if not is_authority:
        return "Chứng thư này không phải của một tổ chức chứng thực (CA), không làm gốc tin cậy được."
    if not self_issued:
        return "Chứng thư này do một CA khác cấp; hãy thêm chứng thư gốc của CA đó."
    return ""
