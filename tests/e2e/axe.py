"""What a page must be for everybody: nothing that axe finds, nothing that one has to scroll sideways for."""

import json
from importlib.resources import files

from playwright.sync_api import Page

from tests.e2e.people import DESKTOP, PHONE, TABLET
from tests.e2e.sheets import picture

AXE_SCRIPT = files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")
WIDTHS = (DESKTOP, TABLET, PHONE)
TAGS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
RUN = f"""async () => {{
  const found = await axe.run(document, {{runOnly: {json.dumps(TAGS)}, resultTypes: ["violations"]}});
  return found.violations.map(one => one.id + ": " + one.nodes.slice(0, 3).map(node => node.html).join(" | "));
}}"""
SIDEWAYS = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"


def faults(page: Page, name: str) -> list[str]:
    """What is wrong with the open page at three widths, each fault named after the page and the width."""
    page.evaluate(AXE_SCRIPT)
    found = []
    for size in WIDTHS:
        page.set_viewport_size(size)
        picture(page, f"{name}-{size['width']}")
        wrong = page.evaluate(RUN)
        if (extra := page.evaluate(SIDEWAYS)) > 0:
            wrong.append(f"{extra} px wider than the screen")
        found += [f"{name} at {size['width']}: {one}" for one in wrong]
    page.set_viewport_size(DESKTOP)
    return found
