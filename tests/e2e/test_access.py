"""Nobody is kept out: every page of the permission table, with data and with errors, at three widths."""

import pytest
from playwright.sync_api import Page

from motcua.project.permissions import TABLE
from tests.e2e import citizen, officer
from tests.e2e.axe import faults
from tests.e2e.citizen import ADOPTION, press
from tests.e2e.people import House
from tests.e2e.tour import LOOKERS, NO_PAGES, ON_THE_WAY, VISITORS, World, page_and_errors, pages, visitors

#: Forms that need nothing typed: sent empty they do what they say.
ASKS_NOTHING = frozenset(
    {
        "account_home",
        "account_logout",
        "usersessions_list",
        "portal:notices",
        "desk:notices",
        "portal:dossiers",
        "desk:home",
        "desk:find",
        "audit:evidence",
        "backoffice:delegation_revoke",
    }
)
ROOMS = ("portal:", "desk:", "backoffice:", "audit:", "account")


@pytest.fixture(scope="session")
def world(house: House) -> World:
    return World(house)


@pytest.mark.parametrize("room", ROOMS)
def test_every_page_is_open_to_everybody(house: House, world: World, room: str) -> None:
    found = []
    for account in sorted({one for group in (*VISITORS.values(), *LOOKERS.values()) for one in group}):
        names = [name for name, who in pages() if _room(name) == room and account in visitors(name, who)]
        with house.visitor(account, javascript=True) as page:
            for name in names:
                if name not in ON_THE_WAY:
                    found += _both(page, world, name, account)
    assert not found, "\n".join(found)


def test_the_tour_names_only_what_is_there() -> None:
    assert TABLE.keys() >= NO_PAGES | ON_THE_WAY
    assert not NO_PAGES & ON_THE_WAY
    assert {_room(name) for name, _who in pages()} == set(ROOMS)


def test_the_way_to_hand_in(house: House) -> None:
    found = []
    with house.visitor("congdan", javascript=True) as page:
        citizen.tidy(page)
        page.goto(f"/thu-tuc/{ADOPTION}/nop/")
        found += faults(page, "apply")
        citizen.begin(page)
        answers = (citizen.say_where, citizen.say_who, citizen.say_about_me, citizen.give_papers)
        for answer in (*answers, citizen.say_how_to_get_it):
            found += page_and_errors(page, answer.__name__)
            answer(page)
        found += page_and_errors(page, "review")
        code = citizen.confirm(page)
        found += faults(page, "submitted")
        page.goto(f"/ho-so/{code}/")
        found += faults(page, "my-new-dossier")
        page.goto(f"/ho-so/{code}/rut/")
        found += page_and_errors(page, "withdraw")
        page.goto("/ho-so/")
        found += faults(page, "my-dossiers")
    found += _supplement(house, code)
    found += _tracking(house, code)
    assert not found, "\n".join(found)


def _both(page: Page, world: World, name: str, account: str) -> list[str]:
    path = world.path(name, account)
    if not path:
        return [f"{name}: nothing in the demo leads there"]
    answer = page.goto(path)
    if answer is None or answer.status >= 500:
        return [f"{name}: {path} cannot be shown"]
    called = f"{name.replace(':', '-')}-{account}"
    return faults(page, called) if name in ASKS_NOTHING else page_and_errors(page, called)


def _supplement(house: House, code: str) -> list[str]:
    with house.visitor("tiepnhan") as page:
        officer.ask(page, code)
    with house.visitor("congdan", javascript=True) as page:
        page.goto(f"/ho-so/{code}/")
        found = faults(page, "my-dossier-waits")
        page.goto(f"/ho-so/{code}/bo-sung/")
        return found + page_and_errors(page, "supplement")


def _tracking(house: House, code: str) -> list[str]:
    with house.visitor(javascript=True) as page:
        page.goto("/tra-cuu/")
        page.get_by_label("Mã hồ sơ").fill(code)
        page.get_by_label("Số điện thoại").fill(citizen.PHONE)
        press(page, "Xem hồ sơ")
        found = faults(page, "tracked")
        page.goto("/khong-co-trang-nay/")
        return found + faults(page, "not-found")


def _room(name: str) -> str:
    return next((room for room in ROOMS if name.startswith(room)), "account")
