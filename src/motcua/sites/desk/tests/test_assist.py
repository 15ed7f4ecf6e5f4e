"""Helping people hand in online, counted apart, limited."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from motcua.agencies.terms import Right
from motcua.dossiers.models import Dossier, HelperLimit
from motcua.dossiers.terms import Channel, Consent, Source
from motcua.dossiers.tests.world import CODE, World
from motcua.files.tests.conftest import pdf as make_pdf
from motcua.identity.models import Account
from motcua.sites.desk.tests.browser import text_of
from motcua.sites.desk.tests.conftest import SignIn

ADDRESS = f"/mot-cua/ho-tro/{CODE}/"


def typed(pdf: bytes, **changes: Any) -> dict[str, Any]:
    paper = SimpleUploadedFile("to-khai.pdf", pdf, "application/pdf")
    return {
        "key": "a", "case_key": "default", "set_count": "1", "result_channel": "in_person", "source": "assisted",
        "channel": "online", "owner.kind": "person", "owner.name": "Nguyễn Thị Hoà",
        "owner.personal_id": "022190001234", "owner.phone": "0912345678", "components.to-khai": "on",
        "components.to-khai.files": paper, "consent": "spoken", **changes,
    }  # fmt: skip


def fill_in(client: Client, world: World, pdf: bytes, **changes: Any) -> Any:
    place = {"agency": world.ward.pk, "desk": world.desk.pk}
    return client.post(ADDRESS, typed(pdf, **place, **changes))


@pytest.fixture
def pdf() -> bytes:
    return make_pdf()


@pytest.fixture
def clerk(world: World, sign_in: SignIn) -> Client:
    return sign_in(world.clerk)


def test_filed_in_the_citizens_name(world: World, clerk: Client, sign_in: SignIn, pdf: bytes) -> None:
    Account.objects.filter(pk=world.citizen.account_id).update(personal_id="022190001234")
    assert "Người dân đồng ý" in text_of(clerk.get(ADDRESS))
    assert fill_in(clerk, world, pdf).status_code == 302
    dossier = Dossier.objects.get()
    assert (dossier.channel, dossier.source, dossier.consent) == (Channel.ONLINE, Source.ASSISTED, Consent.SPOKEN)
    assert (dossier.assisted_by_id, dossier.owner.account_id) == (world.clerk.account_id, world.citizen.account_id)
    assert dossier.answer_due_at is not None
    page = text_of(clerk.get(f"/mot-cua/ho-so/{dossier.code}/"))
    assert "Người nộp thay" in page
    assert f"Cán bộ hỗ trợ nộp trực tuyến: {world.clerk.name}" in page
    assert "Nói trước mặt cán bộ".lower() in page.lower()
    assert "Người nộp thay" in text_of(sign_in(world.citizen).get(f"/ho-so/{dossier.code}/"))
    counted = text_of(clerk.get("/mot-cua/nop-thay/"))
    assert world.clerk.name in counted


def test_not_without_consent(world: World, clerk: Client, pdf: bytes) -> None:
    page = fill_in(clerk, world, pdf, consent="")
    assert (page.status_code, "đồng ý bằng cách nào" in text_of(page)) == (422, True)
    page = fill_in(clerk, world, pdf, consent="signed")
    assert (page.status_code, "đính kèm bản quét giấy đó" in text_of(page)) == (422, True)
    assert not Dossier.objects.exists()


def test_the_leader_raises_the_limit(world: World, clerk: Client, sign_in: SignIn, pdf: bytes) -> None:
    head = sign_in(world.officer("giam-doc", world.desk, "Giám đốc", Right.LEAD_DIVISION))
    today = f"{timezone.localdate():%d/%m/%Y}"
    said = {
        "key": "1",
        "desk": world.desk.pk,
        "source": "assisted",
        "most_a_day": 1,
        "most_open": 9,
        "on": today,
        "reason": "Thử",
    }
    assert head.post("/mot-cua/nop-thay/han-muc/", said).status_code == 303
    assert fill_in(clerk, world, pdf).status_code == 302
    page = fill_in(clerk, world, pdf, key="b", confirmed_duplicate="on")
    assert (page.status_code, "đủ hạn mức 1 hồ sơ một ngày" in text_of(page)) == (409, True)
    assert head.post("/mot-cua/nop-thay/han-muc/", {**said, "key": "2", "most_a_day": 2}).status_code == 303
    assert fill_in(clerk, world, pdf, key="c", confirmed_duplicate="on").status_code == 302
    assert HelperLimit.objects.get(valid_to__isnull=True).most_a_day == 2
    assert "Hạn mức của mỗi người nộp thay" in text_of(head.get("/mot-cua/nop-thay/"))
    assert clerk.get("/mot-cua/nop-thay/han-muc/").status_code == 403


def test_a_scan_of_every_paper(world: World, clerk: Client, pdf: bytes) -> None:
    page = fill_in(clerk, world, pdf, **{"components.to-khai.files": ""})
    assert (page.status_code, "Thiếu giấy tờ bắt buộc" in text_of(page)) == (422, True)
