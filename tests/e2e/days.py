"""Stories that last for days: an installation on a machine whose clock the test turns."""

import csv
import http.client
import os
import signal
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from email.utils import parsedate_to_datetime
from importlib.resources import files
from pathlib import Path

from playwright.sync_api import Browser, Page

from motcua.deadlines.terms import VIET_NAM
from tests.e2e.people import House
from tests.runtime.machine import Up, processes_of, wait_for

#: The timer of the house looks every minute, the outbox every half second; machines of tests are slow.
PATIENCE_SECONDS = 150
_LOOKS_AHEAD = timedelta(days=16)


@dataclass
class Days:
    """A house and the clock of its machine, which only goes forward."""

    house: House
    file: Path

    @property
    def now(self) -> datetime:
        """What the clock of the house says, in Vietnam."""
        return datetime.fromtimestamp(time.time() + float(self.file.read_text(encoding="utf-8")), VIET_NAM)

    def is_obeyed(self) -> bool:
        """Whether the house tells the time of this clock."""
        connection = http.client.HTTPConnection(self.house.url.removeprefix("http://"), timeout=60)
        with closing(connection):
            connection.request("GET", "/tra-cuu/")
            told = parsedate_to_datetime(connection.getresponse().headers["Date"])
        return abs(told - self.now) < timedelta(minutes=1)

    def turn_to(self, moment: datetime) -> None:
        """Turn the clock; everybody has to sign in anew, as on another day.

        The timer of the house begins anew as well: it would otherwise make up for every minute that was left out.
        """
        assert moment > self.now, f"{moment} has passed"
        _write(self.file, moment)
        for pid in processes_of(self.house.folder):
            with suppress(FileNotFoundError, ProcessLookupError):  # it has just ended
                if Path(f"/proc/{pid}/cmdline").read_bytes().endswith(b"motcua\0worker\0"):
                    os.kill(pid, signal.SIGTERM)
        self.house.cookies.clear()
        self.house.signed_in_at.clear()

    def pass_minutes(self, minutes: int) -> None:
        """Let minutes go by for every program that runs; who is signed in stays signed in."""
        _write(self.file, self.now + timedelta(minutes=minutes))
        wanted = self.file.read_text(encoding="utf-8")
        wait_for(lambda: all(float(told or "nan") == float(wanted) for told in self._followers()))

    def _followers(self) -> list[str]:
        """Return which number each living program says it follows."""
        said = [one for one in self.file.parent.glob(f"{self.file.name}.*") if one.suffix[1:].isdigit()]
        return [one.read_text(encoding="utf-8") for one in said if _is_python(one.suffix[1:])]


@contextmanager
def days(folder: Path, browser: Browser, *, since: datetime) -> Iterator[Days]:
    """Open the installation in `folder` at the moment `since`, on a port of its own."""
    clock = clock_of(folder, since)
    with Up(folder, "--port", "18540", MOTCUA_IDLE_MINUTES="0", **clock) as up:
        up.wait_until_open()
        opened = Days(House(f"http://localhost:{up.port}", browser, folder), Path(clock["CLOCK_AHEAD_FILE"]))
        assert opened.is_obeyed(), "the programs of the house do not follow the clock of the test"
        yield opened


def clock_of(folder: Path, since: datetime) -> dict[str, str]:
    """Set the clock beside the data folder; return the environment of programs that are to follow it."""
    file = folder.with_name(f"{folder.name}.clock")
    _write(file, since)
    return {"PYTHONPATH": str(Path(__file__).with_name("clock")), "CLOCK_AHEAD_FILE": str(file)}


def _is_python(pid: str) -> bool:
    """Whether the process lives and has not become another program, as the starter of a database does."""
    try:
        return "python" in Path("/proc", pid, "exe").readlink().name
    except OSError:
        return False


def _write(file: Path, moment: datetime) -> None:
    new = file.with_suffix(".new")
    new.write_text(str(moment.timestamp() - time.time()), encoding="utf-8")
    os.replace(new, file)


def quiet_monday() -> datetime:
    """Return 8:30 of the next Monday after which more than two weeks have no holiday in them."""
    text = files("motcua.deadlines").joinpath("data", "days.csv").read_text(encoding="utf-8")
    special = {date.fromisoformat(row["date"]) for row in csv.DictReader(text.splitlines())}
    day = datetime.now(UTC).astimezone(VIET_NAM).date()
    day += timedelta(days=7 - day.weekday())
    while any(day <= one <= day + _LOOKS_AHEAD for one in special):
        day += timedelta(days=7)
    return datetime(day.year, day.month, day.day, 8, 30, tzinfo=VIET_NAM)


def wait_for_words(page: Page, url: str, words: str) -> None:
    """Open the page again and again until it says these words."""
    until = time.monotonic() + PATIENCE_SECONDS
    page.goto(url)
    while words not in page.locator("main").inner_text():
        assert time.monotonic() < until, f"{url} does not say: {words}\n{page.locator('main').inner_text()[:1500]}"
        page.wait_for_timeout(500)
        page.goto(url)
