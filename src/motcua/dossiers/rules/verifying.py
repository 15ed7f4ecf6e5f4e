"""The mark in the QR of an issued paper: who has it has seen the paper, and nobody can make one up."""

import base64
import hashlib
import hmac
import json
from dataclasses import dataclass
from typing import Any

_BYTES = 9
_PARTS = 4


@dataclass(frozen=True, slots=True)
class PaperMark:
    """What the QR names: dossier, form, print, and the proof (of the dossier's tracking token) that it was ours."""

    code: str
    form: str
    version: int
    proof: str

    def fits(self, secret: str) -> bool:
        """Whether the proof was made with that tracking token."""
        return hmac.compare_digest(self.proof.encode(), _proof(self.code, self.form, self.version, secret).encode())


def paper_mark(code: str, form: str, version: int, *, secret: str) -> str:
    """Return the mark of a paper: "H49.61-261122-0007.receipt.1.9jQ2…"; `secret` is the dossier's tracking token."""
    return f"{code}.{form}.{version}.{_proof(code, form, version, secret)}"


def read_mark(text: str) -> PaperMark | None:
    """Return what a mark names, None when it is none."""
    parts = text.rsplit(".", _PARTS - 1)
    if len(parts) != _PARTS or not (parts[2].isascii() and parts[2].isdecimal() and len(parts[2]) < _PARTS):
        return None
    return PaperMark(parts[0].upper(), parts[1], int(parts[2]), parts[3])


def paper_line(form: str, version: int, data: dict[str, Any]) -> str:
    """Return what the journal says of an issued paper: form, print, SHA-256 (hex) of the data it is printed from."""
    text = json.dumps(data, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return f"{form} {version} {hashlib.sha256(text.encode()).hexdigest()}"


def _proof(code: str, form: str, version: int, secret: str) -> str:
    digest = hmac.new(secret.encode(), f"{code}|{form}|{version}".encode(), hashlib.sha256).digest()
    return base64.urlsafe_b64encode(digest[:_BYTES]).decode()
