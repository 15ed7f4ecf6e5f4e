"""A passkey of an officer: enrolled, signed in with, signed a paper with, removed.

The key is a virtual one of the browser. WebAuthn wants a script and a secure context; `localhost` is one.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Page

from motcua.project.demo.accounts import DEMO_PASSWORD
from tests.e2e import citizen, officer
from tests.e2e.axe import faults
from tests.e2e.people import House, follow, sign_in
from tests.e2e.sheets import picture
from tests.runtime.machine import motcua, wait_for

LEADER = "lanhdao"
DRAFT = "Đăng ký khai sinh cho cháu Ban Mai."
_KEY, _NEW_NAME = "Máy của lãnh đạo", "Máy ở phòng họp"


def _give_key(page: Page) -> None:
    """Plug a key with a fingerprint reader into the browser: it stays there as long as the page is open."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    session.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "internal",
                "hasResidentKey": True,
                "hasUserVerification": True,
                "isUserVerified": True,
                "automaticPresenceSimulation": True,
            }
        },
    )


@contextmanager
def _window(house: House) -> Iterator[Page]:
    """A window with scripts and a key, nobody signed in."""
    with house.visitor(javascript=True) as page:
        _give_key(page)
        yield page


def test_an_officer_signs_with_a_passkey(house: House) -> None:
    with house.visitor("congdan") as page:
        code = citizen.hand_in(page, citizen.BIRTH)
    with house.visitor("tiepnhan") as page:
        officer.receive(page, code)
    with house.visitor("chuyenvien") as page:
        officer.appraise(page, code, DRAFT)
    with _window(house) as page:
        _enrol(page)
        _sign_out(page)
        _sign_in_by_key(page)
        _sign_later(house, page, code)
        _remove(page)
        _sign_out(page)
        sign_in(page, LEADER)
        assert page.url.endswith("/mot-cua/"), "without the key the password alone is enough again"


def test_who_signs_is_obliged_and_reminded(house: House) -> None:
    with house.visitor("quantri", javascript=True) as page:
        _oblige(page, "Hệ thống thông tin cấp độ 3", check=True)
        assert "Đang bắt buộc" in page.locator("main").inner_text()
        assert faults(page, "factor-rule") == []
    try:
        with house.visitor(LEADER, javascript=True) as page:
            page.goto("/mot-cua/")
            wait_for(lambda: page.reload() and _REMINDER in page.locator("main").inner_text(), seconds=60)
            follow(page.get_by_role("link", name="Đặt bây giờ"))
            assert faults(page, "factor-needed") == []
            follow(page.get_by_role("link", name="Để sau"))
            assert page.url.endswith("/mot-cua/")
    finally:
        with house.visitor("quantri") as page:
            _oblige(page, "Thử xong", check=False)


def test_the_overseer_checks_the_journal(house: House) -> None:
    mark = "from django.utils import timezone; from motcua.journal.actions.anchor import set_anchor; "
    done = motcua("manage", "shell", "-c", f"{mark}set_anchor(at=timezone.now())", MOTCUA_DATA=str(house.folder))
    assert done.returncode == 0, done.stderr
    with house.visitor("giamsat", javascript=True) as page:
        page.goto("/giam-sat/kiem-tra/")
        follow(page.get_by_role("button", name="Kiểm tra ngay"))
        assert "Nhật ký nguyên vẹn" in page.locator("main").inner_text()
        assert faults(page, "journal-check") == []


_REMINDER = "phải có bảo mật hai lớp trước"


def _oblige(page: Page, reason: str, *, check: bool) -> None:
    page.goto("/quan-tri/bao-mat/")
    page.get_by_label("Người ký duyệt").set_checked(check)
    page.get_by_label("Số ngày chuẩn bị").fill("14")
    page.get_by_label("Lý do").fill(reason)
    follow(page.get_by_role("button", name="Đặt", exact=True))
    assert "Đã đặt quy định bảo mật hai lớp." in page.locator("main").inner_text()


def _enrol(page: Page) -> None:
    sign_in(page, LEADER)
    page.goto("/tai-khoan/bao-mat/")
    assert faults(page, "mfa-index") == []
    follow(page.get_by_role("link", name="Thêm khóa bảo mật"))
    _confirm_password(page)
    page.get_by_label("Tên khóa").fill(_KEY)
    page.get_by_label("Dùng khóa này để đăng nhập không cần mật khẩu").check()
    assert faults(page, "mfa-add-webauthn") == []
    follow(page.get_by_role("button", name="Thêm khóa"))
    assert faults(page, "mfa-recovery-codes") == []
    page.goto("/tai-khoan/bao-mat/khoa/")
    assert _KEY in page.locator("main").inner_text()
    assert faults(page, "mfa-list-webauthn") == []
    follow(page.get_by_role("link", name="Đổi tên"))
    page.get_by_label("Tên khóa").fill(_NEW_NAME)
    assert faults(page, "mfa-edit-webauthn") == []
    follow(page.get_by_role("button", name="Đổi tên"))


def _confirm_password(page: Page) -> None:
    """Type the password again where the house asks for it, which it does when the last proof is old."""
    if "/xac-nhan/" in page.url:
        page.fill("[name=password]", DEMO_PASSWORD)
        follow(page.locator("main button").first)


def _sign_out(page: Page) -> None:
    page.goto("/tai-khoan/")
    follow(page.get_by_role("button", name="Đăng xuất"))


def _sign_in_by_key(page: Page) -> None:
    page.goto("/tai-khoan/dang-nhap/")
    picture(page, "khoa-dang-nhap")
    follow(page.get_by_role("button", name="Đăng nhập bằng khóa trên máy"))
    page.wait_for_url("**/mot-cua/")


def _sign_later(house: House, page: Page, code: str) -> None:
    """The proof has become old: the house asks again before a paper is signed, and the key is enough."""
    _let_the_proof_grow_old(house, page)
    officer.choose(page, code, "Phê duyệt")
    assert "/xac-nhan/" in page.url, page.url
    follow(page.get_by_role("link", name="Dùng khóa bảo mật"))
    assert faults(page, "mfa-reauthenticate-webauthn") == []
    follow(page.get_by_role("button", name="Dùng khóa"))
    assert page.url.endswith(f"/mot-cua/ho-so/{code}/phe-duyet/"), page.url
    assert DRAFT in page.locator("main").inner_text()
    follow(page.locator("main form button", has_text="Phê duyệt"))
    officer.did(page, "Đã phê duyệt kết quả.")
    picture(page, "khoa-da-phe-duyet")


_AGE = """
from importlib import import_module
from django.conf import settings
session = import_module(settings.SESSION_ENGINE).SessionStore({key!r})
proofs = session["account_authentication_methods"]
session["account_authentication_methods"] = [proof | {{"at": proof["at"] - 3600}} for proof in proofs]
session.save()
"""


def _let_the_proof_grow_old(house: House, page: Page) -> None:
    """Let an hour pass for what the session knows of how the officer proved who they are."""
    key = next(one["value"] for one in page.context.cookies() if one["name"] == "sessionid")
    done = motcua("manage", "shell", "-c", _AGE.format(key=key), MOTCUA_DATA=str(house.folder))
    assert done.returncode == 0, done.stderr


def _remove(page: Page) -> None:
    page.goto("/tai-khoan/bao-mat/khoa/")
    follow(page.get_by_role("link", name=re.compile(f"Gỡ.*{_NEW_NAME}")))
    assert faults(page, "mfa-remove-webauthn") == []
    follow(page.get_by_role("button", name="Gỡ"))
    page.goto("/tai-khoan/bao-mat/")
    assert "Chưa có" in page.locator("main").inner_text()
