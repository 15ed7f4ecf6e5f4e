"""The text of a head and its signature: a checkpoint in a signed note, as transparency logs write them.

    <origin>
    <size>
    <root, base64>
    at <moment, UTC>
    previous <SHA-256 of the note before, hex>

    — <key name> <base64 of four bytes of the key's id and the signature>

The text up to the empty line is what is signed. Formats: C2SP signed-note and tlog-checkpoint (from memory; our own
`docs/adr/0022` and the stand-alone verifier say exactly what we do).
"""

import base64
import binascii
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from typing import Final

#: Kinds of signatures: Ed25519 over the text, ECDSA (P-256, SHA-256, DER) over the text.
ED25519: Final = 1
ECDSA: Final = 2
_ID_BYTES: Final = 4
_LINES: Final = 5


class BadNoteError(ValueError):
    """This is no head."""


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """What a head says: whose log, how many leaves, which root, when, after which note (hex, "" for the first)."""

    origin: str
    size: int
    root: bytes
    at: datetime
    previous: str = ""

    def text(self) -> str:
        """Return the text that is signed."""
        root = base64.b64encode(self.root).decode()
        moment = self.at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        return f"{self.origin}\n{self.size}\n{root}\nat {moment}\nprevious {self.previous or '-'}\n"


@dataclass(frozen=True, slots=True)
class PublicKey:
    """A public key that signs heads: 32 bytes of Ed25519, or the DER of a SubjectPublicKeyInfo for ECDSA."""

    name: str
    kind: int
    key: bytes

    @property
    def id(self) -> bytes:
        """Return the four bytes by which signatures name it."""
        return sha256(self.name.encode() + b"\n" + bytes([self.kind]) + self.key).digest()[:_ID_BYTES]

    def text(self) -> str:
        """Return it in one line: name, id, kind and key."""
        return f"{self.name}+{self.id.hex()}+{base64.b64encode(bytes([self.kind]) + self.key).decode()}"


def read_public_key(text: str) -> PublicKey:
    """Return the key of such a line; raises BadNoteError."""
    try:
        name, key_id, coded = text.strip().split("+", 2)
        raw = base64.b64decode(coded, validate=True)
        found = PublicKey(name, raw[0], raw[1:])
    except (ValueError, IndexError) as error:
        raise BadNoteError("không phải khóa công khai của sổ") from error
    if found.id.hex() != key_id or found.kind not in (ED25519, ECDSA):
        raise BadNoteError("khóa công khai của sổ bị sai")
    return found


def signed(text: str, key: PublicKey, signature: bytes) -> str:
    """Return the note: the text, an empty line, the line of the signature."""
    return f"{text}\n— {key.name} {base64.b64encode(key.id + signature).decode()}\n"


def unsigned(text: str) -> str:
    """Return the note of a head nobody signed."""
    return f"{text}\n"


def read_note(note: str) -> tuple[Checkpoint, list[tuple[str, bytes, bytes]]]:
    """Return what a note says, and its signatures as (key name, key id, signature); raises BadNoteError."""
    body, separator, tail = note.partition("\n\n")
    lines = body.split("\n")
    if len(lines) != _LINES or not (separator or note.endswith("\n\n")):
        raise BadNoteError("không phải đầu sổ")
    return _checkpoint(lines), [_signature(line) for line in tail.splitlines() if line]


def signed_text(note: str) -> str:
    """Return the part of a note that is signed."""
    return note.partition("\n\n")[0] + "\n"


def digest_of(note: str) -> str:
    """Return the SHA-256 (hex) of a note: what the next one names, and what a timestamp is over."""
    return sha256(note.encode()).hexdigest()


def _checkpoint(lines: Sequence[str]) -> Checkpoint:
    origin, size, root, at, previous = lines
    try:
        if not (size.isdigit() and at.startswith("at ") and previous.startswith("previous ")):
            raise BadNoteError("đầu sổ thiếu dòng")
        moment = datetime.strptime(at[3:], "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)
        before = previous.removeprefix("previous ").removeprefix("-")
        return Checkpoint(origin, int(size), base64.b64decode(root, validate=True), moment, before)
    except (ValueError, binascii.Error) as error:
        raise BadNoteError("đầu sổ không đọc được") from error


def _signature(line: str) -> tuple[str, bytes, bytes]:
    try:
        dash, name, coded = line.split(" ")
        raw = base64.b64decode(coded, validate=True)
    except ValueError as error:
        raise BadNoteError("chữ ký của đầu sổ không đọc được") from error
    if dash != "—":
        raise BadNoteError("chữ ký của đầu sổ không đọc được")
    return name, raw[:_ID_BYTES], raw[_ID_BYTES:]
