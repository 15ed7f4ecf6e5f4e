"""The pages of keys: an officer's own, an agency's seal, what waits, remote signing services."""

import base64
import json
from collections.abc import Iterator

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from motcua.dossiers.tests.world import MONDAY, World
from motcua.identity.models import Account
from motcua.signing.models import KeyOffer, SigningService
from motcua.signing.queries.keys import agency_keys, officer_keys
from motcua.signing.tests.csc_server import RemoteService, served
from motcua.sites.backoffice.tests.conftest import SignIn
from motcua.trust.models import Certificate
from tests.pki import PIN, Holder, demo_pki

_MINE, _ADMIN = "/tai-khoan/khoa-ky/toi/", "/quan-tri/chung-thu/"


@pytest.fixture
def holder(world: World) -> Holder:
    return demo_pki().officer(Account.objects.get(pk=world.chair.account_id).full_name, world.ward.name)


@pytest.fixture
def chair(world: World, sign_in: SignIn) -> Client:
    return sign_in(world.chair)


@pytest.fixture
def remote(holder: Holder) -> Iterator[RemoteService]:
    with served(RemoteService(holder.key, [holder.der, *holder.chain_der])) as service:
        yield service


def file_of(holder: Holder) -> SimpleUploadedFile:
    return SimpleUploadedFile("khoa.p12", demo_pki().pkcs12(holder), "application/x-pkcs12")


def test_a_file_goes_in_is_confirmed_and_can_be_taken_away(
    world: World, chair: Client, admin: Client, holder: Holder
) -> None:
    assert "Chưa có khóa ký nào" in chair.get(_MINE).content.decode()
    wrong = chair.post(f"{_MINE}tep/", {"key": "a", "file": file_of(holder), "pin": "00000000"})
    assert wrong.status_code == 422
    assert "PIN không đúng" in wrong.content.decode()
    posted = {"key": "b", "file": file_of(holder), "pin": PIN}
    assert chair.post(f"{_MINE}tep/", posted)["Location"] == _MINE
    assert "Chờ người quản trị xác nhận" in chair.get(_MINE).content.decode()
    offer = KeyOffer.objects.get()
    assert holder_name(holder) in admin.get(f"{_ADMIN}khoa-cho/").content.decode()
    confirmed = admin.post(f"{_ADMIN}khoa-cho/{offer.pk}/", {"key": "c"})
    row = Certificate.objects.get()
    assert confirmed["Location"] == f"{_ADMIN}{row.pk}/"
    page = chair.get(_MINE).content.decode()
    assert "Tệp trên máy chủ" in page
    assert "mặc định" in page
    assert chair.post(f"{_MINE}{row.pk}/go/")["Location"] == _MINE
    assert "Đã gỡ khỏi hệ thống" in chair.get(_MINE).content.decode()
    assert officer_keys(world.chair.account_id, MONDAY) == []


def holder_name(holder: Holder) -> str:
    return holder.certificate.subject.rfc4514_string().split("CN=")[-1].split(",")[0]


def test_an_administrator_refuses_with_a_reason_the_officer_sees(chair: Client, admin: Client, holder: Holder) -> None:
    chair.post(f"{_MINE}tep/", {"key": "b", "file": file_of(holder), "pin": PIN})
    offer = KeyOffer.objects.get()
    assert admin.post(f"{_ADMIN}khoa-cho/{offer.pk}/tu-choi/", {"key": "c", "reason": ""}).status_code == 422
    admin.post(f"{_ADMIN}khoa-cho/{offer.pk}/tu-choi/", {"key": "d", "reason": "Chứng thư của người khác"})
    assert "Chứng thư của người khác" in chair.get(_MINE).content.decode()


def test_a_service_is_declared_checked_and_its_key_connected(
    world: World, chair: Client, admin: Client, holder: Holder, remote: RemoteService
) -> None:
    facts = {"name": "Ký số thử", "url": remote.url, "client_id": "motcua", "secret": "bí-mật", "reason": "Hợp đồng"}
    declared = admin.post(f"{_ADMIN}ky-tu-xa/them/", {"key": "a", **facts})
    row = SigningService.objects.get()
    assert declared["Location"] == f"{_ADMIN}ky-tu-xa/{row.pk}/"
    assert "bí-mật" not in admin.get(f"{_ADMIN}ky-tu-xa/{row.pk}/sua/").content.decode()
    checked = admin.post(f"{_ADMIN}ky-tu-xa/{row.pk}/", {"key": "b", "user": "0123"}).content.decode()
    assert "dịch vụ trả lời 1 khóa" in checked
    assert holder_name(holder) in checked
    found = chair.post(f"{_MINE}tu-xa/", {"key": "c", "service": row.pk, "user": "0123"})
    assert "GX0112348" in found.content.decode()
    connected = {"key": "c", "service": row.pk, "user": "0123", "credential": "GX0112348"}
    assert chair.post(f"{_MINE}tu-xa/", connected)["Location"] == _MINE
    admin.post(f"{_ADMIN}khoa-cho/{KeyOffer.objects.get().pk}/", {"key": "d"})
    assert "Dịch vụ ký từ xa: Ký số thử" in chair.get(_MINE).content.decode()
    (choice,) = officer_keys(world.chair.account_id, MONDAY)
    assert choice.needs_pin
    remote.token = "khác"
    remote.status = "disabled"
    assert chair.post(f"{_MINE}tu-xa/", {"key": "e", "service": row.pk}).status_code == 200
    admin.post(f"{_ADMIN}ky-tu-xa/{row.pk}/ngung/", {"key": "f", "reason": "Hết hợp đồng"})
    assert admin.get(f"{_ADMIN}ky-tu-xa/{row.pk}/").status_code == 404


def test_a_token_is_registered_by_what_it_signs(world: World, chair: Client, holder: Holder) -> None:
    assert "connect-src" in chair.get(f"{_MINE}tai-may/")["Content-Security-Policy"]
    sent = {"certificate": base64.b64encode(holder.der).decode(), "chain": []}
    kind = "application/json"
    trial = chair.post(f"{_MINE}tai-may/chuan-bi", json.dumps(sent), kind).json()
    (item,) = trial["items"]
    made = holder.signing_key().sign([base64.b64decode(item["digest"])])[0]
    proof = {"signatures": [{"id": item["id"], "signature": base64.b64encode(made).decode()}]}
    assert chair.post(f"{_MINE}tai-may/chu-ky", json.dumps(proof), kind).json() == {"done": 1, "total": 1}
    assert chair.post(f"{_MINE}tai-may/chuan-bi", json.dumps(sent), kind).json()["items"] == []
    assert chair.post(f"{_MINE}tai-may/chu-ky", json.dumps(proof), kind).status_code in {409, 422}
    assert KeyOffer.objects.get().key_place == "agent"


def test_the_seal_belongs_to_who_keeps_it(world: World, chair: Client, sign_in: SignIn, admin: Client) -> None:
    url = f"/tai-khoan/khoa-ky/{world.ward.pk}/"
    content = SimpleUploadedFile("dau.p12", demo_pki().pkcs12(demo_pki().agency(world.ward.name)))
    assert sign_in(world.clerk).get(url).status_code == 403
    sealer = sign_in(world.sealer)
    assert sealer.post(f"{url}tep/", {"key": "a", "file": content, "pin": PIN})["Location"] == url
    admin.post(f"{_ADMIN}khoa-cho/{KeyOffer.objects.get().pk}/", {"key": "b"})
    assert "Khóa con dấu" in sealer.get(url).content.decode()
    assert len(agency_keys(world.ward.pk, MONDAY)) == 1


@pytest.mark.parametrize("whose", ["khong-co", "99999999999999999999", "999999"])
def test_nobody_elses_keys(chair: Client, whose: str) -> None:
    assert chair.get(f"/tai-khoan/khoa-ky/{whose}/").status_code == 404
