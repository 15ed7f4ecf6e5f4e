"""Setting long papers in a process of their own: what Typst keeps in memory (350 MB for 2,000 rows) goes with it."""

import json
import subprocess
import sys
from collections.abc import Mapping
from typing import Any

from motcua.files.papers import PaperError, render

_LONGEST_SECONDS = 120


def render_apart(template: str, data: Mapping[str, Any], *, tagged: bool = True) -> bytes:
    """Return what `papers.render` returns, set in another process; raises PaperError when that fails."""
    asked = json.dumps({"template": template, "data": data, "tagged": tagged}).encode()
    command = [sys.executable, "-m", "motcua.files.paper_process"]
    done = subprocess.run(command, input=asked, capture_output=True, check=False, timeout=_LONGEST_SECONDS)
    if done.returncode != 0:
        raise PaperError(f"{template}: {done.stderr.decode(errors='replace')[-2000:]}")
    return done.stdout


def main() -> None:
    """Set the paper asked for on the standard input."""
    asked = json.load(sys.stdin)
    sys.stdout.buffer.write(render(asked["template"], asked["data"], tagged=asked["tagged"]))


if __name__ == "__main__":
    main()
