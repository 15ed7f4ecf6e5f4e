"""A new procedure goes live without a programmer: made in the browser, tried, published by two, used by a citizen.

Then it leaves as one file, is installed in a second, empty installation, and works there.
"""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from motcua.project.demo.accounts import DEMO_PASSWORD, SECOND_ADMIN
from tests.e2e import citizen, new_house, studio
from tests.e2e.axe import faults
from tests.e2e.citizen import at, press
from tests.e2e.people import House
from tests.e2e.studio import CODE, NAME, url
from tests.runtime.machine import Up, motcua


def test_a_procedure_from_nothing(house: House, browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> None:
    with house.visitor("quantri") as page:
        studio.begin(page)
        for rest, typed in studio.PARTS:
            studio.write(page, rest, typed)
        studio.try_out(page)
        package = _download(page, tmp_path_factory.mktemp("package"))
    found = _looked_at(house)
    with house.visitor("quantri") as page:
        studio.propose(page)
    with house.visitor(SECOND_ADMIN) as page:
        studio.approve(page)
    with house.visitor("quantri") as page:
        studio.let_ward_take_it(page, "Hồng Gai")
    with house.visitor("congdan") as page:
        _citizen_uses_it(page)
    _works_elsewhere(package, browser, tmp_path_factory.mktemp("second"))
    assert not found, "\n".join(found)


def _download(page: Page, folder: Path) -> Path:
    """The procedure as one file."""
    answer = page.request.get(f"{studio.HOME}{CODE}.zip")
    assert answer.ok
    package = folder / f"{CODE}.zip"
    package.write_bytes(answer.body())
    return package


def _looked_at(house: House) -> list[str]:
    """Every page of the studio, at three widths, with a trial under way."""
    found: list[str] = []
    with house.visitor("quantri", javascript=True) as page:
        page.goto(studio.HOME)
        found += faults(page, "xuong")
        page.goto(url("thu/"))
        press(page, "Bắt đầu thử")
        for rest in studio.LOOKED_AT:
            page.goto(url(rest))
            found += faults(page, f"xuong-{rest.strip('/').replace('/', '-') or 'tong-quan'}")
    return found


def _citizen_uses_it(page: Page) -> None:
    """A whole dossier with the new form."""
    page.goto(f"/thu-tuc/{CODE}/nop/")
    citizen.begin(page)
    for answer in (citizen.say_where, citizen.say_who, citizen.say_about_me):
        answer(page)
    studio.answer_form(page, citizen.STEP)
    citizen.give_papers(page)
    citizen.say_how_to_get_it(page)
    at(page, "Xem lại và nộp")
    assert "Trần Thị Bưởi" in page.locator("main").inner_text()
    assert citizen.confirm(page)


def _works_elsewhere(package: Path, browser: Browser, base: Path) -> None:
    """An empty installation takes the package; its tests pass, its form may be tried, and a citizen hands in there."""
    folder = base / "data"
    where = ("--data", str(folder))
    prepared = motcua("prepare", *where)
    assert prepared.returncode == 0, prepared.stdout + prepared.stderr
    made = motcua("admin", "create", *where, "--username", "quantri", MOTCUA_ADMIN_PASSWORD=DEMO_PASSWORD)
    assert made.returncode == 0, made.stdout + made.stderr
    done = motcua("packages", "install", *where, "--publish", str(package))
    assert done.returncode == 0, done.stdout + done.stderr
    with Up(folder, "--port", "18680", MOTCUA_IDLE_MINUTES="0") as up:
        up.wait_until_open()
        second = House(f"http://localhost:{up.port}", browser, folder)
        with second.visitor() as page:
            page.goto(f"/thu-tuc/{CODE}/")
            at(page, NAME)
        with second.visitor("quantri") as page:
            page.goto(url("chay-thu/"))
            assert "đều đạt" in page.locator(".studio-work").inner_text()
            page.goto(url("thu/"))
            press(page, "Bắt đầu thử")
            studio.answer_form(page, "Tiếp tục")
            assert "Tờ khai được nhận" in page.locator(".studio-work").inner_text()
            new_house.found(page, base)
            studio.let_ward_take_it(page, "Hồng Gai")
        with second.visitor() as page:
            new_house.sign_up(page)
            _citizen_uses_it(page)
