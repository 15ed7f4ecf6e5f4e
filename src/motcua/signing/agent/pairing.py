"""Which house may ask: one address fixed at the start, and a secret its page got for a code the officer typed."""

import hashlib
import hmac
import json
import secrets
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic

_CODE_SECONDS = 300
_MOST_TRIES = 3


@dataclass
class Pairing:
    """The secrets given so far (as hashes, in `file`), and the code that is shown now.

    `file` holds {origin: [sha256 of a secret, …]}; only its owner may read it.
    """

    file: Path
    _code: str = field(default="", repr=False)
    _until: float = 0.0
    _tries: int = 0

    def begin(self) -> str:
        """Return a new code of six digits to show at the computer; it holds for five minutes and three tries."""
        self._code, self._until, self._tries = f"{secrets.randbelow(10**6):06}", monotonic() + _CODE_SECONDS, 0
        return self._code

    def finish(self, origin: str, code: str) -> str | None:
        """Return a secret for the page that knows the code; None when it is wrong, too old or tried too often."""
        self._tries += 1
        if not self._code or monotonic() > self._until or self._tries > _MOST_TRIES:
            self._code = ""
            return None
        if not hmac.compare_digest(self._code.encode(), code.encode()):
            return None
        self._code = ""
        secret = secrets.token_urlsafe(32)
        known = self._read()
        known[origin] = [*known.get(origin, [])[-4:], _hash(secret)]
        self._write(known)
        return secret

    def knows(self, origin: str, secret: str) -> bool:
        """Whether the secret was given to that origin."""
        return any(hmac.compare_digest(_hash(secret), one) for one in self._read().get(origin, []))

    def forget(self, origin: str) -> None:
        """Forget every secret of that origin."""
        self._write({name: kept for name, kept in self._read().items() if name != origin})

    def _read(self) -> dict[str, list[str]]:
        try:
            found = json.loads(self.file.read_text("utf-8"))
        except (OSError, ValueError):
            return {}
        return found if isinstance(found, dict) else {}

    def _write(self, known: dict[str, list[str]]) -> None:
        self.file.parent.mkdir(parents=True, exist_ok=True)
        self.file.touch(mode=0o600)
        self.file.write_text(json.dumps(known), "utf-8")


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
