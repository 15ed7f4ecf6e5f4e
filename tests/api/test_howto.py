"""The guide `docs/howto/first-dossier.md` does what it says, on a real demo installation."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.runtime.machine import Up, environment

GUIDE = Path(__file__).resolve().parents[2] / "docs" / "howto" / "first-dossier.md"
PATIENCE = 600.0


def _run(arguments: list[str], **extra: str) -> str:
    done = subprocess.run(
        arguments, env=environment(**extra), capture_output=True, text=True, timeout=PATIENCE, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture
def demo(tmp_path: Path) -> Iterator[Up]:
    """A demo province without dossiers, open on a port of its own."""
    data_dir = tmp_path / "du-lieu"
    motcua = [sys.executable, "-P", "-m", "motcua"]
    _run([*motcua, "prepare", "--data", str(data_dir)])
    _run([*motcua, "demo", "load", "--dossiers", "0", "--data", str(data_dir)])
    with Up(data_dir, "--port", "18900") as running:
        running.wait_until_open()
        yield running


def test_the_guide(demo: Up, tmp_path: Path) -> None:
    blocks = re.findall(r"^```bash\n(.*?)^```", GUIDE.read_text(encoding="utf-8"), flags=re.DOTALL | re.MULTILINE)
    assert len(blocks) > 8
    script = tmp_path / "guide.sh"
    script.write_text("set -euo pipefail\n" + "\n".join(blocks), encoding="utf-8")
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    facts = {"MOTCUA_URL": f"http://127.0.0.1:{demo.port}", "MOTCUA_DATA": str(demo.data_dir), "PATH": path}
    done = subprocess.run(
        ["bash", str(script)],
        cwd=tmp_path,
        env=environment() | facts,
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )
    said = done.stdout
    assert done.returncode == 0, said + done.stderr
    assert "Đã trả kết quả\n" in said
    assert "\n10\n" in said
    assert "%PDF-" in said
    assert "owner.phone - " in said
    acts = ["Tiếp nhận", "Chuyển bước tiếp theo", "Phân công", "Thẩm định", "Phê duyệt", "Cấp số", "Trả kết quả"]
    assert demo.status("/metrics") == 200
    places = [said.index(f"+07:00 {act}") for act in acts]
    assert places == sorted(places)
