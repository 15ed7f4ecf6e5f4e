"""Looking at acts: the dossier of somebody, and the page of every act that is open to them."""

from collections.abc import Callable

from playwright.sync_api import Page

from tests.e2e import officer
from tests.e2e.axe import faults
from tests.e2e.people import House
from tests.e2e.tour import page_and_errors


class Acts:
    """Looks at every act that is open to somebody on a dossier, once each; `seen` may be shared by several."""

    def __init__(self, house: House, code: str, seen: set[str] | None = None) -> None:
        self.house, self.code = house, code
        self.seen: set[str] = set() if seen is None else seen
        self.found: list[str] = []

    def look(self, account: str) -> None:
        """Look at the list of work, the dossier, the paper beside it and every act not seen yet."""
        with self.house.visitor(account, javascript=True) as page:
            page.goto("/mot-cua/")
            self.found += faults(page, f"work-{account}")
            page.goto(f"/mot-cua/ho-so/{self.code}/")
            self.found += faults(page, f"dossier-{account}-{len(self.seen)}")
            if beside := page.locator(f"a[href*='/{self.code}/tep/']").all():
                page.goto(f"{beside[-1].get_attribute('href')}/xem/")
                self.found += faults(page, f"look-{account}")
            self._acts(page)

    def look_for(self, account: str, *slugs: str) -> None:
        """Look only at these acts, each of which must be open."""
        with self.house.visitor(account, javascript=True) as page:
            self._acts(page, slugs)
        assert self.seen >= set(slugs), f"{account} does not see {set(slugs) - self.seen}"

    def do(self, account: str, act: Callable[..., None], *facts: str) -> None:
        """Do an act by the words on its button."""
        with self.house.visitor(account) as page:
            act(page, self.code, *facts)

    def play(self, account: str, slug: str, **typed: str) -> None:
        """Do an act by its address."""
        with self.house.visitor(account) as page:
            officer.play(page, self.code, slug, **typed)

    def _acts(self, page: Page, only: tuple[str, ...] = ()) -> None:
        page.goto(f"/mot-cua/ho-so/{self.code}/")
        for url in [one.get_attribute("href") or "" for one in page.locator(".acts a").all()]:
            slug = url.rstrip("/").rpartition("/")[2]
            if slug not in self.seen and (not only or slug in only):
                self.seen.add(slug)
                page.goto(url)
                self.found += page_and_errors(page, f"act-{slug}")
