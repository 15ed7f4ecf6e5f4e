"""Who is reminded when: what the administrator sets beforehand."""

from tests.e2e import officer
from tests.e2e.axe import faults
from tests.e2e.citizen import press
from tests.e2e.people import House, follow

REMINDERS = "/quan-tri/nhac-han/"


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
        assert "Hãy ghi lý do." in page.locator("main").inner_text()
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
