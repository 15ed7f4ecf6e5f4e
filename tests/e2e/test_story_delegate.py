"""A morning of the deputy: what the chair may sign is lent to him, and sixty dossiers wait for a signature."""

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page

from motcua.project.demo.accounts import DEMO_PASSWORD
from tests.e2e import officer
from tests.e2e.axe import faults
from tests.e2e.citizen import press
from tests.e2e.days import Days, clock_of, days, quiet_monday, wait_for_words
from tests.e2e.people import House, follow
from tests.e2e.sheets import look_at_paper, picture, words_of
from tests.runtime.machine import environment

LENT, APPROVALS = "/mot-cua/uy-quyen/", "/mot-cua/phe-duyet/"
DECISION = "412/QĐ-UBND"
CHAIR, DEPUTY = "Hoàng Mạnh Cường", "Nguyễn Minh Châu"
REASON = "Nêu rõ điều khoản làm căn cứ từ chối rồi trình lại."
SORRY = "Bộ phận chuyên môn trình ký muộn."
MANY = 60
LATE, NEGATIVE, AGAIN = "Quá hạn", "Kết quả là từ chối giải quyết.", "Dự thảo đã sửa, đây là phiên bản số 2."
FILE, CORRECTED = "Dự thảo nằm trong tệp", "Có đề nghị đính chính đang chờ duyệt."


@pytest.fixture(scope="module")
def morning(demo_folder: Path, tmp_path_factory: pytest.TempPathFactory, browser: Browser) -> Iterator[Days]:
    folder, since = tmp_path_factory.mktemp("morning") / "data", quiet_monday()
    shutil.copytree(demo_folder, folder)
    done = subprocess.run(
        [sys.executable, "-m", "tests.e2e.morning", str(folder)],
        env=environment(**clock_of(folder, since)),
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    with days(folder, browser, since=since) as opened:
        yield opened


def test_a_deputy_signs_for_the_chair(morning: Days) -> None:
    house = morning.house
    found = _the_chair_lends(house, morning.now)
    found += _the_deputy_sees_the_morning(house)
    exceptions, approved, faulty = _one_press_for_many(morning)
    found += faulty + _exceptions_one_by_one(house, exceptions, morning.now)
    found += _the_chair_sees(house, approved, exceptions[NEGATIVE])
    found += _the_paper_says_so(house, approved)
    found += _the_auditor_sees(house, approved)
    assert not found, "\n".join(found)


def _the_chair_lends(house: House, now: datetime) -> list[str]:
    """The old delegation ends with a reason; the new one names scope, decision, beginning and end."""
    with house.visitor("lanhdao", javascript=True) as page:
        page.goto(LENT)
        found = faults(page, "lanh-dao-uy-quyen")
        follow(page.get_by_role("link", name=re.compile("Chấm dứt")).first)
        page.get_by_label("Lý do").fill("Thay bằng quyết định phân công mới.")
        found += faults(page, "lanh-dao-cham-dut")
        press(page, "Chấm dứt ngay")
        officer.did(page, "Đã chấm dứt; hai bên đều được báo.")
    with house.visitor("phochutich") as page:
        answer = page.goto(APPROVALS)
        assert answer is not None
        assert answer.status == 403
        picture(page, "pho-chu-tich-chua-duoc-giao")
    with house.visitor("lanhdao", javascript=True) as page:
        page.goto(LENT)
        follow(page.get_by_role("link", name="Giao quyền", exact=True))
        _fill_in(page, now)
        press(page, "Giao quyền")
        assert "Chưa có số, ký hiệu của văn bản giao quyền." in page.locator("main").inner_text()
        found += faults(page, "lanh-dao-giao-quyen-loi")
        page.get_by_label("Số, ký hiệu văn bản giao quyền").fill(DECISION)
        found += faults(page, "lanh-dao-giao-quyen")
        press(page, "Giao quyền")
        officer.did(page, "Đã giao quyền; hai bên đều được báo.")
        told = page.locator("main").inner_text()
        for words in (DECISION, DEPUTY, CHAIR, "Hộ tịch", "Đang có hiệu lực", "KT."):
            assert words in told, told
        return found + faults(page, "lanh-dao-da-giao-quyen")


def _fill_in(page: Page, now: datetime) -> None:
    page.get_by_label("Ký thay (KT.)").check()
    receiver = page.get_by_label("Bên nhận")
    receiver.select_option(label=next(one for one in receiver.locator("option").all_inner_texts() if DEPUTY in one))
    page.get_by_label("Lãnh đạo cơ quan").check()
    page.get_by_label("Chỉ trong các lĩnh vực").select_option(label=["Hộ tịch"])
    page.get_by_label("Đến trước").fill(f"17:00 {now + timedelta(days=4):%d/%m/%Y}")
    page.get_by_label("Ngày văn bản").fill(f"{now - timedelta(days=3):%d/%m/%Y}")
    page.get_by_label("Lý do").fill("Chủ tịch đi công tác trong tuần.")


def _the_deputy_sees_the_morning(house: House) -> list[str]:
    with house.visitor("phochutich", javascript=True) as page:
        wait_for_words(page, "/mot-cua/thong-bao/", DECISION)
        picture(page, "pho-chu-tich-duoc-bao")
        page.goto("/mot-cua/")
        band = page.locator(".acting").inner_text()
        assert f"ký thay Chủ tịch Ủy ban nhân dân {CHAIR}" in band, band
        assert "17:00" in band, band
        found = faults(page, "pho-chu-tich-viec-cua-toi")
        page.goto(APPROVALS)
        assert page.locator("input[name=chon]").count() >= MANY
        return found + faults(page, "pho-chu-tich-cho-ky")


def _one_press_for_many(morning: Days) -> tuple[dict[str, str], str, list[str]]:
    """Exceptions stand first and are not ticked; the others are signed by one press, with a fresh proof."""
    with morning.house.visitor("phochutich", javascript=True) as page:
        page.goto(APPROVALS)
        follow(page.get_by_role("link", name="Đánh dấu tất cả"))
        press(page, "Xem lại các hồ sơ đã chọn")
        differing, plain = page.locator("[aria-labelledby=khac-biet]"), page.locator("[aria-labelledby=thuong]")
        exceptions = {why: _code_of(differing, why) for why in (LATE, NEGATIVE, AGAIN, FILE, CORRECTED)}
        assert page.locator("main").inner_text().index("Cần xem riêng") < page.locator("main").inner_text().index(
            "Không có gì khác biệt"
        )
        assert not differing.locator("input[name=lam]:checked").count()
        number = plain.locator("input[name=lam]:checked").count()
        assert number >= MANY - len(exceptions)
        assert number == plain.locator("input[name=lam]").count()
        approved = plain.locator("li strong.code").first.inner_text()
        found = faults(page, "pho-chu-tich-xem-lai-lo")
        page.get_by_label("Ý kiến phê duyệt chung").fill("Đồng ý.")
        morning.pass_minutes(20)
        press(page, "Phê duyệt các hồ sơ đã đánh dấu")
        _prove_again(page)
        _wait_for_the_last(page, number)
        assert exceptions[NEGATIVE] not in page.locator("main").inner_text()
        return exceptions, approved, found + faults(page, "pho-chu-tich-da-ky-lo")


def _code_of(differing: Locator, why: str) -> str:
    row = differing.locator("li:has(.differs)").filter(has_text=why).first
    return row.locator("strong.code").first.inner_text()


def _prove_again(page: Page) -> None:
    assert "Xác nhận mật khẩu" in page.locator("h1").inner_text(), page.url
    picture(page, "pho-chu-tich-xac-nhan-lai")
    page.get_by_label("Mật khẩu").first.fill(DEMO_PASSWORD)
    press(page, "Xác nhận")


def _wait_for_the_last(page: Page, number: int) -> None:
    """The press works some seconds and shows how far it came; whoever does not want to wait presses on."""
    go_on = page.get_by_role("button", name="Làm tiếp")
    for _ in range(MANY):
        if not go_on.count():
            break
        follow(go_on)
    officer.did(page, "Tất cả đã xong.")
    assert f"Đã phê duyệt {number}/{number} hồ sơ" in page.locator("h1").inner_text()


def _exceptions_one_by_one(house: House, exceptions: dict[str, str], now: datetime) -> list[str]:
    """One goes back with a reason; for the late one the applicant gets a letter, signed KT.; the others are signed."""
    with house.visitor("phochutich", javascript=True) as page:
        officer.choose(page, exceptions[NEGATIVE], "Trả lại bước trước")
        assert CHAIR in page.locator("main form .acting").inner_text()
        page.get_by_label("Lý do trả lại").fill(REASON)
        found = faults(page, "pho-chu-tich-tra-lai")
        press(page, "Trả lại")
        officer.did(page, "Đã trả lại bước trước.")
        _say_sorry(page, exceptions[LATE], now)
        for why in (AGAIN, FILE, LATE):
            _approve_in_his_name(page, exceptions[why])
        picture(page, "pho-chu-tich-da-ky-rieng")
        page.goto(APPROVALS)
        assert exceptions[CORRECTED] in page.locator("main").inner_text()
    with house.visitor("chuyenvien") as page:
        officer.open_dossier(page, exceptions[NEGATIVE])
        assert REASON in page.locator("main").inner_text()
        picture(page, "chuyen-vien-duoc-tra-lai")
    return found


def _approve_in_his_name(page: Page, code: str) -> None:
    officer.choose(page, code, "Phê duyệt")
    assert CHAIR in page.locator("main form .acting").inner_text()
    follow(page.locator("main form button", has_text="Phê duyệt"))
    officer.did(page, "Đã phê duyệt kết quả.")


def _say_sorry(page: Page, code: str, now: datetime) -> None:
    officer.choose(page, code, "Xin lỗi vì trễ hạn")
    page.get_by_label("Nguyên nhân").select_option(label="Cán bộ, cơ quan xử lý chậm")
    page.get_by_label("Lý do nói với người nộp").fill(SORRY)
    page.get_by_label("Hẹn trả mới").fill(f"{now + timedelta(days=1):%d/%m/%Y}")
    press(page, "Ký văn bản xin lỗi (Mẫu 04)")
    officer.did(page, "Đã gửi văn bản xin lỗi cho người nộp.")
    link = page.locator("main a[href*='/giay/']").filter(has_text=re.compile("xin lỗi", re.IGNORECASE)).first
    letter = link.get_attribute("href") or ""
    told = words_of(page, letter)
    look_at_paper(page, letter, "mau-04-kt")
    assert re.search(rf"KT\. CHỦ TỊCH .*PHÓ CHỦ TỊCH .*{DEPUTY}", told), told


def _the_chair_sees(house: House, approved: str, returned: str) -> list[str]:
    """What was done with the chair's powers: how much of what, dossier by dossier."""
    with house.visitor("lanhdao", javascript=True) as page:
        page.goto(LENT)
        row = page.get_by_role("row").filter(has_text=DECISION)
        assert int(re.findall(r"\d+", row.locator("[data-label='Việc đã làm']").inner_text())[0]) >= MANY
        found = faults(page, "lanh-dao-da-dung")
        follow(row.get_by_role("link").first)
        told = page.locator("main").inner_text()
        done = re.search(r"Phê duyệt: (\d+)", told)
        assert done, told[:1500]
        assert int(done[1]) >= MANY - 2
        assert "Trả lại bước trước: 1" in told
        assert approved in told
        assert returned in told
        assert DEPUTY in told
        return found + faults(page, "lanh-dao-viec-da-lam")


def _the_paper_says_so(house: House, code: str) -> list[str]:
    """Number, seal and the paper that goes with the result name who signed, and for whom."""
    with house.visitor("vanthu") as page:
        officer.seal(page, code, code[-4:])
        assert f"Người ký: {DEPUTY}, KT. CHỦ TỊCH" in page.locator("main").inner_text()
        picture(page, "van-thu-dong-dau-kt")
    with house.visitor("tiepnhan") as page:
        officer.collect(page, code)
        officer.deliver(page, code)
        sheet = f"/mot-cua/ho-so/{code}/phieu-kiem-soat.pdf"
        told = words_of(page, sheet)
        look_at_paper(page, sheet, "mau-06-kt")
        assert DEPUTY in told
    return []


def _the_auditor_sees(house: House, code: str) -> list[str]:
    """Both names stand in the journal: who signed, and whose right it was."""
    with house.visitor("giamsat", javascript=True) as page:
        page.goto("/giam-sat/uy-quyen/")
        found = faults(page, "giam-sat-uy-quyen")
        row = page.get_by_role("row").filter(has_text=DECISION)
        follow(row.get_by_role("link").first)
        told = page.locator("main").inner_text()
        assert CHAIR in told
        assert DEPUTY in told
        found += faults(page, "giam-sat-mot-uy-quyen")
        page.goto(f"/giam-sat/ho-so/{code}/")
        officer.say_why(page, "Kiểm tra việc ký thay theo quyết định 412/QĐ-UBND.")
        follow(page.get_by_role("link", name=re.compile(r"\. Phê duyệt")))
        who = page.locator(".now").inner_text()
        assert DEPUTY in who, who
        assert CHAIR in who, who
        picture(page, "giam-sat-nhat-ky-kt")
    return found
