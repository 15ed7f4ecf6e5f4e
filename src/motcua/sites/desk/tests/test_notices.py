"""What an officer is told, and that reading it is remembered."""

from django.test import Client

from motcua.dossiers.tests.world import MONDAY, World
from motcua.identity.terms import Actor
from motcua.notifications.actions import notify_accounts
from motcua.notifications.terms import NoticeKind
from motcua.sites.desk.tests.browser import text_of
from motcua.sites.desk.tests.conftest import SignIn

PAGE = "/mot-cua/thong-bao/"


def _tell(actor: Actor, count: int) -> None:
    for number in range(count):
        notify_accounts(
            account_ids=[actor.known_id],
            kind=NoticeKind.WORK,
            subject=f"Sắp đến hạn: hồ sơ số {number}",
            body="Hẹn trả: 10:00 ngày 05/03/2026.",
            link="/mot-cua/",
            key=f"thử:{number}",
            at=MONDAY,
        )


def _shown(client: Client, address: str = PAGE) -> str:
    return text_of(client.get(address))


def test_an_officer_reads_what_came(world: World, sign_in: SignIn) -> None:
    _tell(world.specialist, 2)
    client = sign_in(world.specialist)
    assert "Thông báo (2)" in _shown(client, "/mot-cua/")
    page = client.get(PAGE)
    told = text_of(page)
    assert told.index("hồ sơ số 1") < told.index("hồ sơ số 0")
    assert told.count("Chưa đọc") == 2
    _tell(world.specialist, 3)
    client.post(PAGE, {"seen": str(page.context["rows"][0].pk)})
    assert _shown(client).count("Chưa đọc") == 1
    assert "Bạn chưa có thông báo nào" in _shown(sign_in(world.clerk))


def test_old_notices_are_a_page_away(world: World, sign_in: SignIn) -> None:
    _tell(world.specialist, 41)
    client = sign_in(world.specialist)
    first = client.get(PAGE)
    assert "hồ sơ số 0<" not in text_of(first)
    assert "hồ sơ số 0<" in _shown(client, first.context["next_url"])
    assert client.get(f"{PAGE}?sau=la").status_code == 422


def test_administrators_without_a_desk_read_theirs(world: World, sign_in: SignIn) -> None:
    _tell(world.admin, 1)
    assert "Thông báo (1)" in _shown(sign_in(world.admin))
