"""Who stands in for whom, and who is reminded when: what a leader and the administrator set beforehand."""

from datetime import datetime, timedelta

from motcua.deadlines.terms import VIET_NAM
from tests.e2e import officer
from tests.e2e.axe import faults
from tests.e2e.citizen import press
from tests.e2e.people import House, follow

REMINDERS = "/quan-tri/nhac-han/"


def test_an_absence_is_declared_and_ended(house: House) -> None:
    tomorrow = datetime.now(VIET_NAM) + timedelta(days=1)
    with house.visitor("chuyenvien", javascript=True) as page:
        page.goto("/mot-cua/uy-quyen/")
        follow(page.get_by_role("link", name="Khai báo vắng mặt"))
        found = faults(page, "chuyen-vien-vang-mat")
        press(page, "Khai báo")
        assert "Hãy ghi thời điểm trở lại." in page.locator("main").inner_text()
        found += faults(page, "chuyen-vien-vang-mat-loi")
        stand_in = page.get_by_label("Người làm thay")
        others = [one for one in stand_in.locator("option").all_inner_texts() if "Trần Đức Kiên" not in one]
        stand_in.select_option(label=others[-1])
        page.get_by_label("Trở lại làm việc lúc").fill(f"07:00 {tomorrow:%d/%m/%Y}")
        page.get_by_label("Lý do").fill("Đi tập huấn.")
        press(page, "Khai báo")
        officer.did(page, "Đã khai báo; người làm thay đã được báo.")
        assert others[-1].partition(",")[0] in page.locator(".notice.warn").inner_text()
        found += faults(page, "chuyen-vien-dang-vang-mat")
        follow(page.get_by_role("link", name="Trở lại làm việc ngay"))
        found += faults(page, "chuyen-vien-tro-lai")
        press(page, "Trở lại")
        officer.did(page, "Đã ghi nhận trở lại làm việc.")
        assert not page.locator(".notice.warn").filter(has_text="vắng mặt").count()
    assert not found, "\n".join(found)


def test_the_administrator_sets_a_reminder(house: House) -> None:
    with house.visitor("quantri", javascript=True) as page:
        page.goto(REMINDERS)
        found = faults(page, "quan-tri-nhac-han")
        before = page.get_by_role("row").count()
        follow(page.get_by_role("link", name="Đặt mốc nhắc"))
        page.get_by_label("Hạn nào").select_option(label="Hẹn trả kết quả")
        page.get_by_label("Nhắc ai").select_option(index=2)
        page.get_by_label("Trước hạn bao nhiêu giờ làm việc").fill("12")
        press(page, "Đặt")
        assert "Phải ghi lý do" in page.locator("main").inner_text()
        found += faults(page, "quan-tri-dat-nhac-han-loi")
        page.get_by_label("Lý do").fill("Trưởng phòng cần biết sớm hơn nửa ngày.")
        press(page, "Đặt")
        officer.did(page, "Đã đặt mốc nhắc.")
        assert page.get_by_role("row").count() == before + 1
        row = page.get_by_role("row").filter(has_text="12 giờ")
        follow(row.get_by_role("link").first)
        page.get_by_label("Lý do bỏ").fill("Nhắc nhiều quá.")
        found += faults(page, "quan-tri-bo-nhac-han")
        press(page, "Bỏ")
        officer.did(page, "Đã bỏ mốc nhắc.")
        assert page.get_by_role("row").count() == before
    assert not found, "\n".join(found)
