"""Messages as files: for demonstration, tests, and gateways that pick files up."""

import json
import os
from dataclasses import dataclass
from pathlib import Path

from motcua.notifications.terms import Outgoing, UnavailableError


@dataclass(frozen=True, slots=True)
class FileProvider:
    """Writes one JSON file a message into `folder`: {"id", "to", "name", "text", "at"}.

    A message sent again overwrites its own file. A file appears whole or not at all.
    """

    folder: Path

    def send(self, message: Outgoing) -> None:
        """Write one file; raises UnavailableError when the folder cannot be written."""
        content = {
            "id": message.id,
            "to": message.address,
            "name": message.recipient_name,
            "text": message.text,
            "at": message.created_at.isoformat(),
        }
        target = self.folder / f"{message.created_at:%Y%m%dT%H%M%SZ}-{message.id}.json"
        try:
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            part = target.with_suffix(".part")
            part.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
            part.chmod(0o600)
            os.replace(part, target)
        except OSError as error:
            raise UnavailableError(f"{type(error).__name__}: {error}") from error

    def close(self) -> None:
        """Nothing to give back."""
