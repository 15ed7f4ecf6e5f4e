"""Certificates, trust services and seals in the back office: what an administrator opens, at three widths."""

import re

from playwright.sync_api import Page

from tests.e2e.axe import faults
from tests.e2e.people import House
from tests.pki import PIN, demo_pki

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


def test_the_pages_of_keys(house: House) -> None:
    """An officer puts in a key that waits, an administrator declares a remote service and looks at what waits."""
    found, mine = [], "/tai-khoan/khoa-ky/toi/"
    with house.visitor("lanhdao", javascript=True) as page:
        found += _looked_at(page, mine, "keys")
        found += _looked_at(page, f"{mine}tep/", "key-file")
        content = demo_pki().pkcs12(demo_pki().officer("Hoàng Mạnh Cường", "Ủy ban nhân dân phường Hồng Gai"))
        page.set_input_files("[name=file]", {"name": "khoa.p12", "mimeType": "application/x-pkcs12", "buffer": content})
        page.fill("[name=pin]", PIN)
        page.click("main form.form button.btn")
        page.wait_for_url(f"**{mine}")
        found += faults(page, "key-waits")
        found += _looked_at(page, f"{mine}tai-may/", "key-agent")
        found += _looked_at(page, f"{mine}tu-xa/", "key-remote")
    with house.visitor("quantri", javascript=True) as page:
        offer = _first(page, f"{CERTIFICATES}khoa-cho/", rf"({CERTIFICATES}khoa-cho/\d+/)")
        found += _looked_at(page, offer, "key-offer")
        found += _looked_at(page, f"{offer}tu-choi/", "key-offer-refused")
        found += _looked_at(page, f"{CERTIFICATES}ky-tu-xa/them/", "signing-service-new")
        said = {"name": "Ký số thử", "url": "http://127.0.0.1:9", "client_id": "motcua", "secret": "bí-mật"}
        for name, value in (said | {"reason": "Hợp đồng 01"}).items():
            page.fill(f"[name={name}]", value)
        page.click("main form.form button.btn")
        page.wait_for_url(re.compile(rf"{CERTIFICATES}ky-tu-xa/\d+/$"))
        service = _first(page, f"{CERTIFICATES}ky-tu-xa/", rf"({CERTIFICATES}ky-tu-xa/\d+/)")
        found += _looked_at(page, service, "signing-service")
        for part in ("sua", "ngung"):
            found += _looked_at(page, f"{service}{part}/", f"signing-service-{part}")
    assert not found, "\n".join(found)


def _looked_at(page: Page, address: str, name: str) -> list[str]:
    page.goto(address)
    return faults(page, name)


def _first(page: Page, start: str, pattern: str) -> str:
    page.goto(start)
    found = re.search(pattern, page.content())
    assert found, f"{start}: no link like {pattern}"
    return found[1]
