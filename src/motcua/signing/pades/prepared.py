"""A paper that is ready but for its signature: made here, signed elsewhere, finished here or in another process."""

import base64
import hashlib
from dataclasses import dataclass
from typing import Any

from motcua.kernel.errors import Invalid
from motcua.signing.pades.words import problem
from motcua.trust.terms import Level

_FORMAT = 1


@dataclass(frozen=True, slots=True)
class Prepared:
    """A whole file with a hole for the CMS.

    `hole`: where the hexadecimal digits begin; `room`: how many bytes of CMS fit. `attributes`: DER of the signed
    attributes, whose SHA-256 is what the key signs. `level`: what the plan asked for.
    """

    content: bytes
    hole: int
    room: int
    attributes: bytes
    certificate: bytes
    chain: tuple[bytes, ...]
    level: Level

    @property
    def digest(self) -> bytes:
        """The SHA-256 to be signed (32 bytes)."""
        return hashlib.sha256(self.attributes).digest()

    def to_json(self, *, with_content: bool = True) -> dict[str, Any]:
        """Return plain values for JSON; without the file (`with_content` False) they are some kilobytes."""
        facts: dict[str, Any] = {
            "format": _FORMAT,
            "hole": self.hole,
            "room": self.room,
            "attributes": _text(self.attributes),
            "certificate": _text(self.certificate),
            "chain": [_text(one) for one in self.chain],
            "level": self.level.value,
            "sha256": hashlib.sha256(self.content).hexdigest(),
        }
        return facts | ({"content": _text(self.content)} if with_content else {})

    @classmethod
    def from_json(cls, facts: dict[str, Any], content: bytes | None = None) -> "Prepared":
        """Read what `to_json` gave, the file from `content` when it was left out; raises Invalid for anything else."""
        try:
            prepared = cls(
                content=base64.b64decode(facts["content"]) if content is None else content,
                hole=int(facts["hole"]),
                room=int(facts["room"]),
                attributes=base64.b64decode(facts["attributes"]),
                certificate=base64.b64decode(facts["certificate"]),
                chain=tuple(base64.b64decode(one) for one in facts["chain"]),
                level=Level(facts["level"]),
            )
            fits = facts["format"] == _FORMAT and facts["sha256"] == hashlib.sha256(prepared.content).hexdigest()
        except (KeyError, TypeError, ValueError) as error:
            raise Invalid(problem("prepared_unreadable")) from error
        if not fits:
            raise Invalid(problem("prepared_unreadable"))
        return prepared


def _text(content: bytes) -> str:
    return base64.b64encode(content).decode()
