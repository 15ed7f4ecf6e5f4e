"""Certificates, trust services and seals in the back office: what an administrator opens, at three widths."""

import re

from playwright.sync_api import Page

from tests.e2e.axe import faults
from tests.e2e.people import House

CERTIFICATES = "/quan-tri/chung-thu/"


def test_the_pages_about_certificates(house: House) -> None:
    found = []
    with house.visitor("quantri", javascript=True) as page:
        one = _first(page, CERTIFICATES, rf"({CERTIFICATES}\d+/)")
        found += _looked_at(page, one, "certificate")
        found += _looked_at(page, f"{one}khoa/", "certificate-key")
        about = _first(page, one, rf"({one}(?!khoa|kiem-tra)[a-z-]+/)")
        found += _looked_at(page, about, "certificate-about")
        page.locator("main form textarea, main form input[name=reason]").first.fill("Máy tính giữ khóa bị hỏng")
        page.locator("main form[method=post] button").last.click()
        found += faults(page, "certificate-asked")
        found += _looked_at(page, f"{CERTIFICATES}de-nghi/", "certificate-requests")
        services = f"{CERTIFICATES}dich-vu/"
        found += _looked_at(page, _first(page, services, rf"({CERTIFICATES}dich-vu/\d+/ngung/)"), "service-end")
        found += _looked_at(page, _first(page, services, rf"({CERTIFICATES}quy-dinh/[a-z-]+/)"), "trust-rule")
    assert not found, "\n".join(found)


def test_the_picture_of_the_seal(house: House) -> None:
    with house.visitor("vanthu", javascript=True) as page:
        address = _first(page, "/tai-khoan/", r"(/tai-khoan/con-dau/\d+/)")
        assert not _looked_at(page, address, "seal-image")


def _looked_at(page: Page, address: str, name: str) -> list[str]:
    page.goto(address)
    return faults(page, name)


def _first(page: Page, start: str, pattern: str) -> str:
    page.goto(start)
    found = re.search(pattern, page.content())
    assert found, f"{start}: no link like {pattern}"
    return found[1]
