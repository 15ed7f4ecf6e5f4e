"""My dossiers, their papers, supplement and withdrawal."""

from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from motcua.dossiers.actions.attach import attach
from motcua.dossiers.actions.receive import receive_dossier
from motcua.dossiers.actions.refuse import refuse_dossier
from motcua.dossiers.actions.request_supplement import request_supplement
from motcua.dossiers.models import Attachment, Dossier, Move
from motcua.dossiers.rules.application import FileRef
from motcua.dossiers.rules.reasons import Ground
from motcua.dossiers.terms import AttachmentPurpose, Status
from motcua.dossiers.tests.world import MONDAY, World
from motcua.journal.actions.deliver import deliver_pending
from motcua.sites.portal.story import story_of
from motcua.sites.portal.tests.conftest import photo, signed_in
from motcua.sites.portal.tests.journey import dossier_of, read


@pytest.fixture
def dossier(citizen: Client, world: World) -> Dossier:
    return dossier_of(citizen, world)


def asked_for_more(world: World, dossier: Dossier) -> None:
    grounds = [Ground("illegible", component="to-khai", note="Mờ trang 2")]
    request_supplement(actor=world.clerk, dossier_id=dossier.pk, at=timezone.now(), grounds=grounds)


def test_the_list_says_where_each_stands(citizen: Client, dossier: Dossier) -> None:
    page = citizen.get("/ho-so/").content.decode()
    assert dossier.code in page
    assert "Mới đăng ký" in page
    assert "Chờ cơ quan tiếp nhận" in page


def test_before_and_after_receipt(citizen: Client, world: World, dossier: Dossier) -> None:
    url = f"/ho-so/{dossier.code}/"
    before = citizen.get(url).content.decode()
    assert "Cơ quan phải trả lời bạn trước" in before
    assert "Đang chờ tiếp nhận" in before
    receive_dossier(actor=world.clerk, dossier_id=dossier.pk, at=timezone.now())
    page = citizen.get(url).content.decode()
    assert "Vì sao là ngày này?" in page
    assert "Cơ quan tiếp nhận hồ sơ" in page
    assert "Giấy tiếp nhận hồ sơ và hẹn trả kết quả" in page
    assert "Phê duyệt" in page  # a step to come
    paper = dossier.papers.get()
    pdf = citizen.get(f"{url}giay/{paper.pk}/")
    assert pdf.content.startswith(b"%PDF")
    assert pdf["Content-Type"] == "application/pdf"


def test_a_dossier_is_private(dossier: Dossier, world: World) -> None:
    other = signed_in(Client(), world.other_citizen)
    file_id = dossier.attachments.get().pk
    for path in ("", "da-nop/", "bo-sung/", "rut/", f"tep/{file_id}/", "giay/1/"):
        assert other.get(f"/ho-so/{dossier.code}/{path}").status_code == 404


def test_drafts_of_results_stay_in_the_office(citizen: Client, world: World, dossier: Dossier) -> None:
    own = dossier.attachments.get()
    ref = FileRef(own.blob_id, "du-thao-bi-mat.pdf")
    with transaction.atomic():
        for purpose in (AttachmentPurpose.DRAFT, AttachmentPurpose.RESULT):
            attach(world.specialist, dossier, ref, purpose=purpose, at=timezone.now())
    for hidden in Attachment.objects.exclude(pk=own.pk):
        assert citizen.get(f"/ho-so/{dossier.code}/tep/{hidden.pk}/").status_code == 404
    assert "du-thao-bi-mat" not in citizen.get(f"/ho-so/{dossier.code}/").content.decode()
    assert read(citizen, f"/ho-so/{dossier.code}/tep/{own.pk}/").startswith(b"\x89PNG")


def test_supplement(citizen: Client, world: World, dossier: Dossier) -> None:
    asked_for_more(world, dossier)
    url = f"/ho-so/{dossier.code}/"
    page = citizen.get(url).content.decode()
    assert "Bạn cần bổ sung giấy tờ" in page
    assert "Mờ trang 2" in page
    opened = citizen.get(f"{url}bo-sung/")
    assert opened.content.decode().count("Mờ trang 2") == 1
    form = opened.context["form"]
    said = {"key": form["key"].value(), "revision": form["revision"].value()}
    nothing = citizen.post(f"{url}bo-sung/", said)
    assert nothing.status_code == 422
    assert "Chưa có giấy tờ hoặc nội dung bổ sung nào." in nothing.content.decode()
    sent = citizen.post(f"{url}bo-sung/", {**said, "tep-0": photo("ro-net.png", "green"), "note": "Đã chụp lại"})
    assert sent.url == url
    again = citizen.post(f"{url}bo-sung/", {**said, "tep-0": photo("ro-net.png", "green"), "note": "Đã chụp lại"})
    assert again.url == url
    added = dossier.attachments.get(purpose="supplement")
    assert (added.name, added.component.key) == ("ro-net.png", "to-khai")
    assert read(citizen, f"{url}tep/{added.pk}/").startswith(b"\x89PNG")


def test_the_list_begins_with_what_the_citizen_must_do(citizen: Client, world: World, dossier: Dossier) -> None:
    assert "Cần bạn bổ sung giấy tờ" not in citizen.get("/ho-so/").content.decode()
    asked_for_more(world, dossier)
    assert "Cần bạn bổ sung giấy tờ" in citizen.get("/ho-so/").content.decode()


def test_my_pages_ask_little(citizen: Client, dossier: Dossier) -> None:
    for path, most in (("/ho-so/", 10), (f"/ho-so/{dossier.code}/", 18)):
        citizen.get(path)
        with CaptureQueriesContext(connection) as queries:
            assert citizen.get(path).status_code == 200
        assert len(queries) <= most, [query["sql"] for query in queries]


def test_files_of_a_supplement_survive_an_error(citizen: Client, world: World, dossier: Dossier) -> None:
    asked_for_more(world, dossier)
    url = f"/ho-so/{dossier.code}/bo-sung/"
    form = citizen.get(url).context["form"]
    stale = {"key": form["key"].value(), "revision": "1"}
    answer = citizen.post(url, {**stale, "tep-0": photo("ro-net.png"), "note": "x"})
    assert answer.status_code == 422
    assert "ro-net.png" in answer.content.decode()
    (_name, mark) = answer.context["rows"][0]["kept"][0]
    fresh = {"key": "k2", "revision": form["revision"].value(), "giu-0": mark}
    assert citizen.post(url, fresh).status_code == 302
    assert dossier.attachments.filter(purpose="supplement").count() == 1


def test_somebody_elses_mark_is_no_file(citizen: Client, world: World, dossier: Dossier) -> None:
    asked_for_more(world, dossier)
    url = f"/ho-so/{dossier.code}/bo-sung/"
    form = citizen.get(url).context["form"]
    said = {"key": "k", "revision": form["revision"].value(), "giu-0": "made:up:mark"}
    assert citizen.post(url, said).status_code == 422


def test_withdraw(citizen: Client, dossier: Dossier) -> None:
    url = f"/ho-so/{dossier.code}/"
    assert "Rút hồ sơ</a>" in citizen.get(url).content.decode()
    form = citizen.get(f"{url}rut/").context["form"]
    said = {"key": form["key"].value(), "revision": form["revision"].value(), "reason": "Nộp nhầm nơi"}
    assert citizen.post(f"{url}rut/", said).status_code == 422
    assert citizen.post(f"{url}rut/", {**said, "sure": "on"}).url == url
    assert citizen.post(f"{url}rut/", {**said, "sure": "on"}).url == url
    dossier.refresh_from_db()
    assert dossier.status == Status.WITHDRAWN
    page = citizen.get(url).content.decode()
    assert "Nộp nhầm nơi" in page
    assert "Rút hồ sơ</a>" not in page
    assert citizen.get(f"{url}rut/").status_code == 409


def test_money_is_no_step_of_the_way(dossier: Dossier) -> None:
    here = {"from_step": dossier.step_key, "to_step": dossier.step_key, "to_unit_id": dossier.unit_id}
    knots = story_of(dossier, [Move(act="add_charge", at=MONDAY, **here)], public=True)
    assert [knot.mark for knot in knots][:1] == ["now"]


def test_a_refusal_is_explained(citizen: Client, world: World, dossier: Dossier) -> None:
    grounds = [Ground("not_competent", note="Nộp tại phường Bãi Cháy")]
    refuse_dossier(actor=world.clerk, dossier_id=dossier.pk, at=timezone.now() + timedelta(seconds=1), grounds=grounds)
    page = citizen.get(f"/ho-so/{dossier.code}/").content.decode()
    assert "Nộp tại phường Bãi Cháy" in page
    assert "Phiếu từ chối tiếp nhận giải quyết hồ sơ" in page
    assert "Hồ sơ đã kết thúc" in page


def test_notices(citizen: Client, world: World, dossier: Dossier) -> None:
    receive_dossier(actor=world.clerk, dossier_id=dossier.pk, at=timezone.now())
    deliver_pending(at=timezone.now())
    page = citizen.get("/thong-bao/").content.decode()
    assert dossier.code in page
    assert "Thông báo (" in page
    seen = citizen.get("/thong-bao/").context["rows"][0].pk
    citizen.post("/thong-bao/", {"seen": str(seen)})
    assert citizen.get("/thong-bao/").context["unread"] == 0
