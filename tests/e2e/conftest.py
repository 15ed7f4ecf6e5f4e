"""A whole installation with a small demo, and a real browser in front of it."""

import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from motcua.project.runtime.installation import COMPLETE
from motcua.project.runtime.locks import FileLock
from tests.e2e.people import House
from tests.runtime.machine import Up, environment

DOSSIERS = 60
LOADING_SECONDS = 600
BROWSERS = ("chromium", "chromium-browser", "google-chrome")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def demo_folder(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """A data folder with a small, complete demo; made once, also when several test processes run."""
    base = tmp_path_factory.getbasetemp()
    folder = (base if worker_id == "master" else base.parent) / "e2e-demo"
    with FileLock(folder.with_name("e2e-demo.lock")).held(seconds=LOADING_SECONDS, what="e2e-demo"):
        if not (folder / "ready").exists():
            _run("prepare", "--data", str(folder))
            _run("demo", "load", "--dossiers", str(DOSSIERS), "--data", str(folder))
            _run("token", "chuyenvien", "--data", str(folder))
            (folder / "demo").write_text(COMPLETE, encoding="utf-8")
            (folder / "ready").touch()
    return folder


@pytest.fixture(scope="session")
def house(demo_folder: Path, tmp_path_factory: pytest.TempPathFactory, browser: Browser) -> Iterator[House]:
    """The installation, open, on a port of its own."""
    folder = tmp_path_factory.mktemp("e2e") / "data"
    shutil.copytree(demo_folder, folder)
    with Up(folder, "--port", "18500", MOTCUA_IDLE_MINUTES="0") as up:
        up.wait_until_open()
        yield House(f"http://localhost:{up.port}", browser, folder)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    path = next((found for name in BROWSERS if (found := shutil.which(name))), None)
    assert path, "Thiếu trình duyệt chromium; chạy `make test` để cài."
    with sync_playwright() as playwright:
        arguments = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"]
        quiet = ["--disable-background-networking", "--disable-component-update", "--disable-sync"]
        running = playwright.chromium.launch(executable_path=path, args=[*arguments, *quiet])
        yield running
        running.close()


def _run(*arguments: str) -> None:
    done = subprocess.run(
        [sys.executable, "-P", "-m", "motcua", *arguments],
        env=environment(),
        capture_output=True,
        text=True,
        timeout=LOADING_SECONDS,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
