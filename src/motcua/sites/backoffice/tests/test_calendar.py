"""Days off and clocks."""

from datetime import date, time

from django.test import Client

from motcua.deadlines.models import CalendarException
from motcua.deadlines.queries import calendar_of, clocks_of
from motcua.dossiers.tests.world import World
from motcua.sites.backoffice.tests.conftest import text_of

SAID = {"key": "k", "kind": "OFF", "first": "01/09/2026", "half": "ALL", "name": "Quốc khánh", "scope": "0"}


def test_days_in_a_row_are_declared(world: World, admin: Client) -> None:
    said = SAID | {"last": "02/09/2026", "undecided": "on"}
    assert admin.post("/quan-tri/lich/khai-bao/", said).status_code == 303
    assert CalendarException.objects.filter(name="Quốc khánh", unit__isnull=True).count() == 2
    page = text_of(admin.get("/quan-tri/lich/?nam=2026&loc=chua-quyet-dinh"))
    assert "thứ Ba 01/09/2026" in page
    assert "dự kiến" in page
    assert not calendar_of(world.ward.pk).works_on(date(2026, 9, 1))


def test_a_wrong_declaration_comes_back(world: World, admin: Client) -> None:
    page = admin.post("/quan-tri/lich/khai-bao/", SAID | {"first": "32/13/2026", "name": "", "last": "x"})
    text = text_of(page)
    assert page.status_code == 422
    assert "Không có ngày 32/13/2026" in text
    assert "Hãy nhập tên ngày nghỉ" in text
    long = admin.post("/quan-tri/lich/khai-bao/", SAID | {"last": "31/12/2026"})
    assert "nhiều nhất 31 ngày" in text_of(long)


def test_a_day_declared_twice_is_refused_whole(world: World, admin: Client) -> None:
    admin.post("/quan-tri/lich/khai-bao/", SAID | {"first": "02/09/2026"})
    page = admin.post("/quan-tri/lich/khai-bao/", SAID | {"key": "k2", "last": "02/09/2026"})
    assert page.status_code == 409
    assert CalendarException.objects.filter(date="2026-09-01").count() == 0


def test_a_day_is_taken_back(world: World, admin: Client) -> None:
    admin.post("/quan-tri/lich/khai-bao/", SAID)
    day = CalendarException.objects.get()
    unsaid = admin.post(f"/quan-tri/lich/ngay/{day.pk}/bo/", {"key": "r0", "reason": ""})
    assert (unsaid.status_code, "Hãy ghi lý do" in text_of(unsaid)) == (422, True)
    assert CalendarException.objects.get().applies
    assert (
        admin.post(f"/quan-tri/lich/ngay/{day.pk}/bo/", {"key": "r", "reason": "Theo quyết định 5/QĐ"}).status_code
        == 303
    )
    assert (
        admin.post(f"/quan-tri/lich/ngay/{day.pk}/bo/", {"key": "r2", "reason": "Theo quyết định 5/QĐ"}).status_code
        == 409
    )
    assert "Quốc khánh" in text_of(admin.get("/quan-tri/lich/?nam=2026&loc=khong-ap-dung"))
    assert admin.get("/quan-tri/lich/ngay/999999/bo/").status_code == 404


def test_a_ward_declares_for_itself_only(world: World, ward_admin: Client) -> None:
    assert ward_admin.post("/quan-tri/lich/khai-bao/", SAID).status_code == 422
    assert ward_admin.post("/quan-tri/lich/khai-bao/", SAID | {"scope": str(world.ward.pk)}).status_code == 303
    assert not calendar_of(world.ward.pk).works_on(date(2026, 9, 1))
    assert calendar_of(world.other_ward.pk).works_on(date(2026, 9, 1))
    national = CalendarException.objects.create(date="2026-09-03", kind="OFF", name="Cả nước")
    assert (
        ward_admin.post(
            f"/quan-tri/lich/ngay/{national.pk}/bo/", {"key": "r", "reason": "Theo quyết định 5/QĐ"}
        ).status_code
        == 403
    )


def test_clocks(world: World, admin: Client) -> None:
    address = "/quan-tri/lich/gio-chot/tra-trong-ngay/"
    said = {"key": "k", "value": "25 giờ", "on": "02/03/2026", "scope": "0"}
    page = admin.post(address, said)
    assert page.status_code == 422
    assert "không phải giờ trong ngày" in text_of(page)
    assert admin.post(address, said | {"value": "14:30", "source": "Quyết định 5"}).status_code == 303
    assert clocks_of(None, on=date(2026, 3, 2)).same_day_cutoff == time(14, 30)
    own = said | {"key": "k2", "value": "14:00", "scope": str(world.ward.pk)}
    assert admin.post(address, own).status_code == 303
    shown = text_of(admin.get("/quan-tri/lich/"))
    assert "14:30" in shown
    assert "UBND phường Hồng Gai: 14:00" in shown
    assert admin.get("/quan-tri/lich/gio-chot/khong-co/").status_code == 404
