"""The key of a demo's heads: made by itself, beside the data and not in it, so that a demo shows the real thing."""

from __future__ import annotations

import contextlib
import hashlib
import os
from pathlib import Path


def demo_evidence_key(data_dir: Path) -> str:
    """Return the path of the demo's key, made at first use; "" where it cannot be kept (heads are then unsigned)."""
    from motcua.evidence.providers.keys import KeyProblemError, new_key

    home = os.environ.get("XDG_STATE_HOME") or str(Path.home() / ".local" / "state")
    mark = hashlib.sha256(str(data_dir).encode()).hexdigest()[:12]
    path = Path(home) / "motcua" / f"evidence-{mark}.pem"
    if not path.exists():
        with contextlib.suppress(KeyProblemError, OSError):
            new_key(path, data=data_dir)
    return str(path) if path.exists() else ""
