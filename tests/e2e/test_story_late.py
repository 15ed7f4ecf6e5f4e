"""A dossier that will be late: reminders, the letter of apology, a new day, and the count of what was late."""

import re
import shutil
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from motcua.deadlines.terms import VIET_NAM
from tests.e2e import citizen, officer
from tests.e2e.axe import faults
from tests.e2e.citizen import press
from tests.e2e.days import Days, days, quiet_monday, wait_for_words
from tests.e2e.people import House, follow
from tests.e2e.sheets import look_at_paper, picture, words_of

GUARDIAN = "1.004837"  # three working days, of which thinking it over takes most
NOTICES, WARD = "/mot-cua/thong-bao/", "Ủy ban nhân dân phường Hồng Gai"
WAITS = "Chờ cơ quan phối hợp, lấy ý kiến, xác minh"
WHY = "Ủy ban nhân dân phường Hà Lầm chưa trả lời xác minh nơi cư trú của cháu."
SLOW = "Cán bộ, cơ quan xử lý chậm"
OWN_FAULT = "Văn bản xác minh đã có nhưng bộ phận chuyên môn trình ký muộn một ngày."
LATE_DONE = "Trễ, đã xong"


@pytest.fixture(scope="module")
def late(demo_folder: Path, tmp_path_factory: pytest.TempPathFactory, browser: Browser) -> Iterator[Days]:
    folder = tmp_path_factory.mktemp("late") / "data"
    shutil.copytree(demo_folder, folder)
    with days(folder, browser, since=quiet_monday()) as opened:
        yield opened


def test_a_late_dossier_is_foreseen_excused_and_counted(late: Days) -> None:
    house, before = late.house, _late_and_done(late.house)
    code, due = _taken_in(house)
    assert due.date() == (late.now + timedelta(days=3)).date()
    found = _foreseen(late, code, due)
    found += _officers_are_reminded(late, code, due)
    monday = _working_day_after(due, 4)
    found += _the_chair_signs(late, code, due, monday)
    found += _the_citizen_is_told(house, code, due, monday)
    tuesday = monday + timedelta(days=1, minutes=15)
    found += _supervisors_hear_of_it(late, code, tuesday)
    found += _the_chair_says_sorry(house, code, tuesday)
    _it_is_finished(house, code)
    assert _late_and_done(house, "nguoi-dan-so-lieu") == before + 1
    found += _supervisors_count_it(house, code, late.now)
    assert not found, "\n".join(found)


def _working_day_after(due: datetime, days_later: int) -> datetime:
    """The same time of day so many days later, in a span without holidays."""
    later = due + timedelta(days=days_later)
    assert later.weekday() == 0, "tests begin on a Monday, the dossier is due on Thursday"
    return later


def _taken_in(house: House) -> tuple[str, datetime]:
    with house.visitor("congdan") as page:
        citizen.tidy(page)
        code = citizen.hand_in(page, GUARDIAN)
    with house.visitor("tiepnhan") as page:
        officer.receive(page, code)
        return code, _due(page)


def _due(page: Page) -> datetime:
    """When the page says the result is promised."""
    told = page.locator("main").inner_text()
    found = re.search(r"Hẹn trả[^\d]*(\d+) giờ ?(\d*), \D*(\d+)/(\d+)/(\d{4})", told)
    assert found, told[:800]
    hour, minute, day, month, year = (int(part or 0) for part in found.groups())
    return datetime(year, month, day, hour, minute, tzinfo=VIET_NAM)


def _day(moment: datetime) -> str:
    return f"{moment:%d/%m/%Y}"


def _foreseen(late: Days, code: str, due: datetime) -> list[str]:
    """On the morning before, the house sees that it cannot be done in time and drafts the letter for the chair."""
    late.turn_to((due - timedelta(days=1)).replace(hour=6, minute=45))
    with late.house.visitor("lanhdao", javascript=True) as page:
        wait_for_words(page, NOTICES, f"Chờ ký văn bản xin lỗi: hồ sơ {code}")
        told = _notice(page, f"Chờ ký văn bản xin lỗi: hồ sơ {code}")
        assert f"{due:%H:%M} ngày {_day(due)}" in told
        assert "Ký chậm nhất một ngày trước" in told
        return faults(page, "lanh-dao-thong-bao")


def _notice(page: Page, subject: str) -> str:
    """What the notice says besides its subject."""
    return page.locator("main ul.notices > li").filter(has_text=subject).first.inner_text()


def _officers_are_reminded(late: Days, code: str, due: datetime) -> list[str]:
    """First whoever has it, a working day before; then their leader, half a working day before."""
    soon = f"Sắp đến hạn: hồ sơ {code}"
    late.turn_to(due - timedelta(days=1) + timedelta(minutes=2))
    with late.house.visitor("chuyenvien", javascript=True) as page:
        wait_for_words(page, NOTICES, soon)
        assert "văn bản xin lỗi và gia hạn phải được ký chậm nhất một ngày trước hạn" in _notice(page, soon)
        picture(page, "chuyen-vien-duoc-nhac")
        follow(page.get_by_role("link", name=soon))
        assert code in page.url
        found = _the_handler_says_why(page, code)
    with late.house.visitor("truongphong") as page:
        page.goto(NOTICES)
        assert soon not in page.locator("main").inner_text()
    late.turn_to((due - timedelta(days=1)).replace(hour=14, minute=50))
    with late.house.visitor("truongphong") as page:
        wait_for_words(page, NOTICES, soon)
        picture(page, "truong-phong-duoc-nhac")
    return found


def _the_handler_says_why(page: Page, code: str) -> list[str]:
    officer.choose(page, code, "Soạn văn bản xin lỗi")
    assert "Dự thảo lần 1" in page.locator("main").inner_text()
    page.get_by_label("Nguyên nhân").select_option(label=WAITS)
    page.get_by_label("Lý do nói với người nộp").fill(WHY)
    found = faults(page, "chuyen-vien-soan-xin-loi")
    press(page, "Lưu dự thảo, trình ký")
    officer.did(page, "chờ lãnh đạo cơ quan ký")
    return found


def _the_chair_signs(late: Days, code: str, due: datetime, monday: datetime) -> list[str]:
    """The chair reads what was drafted, names the day, signs; a day too far or in the past is refused."""
    with late.house.visitor("lanhdao", javascript=True) as page:
        officer.choose(page, code, "Xin lỗi và gia hạn")
        assert page.get_by_label("Nguyên nhân").evaluate("it => it.selectedOptions[0].label") == WAITS
        assert page.get_by_label("Lý do nói với người nộp").input_value() == WHY
        page.get_by_label("Hẹn trả mới").fill(_day(due))
        press(page, "Ký xin lỗi và gia hạn (Mẫu 04)")
        officer.did(page, "Ngày hẹn mới phải sau ngày hẹn cũ")
        found = faults(page, "lanh-dao-ky-xin-loi-loi")
        page.get_by_label("Hẹn trả mới").fill(_day(monday))
        found += faults(page, "lanh-dao-ky-xin-loi")
        press(page, "Ký xin lỗi và gia hạn (Mẫu 04)")
        officer.did(page, "Đã gia hạn và gửi văn bản xin lỗi cho người nộp.")
        assert _due(page) == monday
        picture(page, "lanh-dao-da-ky-xin-loi")
        letter = _letter(page)
        told = words_of(page, letter)
        look_at_paper(page, letter, "mau-04-gia-han")
    for words in (code, citizen.KNOWN["name"], WHY, "Hoàng Mạnh Cường", "CHỦ TỊCH", "xin lỗi Ông/Bà"):
        assert words in told, f"{words}: {told}"
    assert re.search(rf"Đề nghị gia hạn, hẹn trả kết quả vào:? .*?{_long_day(monday)}", told), told
    return found


def _long_day(moment: datetime) -> str:
    return f"ngày {moment:%d} tháng {moment:%m} năm {moment:%Y}"


def _letter(page: Page) -> str:
    """The address of the newest letter of apology on the page."""
    link = page.locator("main a[href*='/giay/']").filter(has_text=re.compile("xin lỗi", re.IGNORECASE)).first
    return link.get_attribute("href") or ""


def _the_citizen_is_told(house: House, code: str, due: datetime, monday: datetime) -> list[str]:
    with house.visitor("congdan", javascript=True) as page:
        wait_for_words(page, "/thong-bao/", f"Xin lỗi và hẹn lại ngày trả hồ sơ {code}")
        picture(page, "cong-dan-thong-bao-xin-loi")
        page.goto(f"/ho-so/{code}/")
        told = page.locator("main").inner_text()
        assert _due(page) == monday
        assert _day(due) in told, "the first day stays known"
        assert "Cơ quan xin lỗi và hẹn lại ngày trả" in told
        assert WHY in told
        found = faults(page, "cong-dan-ho-so-gia-han")
        assert WHY in words_of(page, _letter(page))
    return found


def _supervisors_hear_of_it(late: Days, code: str, tuesday: datetime) -> list[str]:
    """The new day passes as well: the leader hears of it, a working day later those who oversee the ward."""
    late.turn_to(tuesday)
    over = f"Đã quá hạn: hồ sơ {code}"
    with late.house.visitor("giamsat", javascript=True) as page:
        wait_for_words(page, NOTICES, over)
        assert "Nếu chưa có văn bản xin lỗi" in _notice(page, over)
        picture(page, "giam-sat-duoc-nhac")
    with late.house.visitor("truongphong") as page:
        wait_for_words(page, NOTICES, over)
        page.goto("/mot-cua/?loc=qua-han")
        officer.open_dossier(page, code)
        picture(page, "truong-phong-ho-so-qua-han")
        assert "Quá hạn" in page.locator("main").inner_text()
    return []


def _the_chair_says_sorry(house: House, code: str, tuesday: datetime) -> list[str]:
    """A second extension is not open; the chair can only say sorry and keep the next promise."""
    with house.visitor("lanhdao", javascript=True) as page:
        officer.open_dossier(page, code)
        assert not page.locator(".acts").get_by_role("link", name="Xin lỗi và gia hạn").count()
        officer.choose(page, code, "Xin lỗi vì trễ hạn")
        page.get_by_label("Nguyên nhân").select_option(label=SLOW)
        page.get_by_label("Lý do nói với người nộp").fill(OWN_FAULT)
        page.get_by_label("Hẹn trả mới").fill(_day(tuesday + timedelta(days=1)))
        found = faults(page, "lanh-dao-xin-loi-tre")
        press(page, "Ký văn bản xin lỗi (Mẫu 04)")
        officer.did(page, "Đã gửi văn bản xin lỗi cho người nộp.")
        letter = _letter(page)
        told = words_of(page, letter)
        look_at_paper(page, letter, "mau-04-tre-han")
    assert "hồ sơ này được tính là trễ hạn" in told
    assert OWN_FAULT in told
    with house.visitor("congdan", javascript=True) as page:
        wait_for_words(page, "/thong-bao/", f"Xin lỗi vì trễ hạn hồ sơ {code}")
        page.goto(f"/ho-so/{code}/")
        assert OWN_FAULT in page.locator("main").inner_text()
        found += faults(page, "cong-dan-ho-so-tre-han")
    return found


def _it_is_finished(house: House, code: str) -> None:
    with house.visitor("chuyenvien") as page:
        officer.appraise(page, code, "Công nhận bà Nguyễn Thị Hoa Ban là người giám hộ.")
    with house.visitor("lanhdao") as page:
        officer.approve(page, code, "Công nhận bà Nguyễn Thị Hoa Ban là người giám hộ.")
    with house.visitor("vanthu") as page:
        officer.seal(page, code, code[-4:])
    with house.visitor("tiepnhan") as page:
        officer.deliver(page, code)
        picture(page, "tiep-nhan-tra-tre")
        assert "Xong muộn 1 ngày" in page.locator("main").inner_text()


def _late_and_done(house: House, name: str = "") -> int:
    """How many dossiers of the ward were finished late, as everybody may read."""
    with house.visitor(javascript=True) as page:
        page.goto("/so-lieu/")
        if name:
            picture(page, name)
            assert SLOW in page.locator("main").inner_text()
            assert not (wrong := faults(page, name)), wrong
        row = page.get_by_role("row").filter(has_text=WARD)
        return int(row.locator(f"[data-label='{LATE_DONE}']").inner_text()) if row.count() else 0


def _supervisors_count_it(house: House, code: str, now: datetime) -> list[str]:
    """In the list of the ward stands that it was late by both rules, and why."""
    first = f"{now - timedelta(days=9):%d/%m/%Y}"
    with house.visitor("giamsat", javascript=True) as page:
        page.goto(f"/giam-sat/qua-han/?tu={first}")
        assert SLOW in page.locator("main").inner_text()
        found = faults(page, "giam-sat-qua-han")
        follow(page.get_by_role("link", name=WARD))
        row = page.get_by_role("row").filter(has_text=code)
        told = row.inner_text()
        assert told.count("Quá hạn") == 2, told
        assert SLOW in told
        found += faults(page, "giam-sat-qua-han-phuong")
        follow(row.get_by_role("link", name=code))
        officer.say_why(page, "Kiểm tra hồ sơ quá hạn trong tuần.")
        story = page.locator("main").inner_text()
        for done in ("Soạn văn bản xin lỗi", "Xin lỗi và gia hạn", "Xin lỗi vì trễ hạn"):
            assert done in story, story[:1500]
        picture(page, "giam-sat-xem-lai")
    return found
