"""A leader signs a queue of fifty at one gesture, the clerk seals them, a citizen downloads one: it verifies."""

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.axe import faults
from tests.e2e.citizen import press
from tests.e2e.people import House, follow
from tests.e2e.sheets import picture
from tests.runtime.machine import Up, environment

QUEUE, SEALING = "/mot-cua/ky-so/", "/mot-cua/dong-dau/"
PIN = "12345678"
MANY = 50
PATIENCE_SECONDS = 240


@pytest.fixture(scope="module")
def morning(demo_folder: Path, tmp_path_factory: pytest.TempPathFactory, browser: Browser) -> Iterator[House]:
    """An installation of its own in which some seventy papers wait for the chair of the ward."""
    folder = tmp_path_factory.mktemp("signing") / "data"
    shutil.copytree(demo_folder, folder)
    done = subprocess.run(
        [sys.executable, "-m", "tests.e2e.morning", str(folder)],
        env=environment(),
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    with Up(folder, "--port", "18700", MOTCUA_IDLE_MINUTES="0") as up:
        up.wait_until_open()
        yield House(f"http://localhost:{up.port}", browser, folder)


def test_fifty_papers_from_draft_to_citizen(morning: House, tmp_path: Path) -> None:
    found = _the_leader_signs(morning)
    found += _the_clerk_seals(morning)
    sealed = _the_sealed_paper(morning, tmp_path)
    _is_good(sealed)
    assert not found, "\n".join(found)


def _the_leader_signs(house: House) -> list[str]:
    with house.visitor("lanhdao", javascript=True) as page:
        page.goto(QUEUE)
        found = faults(page, "lanh-dao-hang-doi-ky")
        headings = page.locator("main h2").all_inner_texts()
        assert any(one.startswith("Cần đọc kỹ") for one in headings), headings
        plain = page.locator("section[aria-labelledby=nhom-plain]")
        assert plain.locator("input[name=lam]:checked").count() >= MANY, headings
        assert not page.locator("section[aria-labelledby=nhom-close] input[name=lam]:checked").count()
        _the_paper_opens(page)
        for box in plain.locator("input[name=lam]").all()[MANY:]:
            box.uncheck()
        page.get_by_label("PIN của khóa ký").fill("87654321")
        press(page, "Ký số")
        assert "PIN không đúng" in page.locator("main").inner_text()
        found += faults(page, "lanh-dao-sai-pin")
        page.get_by_label("PIN của khóa ký").fill(PIN)
        press(page, "Ký số")
        assert f"/{MANY} văn bản" in page.locator("h1").inner_text()
        picture(page, "lanh-dao-dang-ky")
        _until_done(page, f"Đã ký {MANY}/{MANY} văn bản")
        return found + faults(page, "lanh-dao-ky-xong")


def _the_paper_opens(page: Page) -> None:
    address = page.get_by_role("link", name=re.compile("Xem văn bản")).first.get_attribute("href") or ""
    answer = page.context.request.get(address)
    assert answer.body().startswith(b"%PDF-")


def _the_clerk_seals(house: House) -> list[str]:
    with house.visitor("vanthu", javascript=True) as page:
        page.goto(SEALING)
        found = faults(page, "van-thu-hang-doi-dong-dau")
        follow(page.get_by_role("link", name="Đánh dấu tất cả"))
        assert page.locator("input[name=lam]:checked").count() >= MANY
        page.get_by_label("PIN của khóa ký").fill(PIN)
        press(page, "Đóng dấu số, phát hành")
        _until_done(page, f"Đã đóng dấu {MANY}/{MANY} văn bản")
        found += faults(page, "van-thu-dong-dau-xong")
        page.goto(f"{SEALING}so-da-giu/")
        assert "Mọi số đã giữ trong năm đều đã dùng." in page.locator("main").inner_text()
        return found + faults(page, "van-thu-so-da-giu")


def _until_done(page: Page, heading: str) -> None:
    """The page looks again by itself until everything is done."""
    expect(page.locator("h1")).to_have_text(heading, timeout=PATIENCE_SECONDS * 1000)
    expect(page.locator("main")).to_contain_text("Tất cả đã xong.", timeout=PATIENCE_SECONDS * 1000)


def _the_sealed_paper(house: House, folder: Path) -> Path:
    """The sealed file of the first paper of the clerk's gesture, as the dossier's page gives it out."""
    with house.visitor("vanthu") as page:
        page.goto("/mot-cua/ky-so/lo/2/")
        follow(page.locator("main table a.code").first)
        picture(page, "van-thu-ket-qua-da-dong-dau")
        links = page.locator("main a[href*='/tep/']")
        for address in dict.fromkeys(str(one.get_attribute("href")) for one in links.all()):
            content = page.context.request.get(address).body()
            if content.count(b"/ByteRange") > 1:
                paper = folder / "ket-qua.pdf"
                paper.write_bytes(content)
                return paper
        raise AssertionError(page.locator("main").inner_text()[:800])


def _is_good(paper: Path) -> None:
    """Two signatures, each over what it signed; the seal over the whole file."""
    done = subprocess.run(["pdfsig", "-nocert", str(paper)], capture_output=True, text=True, check=False)
    assert done.stdout.count("Signature Validation: Signature is Valid.") == 2, done.stdout
    assert done.stdout.count("Total document signed") == 1, done.stdout
    assert "signer-1" in done.stdout
    assert "seal-1" in done.stdout
