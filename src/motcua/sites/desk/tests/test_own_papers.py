"""Results, letters and records of a procedure on the dossier's page: who gets them, when, and as a draft."""

import subprocess
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from motcua.agencies.terms import Right
from motcua.dossiers.models import Dossier, DraftResult
from motcua.dossiers.papers.templates_of import papers_open
from motcua.dossiers.terms import Act
from motcua.dossiers.tests.stages import perform
from motcua.dossiers.tests.world import MONDAY, TYPED, World, definition_with_form
from motcua.journal.models import Reading
from motcua.sites.desk.tests.browser import hidden_fields, text_of
from motcua.sites.desk.tests.conftest import SignIn
from motcua.sites.desk.tests.test_pages import CEILING, START, cost

SIGNED = {"kind": "signatures", "text": "{result.signer_title} | {result.signer_name}"}
FACTS = (
    "{code}; {procedure_name}; {case_name}; {case}; {channel}; {online}; {procedure}; {applicant}; {copies}; {pages}; "
    "{agency}; nhận {received_at}; hẹn {due_at}; {today}; chủ {owner.name}, {owner.personal_id}, {owner.address}; "
    "nộp {submitter.name}; số {result.number}, ký hiệu {result.symbol}, ngày {result.issued_on}"
)
PAPERS: list[dict[str, Any]] = [
    {"key": "giay-khai-sinh", "name": "Giấy khai sinh", "kind": "result", "title": "GIẤY KHAI SINH", "symbol": "GKS",
     "step": "appraise", "blocks": [{"kind": "text", "text": "Tên: {upper(child_name)}"}, SIGNED]},
    {"key": "moi-bo-sung", "name": "Giấy mời cha mẹ", "kind": "letter", "title": "GIẤY MỜI", "when": "wedded",
     "blocks": [{"kind": "text", "text": "Kính mời"}]},
    {"key": "phieu-ghi", "name": "Phiếu ghi hồ sơ", "kind": "record", "title": "PHIẾU GHI",
     "when": "case == 'default' and not wedded", "blocks": [{"kind": "text", "text": FACTS}]},
    {"key": "to-khai", "name": "Tờ khai", "kind": "declaration", "title": "TỜ KHAI", "blocks": [SIGNED]},
]  # fmt: skip
#: The acts after the desk passed it on, as far as the decision.
WAY: dict[Act, dict[str, Any]] = {
    Act.ASSIGN: {"to_account_id": "@specialist"},
    Act.APPRAISE: {},
    Act.FORWARD: {"by": "head"},
    Act.APPROVE: {},
}


@pytest.fixture
def world(db: None, now: object) -> World:
    return World(definition_with_form(papers=PAPERS)).build()


def brought(world: World, until: Act) -> Dossier:
    """A dossier with answers, brought as far as the act `until`."""
    dossier = perform(world, Act.FORWARD, world.received(START, form=TYPED), at=START)
    for number, (act, facts) in enumerate(WAY.items(), 1):
        dossier = perform(world, act, dossier, at=START + timedelta(minutes=number), **facts)
        if act == until:
            break
    return dossier


def address(dossier: Dossier, key: str) -> str:
    return f"/mot-cua/ho-so/{dossier.code}/van-ban/{key}.pdf"


def words_of(client: Client, dossier: Dossier, key: str) -> str:
    pdf = client.get(address(dossier, key)).content
    done = subprocess.run(["pdftotext", "-", "-"], input=pdf, capture_output=True, check=True)
    return " ".join(done.stdout.decode().split())


def test_what_is_open_stands_on_the_page(world: World, sign_in: SignIn) -> None:
    dossier, client = world.received(form=TYPED), sign_in(world.clerk)
    queries, page = cost(client, f"/mot-cua/ho-so/{dossier.code}/")
    assert queries <= CEILING
    assert "Văn bản của thủ tục" in page
    assert address(dossier, "phieu-ghi") in page
    for closed in ("giay-khai-sinh", "moi-bo-sung", "to-khai", "khong-co"):
        assert address(dossier, closed) not in page
        assert client.get(address(dossier, closed)).status_code == 404, closed


def test_every_fact_is_filled_in(world: World, sign_in: SignIn) -> None:
    dossier, client = world.received(form=TYPED), sign_in(world.clerk)
    words = words_of(client, dossier, "phieu-ghi")
    facts = (
        f"{dossier.code}; Đăng ký khai sinh; Thông thường; default; in_person; Không; 1.001193; citizen; 1; 0; "
        "UBND phường Hồng Gai; nhận 02/03/2026; hẹn 05/03/2026; 02/03/2026; "
        "chủ Nguyễn Thị Hoà, 022190001234, Tổ 1, khu 2; nộp Nguyễn Thị Hoà; số …"
    )
    for said in ("UBND PHƯỜNG HỒNG GAI", "Hồng Gai, ngày …… tháng …… năm ……", "DỰ THẢO", facts):
        assert said in words, words
    assert client.get(address(dossier, "phieu-ghi")).content == client.get(address(dossier, "phieu-ghi")).content


def test_a_result_is_a_draft_until_it_is_decided(world: World, sign_in: SignIn) -> None:
    dossier = brought(world, Act.APPROVE)
    client = sign_in(world.sealer)
    words = words_of(client, dossier, "giay-khai-sinh")
    assert "Tên: NGUYỄN AN BÌNH" in words
    assert "CHỦ TỊCH Cán bộ chu-tich" in words
    assert "Số: ……/GKS" in words
    assert "DỰ THẢO" not in words


def test_no_result_paper_for_a_refusal(world: World, sign_in: SignIn) -> None:
    dossier, client = brought(world, Act.FORWARD), sign_in(world.chair)
    assert client.get(address(dossier, "giay-khai-sinh")).status_code == 200
    Dossier.objects.filter(pk=dossier.pk).update(is_negative=True)
    assert client.get(address(dossier, "giay-khai-sinh")).status_code == 404


class TestRights:
    def test_who_works_on_it_is_noted_in_the_journal_of_readings(self, world: World, sign_in: SignIn) -> None:
        dossier = world.received(form=TYPED)
        assert sign_in(world.clerk).get(address(dossier, "phieu-ghi")).status_code == 200
        assert Reading.objects.filter(kind="work").count() == 1

    def test_a_colleague_says_why_first(self, world: World, sign_in: SignIn) -> None:
        dossier = world.received(form=TYPED)
        colleague = world.officer("phong-khac", world.second_division, "Chuyên viên", Right.HANDLE)
        client = sign_in(colleague)
        assert "Văn bản của thủ tục" not in text_of(client.get(f"/mot-cua/ho-so/{dossier.code}/"))
        refused = client.get(address(dossier, "phieu-ghi"))
        assert (refused.status_code, "/muc-dich/" in refused["Location"]) == (302, True)

    def test_a_stranger_finds_nothing(self, world: World, sign_in: SignIn) -> None:
        dossier = world.received(form=TYPED)
        assert sign_in(world.stranger).get(address(dossier, "phieu-ghi")).status_code == 404


def test_without_papers_nothing_is_asked(db: None, django_assert_num_queries: Any) -> None:
    dossier = World(definition_with_form()).build().received(form=TYPED)
    found = Dossier.objects.get(pk=dossier.pk)
    assert found.definition.form
    with django_assert_num_queries(0):
        assert papers_open(found, at=MONDAY) == ()


def test_a_paper_becomes_the_draft_in_one_press(world: World, sign_in: SignIn) -> None:
    dossier, client = brought(world, Act.ASSIGN), sign_in(world.specialist)
    address_of_act = f"/mot-cua/ho-so/{dossier.code}/tham-dinh/"
    page = client.get(address_of_act)
    assert 'value="paper:giay-khai-sinh"' in text_of(page)
    assert 'value="paper:phieu-ghi"' not in text_of(page)
    typed = hidden_fields(page) | {"opinion": "Đủ điều kiện"}
    assert client.post(address_of_act, typed | {"fill": "paper:moi-bo-sung"}).status_code == 404
    pressed = client.post(address_of_act, typed | {"fill": "paper:giay-khai-sinh"})
    assert "Đủ điều kiện" in text_of(pressed)
    assert not DraftResult.objects.exists()
    assert "Tên: NGUYỄN AN BÌNH" in text_of(pressed)
    filled = hidden_fields(pressed) | {"opinion": "Đủ điều kiện", "text": "Tên: NGUYỄN AN BÌNH"}
    assert filled["template"] == "giay-khai-sinh"
    done = client.post(address_of_act, filled)
    assert done.status_code == 302, text_of(done)
    draft = DraftResult.objects.get()
    assert (draft.template, draft.text, draft.attachment) == ("giay-khai-sinh", "", None)


def test_what_the_specialist_changed_is_kept(world: World, sign_in: SignIn) -> None:
    dossier, client = brought(world, Act.ASSIGN), sign_in(world.specialist)
    address_of_act = f"/mot-cua/ho-so/{dossier.code}/tham-dinh/"
    pressed = client.post(address_of_act, hidden_fields(client.get(address_of_act)) | {"fill": "paper:giay-khai-sinh"})
    typed = hidden_fields(pressed) | {"opinion": "Đủ", "text": "Tên: NGUYỄN AN BÌNH (đã cải chính)"}
    assert client.post(address_of_act, typed).status_code == 302
    assert DraftResult.objects.get().text == "Tên: NGUYỄN AN BÌNH (đã cải chính)"
    page = text_of(sign_in(world.head).get(f"/mot-cua/ho-so/{dossier.code}/"))
    assert "Theo mẫu của thủ tục, có sửa" in page
    refused = client.post(address_of_act, typed | {"template": "moi-bo-sung", "key": "khac"})
    assert refused.status_code in {302, 409, 422}


def test_who_may_not_appraise_gets_no_draft(world: World, sign_in: SignIn) -> None:
    dossier, client = brought(world, Act.ASSIGN), sign_in(world.sealer)
    typed = {"opinion": "Đủ", "fill": "paper:giay-khai-sinh"}
    pressed = client.post(f"/mot-cua/ho-so/{dossier.code}/tham-dinh/", typed)
    assert "file__giu" not in text_of(pressed)
