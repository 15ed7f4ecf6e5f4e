"""The e-form on the way of handing in: filled in page by page, as the people of the demo answer it."""

import re
from collections.abc import Mapping
from datetime import date
from functools import cache
from random import Random

from django.utils import timezone
from playwright.sync_api import Locator, Page

from motcua.dossiers.rules.application import PartyFacts
from motcua.dossiers.terms import Channel
from motcua.project.demo.answers import declare
from motcua.project.demo.offerings import shipped_packages
from tests.e2e.people import follow

ME = PartyFacts(name="Nguyễn Thị Hoa Ban", personal_id="022190123456", born=date(1990, 5, 19), phone="0912345678")
_MOST_TRIES = 40
_FORM = re.compile(r"/thu-tuc/([^/]+)/nop/\d+/to-khai/")


def fill_in_declaration(page: Page, case: str = "") -> None:
    """Every page of the e-form; nothing where the procedure has none.

    A page may come back with questions that an answer on it calls forth: it is filled in again.
    """
    for _ in range(_MOST_TRIES):
        found = _FORM.search(page.url)
        if found is None:
            return
        fill_in_page(page, answers_to(found[1], case))
        follow(page.locator("main button[name=go][value=next]").last)
    raise AssertionError(f"{page.url}: {page.locator('main').inner_text()[:1500]}")


@cache
def answers_to(code: str, case: str = "") -> Mapping[str, str | list[str]]:
    """What the citizen of the demo answers in a case of a procedure ("": its first), by flat names."""
    definition = shipped_packages()[code]
    case = case or definition.cases[0].key
    return declare(definition, case, ME, channel=Channel.ONLINE, at=timezone.now(), random=Random(code)).typed


def fill_in_page(page: Page, typed: Mapping[str, str | list[str]]) -> None:
    """Answer what the page asks; rows and communes come by their buttons."""
    for name in typed:
        if (row := re.match(r"(\w+)\.\d+\.", name)) and not _of(page, row[0], begins=True).count():
            _press(page, f"row+{row[1]}")
    for name, value in typed.items():
        if name.endswith(".province") and _of(page, name).count():
            _answer(page, name, value)
            _press(page, f"places+{name.removesuffix('.province')}")
    for name, value in typed.items():
        _answer(page, name, value)


def _of(page: Page, name: str, *, begins: bool = False) -> Locator:
    return page.locator(f"main [name{'^' if begins else ''}='{name}']")


def _press(page: Page, go: str) -> None:
    button = page.locator(f"main button[value='{go}']")
    if button.count():
        follow(button.first)


def _answer(page: Page, name: str, value: str | list[str]) -> None:
    asked = _of(page, name)
    if not asked.count():
        return
    kind = asked.first.evaluate("it => it.tagName === 'SELECT' ? 'select' : it.type")
    if kind in {"radio", "checkbox"}:
        for one in [value] if isinstance(value, str) else value:
            if one != "no" or kind == "radio":
                page.locator(f"main [name='{name}'][value='{one}']").check()
    elif kind == "select":
        _choose(asked, str(value))
    elif kind != "file":
        asked.fill(str(value))


def _choose(box: Locator, value: str) -> None:
    """By its value, or by its words; lists of territories say the kind of each in brackets behind its name."""
    values = box.locator("option").evaluate_all("all => all.map(one => [one.value, one.label])")
    chosen = [one for one, label in values if value in {one, label} or value.casefold() == _whole(label)]
    assert chosen, f"{value} is not among {values}"
    box.select_option(value=chosen[0])


def _whole(label: str) -> str:
    """The whole name of a territory, in small letters: "Quảng Ninh (tỉnh)" is tỉnh quảng ninh."""
    name, _, kind = label.removesuffix(")").partition(" (")
    return f"{kind} {name}".casefold()
