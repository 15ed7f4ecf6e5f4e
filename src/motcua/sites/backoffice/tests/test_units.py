"""Units, posts, hours: what is typed becomes an act, what is wrong comes back with everything typed."""

from datetime import date, time

from django.test import Client

from motcua.agencies.models import Post, Unit, WorkingHours
from motcua.agencies.queries import hours_of
from motcua.dossiers.tests.world import World
from motcua.journal.models import Entry
from motcua.sites.backoffice.tests.conftest import text_of, unit_named


def _new_unit(world: World, **changes: str) -> dict[str, str]:
    said = {
        "key": "k1",
        "kind": "division",
        "parent": str(world.ward.pk),
        "name": "Phòng Kinh tế",
        "on": "02/03/2026",
    }
    return said | changes


def test_a_unit_is_created_once(world: World, admin: Client) -> None:
    first = admin.post("/quan-tri/don-vi/moi/", _new_unit(world))
    again = admin.post("/quan-tri/don-vi/moi/", _new_unit(world))
    made = unit_named("Phòng Kinh tế")
    assert first.status_code == again.status_code == 303
    assert first["Location"] == again["Location"] == f"/quan-tri/don-vi/{made.slug}/"
    assert made.agency_id == world.ward.pk
    other = admin.post("/quan-tri/don-vi/moi/", _new_unit(world, name="Phòng Nội vụ"))
    assert other.status_code == 409


def test_a_wrong_unit_comes_back_as_typed(world: World, admin: Client) -> None:
    page = admin.post("/quan-tri/don-vi/moi/", _new_unit(world, kind="commune", agency_code="12", territory="99999"))
    text = text_of(page)
    assert page.status_code == 422
    assert "không thể trực thuộc" in text
    assert "không đúng cấu trúc" in text
    assert "Không có đơn vị hành chính mang mã 99999" in text
    assert 'value="Phòng Kinh tế"' in text
    assert "Lỗi:" in text
    assert not Unit.objects.filter(name="Phòng Kinh tế").exists()


def test_missing_facts_are_all_named(world: World, admin: Client) -> None:
    text = text_of(admin.post("/quan-tri/don-vi/moi/", {"key": "k"}))
    for words in ("Hãy chọn loại đơn vị.", "Hãy nhập tên đơn vị.", "Hãy nhập ngày"):
        assert words in text


def test_rename_keeps_the_former_name(world: World, admin: Client) -> None:
    address = f"/quan-tri/don-vi/{world.ward.slug}/"
    said = {"key": "k", "name": "UBND phường Hòn Gai", "short_name": "phường Hòn Gai", "on": "01/03/2026"}
    assert admin.post(f"{address}doi-ten/", said).status_code == 303
    page = text_of(admin.get(address))
    assert "UBND phường Hòn Gai" in page
    assert "UBND phường Hồng Gai" in page
    then = text_of(admin.get("/quan-tri/don-vi/?ngay=28/02/2026&q=hong+gai"))
    assert "UBND phường Hồng Gai" in then
    assert admin.post(f"{address}doi-ten/", said | {"key": "k2"}).status_code == 409


def test_move_and_close(world: World, admin: Client) -> None:
    address = f"/quan-tri/don-vi/{world.division.slug}/"
    said = {"key": "k", "parent": str(world.other_ward.pk), "on": "02/03/2026"}
    assert admin.post(f"{address}chuyen/", said).status_code == 303
    assert Unit.objects.get(pk=world.division.pk).agency_id == world.other_ward.pk
    refused = admin.post(f"/quan-tri/don-vi/{world.other_ward.slug}/ket-thuc/", {"key": "c", "on": "02/03/2026"})
    assert refused.status_code == 409
    assert "Còn 1 đơn vị trực thuộc" in text_of(refused)
    assert admin.post(f"{address}ket-thuc/", {"key": "c2", "on": "03/03/2026"}).status_code == 303
    assert Unit.objects.get(pk=world.division.pk).valid_to == date(2026, 3, 3)


def test_closing_warns_of_open_dossiers(world: World, admin: Client) -> None:
    world.received()
    assert "Còn 1 hồ sơ" in text_of(admin.get(f"/quan-tri/don-vi/{world.desk.slug}/ket-thuc/"))


def test_codes_in_both_notations(world: World, admin: Client) -> None:
    address = f"/quan-tri/don-vi/{world.ward.slug}/"
    said = {"key": "k", "agency_code": "000.00.77.H49", "is_provisional": "on"}
    assert admin.post(f"{address}ma-dinh-danh/", said).status_code == 303
    page = text_of(admin.get(address))
    assert "H49.77" in page
    assert "000.00.77.H49" in page
    assert "mã tạm" in page
    assert "H49.77" in text_of(admin.get("/quan-tri/don-vi/?ma=tam"))


def test_posts_begin_and_end(world: World, admin: Client) -> None:
    address = f"/quan-tri/don-vi/{world.division.slug}/"
    said = {"key": "k", "title": "Phó Trưởng phòng", "rights": ["lead_division", "handle"], "on": "02/03/2026"}
    assert admin.post(f"{address}vi-tri/", said).status_code == 303
    post = Post.objects.get(title="Phó Trưởng phòng")
    assert sorted(post.rights) == ["handle", "lead_division"]
    assert "chưa có ai" in text_of(admin.get(address))
    assert admin.post(f"/quan-tri/vi-tri/{post.pk}/ket-thuc/", {"key": "e", "on": "01/03/2026"}).status_code == 409
    assert admin.post(f"/quan-tri/vi-tri/{post.pk}/ket-thuc/", {"key": "e", "on": "10/03/2026"}).status_code == 303
    assert admin.get("/quan-tri/vi-tri/999999/ket-thuc/").status_code == 404


def test_hours_of_a_unit(world: World, admin: Client) -> None:
    address = f"/quan-tri/don-vi/{world.ward.slug}/gio-lam-viec/"
    half = {"key": "h", "on": "02/03/2026", "d0a1": "08:00"}
    page = admin.post(address, half)
    assert page.status_code == 422
    assert "Thứ Hai, ca sáng: hãy nhập cả giờ bắt đầu" in text_of(page)
    wrong = {"key": "h", "on": "02/03/2026", "d0a1": "11:00", "d0a2": "08:00"}
    assert "phải sau giờ làm" in text_of(admin.post(address, wrong))
    assert admin.post(address, wrong | {"d0a1": "08:00", "d0a2": "11:00"}).status_code == 303
    assert hours_of(world.ward.pk, date(2026, 3, 2)) == {0: ((time(8), time(11)),)}
    assert admin.post(address, {"key": "h2", "on": "02/03/2026", "inherits": "on"}).status_code == 303
    assert not WorkingHours.objects.filter(unit=world.ward).exists()


def test_hours_for_all(world: World, admin: Client) -> None:
    said = {"key": "h", "on": "02/03/2026", "d0a1": "08:00", "d0a2": "12:00"}
    assert admin.post("/quan-tri/lich/gio-chung/", said).status_code == 303
    assert WorkingHours.objects.get().unit is None
    assert Entry.objects.filter(verb="hours.set").count() == 1


def test_the_tree_of_a_day_before_the_ward(world: World, admin: Client) -> None:
    page = text_of(admin.get("/quan-tri/don-vi/?ngay=30/06/2025"))
    assert "ba cấp" in page
    assert "Hồng Gai" not in page
    assert "Hồng Gai" in text_of(admin.get("/quan-tri/don-vi/"))
