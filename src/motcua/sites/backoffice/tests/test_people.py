"""Officers: found without diacritics, made with a link shown once, moved and locked with their work handed over."""

import io
import re

from django.test import Client
from python_calamine import CalamineWorkbook

from motcua.agencies.models import Post
from motcua.dossiers.models import Dossier
from motcua.dossiers.tests.world import World
from motcua.identity.actions import change_account, issue_token
from motcua.identity.models import Account, ApiToken, OneTimeLink, Posting
from motcua.identity.queries import account_of_link
from motcua.identity.terms import SYSTEM, Actor
from motcua.journal.actions.deliver import deliver_pending
from motcua.journal.models import Entry, StoredReply
from motcua.sites.backoffice.tests.conftest import text_of

from motcua.dossiers.tests.world import MONDAY  # isort: skip

_SECRET = re.compile(r"/tai-khoan/kich-hoat/([^/\"<]+)/")


def _held_dossier(world: World, holder: Actor) -> Dossier:
    dossier = world.received()
    Dossier.objects.filter(pk=dossier.pk).update(
        holder=holder.account_id, unit=world.division, step_key="appraise", status=4
    )
    return dossier


def _posting(actor: Actor) -> Posting:
    return Posting.objects.select_related("post").get(account_id=actor.known_id)


def test_people_are_found_without_diacritics(world: World, admin: Client) -> None:
    change_account(actor=SYSTEM, account_id=world.specialist.known_id, at=MONDAY, full_name="Đỗ Thị Hoà")
    for text in ("do thi hoa", "Hoà", "chuyen-vien", "ĐỖ"):
        assert "Đỗ Thị Hoà" in text_of(admin.get("/quan-tri/can-bo/", {"q": text}))
    assert "Không có cán bộ nào" in text_of(admin.get("/quan-tri/can-bo/", {"q": "khong ai ca"}))
    inside = text_of(admin.get("/quan-tri/can-bo/", {"don-vi": world.division.slug}))
    assert "Đỗ Thị Hoà" in inside
    assert "tiep-nhan" not in inside.split("<table")[1]


def test_the_list_goes_on_by_cursor(world: World, admin: Client) -> None:
    people = [
        Account(username=f"nguoi{number:02d}", full_name="Trần Văn A", sort_name=f"{number:02d}", kind="officer")
        for number in range(45)
    ]
    Account.objects.bulk_create(people)
    first = text_of(admin.get("/quan-tri/can-bo/"))
    link = re.search(r'rel="next" href="([^"]+)"', first)
    assert link
    second = text_of(admin.get(link[1].replace("&amp;", "&")))
    assert "nguoi00" in first
    assert "nguoi44" in second
    assert "nguoi00" not in second


def test_an_officer_is_made_with_a_link_shown_once(world: World, admin: Client) -> None:
    post = Post.objects.create(unit=world.division, title="Chuyên viên", rights=["handle"], valid_from="2025-07-01")
    said = {"key": "k", "full_name": "Lê Văn Tám", "username": "tamlv", "post": str(post.pk), "on": "02/03/2026"}
    page = admin.post("/quan-tri/can-bo/moi/", said)
    secret = _SECRET.search(text_of(page))
    assert page.status_code == 200
    assert secret
    made = account_of_link(secret[1], at=MONDAY)
    assert made is not None
    assert made.username == "tamlv"
    assert Posting.objects.get(account=made).post_id == post.pk
    assert not StoredReply.objects.filter(body__contains=secret[1]).exists()
    again = admin.post("/quan-tri/can-bo/moi/", said, follow=True)
    assert not _SECRET.search(text_of(again))
    assert "liên kết chỉ hiện một lần" in text_of(again)
    assert Account.objects.filter(username="tamlv").count() == 1


def test_a_wrong_officer_comes_back_as_typed(world: World, admin: Client) -> None:
    world.specialist  # noqa: B018 (makes the account whose username is taken)
    said = {"key": "k", "full_name": "Lê Văn Tám", "username": "chuyen-vien", "phone": "12", "personal_id": "1"}
    page = admin.post("/quan-tri/can-bo/moi/", said)
    text = text_of(page)
    assert page.status_code == 422
    for words in ("đã có người dùng", "Số điện thoại không đúng", "Số định danh phải có 12 chữ số", "Lê Văn Tám"):
        assert words in text
    assert not Account.objects.filter(full_name="Lê Văn Tám").exists()


def test_a_link_for_a_new_password(world: World, admin: Client) -> None:
    world.specialist  # noqa: B018
    page = admin.post("/quan-tri/can-bo/ho-so/chuyen-vien/lien-ket/", {"key": "k"})
    secret = _SECRET.search(text_of(page))
    assert secret
    assert account_of_link(secret[1], at=MONDAY) == Account.objects.get(username="chuyen-vien")
    assert OneTimeLink.objects.get().purpose == "reset"
    assert page["Cache-Control"] == "private, no-store"


def test_details_change(world: World, admin: Client) -> None:
    world.specialist  # noqa: B018
    address = "/quan-tri/can-bo/ho-so/chuyen-vien/sua/"
    assert admin.post(address, {"key": "k", "full_name": "Cán bộ chuyen-vien"}).status_code == 409
    assert admin.post(address, {"key": "k", "full_name": "Vũ Thị Nga", "phone": "0912 345 678"}).status_code == 303
    assert Account.objects.get(username="chuyen-vien").phone == "0912345678"


def test_leaving_a_post_hands_the_work_over(world: World, admin: Client) -> None:
    dossier, heir = _held_dossier(world, world.specialist), world.second_specialist
    posting = _posting(world.specialist)
    address = f"/quan-tri/can-bo/giu-vi-tri/{posting.pk}/thoi/"
    page = text_of(admin.get(address))
    assert "đang giữ 1 hồ sơ" in page
    assert "Cán bộ chuyen-vien-2" in page
    later = admin.post(address, {"key": "k", "on": "09/03/2026", "successor": "", "reason": "Theo quyết định 5/QĐ"})
    assert later.status_code == 409
    assert "không được ở tương lai" in text_of(later)
    said = {"key": "k", "on": "02/03/2026", "successor": str(heir.account_id)}
    assert admin.post(address, said).status_code == 422
    said["reason"] = "Chuyển công tác theo quyết định 5/QĐ"
    assert admin.post(address, said).status_code == 303
    deliver_pending(at=MONDAY)
    assert Dossier.objects.get(pk=dossier.pk).holder_id == heir.account_id


def test_moving_an_officer(world: World, admin: Client) -> None:
    posting = _posting(world.specialist)
    goal = _posting(world.head).post
    said = {"key": "k", "to_post": str(goal.pk), "on": "02/03/2026", "successor": "", "reason": "Theo quyết định 5/QĐ"}
    assert admin.post(f"/quan-tri/can-bo/giu-vi-tri/{posting.pk}/dieu-dong/", said).status_code == 303
    assert _held_now(world.specialist) == [goal.pk]


def _held_now(actor: Actor) -> list[int]:
    held = Posting.objects.filter(account_id=actor.known_id, valid_to__isnull=True)
    return list(held.values_list("post_id", flat=True))


def test_giving_another_post(world: World, admin: Client) -> None:
    goal = _posting(world.head).post
    world.specialist  # noqa: B018
    said = {"key": "k", "post": str(goal.pk), "on": "02/03/2026"}
    assert admin.post("/quan-tri/can-bo/ho-so/chuyen-vien/bo-tri/", said).status_code == 303
    again = admin.post("/quan-tri/can-bo/ho-so/chuyen-vien/bo-tri/", said | {"key": "k2"})
    assert again.status_code == 409
    assert "đã giữ vị trí này" in text_of(again)


def test_locking_and_opening_again(world: World, admin: Client) -> None:
    dossier, heir = _held_dossier(world, world.specialist), world.second_specialist
    address = "/quan-tri/can-bo/ho-so/chuyen-vien/"
    said = {"key": "k", "successor": str(heir.account_id)}
    assert admin.post(f"{address}khoa/", said).status_code == 422
    said["reason"] = "Nghỉ việc từ 02/03/2026"
    assert admin.post(f"{address}khoa/", said).status_code == 303
    deliver_pending(at=MONDAY)
    assert Dossier.objects.get(pk=dossier.pk).holder_id == heir.account_id
    assert "bị khóa" in text_of(admin.get(address))
    assert "chuyen-vien" in text_of(admin.get("/quan-tri/can-bo/?trang-thai=da-khoa"))
    assert admin.post(f"{address}mo-lai/", {"key": "k1"}).status_code == 422
    assert admin.post(f"{address}mo-lai/", {"key": "k2", "reason": "Trở lại làm việc"}).status_code == 303
    told = Entry.objects.filter(verb__in=["account.deactivated", "account.reactivated"]).order_by("id")
    assert [one.data["reason"] for one in told] == ["Nghỉ việc từ 02/03/2026", "Trở lại làm việc"]
    assert Account.objects.get(username="chuyen-vien").is_active
    own = admin.post(
        "/quan-tri/can-bo/ho-so/quan-tri/khoa/", {"key": "k3", "successor": "", "reason": "Theo quyết định 5/QĐ"}
    )
    assert own.status_code == 409


def test_a_key_is_revoked(world: World, admin: Client) -> None:
    issue_token(actor=SYSTEM, account_id=world.specialist.known_id, name="máy quét", at=MONDAY)
    token = ApiToken.objects.get()
    assert "máy quét" in text_of(admin.get("/quan-tri/can-bo/ho-so/chuyen-vien/"))
    address = f"/quan-tri/can-bo/khoa-truy-cap/{token.pk}/thu-hoi/"
    assert "Lý do" in text_of(admin.get(address))
    assert admin.post(address, {"key": "k"}).status_code == 422
    assert admin.post(address, {"key": "k2", "reason": "Máy quét đã thanh lý"}).status_code == 303
    assert Entry.objects.get(verb="token.revoked").data["reason"] == "Máy quét đã thanh lý"
    assert ApiToken.objects.get().revoked_at is not None


def test_the_list_as_excel_holds_no_formula(world: World, admin: Client) -> None:
    Account.objects.filter(pk=world.specialist.known_id).update(full_name='=HYPERLINK("http://xau")')
    answer = admin.get("/quan-tri/can-bo/danh-sach.xlsx")
    assert b"<f>" not in answer.content
    rows = CalamineWorkbook.from_filelike(io.BytesIO(answer.content)).get_sheet_by_index(0).to_python()
    assert '=HYPERLINK("http://xau")' in [row[0] for row in rows]
    assert rows[3][0] == "Họ và tên"
