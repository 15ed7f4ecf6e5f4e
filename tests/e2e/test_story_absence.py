"""Who stands in for whom while somebody is away."""

from datetime import datetime, timedelta

from motcua.deadlines.terms import VIET_NAM
from tests.e2e import officer
from tests.e2e.axe import faults
from tests.e2e.citizen import press
from tests.e2e.people import House, follow


def test_an_absence_is_declared_and_ended(house: House) -> None:
    tomorrow = datetime.now(VIET_NAM) + timedelta(days=1)
    with house.visitor("diachinh", javascript=True) as page:
        page.goto("/mot-cua/uy-quyen/")
        follow(page.get_by_role("link", name="Khai báo vắng mặt"))
        found = faults(page, "chuyen-vien-vang-mat")
        press(page, "Khai báo")
        assert "Hãy ghi thời điểm trở lại." in page.locator("main").inner_text()
        found += faults(page, "chuyen-vien-vang-mat-loi")
        stand_in = page.get_by_label("Người làm thay")
        colleague = stand_in.locator("option").last.inner_text()
        assert "Đinh Quốc Bảo" not in stand_in.inner_text()
        stand_in.select_option(label=colleague)
        page.get_by_label("Trở lại làm việc lúc").fill(f"07:00 {tomorrow:%d/%m/%Y}")
        page.get_by_label("Lý do").fill("Đi tập huấn.")
        press(page, "Khai báo")
        officer.did(page, "Đã khai báo; người làm thay đã được báo.")
        assert colleague.partition(",")[0] in page.locator(".notice.warn").inner_text()
        found += faults(page, "chuyen-vien-dang-vang-mat")
        follow(page.get_by_role("link", name="Trở lại làm việc ngay"))
        found += faults(page, "chuyen-vien-tro-lai")
        press(page, "Trở lại")
        officer.did(page, "Đã ghi nhận trở lại làm việc.")
        assert not page.locator(".notice.warn").filter(has_text="vắng mặt").count()
    assert not found, "\n".join(found)
