"""Choosing, reviewing and pressing for many; the register, visits and their papers on the desk's pages."""

import re
from datetime import timedelta

import time_machine
from django.test import Client

from motcua.dossiers.models import Batch, Dossier, DossierGroup, IssuedPaper
from motcua.dossiers.terms import Status
from motcua.dossiers.tests.world import World
from motcua.identity.models import Account
from motcua.identity.tests.signing_in import sign_in_as
from motcua.sites.desk.tests.browser import hidden_fields, text_of
from motcua.sites.desk.tests.conftest import SignIn
from motcua.sites.desk.tests.test_pages import CEILING, START, cost, lived

REVIEW_CEILING = 24


def at_approval(world: World, count: int) -> list[Dossier]:
    return [lived(world, "approve", START + timedelta(minutes=number), number) for number in range(count)]


def chosen(dossiers: list[Dossier]) -> str:
    return "&".join(f"chon={one.pk}.{one.revision}" for one in dossiers)


def approve_all(client: Client, dossiers: list[Dossier], **typed: object) -> str:
    """Open the review, press as it stands, return where it leads."""
    address = f"/mot-cua/theo-lo/phe-duyet/?{chosen(dossiers)}"
    page = client.get(address)
    ticked = re.findall(r'name="lam" value="(\d+)" checked', text_of(page))
    answer = client.post(address, hidden_fields(page) | {"lam": ticked, "note": "Đồng ý"} | typed)
    assert answer.status_code == 302, text_of(answer)
    return str(answer["Location"])


def test_a_leader_reads_every_draft_and_presses_once(world: World, sign_in: SignIn) -> None:
    plain, negative, third = at_approval(world, 3)
    negative.drafts.update(is_negative=True, text="Trái Điều 16")
    client = sign_in(world.chair)
    page = text_of(client.get("/mot-cua/phe-duyet/"))
    assert page.count('name="chon"') == 3
    review = text_of(client.get(f"/mot-cua/theo-lo/phe-duyet/?{chosen([plain, negative, third])}"))
    assert review.index("Trái Điều 16") < review.index("Không có gì khác biệt")
    assert "Kết quả là từ chối giải quyết." in review
    assert review.count("paperlike") == 3
    assert review.count(" checked") == 2
    outcome = approve_all(client, [plain, negative, third])
    assert Dossier.objects.get(pk=negative.pk).status == Status.PROCESSING
    assert {Dossier.objects.get(pk=one.pk).status for one in (plain, third)} == {Status.FINISHED}
    assert "Tất cả đã xong." in text_of(client.get(outcome))
    assert sign_in(world.head).get(outcome).status_code == 404


def test_signing_many_wants_a_fresh_proof(world: World) -> None:
    dossiers = at_approval(world, 2)
    account = Account.objects.get(pk=world.chair.account_id)
    account.set_password("mật khẩu của lãnh đạo")
    account.save(update_fields=["password"])
    signed_in = sign_in_as(account)
    address = f"/mot-cua/theo-lo/phe-duyet/?{chosen(dossiers)}"
    typed = hidden_fields(signed_in.get(address)) | {"lam": [str(one.pk) for one in dossiers]}
    with time_machine.travel(START + timedelta(hours=4), tick=False):
        old = Client()
        old.cookies = signed_in.cookies
        assert old.get("/mot-cua/phe-duyet/").status_code == 200
        assert old.get(address).status_code == 200
        bare, marks = address.partition("?")[0], [f"{one.pk}.{one.revision}" for one in dossiers]
        way = old.post(bare, typed | {"chon": marks})["Location"]
        assert way.startswith("/tai-khoan/xac-nhan/")
        assert not Batch.objects.exists()
        done = old.post(way, {"password": "mật khẩu của lãnh đạo", "next": bare})
        assert "Tất cả đã xong." in text_of(old.get(done["Location"]))
    assert Batch.objects.get().items.count() == 2


def test_pressing_twice_leads_to_the_same_outcome(world: World, sign_in: SignIn) -> None:
    dossiers, client = at_approval(world, 2), sign_in(world.chair)
    address = f"/mot-cua/theo-lo/phe-duyet/?{chosen(dossiers)}"
    typed = hidden_fields(client.get(address)) | {"lam": [str(one.pk) for one in dossiers]}
    first, second = client.post(address, typed), client.post(address, typed)
    assert first["Location"] == second["Location"]
    assert Batch.objects.count() == 1


def test_what_changed_meanwhile_is_left_out_and_said(world: World, sign_in: SignIn) -> None:
    one, other = at_approval(world, 2)
    client = sign_in(world.chair)
    address = f"/mot-cua/theo-lo/phe-duyet/?{chosen([one, other])}"
    typed = hidden_fields(client.get(address)) | {"lam": [str(one.pk), str(other.pk)]}
    sign_in(world.chair).post(
        f"/mot-cua/ho-so/{one.code}/tra-lai/",
        {"key": "k", "revision": one.revision, "to_step": "appraise", "reason": "Sai tên mẹ"},
    )
    outcome = text_of(client.get(client.post(address, typed)["Location"]))
    assert "Đã phê duyệt 1/2 hồ sơ" in outcome
    assert "Không làm được." in outcome
    assert "Trả lại bước trước" in outcome


def test_nothing_ticked_and_wrong_acts_are_refused(world: World, sign_in: SignIn) -> None:
    dossiers, client = at_approval(world, 1), sign_in(world.chair)
    address = f"/mot-cua/theo-lo/phe-duyet/?{chosen(dossiers)}"
    page = client.post(address, hidden_fields(client.get(address)))
    assert page.status_code == 422
    assert "Chưa chọn hồ sơ nào" in text_of(page)
    assert client.get("/mot-cua/theo-lo/tu-choi/").status_code == 404
    assert client.get("/mot-cua/theo-lo/la-gi/").status_code == 404


def test_review_and_outcome_cost_the_same_for_many(world: World, sign_in: SignIn) -> None:
    dossiers, client = at_approval(world, 8), sign_in(world.chair)
    queries, text = cost(client, f"/mot-cua/theo-lo/phe-duyet/?{chosen(dossiers)}")
    assert queries <= REVIEW_CEILING
    assert text.count('name="lam"') == 8
    queries, _text = cost(client, approve_all(client, dossiers))
    assert queries <= CEILING


def test_the_register_is_shown_and_written(world: World, sign_in: SignIn) -> None:
    dossier, client = lived(world, "approve"), sign_in(world.clerk)
    queries, text = cost(client, "/mot-cua/so-theo-doi/?tu=01/03/2026&den=31/03/2026")
    assert queries <= CEILING
    assert dossier.code in text
    typed = hidden_fields(client.get("/mot-cua/so-theo-doi/?tu=01/03/2026&den=31/03/2026"))
    for kind, start in (("pdf", b"%PDF-"), ("xlsx", b"PK")):
        run = client.post("/mot-cua/so-theo-doi/", typed | {"loai": kind, "key": f"k-{kind}"})
        assert run.status_code == 302
        assert "Sổ đã lập xong" in text_of(client.get(run["Location"]))
        file = client.get(f"{run['Location']}tep")
        assert b"".join(file.streaming_content).startswith(start)
    assert client.get("/mot-cua/so-theo-doi/?tu=abc").status_code == 422
    assert client.get("/mot-cua/so-theo-doi/?tu=05/03/2026&den=01/03/2026").status_code == 422


def test_papers_of_the_way_through_the_house(world: World, sign_in: SignIn) -> None:
    dossier, client = lived(world, "approve"), sign_in(world.clerk)
    page = text_of(client.get(f"/mot-cua/ho-so/{dossier.code}/"))
    for name in ("phieu-kiem-soat", "qua-trinh-xu-ly"):
        address = f"/mot-cua/ho-so/{dossier.code}/{name}.pdf"
        assert address in page
        first, second = client.get(address), client.get(address)
        assert first.content.startswith(b"%PDF-")
        assert first.content == second.content
        assert sign_in(world.stranger).get(address).status_code == 404
    printed = client.get("/mot-cua/ban-giao/danh-sach/1.pdf")
    assert printed.content.startswith(b"%PDF-") or printed.status_code == 404


def test_the_next_dossier_of_the_same_person(world: World, sign_in: SignIn) -> None:
    first, client = world.received(), sign_in(world.clerk)
    assert f"?tiep={first.code}" in text_of(client.get(f"/mot-cua/ho-so/{first.code}/bien-nhan/"))
    page = client.get(f"/mot-cua/tiep-nhan/?tiep={first.code}")
    assert f"/mot-cua/tiep-nhan/1.001193/?tiep={first.code}" in text_of(page)
    page = client.get(f"/mot-cua/tiep-nhan/1.001193/?tiep={first.code}")
    typed = dict(re.findall(r'name="((?:owner|submitter)\.[a-z_]+)" value="([^"]*)"', text_of(page)))
    assert typed["owner.name"] == "Nguyễn Thị Hoà"
    taken = client.post(
        "/mot-cua/tiep-nhan/1.001193/",
        hidden_fields(page)
        | typed
        | {
            "owner.kind": "person", "source": "self", "channel": "in_person", "set_count": "1",
            "result_channel": "in_person", "components.to-khai": "on", "components.to-khai.originals": "1",
            "confirmed_duplicate": "on", "case_key": "default",
        },
    )  # fmt: skip
    assert taken.status_code == 302, text_of(taken)
    group = DossierGroup.objects.get()
    assert group.dossiers.count() == 2
    assert IssuedPaper.objects.filter(form="group_receipt").count() == 1
    visit = text_of(client.get(f"/mot-cua/luot-nop/{group.pk}/"))
    assert visit.count(first.code) >= 1
    assert "In giấy tiếp nhận chung" in visit
    assert sign_in(world.stranger).get(f"/mot-cua/luot-nop/{group.pk}/").status_code == 404


def test_a_paper_is_verified_by_anybody(world: World, client: Client) -> None:
    paper = world.received().papers.get()
    address = "/xac-minh/" + paper.data["verify_url"].rstrip("/").rsplit("/", 1)[-1] + "/"
    page = client.get(address)
    assert "là bản mới nhất" in text_of(page)
    assert "Nguyễn Thị Hoà" not in text_of(page)
    assert page["X-Robots-Tag"] == "noindex"
    assert client.get(address.replace(".1.", ".9.")).status_code == 404
