"""Every page opens, within its ceiling of queries, and says what it should."""

from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from motcua.dossiers.actions.appraise import appraise_dossier
from motcua.dossiers.actions.approve import approve_dossier
from motcua.dossiers.actions.assign import assign_dossier
from motcua.dossiers.actions.deliver_result import Collection, deliver_result
from motcua.dossiers.actions.forward import forward_dossier
from motcua.dossiers.actions.request_supplement import request_supplement
from motcua.dossiers.actions.seal import seal_result
from motcua.dossiers.actions.submit import submit_dossier
from motcua.dossiers.actions.supplement import supplement_dossier
from motcua.dossiers.models import Dossier
from motcua.dossiers.rules.application import ComponentFacts, FileRef
from motcua.dossiers.rules.reasons import Ground
from motcua.dossiers.terms import Channel, Collector
from motcua.dossiers.tests.world import World, moment
from motcua.files.actions.store import store_paper
from motcua.sites.desk.tests.browser import text_of
from motcua.sites.desk.tests.conftest import SignIn

CEILING = 20
START = moment(2, 7, 30)


def cost(client: Client, address: str) -> tuple[int, str]:
    """Return how many queries a warm page takes, and its text."""
    client.get(address)
    with CaptureQueriesContext(connection) as queries:
        page = client.get(address)
    assert page.status_code == 200, (address, page.status_code)
    return len(queries), text_of(page)


def lived(world: World, until: str, start: datetime = START, number: int = 0) -> Dossier:
    """Return a dossier that went through every act up to the step `until`."""
    paper = store_paper(b"%PDF-1.4 to khai", name="to-khai.pdf", at=start)
    files = (ComponentFacts("to-khai", originals=1, files=(FileRef(paper.sha256, paper.name),)),)
    dossier = world.received(start, components=files, confirmed_duplicate=True)
    step = iter(timedelta(minutes=one) for one in range(1, 60))
    acts = [
        ("assign", lambda at: forward_dossier(actor=world.clerk, dossier_id=dossier.pk, at=at)),
        ("asked", lambda at: assign_dossier(
            actor=world.head, dossier_id=dossier.pk, at=at, to_account_id=world.specialist.account_id or 0)),
        ("answered", lambda at: request_supplement(
            actor=world.specialist, dossier_id=dossier.pk, at=at, grounds=[Ground("unsigned", "to-khai")])),
        ("appraise", lambda at: supplement_dossier(actor=world.clerk, dossier_id=dossier.pk, at=at, note="Đã ký")),
        ("review", lambda at: appraise_dossier(
            actor=world.specialist, dossier_id=dossier.pk, at=at, opinion="Đủ điều kiện", text="Cấp giấy",
            file=FileRef(paper.sha256, "du-thao.pdf"))),
        ("approve", lambda at: forward_dossier(actor=world.head, dossier_id=dossier.pk, at=at)),
        ("seal", lambda at: approve_dossier(actor=world.chair, dossier_id=dossier.pk, at=at, draft_number=1)),
        ("deliver", lambda at: seal_result(
            actor=world.sealer, dossier_id=dossier.pk, at=at, number=str(12 + number), symbol="GKS")),
        ("end", lambda at: deliver_result(
            actor=world.clerk, dossier_id=dossier.pk, at=at, collection=Collection(Collector.OWNER))),
    ]  # fmt: skip
    for name, act in acts:
        if until == "receive":
            break
        act(start + next(step))
        if name == until:
            break
    return Dossier.objects.get(pk=dossier.pk)


@pytest.mark.parametrize(
    "path",
    [
        "/mot-cua/", "/mot-cua/?loc=qua-han", "/mot-cua/?loc=la-gi", "/mot-cua/phe-duyet/", "/mot-cua/tim/",
        "/mot-cua/tim/?q=nguyen+thi+hoa", "/mot-cua/tim/?han=con-han&trang-thai=2", "/mot-cua/tiep-nhan/",
        "/mot-cua/tiep-nhan/?q=khai+sinh", "/mot-cua/tiep-nhan/1.001193/", "/mot-cua/ho-so/{code}/",
        "/mot-cua/ho-so/{code}/bien-nhan/",
    ],
)  # fmt: skip
def test_pages_stay_below_their_ceiling(world: World, sign_in: SignIn, path: str) -> None:
    dossier = world.received()
    queries, _text = cost(sign_in(world.clerk), path.format(code=dossier.code))
    assert queries <= CEILING


@pytest.mark.parametrize(
    ("role", "until", "slug"),
    [
        ("clerk", "receive", "yeu-cau-bo-sung"), ("clerk", "receive", "dinh-chinh"), ("clerk", "receive", "rut"),
        ("head", "assign", "phan-cong"), ("clerk", "answered", "bo-sung"), ("specialist", "appraise", "tham-dinh"),
        ("chair", "approve", "phe-duyet"), ("chair", "approve", "khong-phe-duyet"), ("chair", "approve", "tra-lai"),
        ("sealer", "seal", "dong-dau"), ("clerk", "deliver", "tra-ket-qua"),
    ],
)  # fmt: skip
def test_forms_of_acts_stay_below_their_ceiling(
    world: World, sign_in: SignIn, role: str, until: str, slug: str
) -> None:
    dossier = lived(world, until)
    queries, text = cost(sign_in(getattr(world, role)), f"/mot-cua/ho-so/{dossier.code}/{slug}/")
    assert queries <= CEILING, (slug, queries)
    assert 'name="revision"' in text


def test_a_whole_life_on_one_page(world: World, sign_in: SignIn) -> None:
    dossier = lived(world, "end")
    queries, text = cost(sign_in(world.chair), f"/mot-cua/ho-so/{dossier.code}/")
    assert queries <= CEILING
    for said in (
        "Giấy biên nhận trả kết quả",
        "Phiếu yêu cầu bổ sung",
        "Chờ bổ sung hồ sơ",
        "Số 12/GKS",
        "to-khai.pdf",
    ):
        assert said in text
    assert "Hồ sơ đã kết thúc." in text


def test_fees_that_the_receipt_names_and_nobody_billed_are_said(world: World, sign_in: SignIn) -> None:
    dossier = world.received()
    page = text_of(sign_in(world.clerk).get(f"/mot-cua/ho-so/{dossier.code}/"))
    assert "Giấy tiếp nhận ghi Lệ phí: 8.000 đồng, nhưng chưa có khoản nào được tính" in page
    receipt = text_of(sign_in(world.clerk).get(f"/mot-cua/ho-so/{dossier.code}/bien-nhan/"))
    assert f'href="/mot-cua/ho-so/{dossier.code}/them-khoan-thu/"' in receipt


def test_a_code_is_found_however_its_hyphens_were_typed(world: World, sign_in: SignIn) -> None:
    dossier, client = world.received(), sign_in(world.clerk)
    for typed in (dossier.code.lower(), dossier.code.replace("-", " "), dossier.code.replace("-", "–")):
        assert client.get("/mot-cua/tim/", {"q": typed})["Location"].endswith(f"/{dossier.code}/"), typed


def test_lists_cost_the_same_for_many(world: World, sign_in: SignIn) -> None:
    for number in range(12):
        lived(world, "approve", START + timedelta(minutes=number), number)
    for path in ("/mot-cua/phe-duyet/", "/mot-cua/", "/mot-cua/tim/?q=hoa"):
        queries, text = cost(sign_in(world.chair), path)
        assert queries <= CEILING
        assert text.count("Nguyễn Thị Hoà") >= 12


def test_papers_come_again_byte_for_byte(world: World, sign_in: SignIn) -> None:
    dossier, client = lived(world, "end"), sign_in(world.clerk)
    for paper in dossier.papers.all():
        address = f"/mot-cua/ho-so/{dossier.code}/giay/{paper.pk}.pdf"
        first, second = client.get(address), client.get(address)
        assert first.content[:5] == b"%PDF-"
        assert first.content == second.content
        assert first["Content-Disposition"].startswith("inline")
    assert client.get(f"/mot-cua/ho-so/{dossier.code}/giay/999999.pdf").status_code == 404
    assert sign_in(world.stranger).get(f"/mot-cua/ho-so/{dossier.code}/giay/{paper.pk}.pdf").status_code == 404


def test_files_are_shown_to_those_who_see_the_dossier(world: World, sign_in: SignIn) -> None:
    dossier = lived(world, "assign")
    file = dossier.attachments.get()
    address = f"/mot-cua/ho-so/{dossier.code}/tep/{file.pk}"
    shown = sign_in(world.clerk).get(address)
    assert b"".join(shown.streaming_content) == b"%PDF-1.4 to khai"
    assert sign_in(world.stranger).get(address).status_code == 404
    assert sign_in(world.clerk).get(f"/mot-cua/ho-so/{dossier.code}/xem/?xem=tep-{file.pk}").status_code == 200
    assert sign_in(world.clerk).get(f"/mot-cua/ho-so/{dossier.code}/tep/999999").status_code == 404


def test_urgency_is_said_in_words(world: World, sign_in: SignIn) -> None:
    at = moment(2, 9, 0)
    waiting = submit_dossier(
        actor=world.citizen,
        application=world.application(
            channel=Channel.ONLINE,
            components=(
                ComponentFacts("to-khai", files=(FileRef(store_paper(b"x", name="x.pdf", at=at).sha256, "x.pdf"),)),
            ),
        ),
        at=at,
    )
    late = lived(world, "receive", moment(9, 8, month=2))
    asked = lived(world, "answered", moment(2, 8))
    text = text_of(sign_in(world.clerk).get("/mot-cua/"))
    assert text.index(late.code) < text.index(waiting.code) < text.index(asked.code)
    for said in ("Quá hạn", "Trả lời trước", "Chờ người nộp bổ sung"):
        assert said in text
    page = text_of(sign_in(world.clerk).get(f"/mot-cua/ho-so/{waiting.code}/"))
    assert "Hạn trả lời người nộp" in page
    assert "Hẹn trả:" not in page


def test_a_receipt_is_only_for_what_was_received(world: World, sign_in: SignIn) -> None:
    dossier = world.received()
    Dossier.objects.filter(pk=dossier.pk).update(status=1, received_at=None)
    assert sign_in(world.clerk).get(f"/mot-cua/ho-so/{dossier.code}/bien-nhan/").status_code == 302
