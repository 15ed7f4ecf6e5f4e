"""The catalogue: by readiness, published from YAML with every problem, offered, stopped, retired."""

import io
import zipfile

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from motcua.dossiers.models import Dossier
from motcua.dossiers.tests.stages import renewed
from motcua.dossiers.tests.world import CODE, World, definition
from motcua.procedures.models import Offering, Procedure, ProcedureVersion
from motcua.sites.backoffice.definitions import as_yaml, read_definition
from motcua.sites.backoffice.tests.conftest import SignIn, text_of

ADDRESS = f"/quan-tri/thu-tuc/{CODE}/"


def _text(**changes: object) -> str:
    return as_yaml(definition(**changes))


def test_yaml_out_can_be_taken_in_again(world: World, admin: Client) -> None:
    answer = admin.get(f"/quan-tri/thu-tuc/{CODE}.yaml")
    assert read_definition(answer.content) == world.definition


def test_the_list_by_readiness(world: World, admin: Client) -> None:
    assert CODE in text_of(admin.get("/quan-tri/thu-tuc/?loc=tiep-nhan&q=khai+sinh"))
    assert CODE not in text_of(admin.get("/quan-tri/thu-tuc/?loc=chua-noi-nao"))
    Offering.objects.all().delete()
    assert "chưa nơi nào nhận" in text_of(admin.get("/quan-tri/thu-tuc/?loc=chua-noi-nao&linh-vuc=HT"))
    assert CODE not in text_of(admin.get("/quan-tri/thu-tuc/?linh-vuc=DD"))


def test_a_new_version_waits_for_a_second_person(world: World, admin: Client, second: Client) -> None:
    said = {"key": "k", "text": _text(name="Đăng ký khai sinh mới"), "on": "02/03/2026"}
    assert admin.post(f"{ADDRESS}phien-ban/", said).status_code == 303
    assert Procedure.objects.get(code=CODE).name == "Đăng ký khai sinh"
    assert "Có bản thảo số 2 chờ duyệt" in text_of(admin.get(ADDRESS))
    approve = f"/quan-tri/xuong/{CODE}/duyet/"
    assert admin.post(approve, {"key": "a", "revision": "1", "on": "02/03/2026"}).status_code == 409
    assert second.post(approve, {"key": "a", "revision": "1", "on": "02/03/2026"}).status_code == 303
    assert "Đăng ký khai sinh mới" in text_of(admin.get(ADDRESS))
    same = admin.post(f"{ADDRESS}phien-ban/", said | {"key": "k2"}, follow=True)
    assert "không có gì thay đổi" in text_of(same)


def test_a_file_goes_before_the_box(world: World, admin: Client) -> None:
    file = SimpleUploadedFile("a.yaml", _text(name="Từ tệp").encode())
    said = {"key": "k", "text": _text(name="Từ ô"), "on": "02/03/2026", "file": file}
    assert admin.post(f"{ADDRESS}phien-ban/", said).status_code == 303
    assert ProcedureVersion.objects.get(procedure__code=CODE, published_at=None).content.name == "Từ tệp"


def test_every_rule_problem_is_shown(world: World, admin: Client) -> None:
    text = _text(
        cases=[{"key": "default", "name": "Thường", "terms": {"any": {"amount": 0, "unit": "day"}}}], results=[]
    )
    page = admin.post(f"{ADDRESS}phien-ban/", {"key": "k", "text": text, "on": "02/03/2026"})
    shown = text_of(page)
    assert page.status_code == 409
    assert "Thời hạn phải lớn hơn 0." in shown
    assert "cases.default.terms.any" in shown
    assert "results" in shown
    assert "key: default" in shown  # what was typed is still there
    assert ProcedureVersion.objects.filter(procedure__code=CODE).count() == 1


def test_mistakes_of_shape_are_shown_with_their_path(world: World, admin: Client) -> None:
    said = {"key": "k", "on": "02/03/2026", "text": f"code: {CODE}\nname: A\nlevel: xa\nla: 1\n"}
    shown = text_of(admin.post(f"{ADDRESS}phien-ban/", said))
    for path in ("code", "level", "domain", "la"):
        assert f"<code>{path}</code>" in shown


def test_what_is_no_yaml_is_refused(world: World, admin: Client) -> None:
    for text, words in (
        ("a: [1", "Dòng "),
        ("- a", "phải là một thủ tục"),
        ("a: &x 1\nb: *x", "tham chiếu"),
        ("", "phải là một thủ tục"),
        ("x" * (1024 * 1024 + 1), "quá 1 MB"),
    ):
        page = admin.post(f"{ADDRESS}phien-ban/", {"key": "k", "on": "02/03/2026", "text": text})
        assert page.status_code == 422
        assert words in text_of(page)
    file = SimpleUploadedFile("a.yaml", b"\xff\xfe\x00")
    page = admin.post(f"{ADDRESS}phien-ban/", {"key": "k", "on": "02/03/2026", "file": file})
    assert "UTF-8" in text_of(page)


def test_another_code_is_refused(world: World, admin: Client) -> None:
    page = admin.post(f"{ADDRESS}phien-ban/", {"key": "k", "on": "02/03/2026", "text": _text(code="1.000001")})
    assert page.status_code == 422
    assert f"phải là {CODE}" in text_of(page)


def test_a_draft_is_kept(world: World, admin: Client) -> None:
    said = {"key": "k", "text": _text(name="Bản thảo"), "on": "02/03/2026", "then": "draft"}
    assert admin.post(f"{ADDRESS}phien-ban/", said).status_code == 303
    assert "Có bản thảo số 2 đang soạn" in text_of(admin.get(ADDRESS))


def test_text_over_a_draft_that_changed_since_is_refused(world: World, admin: Client, second: Client) -> None:
    said = {"key": "k", "text": _text(name="Của A"), "on": "02/03/2026", "then": "draft"}
    assert admin.post(f"{ADDRESS}phien-ban/", said).status_code == 303
    page = second.post(f"{ADDRESS}phien-ban/", said | {"text": _text(name="Của B"), "revision": "0"})
    assert page.status_code == 409
    assert "Của B" in text_of(page)
    assert ProcedureVersion.objects.get(procedure__code=CODE, published_at=None).content.name == "Của A"


def test_offering_and_stopping(world: World, admin: Client) -> None:
    stop = f"{ADDRESS}thoi-tiep-nhan/{world.ward.pk}/"
    assert admin.post(stop, {"key": "s0"}).status_code == 422
    assert admin.post(stop, {"key": "s", "reason": "Theo quyết định 5/QĐ"}).status_code == 303
    assert admin.post(stop, {"key": "s2", "reason": "Theo quyết định 5/QĐ"}).status_code == 409
    wrong = admin.post(f"{ADDRESS}tiep-nhan/", {"key": "o", "handling": str(world.desk.pk), "on": "03/03/2026"})
    assert wrong.status_code == 422
    said = {"key": "o", "handling": str(world.division.pk), "on": "03/03/2026"}
    assert admin.post(f"{ADDRESS}tiep-nhan/", said).status_code == 303
    assert Offering.objects.filter(agency=world.ward, valid_to__isnull=True).exists()


def test_a_ward_offers_its_own_only(world: World, ward_admin: Client) -> None:
    page = text_of(ward_admin.get(f"{ADDRESS}tiep-nhan/"))
    assert world.division.name in page
    assert world.other_ward.name not in page


def test_offering_whole_fields(world: World, admin: Client) -> None:
    Offering.objects.all().delete()
    said = {"key": "o", "handling": str(world.division.pk), "on": "02/03/2026", "domains": ["HT"]}
    assert admin.post("/quan-tri/thu-tuc/tiep-nhan/", said).status_code == 303
    assert Offering.objects.get().agency_id == world.ward.pk
    nothing = admin.post("/quan-tri/thu-tuc/tiep-nhan/", said | {"key": "p", "handling": str(world.province.pk)})
    assert nothing.status_code == 422
    assert "không có thủ tục cấp tỉnh" in text_of(nothing)


def test_retiring_needs_the_decision(world: World, admin: Client) -> None:
    assert admin.post(f"{ADDRESS}bai-bo/", {"key": "r", "on": "02/03/2026"}).status_code == 422
    said = {"key": "r", "on": "02/03/2026", "reason": "Quyết định 12/QĐ-UBND"}
    assert admin.post(f"{ADDRESS}bai-bo/", said).status_code == 303
    assert "không còn hiệu lực" in text_of(admin.get("/quan-tri/thu-tuc/?loc=het-hieu-luc"))


def _zip(**files: str) -> SimpleUploadedFile:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, text in files.items():
            archive.writestr(f"danh-muc/{name}.yaml", text)
    return SimpleUploadedFile("danh-muc.zip", buffer.getvalue())


def test_a_zip_of_definitions(world: World, admin: Client) -> None:
    file = _zip(a=_text(code="1.000001", name="Thủ tục một"), b="code: 1", _bo_qua="x")
    page = admin.post("/quan-tri/thu-tuc/nhap/", {"key": "k", "on": "02/03/2026", "file": file})
    shown = text_of(page)
    assert page.status_code == 200
    assert "b.yaml" in shown
    assert "Chưa nhận: 1" in shown
    assert "Chờ duyệt: 1" in shown
    assert not Procedure.objects.get(code="1.000001").is_listed


def test_the_first_catalogue_is_published_at_once(db: None, now: object, sign_in: SignIn) -> None:
    admin = sign_in(World(definition()).admin)
    file = SimpleUploadedFile("a.yaml", _text(code="1.000001").encode())
    assert admin.post("/quan-tri/thu-tuc/nhap/", {"key": "k", "on": "02/03/2026", "file": file}).status_code == 303
    assert Procedure.objects.get(code="1.000001").is_listed


def test_a_single_definition(world: World, admin: Client) -> None:
    file = SimpleUploadedFile("a.yaml", _text(code="1.000001").encode())
    answer = admin.post("/quan-tri/thu-tuc/nhap/", {"key": "k", "on": "02/03/2026", "file": file})
    assert answer.status_code == 303
    empty = admin.post("/quan-tri/thu-tuc/nhap/", {"key": "k2", "on": "02/03/2026", "file": _zip()})
    assert empty.status_code == 422
    broken = SimpleUploadedFile("a.zip", b"PK\x03\x04hong")
    assert admin.post("/quan-tri/thu-tuc/nhap/", {"key": "k3", "on": "02/03/2026", "file": broken}).status_code == 422


def test_unknown_procedures(world: World, admin: Client) -> None:
    assert admin.get("/quan-tri/thu-tuc/9.999999/").status_code == 404
    assert admin.get("/quan-tri/thu-tuc/9.999999.yaml").status_code == 404


def test_dossiers_are_moved_to_the_version_that_holds(world: World, admin: Client) -> None:
    dossier = world.received()
    address = f"{ADDRESS}chuyen-phien-ban/"
    assert "chỉ có một phiên bản đã công bố" in text_of(admin.get(address))
    renewed(definition(summary="Mới"))
    page = text_of(admin.get(address))
    assert "Phiên bản 1: 1 hồ sơ" in page
    assert "khác phiên bản 2 ở 1 điểm" in page
    assert admin.post(address, {"key": "a", "reason": " "}).status_code == 422
    done = admin.post(address, {"key": "b", "reason": "Nghị định mới"}, follow=True)
    assert "Đã chuyển 1 hồ sơ." in text_of(done)
    assert Dossier.objects.get(pk=dossier.pk).version.number == 2
    assert "Chuyển hồ sơ đang theo phiên bản cũ" in text_of(admin.get(ADDRESS))
