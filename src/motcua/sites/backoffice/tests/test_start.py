"""From an empty installation to a house that can take its first dossier, through the assistant alone."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from motcua.agencies.models import Unit
from motcua.dossiers.tests.world import CODE, MONDAY, definition
from motcua.identity.actions import create_admin
from motcua.identity.models import Account
from motcua.identity.terms import SYSTEM
from motcua.journal.models import Entry
from motcua.sites.backoffice.definitions import as_yaml
from motcua.sites.backoffice.tests.conftest import Sheet, text_of

UNITS = [
    ["Tên đơn vị", "Loại đơn vị", "Trực thuộc", "Mã định danh", "Bộ phận Một cửa", "Từ ngày"],
    ["UBND phường Hồng Gai", "UBND cấp xã", "UBND tỉnh Quảng Ninh", "H49.61", "", "01/07/2025"],
    ["Trung tâm phường Hồng Gai", "Trung tâm Phục vụ hành chính công", "UBND phường Hồng Gai", "", "Có", "01/07/2025"],
    ["Phòng Văn hóa phường Hồng Gai", "Phòng chuyên môn", "UBND phường Hồng Gai", "", "", "01/07/2025"],
]
PEOPLE = [
    ["Họ và tên", "Tên đăng nhập", "Đơn vị", "Vị trí việc làm", "Quyền"],
    ["Vũ Thu Hương", "huongvt", "Trung tâm phường Hồng Gai", "Công chức", "Tiếp nhận và trả kết quả"],
    ["Trần Đức Kiên", "kientd", "Phòng Văn hóa phường Hồng Gai", "Chuyên viên", "Thụ lý"],
    ["Phạm Thanh Vân", "vanpt", "Phòng Văn hóa phường Hồng Gai", "Trưởng phòng", "Lãnh đạo phòng"],
    ["Hoàng Cường", "cuongh", "UBND phường Hồng Gai", "Chủ tịch", "Lãnh đạo cơ quan; Văn thư, đóng dấu"],
]
NAME = {"key": "n", "name": "UBND tỉnh Quảng Ninh", "agency_code": "H49", "on": "01/07/2025"}


@pytest.fixture
def newcomer(db: None, now: object) -> Client:
    """The browser of the administrator of an installation where nothing is yet."""
    account = create_admin(
        actor=SYSTEM, at=MONDAY, username="quantri", full_name="Đỗ Minh", password="mat khau rat dai"
    )
    client = Client()
    client.force_login(account, backend="motcua.identity.backends.HouseBackend")
    return client


def test_from_nothing_to_ready(newcomer: Client, sheet: Sheet) -> None:
    assert "Hệ thống mới cài đặt" in text_of(newcomer.get("/quan-tri/"))
    assert newcomer.post("/quan-tri/bat-dau/tinh/", NAME)["Location"] == "/quan-tri/bat-dau/don-vi/"
    said = {"key": "u", "on": "02/03/2026", "file": sheet(UNITS)}
    assert newcomer.post("/quan-tri/bat-dau/don-vi/", said)["Location"] == "/quan-tri/bat-dau/can-bo/"
    people = newcomer.post("/quan-tri/bat-dau/can-bo/", {"key": "p", "on": "02/03/2026", "file": sheet(PEOPLE)})
    assert text_of(people).count("/tai-khoan/kich-hoat/") == 8
    yaml = SimpleUploadedFile("a.yaml", as_yaml(definition()).encode())
    taken = newcomer.post("/quan-tri/bat-dau/thu-tuc/", {"key": "t", "on": "02/03/2026", "file": yaml})
    assert taken["Location"] == "/quan-tri/thu-tuc/tiep-nhan/"
    assert "Chưa cơ quan nào đăng ký" in text_of(newcomer.get("/quan-tri/bat-dau/san-sang/"))
    handling = str(Unit.objects.get(name__startswith="Phòng Văn hóa").pk)
    offered = {"key": "o", "handling": handling, "domains": ["HT"], "on": "02/03/2026"}
    assert newcomer.post("/quan-tri/thu-tuc/tiep-nhan/", offered).status_code == 303
    assert "1 cơ quan đã nhận được hồ sơ" in text_of(newcomer.get("/quan-tri/bat-dau/san-sang/"))
    done = text_of(newcomer.get("/quan-tri/bat-dau/"))
    assert done.count('class="done"') == 5
    assert CODE in text_of(newcomer.get("/quan-tri/thu-tuc/"))


def test_what_is_missing_is_said(newcomer: Client, sheet: Sheet) -> None:
    newcomer.post("/quan-tri/bat-dau/tinh/", NAME)
    newcomer.post("/quan-tri/bat-dau/don-vi/", {"key": "u", "on": "02/03/2026", "file": sheet(UNITS)})
    yaml = SimpleUploadedFile("a.yaml", as_yaml(definition()).encode())
    newcomer.post("/quan-tri/bat-dau/thu-tuc/", {"key": "t", "on": "02/03/2026", "file": yaml})
    handling = str(Unit.objects.get(name__startswith="Phòng Văn hóa").pk)
    offered = {"key": "o", "handling": handling, "domains": ["HT"], "on": "02/03/2026"}
    newcomer.post("/quan-tri/thu-tuc/tiep-nhan/", offered)
    page = text_of(newcomer.get("/quan-tri/bat-dau/san-sang/"))
    for words in ("chưa ai tiếp nhận tại", "chưa ai thụ lý tại", "chưa ai phê duyệt", "chưa có văn thư"):
        assert words in page


def test_the_first_unit_is_named_once(newcomer: Client) -> None:
    wrong = newcomer.post("/quan-tri/bat-dau/tinh/", NAME | {"agency_code": "!", "on": "03/03/2026", "territory": "99"})
    text = text_of(wrong)
    assert wrong.status_code == 422
    for words in ("không đúng cấu trúc", "không được sau ngày cài đặt", "mang mã 99"):
        assert words in text
    assert newcomer.post("/quan-tri/bat-dau/tinh/", NAME).status_code == 303
    unit = Unit.objects.get()
    assert (unit.name, unit.agency_code, unit.slug) == ("UBND tỉnh Quảng Ninh", "H49", "ubnd-tinh-quang-ninh")
    assert unit.valid_from.isoformat() == "2025-07-01"
    assert Entry.objects.filter(verb="unit.first_named").count() == 1
    assert newcomer.post("/quan-tri/bat-dau/tinh/", NAME | {"key": "n2"}).status_code == 409
    assert "H49" in text_of(newcomer.get("/quan-tri/bat-dau/tinh/"))


def test_every_step_opens_within_its_ceiling(newcomer: Client) -> None:
    assert Account.objects.count() == 1
    for step in ("", "tinh/", "don-vi/", "can-bo/", "thu-tuc/", "san-sang/"):
        with CaptureQueriesContext(connection) as queries:
            assert newcomer.get(f"/quan-tri/bat-dau/{step}").status_code == 200
        assert len(queries) <= 15
