"""What the people at the cash desk do, and what the ledger itself says, asked behind the pages' back."""

import io
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import psycopg
from playwright.sync_api import Page
from python_calamine import CalamineWorkbook

from motcua.project.runtime.postgres import EmbeddedPostgres
from tests.e2e import officer
from tests.e2e.citizen import press
from tests.e2e.people import House, follow

TILL = "/mot-cua/quay-thu/"
DAILY = f"{TILL}doi-soat/"
STATEMENTS = f"{TILL}sao-ke/"
NOTES = (500_000, 200_000, 100_000, 50_000, 20_000, 10_000, 5_000, 2_000, 1_000, 500, 200)
_DAY_OF_LEDGER = """
    SELECT coalesce(-sum(e.amount) FILTER (WHERE coalesce(c.kind, e.kind) = 'paid' AND p.method = %(method)s), 0),
           coalesce(sum(e.amount) FILTER (WHERE coalesce(c.kind, e.kind) = 'refunded'
                                          AND e.details ->> 'method' = %(method)s), 0)
    FROM payments_entry e JOIN payments_bill b ON b.id = e.bill_id JOIN agencies_unit u ON u.id = b.unit_id
    LEFT JOIN payments_entry c ON c.id = e.counters_id LEFT JOIN payments_payment p ON p.id = e.payment_id
    WHERE u.slug = 'phuong-hong-gai'
      AND (e.at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date = (now() AT TIME ZONE 'Asia/Ho_Chi_Minh')::date
"""

_OFFICERS = """
    SELECT a.username, a.full_name
    FROM identity_posting g JOIN identity_account a ON a.id = g.account_id
    JOIN agencies_post p ON p.id = g.post_id JOIN agencies_unit u ON u.id = p.unit_id
    WHERE u.slug = %(unit)s AND %(right)s = ANY(p.rights) AND a.username <> %(beside)s ORDER BY a.id LIMIT 1
"""


@dataclass(frozen=True, slots=True)
class Day:
    """What came and went back on one day by one way, đồng."""

    came: int
    back: int


NOTHING = Day(0, 0)


def take_in(page: Page, procedure: str, person: tuple[str, str], **more: str) -> str:
    """Take a dossier in at the counter and pass it on; `person` is name and number, `more` are fields by name.

    Returns its code.
    """
    name, number = person
    page.goto(f"/mot-cua/tiep-nhan/{procedure}/")
    fill(page, {"owner.name": name, "owner.personal_id": number, "owner.phone": "0912345678", **more})
    for box in page.locator(".component[data-required] > .choice > input").all():
        box.check()
    press(page, "Tiếp nhận và chuyển")
    if page.locator("[name=confirmed_duplicate]").count():
        page.locator("[name=confirmed_duplicate]").check()
        press(page, "Tiếp nhận và chuyển")
    found = re.search(r"/ho-so/([^/]+)/bien-nhan/", page.url)
    assert found, page.locator(".summary").all_inner_texts()
    return found[1]


def act(page: Page, code: str, name: str, button: str, said: Mapping[str, str], done: str) -> None:
    """Do an act with these fields by its button; the dossier says it is done."""
    officer.choose(page, code, name)
    fill(page, said)
    press(page, button)
    officer.did(page, done)


def fill(page: Page, said: Mapping[str, str]) -> None:
    """Fill fields by their names, whatever kind they are."""
    for name, value in said.items():
        one = page.locator(f"[name='{name}']")
        if one.first.get_attribute("type") in {"radio", "checkbox"}:
            one.and_(page.locator(f"[value='{value}']")).check()
        elif one.evaluate("it => it.tagName") == "SELECT":
            one.select_option(value)
        else:
            one.fill(value)


def notes_for(amount: int) -> dict[int, int]:
    """The fewest notes that make this sum."""
    found = {}
    for note in NOTES:
        found[note], amount = divmod(amount, note)
    assert not amount
    return {note: number for note, number in found.items() if number}


def count(page: Page, amount: int, **more: str) -> None:
    """Count notes of this sum on the open page of a shift, and close it."""
    fill(page, {f"note_{note}": "" for note in NOTES})
    fill(page, {f"note_{note}": str(number) for note, number in notes_for(amount).items()} | more)
    press(page, "Chốt ca")


def close_what_is_open(page: Page) -> None:
    """Close a shift left over from before, counted to the đồng."""
    page.goto(TILL)
    while page.get_by_role("link", name="Đếm tiền, chốt ca").count():
        follow(page.get_by_role("link", name="Đếm tiền, chốt ca").first)
        count(page, dong(page.locator("main").inner_text(), r"Phải có theo sổ\s+([\d.]+) đồng"))
        page.goto(TILL)


def dong(text: str, pattern: str) -> int:
    """The sum that the pattern finds in a text."""
    found = re.search(pattern, text)
    assert found, text
    return int(re.sub(r"\D", "", found[1]))


def money_in(cell: str) -> int:
    """A cell like "1.250.000" or "−3.000" as a number."""
    bare = cell.strip().replace("−", "-").replace(".", "")
    return int(bare)


def figures(page: Page) -> dict[str, Day]:
    """What the page of the day says, by way and by kind of fee; what had no movement is not shown."""
    page.goto(DAILY)
    rows = page.locator("main table.figures tbody tr").all()
    found = {}
    for row in rows:
        name, (came, back, left) = row.locator("th").inner_text(), row.locator("td").all_inner_texts()
        found[name] = Day(money_in(came), money_in(back))
        assert found[name].came - found[name].back == money_in(left)
    return found


def workbook(page: Page) -> dict[str, list[list[Any]]]:
    """The sheets of the day's Excel file."""
    page.goto(DAILY)
    href = page.get_by_role("link", name="Tải Excel").get_attribute("href")
    answer = page.context.request.get(href or "")
    assert answer.status == 200
    book = CalamineWorkbook.from_filelike(io.BytesIO(answer.body()))
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


def ledger(house: House, method: str) -> Day:
    """What the rows of the ledger say of today, asked in the database itself."""
    came, back = ask(house, _DAY_OF_LEDGER, {"method": method})[0]
    return Day(int(came), int(back))


def officer_at(house: House, unit: str, right: str, *, beside: str = "") -> tuple[str, str]:
    """The account and the name of an officer with that right in the unit, another than `beside`."""
    username, name = ask(house, _OFFICERS, {"unit": unit, "right": right, "beside": beside})[0]
    return str(username), str(name)


def ask(house: House, question: str, values: Mapping[str, object]) -> list[tuple[Any, ...]]:
    """Ask the database of the house."""
    url = EmbeddedPostgres(house.folder / "pg").attached().url()
    with psycopg.connect(url) as connection:
        return connection.execute(question.encode(), values).fetchall()
