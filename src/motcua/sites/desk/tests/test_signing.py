"""The queues of signing and sealing: groups, the difference shown, one gesture, progress, what is refused."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from motcua.dossiers.models import Dossier, ReservedNumber, Result
from motcua.dossiers.terms import Act, Status
from motcua.dossiers.tests.keys import PIN, Token, agency_key, officer_key, press_sign, work
from motcua.dossiers.tests.stages import file_ref, perform
from motcua.dossiers.tests.world import TYPED, World, definition_with_form
from motcua.kernel.errors import RuleBroken
from motcua.signing.models import SigningBatch, SigningItem
from motcua.sites.desk.tests.browser import hidden_fields, text_of
from motcua.sites.desk.tests.conftest import SignIn
from motcua.sites.desk.tests.test_own_papers import PAPERS
from motcua.sites.desk.tests.test_pages import START, cost

AT = START + timedelta(minutes=30)
QUEUE_CEILING = 30
DEFAULT = {"template": "giay-khai-sinh", "text": "", "opinion": "Đủ điều kiện"}


@pytest.fixture
def world(db: None, now: Any) -> World:
    built = World(definition_with_form(papers=PAPERS)).build()
    now.move_to(AT + timedelta(minutes=30))
    return built


def drafted(world: World, number: int = 0, **draft: Any) -> Dossier:
    """A dossier that waits for the chair, its draft by the paper of the procedure unless said otherwise."""
    at = START + timedelta(minutes=number)
    dossier = world.received(START, form=TYPED, confirmed_duplicate=True)
    perform(world, Act.FORWARD, dossier, at=at)
    perform(world, Act.ASSIGN, dossier, at=at, to_account_id="@specialist")
    perform(world, Act.APPRAISE, dossier, at=at, **DEFAULT | draft)
    return perform(world, Act.FORWARD, dossier, at=at, by="head")


def group_of(page: str, key: str) -> str:
    found = re.search(rf'<section aria-labelledby="nhom-{key}">.*?</section>', page, re.S)
    return found[0] if found else ""


def current_of(page: str) -> str:
    """What the navigation marks as the place where one is."""
    found = re.search(r'<a[^>]*aria-current="page"[^>]*>([^<]*)', page)
    return found[1].strip() if found else ""


def gesture(client: Client, address: str, ref: str, dossiers: list[Dossier], **typed: str) -> Any:
    page = client.get(address)
    ticked = {"lam": [str(one.pk) for one in dossiers], "key_ref": ref, "pin": PIN}
    return client.post(address, hidden_fields(page) | ticked | typed)


def test_papers_lie_in_groups_by_how_closely_to_read(world: World, sign_in: SignIn) -> None:
    plain = drafted(world)
    changed = drafted(world, 1, text="Tên: NGUYỄN AN BÌNH (cải chính)")
    typed = drafted(world, 2, template="", text="Quyết định cấp giấy khai sinh.")
    negative = drafted(world, 3, template="", text="Không đủ điều kiện.", is_negative=True)
    officer_key(world.chair, world.ward, AT)
    page = text_of(sign_in(world.chair).get("/mot-cua/ky-so/"))
    assert plain.code in group_of(page, "plain")
    assert changed.code in group_of(page, "changed")
    assert "<ins>(cải chính)</ins>" in group_of(page, "changed")
    close = group_of(page, "close")
    assert all(one.code in close for one in (typed, negative))
    assert "Kết quả là từ chối giải quyết." in close
    assert "Văn bản tự soạn" in close
    assert page.index("nhom-close") < page.index("nhom-changed") < page.index("nhom-plain")
    assert page.count(" checked") == 1 + 1, "the plain paper and the first key"
    assert text_of(sign_in(world.chair).get("/mot-cua/ky-so/?tat-ca=1")).count(" checked") == 4 + 1


def test_the_top_leads_to_the_groups_and_to_the_pin(world: World, sign_in: SignIn) -> None:
    drafted(world)
    drafted(world, 1, template="", text="Quyết định cấp giấy khai sinh.")
    officer_key(world.chair, world.ward, AT)
    page = text_of(sign_in(world.chair).get("/mot-cua/ky-so/"))
    (top,) = re.findall(r'<nav class="saved" aria-label="Trong trang này">.*?</nav>', page, re.S)
    assert re.findall(r'href="#([^"]+)"', top) == ["nhom-close", "nhom-plain", "khoa-ky"]
    assert all(f'id="{target}"' in page for target in ("nhom-close", "nhom-plain", "khoa-ky"))


def test_that_it_is_late_is_said_once(world: World, sign_in: SignIn, now: Any) -> None:
    dossier = drafted(world)
    assert dossier.due_at is not None
    now.move_to(dossier.due_at + timedelta(days=7))
    page = group_of(text_of(sign_in(world.chair).get("/mot-cua/ky-so/")), "close")
    assert dossier.code in page
    assert page.count("Quá hạn 7 ngày") == 1


def test_one_gesture(world: World, sign_in: SignIn) -> None:
    dossiers = [drafted(world, number) for number in range(2)]
    ref = officer_key(world.chair, world.ward, AT)
    client = sign_in(world.chair)
    pressed = gesture(client, "/mot-cua/ky-so/", ref, dossiers)
    assert pressed.status_code == 302, text_of(pressed)
    moving = text_of(client.get(pressed["Location"]))
    assert 'http-equiv="refresh"' in moving
    assert "Đang ký, còn 2 văn bản" in moving
    assert current_of(moving) == "Ký số"
    batch = SigningBatch.objects.get()
    assert "2 văn bản khác đang nằm trong lô ký" in text_of(client.get("/mot-cua/ky-so/"))
    work(batch, AT + timedelta(minutes=30))
    page = text_of(client.get(pressed["Location"]))
    assert "Tất cả đã xong." in page
    assert "01/GKS" in page
    assert "refresh" not in page
    assert {one.status for one in Dossier.objects.all()} == {Status.FINISHED}
    assert sign_in(world.head).get(pressed["Location"]).status_code == 404


def test_a_wrong_pin_shows_the_page_again_without_it(world: World, sign_in: SignIn) -> None:
    dossier = drafted(world)
    ref = officer_key(world.chair, world.ward, AT)
    answer = gesture(sign_in(world.chair), "/mot-cua/ky-so/", ref, [dossier], pin="99999999")
    assert answer.status_code == 422
    page = text_of(answer)
    assert "PIN không đúng" in page
    assert "99999999" not in page
    assert not SigningBatch.objects.exists()
    assert not ReservedNumber.objects.exists()


def test_without_a_key_nothing_is_offered(world: World, sign_in: SignIn) -> None:
    drafted(world)
    page = text_of(sign_in(world.chair).get("/mot-cua/ky-so/"))
    assert "Bạn chưa có khóa ký nào còn hiệu lực" in page
    assert 'name="pin"' not in page


def test_the_paper_is_a_draft_until_it_is_signed(world: World, sign_in: SignIn) -> None:
    dossier = drafted(world)
    address = f"/mot-cua/ky-so/xem/{dossier.code}.pdf"
    shown = sign_in(world.chair).get(address)
    assert (shown.status_code, shown["Content-Type"]) == (200, "application/pdf")
    assert sign_in(world.specialist).get(address).status_code == 404
    assert sign_in(world.stranger).get(address).status_code == 404


def test_the_number_of_queries_does_not_grow(world: World, sign_in: SignIn) -> None:
    officer_key(world.chair, world.ward, AT)
    client = sign_in(world.chair)
    drafted(world, 0, text="Tên: KHÁC")
    few, _ = cost(client, "/mot-cua/ky-so/")
    for number in range(1, 7):
        drafted(world, number, text=f"Tên: KHÁC {number}")
    many, page = cost(client, "/mot-cua/ky-so/")
    assert page.count('name="lam"') == 7
    assert many <= few <= QUEUE_CEILING, (few, many)


class TestSealing:
    def signed(self, world: World, number: int = 1) -> list[Dossier]:
        dossiers = [drafted(world, place) for place in range(number)]

        batch = press_sign(world.chair, dossiers, officer_key(world.chair, world.ward, AT), AT)
        work(batch, AT)
        for one in dossiers:
            one.refresh_from_db()
        return dossiers

    def test_the_clerk_seals_what_was_signed(self, world: World, sign_in: SignIn) -> None:
        dossiers = self.signed(world, 2)
        ref, client = agency_key(world.ward, AT), sign_in(world.sealer)
        page = text_of(client.get("/mot-cua/dong-dau/"))
        assert page.count('name="lam"') == 2
        assert "02/GKS" in page
        pressed = gesture(client, "/mot-cua/dong-dau/", ref, dossiers)
        assert pressed.status_code == 302, text_of(pressed)
        moving = text_of(client.get(pressed["Location"]))
        assert "Đang đóng dấu, còn 2 văn bản" in moving
        assert moving.count("Chờ đóng dấu") == 2
        assert "Đang ký" not in moving
        assert current_of(moving) == "Đóng dấu"
        work(SigningBatch.objects.get(role="seal"), AT + timedelta(minutes=5))
        results = list(Result.objects.order_by("pk"))
        assert [(one.number, one.symbol) for one in results] == [("01", "GKS"), ("02", "GKS")]
        assert all(one.scan_id and one.sealed_by_id == world.sealer.account_id for one in results)
        assert not ReservedNumber.objects.filter(used_at__isnull=True).exists()

    def test_sealed_alone_it_keeps_the_number_it_was_signed_with(self, world: World, sign_in: SignIn) -> None:
        (dossier,) = self.signed(world)
        page = text_of(sign_in(world.sealer).get(f"/mot-cua/ho-so/{dossier.code}/dong-dau/"))
        assert 'name="number" value="01"' in page
        other = {"number": "77", "symbol": "GKS", "at": AT + timedelta(minutes=1)}
        with pytest.raises(RuleBroken):
            perform(world, Act.SEAL, dossier, **other)
        perform(world, Act.SEAL, dossier, **other | {"number": "01"})
        assert ReservedNumber.objects.get().used_at is not None

    def test_with_the_agencys_own_key_only(self, world: World, sign_in: SignIn) -> None:
        dossiers = self.signed(world)
        client = sign_in(world.sealer)
        foreign = agency_key(world.other_ward, AT)
        agency_key(world.ward, AT)
        answer = gesture(client, "/mot-cua/dong-dau/", foreign, dossiers)
        assert answer.status_code == 403
        assert "Hãy chọn khóa ký của cơ quan" in text_of(answer)

    def test_what_was_signed_by_hand_is_sealed_as_before(self, world: World, sign_in: SignIn) -> None:
        dossier = perform(world, Act.APPROVE, drafted(world), at=AT)
        page = text_of(sign_in(world.sealer).get("/mot-cua/dong-dau/"))
        assert f"/mot-cua/ho-so/{dossier.code}/dong-dau/" in page
        assert 'name="lam"' not in page

    def test_a_number_is_cancelled_with_a_reason(self, world: World, sign_in: SignIn) -> None:
        dossier = drafted(world)

        batch = press_sign(world.chair, [dossier], officer_key(world.chair, world.ward, AT), AT)
        work(batch, AT, Token(after=0))
        kept, client = ReservedNumber.objects.get(), sign_in(world.sealer)
        address = "/mot-cua/dong-dau/so-da-giu/"
        assert "01/GKS" in text_of(client.get(address))
        assert client.post(address, {"so": kept.pk, "reason": " "}).status_code == 422
        assert sign_in(world.chair).post(address, {"so": kept.pk, "reason": "Nhầm"}).status_code == 403
        assert client.post(address, {"so": kept.pk, "reason": "Lãnh đạo không ký"}).status_code == 302
        assert "Lãnh đạo không ký" in text_of(client.get(address))
        assert client.post(address, {"so": kept.pk, "reason": "Lần nữa"}).status_code == 409
        assert client.post(address, {"so": "x"}).status_code == 404


def test_going_on_after_the_token_was_gone(world: World, sign_in: SignIn) -> None:

    dossiers = [drafted(world, number) for number in range(3)]
    batch = press_sign(world.chair, dossiers, officer_key(world.chair, world.ward, AT), AT)
    work(batch, AT, Token(after=1))
    client, address = sign_in(world.chair), f"/mot-cua/ky-so/lo/{batch.pk}/"
    page = text_of(client.get(address))
    assert "Khóa ký không còn kết nối: còn 2 văn bản chờ ký" in page
    wrong = client.post(address, {"pin": "11111111"})
    assert (wrong.status_code, "PIN không đúng" in text_of(wrong)) == (422, True)
    assert client.post(address, {"pin": PIN}).status_code == 302
    work(batch, AT + timedelta(minutes=1))
    assert "Tất cả đã xong." in text_of(client.get(address))
    assert SigningItem.objects.filter(state="applied").count() == 3


def test_a_draft_in_a_file_can_be_signed_as_it_is(world: World, sign_in: SignIn) -> None:
    dossier = drafted(world, template="", text="", file=file_ref())
    officer_key(world.chair, world.ward, AT)
    page = text_of(sign_in(world.chair).get("/mot-cua/ky-so/"))
    assert dossier.code in group_of(page, "close")
    assert "Dự thảo nằm trong tệp" in page
