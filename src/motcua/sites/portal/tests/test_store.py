"""Kho giấy tờ in the portal: whose it is, sharing, who looked, taking from it at the next dossier."""

import re
from datetime import datetime
from typing import Any

import pytest
import time_machine
from django.test import Client

from motcua.dossiers.models import Dossier
from motcua.dossiers.terms import Digitised
from motcua.dossiers.tests.world import CODE, World, definition, moment
from motcua.identity.models import Account
from motcua.identity.queries import actor_of
from motcua.identity.terms import Actor
from motcua.results.actions.deposit import deposit
from motcua.results.actions.represent import Represents, confirm_representation
from motcua.results.actions.revoke import revoke_paper
from motcua.results.models import Consent, Representation, Reuse, Share, StoredPaper
from motcua.results.terms import PaperKind, RepresentedBy
from motcua.results.tests.world import file, issued
from motcua.sites.portal.tests.conftest import signed_in
from motcua.sites.portal.tests.journey import begun, handed_in, read

NOW = moment(5, 9)
ME = {"owner-name": "Nguyễn Thị Hoà", "owner-personal_id": "022190001234", "owner-phone": "0912345678"}


@pytest.fixture
def world(db: None, settings: Any, tmp_path: Any) -> World:
    settings.DATA_DIR = tmp_path
    papers = [{"key": "to-khai", "name": "Giấy đã cấp", "originals": 1, "reuse": ["KQ.G15.000031"]}]
    results = [{"code": "KQ.G15.000031", "name": "Giấy khai sinh", "validity": "6 tháng"}]
    return World(definition(components=papers, results=results)).build()


@pytest.fixture
def paper(world: World) -> StoredPaper:
    return issued(world)


@pytest.fixture
def hoa(world: World) -> Actor:
    account = Account.objects.create(
        username="hoa", full_name="Nguyễn Thị Hoà", kind="citizen", personal_id="022190001234", identity_level="2"
    )
    return actor_of(account, NOW.date())


@pytest.fixture
def mine(hoa: Actor) -> Client:
    return signed_in(Client(), hoa)


@pytest.fixture(autouse=True)
def _on_that_day() -> Any:
    with time_machine.travel(NOW, tick=True):
        yield


def page(client: Client, path: str, status: int = 200) -> str:
    answer = client.get(path)
    assert answer.status_code == status, answer.content.decode()[:500]
    return answer.content.decode()


def test_an_account_nobody_vouched_for_is_told_so(citizen: Client) -> None:
    assert "Tài khoản của bạn chưa xác thực" in page(citizen, "/kho-giay-to/")
    assert citizen.post("/kho-giay-to/ma-dong-y/").status_code == 403


def test_my_results_are_there(mine: Client, paper: StoredPaper) -> None:
    text = page(mine, "/kho-giay-to/")
    for words in ("Giấy khai sinh", "Số 12/GKS", "Còn hiệu lực", "đến hết 03/09/2026"):
        assert words in text
    text = page(mine, f"/kho-giay-to/{paper.pk}/")
    assert paper.issued.code in text
    assert "<svg" in text
    slip = mine.get(f"/kho-giay-to/{paper.pk}/phieu-xac-thuc.pdf")
    assert slip.content.startswith(b"%PDF-")
    assert slip.content == mine.get(f"/kho-giay-to/{paper.pk}/phieu-xac-thuc.pdf").content
    assert read(mine, f"/kho-giay-to/{paper.pk}/tep/").startswith(b"%PDF")


def test_somebody_elses_are_not(world: World, citizen: Client, paper: StoredPaper) -> None:
    Account.objects.filter(pk=world.citizen.account_id).update(identity_level="2", personal_id="022090001235")
    assert "Kho chưa có giấy tờ nào" in page(citizen, "/kho-giay-to/")
    for path in ("", "tep/", "phieu-xac-thuc.pdf", "chia-se/"):
        assert citizen.get(f"/kho-giay-to/{paper.pk}/{path}").status_code == 404


def shared(mine: Client, paper: StoredPaper, **more: Any) -> str:
    said = {"to": "anyone", "purpose": "Nhập học cho con", "days": "7", "fields_shown": ["number"], **more}
    answer = mine.post(f"/kho-giay-to/{paper.pk}/chia-se/", said)
    assert answer.status_code == 302, answer.content.decode()
    found = re.search(r'value="(http[^"]+/chia-se/[^"]+)"', page(mine, f"/kho-giay-to/{paper.pk}/"))
    assert found
    return "/chia-se/" + found[1].partition("/chia-se/")[2]


def test_a_share_shows_what_was_chosen_and_the_look_is_told(
    mine: Client, citizen: Client, client: Client, paper: StoredPaper
) -> None:
    link = shared(mine, paper)
    text = page(citizen, link)
    assert "12/GKS" in text
    assert "N. T. Hoà" in text
    for hidden in ("Nguyễn Thị Hoà", "022190001234", "03/03/2026", "/tep/"):
        assert hidden not in text
    assert client.get(f"{link}tep/").status_code == 404
    told = page(mine, "/kho-giay-to/")
    assert "Trần Văn Bình" in told
    assert "Được chia sẻ: Nhập học cho con" in told
    assert mine.post(f"/kho-giay-to/chia-se/{Share.objects.get().pk}/dung/").status_code == 302
    assert "đã dừng chia sẻ" in page(citizen, link, 409)


def test_the_file_is_given_where_the_holder_opened_it(mine: Client, client: Client, paper: StoredPaper) -> None:
    link = shared(mine, paper, fields_shown=["file", "holder"])
    assert "Nguyễn Thị Hoà" in page(client, link)
    assert read(client, f"{link}tep/").startswith(b"%PDF")


def test_a_share_for_an_agency_asks_who_looks(world: World, mine: Client, client: Client, paper: StoredPaper) -> None:
    link = shared(mine, paper, to="agency", unit=str(world.ward.pk))
    assert "Hãy đăng nhập đúng tài khoản" in page(client, link, 403)
    officer = signed_in(Client(), world.clerk)
    assert "12/GKS" in page(officer, link)
    assert "Công chức tiếp nhận" in page(mine, f"/kho-giay-to/{paper.pk}/")


def test_a_share_says_what_is_missing(mine: Client, paper: StoredPaper) -> None:
    answer = mine.post(f"/kho-giay-to/{paper.pk}/chia-se/", {"to": "person", "purpose": " ", "days": "7"})
    assert answer.status_code == 422
    answer = mine.post(f"/kho-giay-to/{paper.pk}/chia-se/", {"to": "person", "purpose": "Vay vốn", "days": "7"})
    assert "số định danh người nhận" in answer.content.decode()
    assert not Share.objects.exists()


def test_a_code_for_the_counter(mine: Client) -> None:
    answer = mine.post("/kho-giay-to/ma-dong-y/")
    assert re.search(r"\d{3} \d{3}", answer.content.decode())
    assert "no-store" in answer["Cache-Control"] or "no-cache" in answer["Cache-Control"]


# The next dossier


def on_papers(mine: Client, world: World) -> str:
    base = begun(mine)
    mine.post(f"{base}noi-nop/", {"agency": str(world.ward.pk), "case": "default"})
    mine.post(f"{base}nop-cho-ai/", {"source": "self"})
    mine.post(f"{base}thong-tin/", ME)
    return base


def offer_in(text: str) -> str:
    found = re.search(r'name="take" value="([^"]+)"', text)
    assert found, text
    return found[1]


def finished(mine: Client, base: str) -> Any:
    mine.post(f"{base}nhan-ket-qua/", {"result_channel": "in_person"})
    return handed_in(mine, base)


def test_a_paper_of_the_store_takes_the_place_of_an_upload(world: World, mine: Client, paper: StoredPaper) -> None:
    base = on_papers(mine, world)
    text = page(mine, f"{base}giay-to/")
    assert "Lấy từ kho giấy tờ: Giấy khai sinh số 12/GKS" in text
    mine.post(f"{base}giay-to/", {"take": offer_in(text), "go": ""})
    text = page(mine, f"{base}giay-to/")
    assert "lấy từ kho giấy tờ" in text
    assert 'name="take"' not in text
    assert mine.post(f"{base}giay-to/", {"go": "next"}).url.endswith("nhan-ket-qua/")
    assert finished(mine, base).status_code == 302
    dossier = Dossier.objects.latest("id")
    reuse = Reuse.objects.get()
    assert (reuse.dossier_id, reuse.paper_id, reuse.component.key) == (dossier.pk, paper.pk, "to-khai")
    assert dossier.components.get(key="to-khai").digitised == Digitised.RESULT_REUSED
    consent = Consent.objects.get()
    assert (consent.how, consent.purpose) == ("online", f"Nộp hồ sơ {dossier.code}")


def test_one_that_was_taken_out_again_is_not_used(world: World, mine: Client, paper: StoredPaper) -> None:
    base = on_papers(mine, world)
    text = page(mine, f"{base}giay-to/")
    mine.post(f"{base}giay-to/", {"take": offer_in(text)})
    found = re.search(r'name="remove" value="(\d+)"', page(mine, f"{base}giay-to/"))
    assert found
    mine.post(f"{base}giay-to/", {"remove": found[1]})
    assert 'name="take"' in page(mine, f"{base}giay-to/")
    assert mine.post(f"{base}giay-to/", {"go": "next"}).status_code == 422


def test_one_revoked_meanwhile_is_refused_with_the_reason(world: World, mine: Client, paper: StoredPaper) -> None:
    base = on_papers(mine, world)
    mine.post(f"{base}giay-to/", {"take": offer_in(page(mine, f"{base}giay-to/"))})
    revoke_paper(
        actor=world.chair, paper_id=paper.pk, at=NOW, decision_number="9/QĐ", decided_on=NOW.date(), reason="Sai"
    )
    before = Dossier.objects.count()
    answer = finished(mine, base)
    assert answer.status_code == 422
    assert "đã bị thu hồi nên không dùng lại được" in answer.content.decode()
    assert (Dossier.objects.count(), Reuse.objects.count(), Consent.objects.count()) == (before, 0, 0)


@pytest.mark.parametrize(
    "value", ["", ":", "to-khai:", "to-khai:0", "to-khai:9999999999999999999999", "khac:{pk}", "x"]
)
def test_other_values_take_nothing(world: World, mine: Client, paper: StoredPaper, value: str) -> None:
    base = on_papers(mine, world)
    answer = mine.post(f"{base}giay-to/", {"take": value.format(pk=paper.pk)})
    assert answer.status_code in {302, 404}
    assert "lấy từ kho giấy tờ ·" not in page(mine, f"{base}giay-to/")


def test_strangers_papers_are_not_offered(world: World, citizen: Client, paper: StoredPaper) -> None:
    base = on_papers(citizen, world)
    assert 'name="take"' not in page(citizen, f"{base}giay-to/")
    answer = citizen.post(f"{base}giay-to/", {"take": f"to-khai:{paper.pk}"})
    assert answer.status_code == 403


def test_an_expired_one_is_not_offered(world: World, hoa: Actor, paper: StoredPaper) -> None:
    late: datetime = moment(5, 9, month=10)
    with time_machine.travel(late, tick=True):
        client = signed_in(Client(), hoa)
        base = on_papers(client, world)
        assert 'name="take"' not in page(client, f"{base}giay-to/")
        answer = client.post(f"{base}giay-to/", {"take": f"to-khai:{paper.pk}"})
        assert "đã hết hạn từ 03/09/2026" in answer.content.decode()
    assert CODE in base


# Organisations


@pytest.fixture
def company(world: World, mine: Client) -> StoredPaper:
    """A paper of a company for which the citizen acts."""
    said = Represents("0100109106", "Công ty Hạ Long Xanh", "022190001234", RepresentedBy.LEGAL, "GCN 0100109106")
    confirm_representation(actor=world.clerk, said=said, at=NOW)
    ref = file("giay-phep.pdf", content=b"%PDF-1.7 giay phep")
    kind = PaperKind.DIGITISED
    owner = {"owner_personal_id": "", "owner_tax_code": "0100109106", "owner_name": "Công ty Hạ Long Xanh"}
    return deposit(
        actor=world.sealer, at=NOW, kind=kind, name="Giấy phép", blob=ref.sha256, file_name=ref.name, **owner
    )


def test_the_store_of_an_organisation_and_who_looked(
    world: World, mine: Client, citizen: Client, company: StoredPaper
) -> None:
    assert "Giấy phép" not in page(mine, "/kho-giay-to/")
    text = page(mine, "/kho-giay-to/?to-chuc=0100109106")
    assert "Kho giấy tờ của Công ty Hạ Long Xanh" in text
    assert "Giấy phép" in text
    page(mine, f"/kho-giay-to/{company.pk}/")
    assert "Mở giấy tờ của tổ chức" in page(mine, "/kho-giay-to/?to-chuc=0100109106")
    Account.objects.filter(pk=world.citizen.account_id).update(
        identity_level="2", tax_code="0100109106", personal_id="022090001235"
    )
    page(citizen, "/kho-giay-to/?to-chuc=0100109106", 404)
    page(citizen, f"/kho-giay-to/{company.pk}/", 404)
    assert read(mine, f"/kho-giay-to/{company.pk}/tep/").startswith(b"%PDF")


def test_the_representative_stops_acting(mine: Client, company: StoredPaper) -> None:
    found = Representation.objects.get()
    assert mine.post(f"/kho-giay-to/dai-dien/{found.pk}/thoi/").status_code == 302
    page(mine, "/kho-giay-to/?to-chuc=0100109106", 404)
