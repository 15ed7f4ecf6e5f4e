"""The pages about certificates: list, one, register, requests, services; how many statements the list takes."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from motcua.dossiers.tests.world import MONDAY, World
from motcua.identity.models import Account
from motcua.trust.actions.register_certificate import HolderIds, register_certificate
from motcua.trust.models import Certificate, CertificateRequest, TrustRule, TrustService
from motcua.trust.terms import KeyPlace
from tests.pki import demo_pki

_BASE = "/quan-tri/chung-thu/"


@pytest.fixture
def certificate(world: World) -> Certificate:
    return _made(world)


def _file(world: World) -> bytes:
    return demo_pki().officer(Account.objects.get(pk=world.chair.account_id).full_name, world.ward.name).der


def _made(world: World) -> Certificate:
    ids = HolderIds(world.ward.pk, world.chair.account_id)
    facts = {"holder": ids, "content": _file(world), "key_place": KeyPlace.AGENT}
    return register_certificate(actor=world.admin, at=MONDAY, **facts)


def test_the_list_takes_as_many_statements_for_thirty_as_for_one(
    world: World, admin: Client, certificate: Certificate, django_assert_max_num_queries
) -> None:
    for _ in range(29):
        _made(world)
    with django_assert_max_num_queries(12):
        page = admin.get(_BASE)
    assert page.content.decode().count("/quan-tri/chung-thu/") >= 30


def test_the_list_is_narrowed_and_goes_to_excel(admin: Client, certificate: Certificate) -> None:
    row = f"{_BASE}{certificate.pk}/"
    assert row in admin.get(_BASE, {"q": certificate.serial}).content.decode()
    for query in ({"trang-thai": "thu-hoi"}, {"trang-thai": "het-han"}, {"cua": "agency"}, {"q": "khong-co"}):
        assert row not in admin.get(_BASE, query).content.decode()
    assert admin.get(f"{_BASE}danh-sach.xlsx").content[:2] == b"PK"


def test_pages_turn(world: World, admin: Client) -> None:
    made = {_made(world).pk for _ in range(41)}
    first = admin.get(_BASE)
    second = admin.get(first.context["next_url"])
    assert {row.pk for row, _ in [*first.context["rows"], *second.context["rows"]]} == made
    assert second.context["next_url"] == ""


def test_one_certificate_and_its_file(admin: Client, certificate: Certificate) -> None:
    page = admin.get(f"{_BASE}{certificate.pk}/").content.decode()
    assert certificate.issuer_name in page
    assert admin.get(f"{_BASE}{certificate.pk}/chung-thu.cer").content == bytes(certificate.content)


def test_other_units_are_not_seen(world: World, sign_in, certificate: Certificate) -> None:
    other = sign_in(world.officer("quan-tri-khac", world.other_ward, "Quản trị", "admin"))
    assert other.get(f"{_BASE}{certificate.pk}/").status_code == 404
    assert f"{_BASE}{certificate.pk}/" not in other.get(_BASE).content.decode()
    assert other.post(f"{_BASE}dich-vu/hoi/").status_code == 403


def test_a_file_is_registered(world: World, admin: Client) -> None:
    username = Account.objects.get(pk=world.chair.account_id).username
    said = {"holder": username, "agency": "", "key_place": "agent", "key_where": "", "reason": "", "pin": ""}
    upload = SimpleUploadedFile("a.cer", _file(world))
    page = admin.post(f"{_BASE}ghi/", {**said, "file": upload, "key": "1"})
    row = Certificate.objects.get()
    assert (page.status_code, page["Location"]) == (303, f"{_BASE}{row.pk}/")
    both = {**said, "agency": str(world.ward.pk), "key": "2", "file": SimpleUploadedFile("a.cer", _file(world))}
    assert admin.post(f"{_BASE}ghi/", both).status_code == 422
    nobody = {**said, "holder": "khong-co", "key": "3", "file": SimpleUploadedFile("a.cer", _file(world))}
    assert admin.post(f"{_BASE}ghi/", nobody).status_code == 422
    broken = {**said, "key": "4", "file": SimpleUploadedFile("a.cer", b"x")}
    assert "Tệp không phải chứng thư" in admin.post(f"{_BASE}ghi/", broken).content.decode()


def test_a_request_goes_by_letter_and_comes_back(world: World, admin: Client, certificate: Certificate) -> None:
    said = {"authority": "letter", "reason": "Sắp hết hạn", "key": "1"}
    page = admin.post(f"{_BASE}{certificate.pk}/gia-han/", said)
    row = CertificateRequest.objects.get()
    here = f"{_BASE}de-nghi/{row.pk}/"
    assert (page.status_code, page["Location"]) == (303, here)
    assert admin.get(here).status_code == 200
    assert here in admin.get(f"{_BASE}de-nghi/").content.decode()
    assert admin.get(f"{here}cong-van.pdf").content[:4] == b"%PDF"
    upload = {"file": SimpleUploadedFile("a.cer", _file(world)), "key_place": "agent", "key": "2"}
    assert admin.post(f"{here}chung-thu/", upload).status_code == 303
    row.refresh_from_db()
    assert row.outcome is not None
    assert admin.get(here).status_code == 200
    assert admin.post(f"{here}huy/", {"reason": "Thôi", "key": "3"}).status_code == 409


def test_a_revocation_by_letter_is_written_down(admin: Client, certificate: Certificate) -> None:
    said = {"authority": "letter", "reason": "Nghỉ việc", "revocation_code": "affiliationChanged", "key": "1"}
    admin.post(f"{_BASE}{certificate.pk}/thu-hoi/", said)
    here = f"{_BASE}de-nghi/{CertificateRequest.objects.get().pk}/"
    assert admin.get(f"{here}tra-loi/").status_code == 200
    answer = {"came": "done", "revoked_on": "01/03/2026", "words": "CV 12/2026", "key": "2"}
    assert admin.post(f"{here}tra-loi/", answer).status_code == 303
    assert "Bị thu hồi từ" in admin.get(f"{_BASE}{certificate.pk}/").content.decode()
    assert admin.get(f"{_BASE}{certificate.pk}/khac/").status_code == 404


def test_a_first_certificate_is_asked_for(world: World, admin: Client) -> None:
    said = {"holder": "", "agency": str(world.ward.pk), "authority": "letter", "reason": "Cơ quan mới", "key": "1"}
    assert admin.post(f"{_BASE}de-nghi/moi/", said).status_code == 303
    assert CertificateRequest.objects.get().account_id is None
    assert admin.post(f"{_BASE}de-nghi/moi/", {**said, "agency": "", "key": "2"}).status_code == 422


def test_services_and_rules(admin: Client, ward_admin: Client) -> None:
    said = {"kind": "tsa", "name": "TSA", "url": "http://127.0.0.1:9/tsa", "position": "1", "reason": "Thử", "key": "1"}
    assert admin.post(f"{_BASE}dich-vu/them/", said).status_code == 303
    assert ward_admin.post(f"{_BASE}dich-vu/them/", {**said, "key": "2"}).status_code == 403
    assert admin.post(f"{_BASE}dich-vu/hoi/").status_code == 302
    page = admin.get(f"{_BASE}dich-vu/").content.decode()
    assert "không trả lời" in page
    assert "Ký tiếp, ghi chờ" in page
    assert "Khai báo dịch vụ" not in ward_admin.get(f"{_BASE}dich-vu/").content.decode()
    rule = {"amount": "12", "reason": "Theo quy chế", "key": "3"}
    assert admin.post(f"{_BASE}quy-dinh/dau-thoi-gian/", rule).status_code == 303
    assert TrustRule.objects.get().amount == 12
    assert admin.get(f"{_BASE}quy-dinh/khac/").status_code == 404
    last = f"{_BASE}dich-vu/{TrustService.objects.get().pk}/ngung/"
    assert admin.post(last, {"reason": "Thôi", "key": "4"}).status_code == 409


def test_where_the_key_lives_may_change(admin: Client, certificate: Certificate) -> None:
    said = {"key_place": "pkcs11", "key_where": "slot 1", "reason": "Mua HSM", "key": "1"}
    unreadable = admin.post(f"{_BASE}{certificate.pk}/khoa/", said)
    assert unreadable.status_code == 422
    assert "pkcs11:token=…;object=…?module-path=" in unreadable.content.decode()
    where = "pkcs11:token=HSM%201;object=Khoa?module-path=/usr/lib/hsm.so"
    assert admin.post(f"{_BASE}{certificate.pk}/khoa/", {**said, "key_where": where, "key": "2"}).status_code == 303
    certificate.refresh_from_db()
    assert certificate.key_where == where
    assert admin.post(f"{_BASE}{certificate.pk}/kiem-tra/").status_code == 302
