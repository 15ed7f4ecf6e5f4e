"""Nobody is kept out: every page of the permission table, with data and with errors, at three widths."""

import pytest
from playwright.sync_api import Page

from motcua.project.permissions import TABLE
from motcua.sites.desk.forms.registry import FORMS
from tests.e2e import citizen, officer
from tests.e2e.axe import faults
from tests.e2e.citizen import ADOPTION, press
from tests.e2e.people import House
from tests.e2e.tour import NO_PAGES, NOT_YET, ON_THE_WAY, VISITORS, World, pages, submit_nothing

#: Forms that need nothing typed: sent empty they do what they say.
ASKS_NOTHING = frozenset(
    {
        "account_home",
        "account_logout",
        "usersessions_list",
        "portal:notices",
        "portal:dossiers",
        "desk:home",
        "desk:find",
    }
)
#: The acts of the usual way of a dossier; the others are open only in states that no journey here reaches yet.
USUAL = frozenset(
    {
        "tiep-nhan", "tu-choi", "yeu-cau-bo-sung", "bo-sung", "phan-cong", "chuyen", "tham-dinh", "tra-lai",
        "phe-duyet", "khong-phe-duyet", "dong-dau", "tra-ket-qua", "rut", "dinh-chinh",
    }
)  # fmt: skip
ROOMS = ("portal:", "desk:", "backoffice:", "audit:", "account")


@pytest.fixture(scope="session")
def world(house: House) -> World:
    return World(house)


@pytest.mark.parametrize("room", ROOMS)
def test_every_page_is_open_to_everybody(house: House, world: World, room: str) -> None:
    found = []
    for account in sorted({one for group in VISITORS.values() for one in group}):
        names = [name for name, who in pages() if _room(name) == room and account in VISITORS[who]]
        with house.visitor(account, javascript=True) as page:
            for name in names:
                if name not in ON_THE_WAY:
                    found += _both(page, world, name, account)
    assert not found, "\n".join(found)


def test_the_tour_names_only_what_is_there() -> None:
    assert TABLE.keys() >= NO_PAGES | ON_THE_WAY | NOT_YET
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
            found += _page_and_errors(page, answer.__name__)
            answer(page)
        found += _page_and_errors(page, "review")
        code = citizen.confirm(page)
        found += faults(page, "submitted")
        page.goto(f"/ho-so/{code}/")
        found += faults(page, "my-new-dossier")
        page.goto(f"/ho-so/{code}/rut/")
        found += _page_and_errors(page, "withdraw")
        page.goto("/ho-so/")
        found += faults(page, "my-dossiers")
    found += _supplement(house, code)
    found += _tracking(house, code)
    assert not found, "\n".join(found)


def test_every_act_of_the_office(house: House) -> None:
    with house.visitor("congdan") as page:
        code = citizen.hand_in(page, ADOPTION)
    tour = Acts(house, code)
    tour.look("tiepnhan")
    with house.visitor("tiepnhan", javascript=True) as page:
        officer.receive(page, code)
        page.goto(f"/mot-cua/ho-so/{code}/bien-nhan/")
        tour.found += faults(page, "receipt")
    tour.look("truongphong")
    tour.do("truongphong", officer.assign, "Trần Đức Kiên")
    tour.look("chuyenvien")
    tour.do("chuyenvien", officer.appraise, "Đồng ý.")
    tour.look("truongphong")
    tour.do("truongphong", officer.forward)
    tour.look("lanhdao")
    tour.do("lanhdao", officer.approve, "Đồng ý.")
    tour.look("vanthu")
    tour.do("vanthu", officer.seal, code[-4:])
    tour.look("tiepnhan")
    tour.do("tiepnhan", officer.collect)
    tour.look("tiepnhan")
    tour.do("tiepnhan", officer.deliver)
    tour.look("tiepnhan")
    tour.look_at_supplement()
    assert not tour.found, "\n".join(tour.found)
    assert tour.seen >= USUAL
    assert set(FORMS) >= USUAL


class Acts:
    """Looks at every act that is open to somebody on a dossier, once each."""

    def __init__(self, house: House, code: str) -> None:
        self.house, self.code = house, code
        self.seen: set[str] = set()
        self.found: list[str] = []

    def look(self, account: str) -> None:
        """Look at the dossier and at every act not seen yet."""
        with self.house.visitor(account, javascript=True) as page:
            page.goto("/mot-cua/")
            self.found += faults(page, f"work-{account}")
            page.goto(f"/mot-cua/ho-so/{self.code}/")
            self.found += faults(page, f"dossier-{account}-{len(self.seen)}")
            if beside := page.locator(f"a[href*='/{self.code}/tep/']").all():
                page.goto(f"{beside[-1].get_attribute('href')}/xem/")
                self.found += faults(page, f"look-{account}")
                page.goto(f"/mot-cua/ho-so/{self.code}/")
            for url in [one.get_attribute("href") or "" for one in page.locator(".acts a").all()]:
                self._act(page, url)

    def do(self, account: str, act: object, *facts: str) -> None:
        """Do an act."""
        assert callable(act)
        with self.house.visitor(account) as page:
            act(page, self.code, *facts)

    def look_at_supplement(self) -> None:
        """The act of the desk while the applicant is asked."""
        with self.house.visitor("congdan") as page:
            code = citizen.hand_in(page, ADOPTION)
        with self.house.visitor("tiepnhan", javascript=True) as page:
            _ask(page, code)
            page.goto(f"/mot-cua/ho-so/{code}/")
            self.found += faults(page, "dossier-waits")
            self._act(page, f"/mot-cua/ho-so/{code}/bo-sung/")

    def _act(self, page: Page, url: str) -> None:
        slug = url.rstrip("/").rpartition("/")[2]
        if slug not in self.seen:
            self.seen.add(slug)
            page.goto(url)
            self.found += _page_and_errors(page, f"act-{slug}")


def _both(page: Page, world: World, name: str, account: str) -> list[str]:
    path = world.path(name, account)
    if not path:
        return [f"{name}: nothing in the demo leads there"]
    answer = page.goto(path)
    if answer is None or answer.status >= 500:
        return [f"{name}: {path} cannot be shown"]
    called = f"{name.replace(':', '-')}-{account}"
    return faults(page, called) if name in ASKS_NOTHING else _page_and_errors(page, called)


def _page_and_errors(page: Page, name: str) -> list[str]:
    found = faults(page, name)
    if submit_nothing(page):
        found += faults(page, f"{name}-loi")
    return found


def _ask(page: Page, code: str) -> None:
    officer.choose(page, code, "Yêu cầu bổ sung")
    page.locator("[name='grounds.0.code']").select_option(index=1)
    press(page, "Gửi yêu cầu bổ sung (Mẫu 02)")


def _supplement(house: House, code: str) -> list[str]:
    with house.visitor("tiepnhan") as page:
        _ask(page, code)
    with house.visitor("congdan", javascript=True) as page:
        page.goto(f"/ho-so/{code}/")
        found = faults(page, "my-dossier-waits")
        page.goto(f"/ho-so/{code}/bo-sung/")
        return found + _page_and_errors(page, "supplement")


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
