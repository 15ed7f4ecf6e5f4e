"""Following without an account: what is shown, and how guessing is met."""

import pytest
from django.test import Client

from motcua.dossiers.models import Dossier
from motcua.dossiers.tests.world import World
from motcua.identity.models import TryCount

PHONE = "0912345678"


@pytest.fixture
def dossier(world: World) -> Dossier:
    return world.received()


def asked(client: Client, code: str, phone: str) -> tuple[int, str]:
    answer = client.post("/tra-cuu/", {"code": code, "phone": phone})
    return answer.status_code, answer.content.decode()


def test_code_and_phone_lead_to_the_timeline(client: Client, dossier: Dossier) -> None:
    answer = client.post("/tra-cuu/", {"code": f" {dossier.code.lower()} ", "phone": "0912 345 678"})
    page = client.get(answer.url).content.decode()
    assert "Được tiếp nhận" in page
    assert "Đăng ký khai sinh" in page


@pytest.mark.parametrize("between", [" ", "–", " - ", "--"])
def test_the_code_as_a_phone_types_it(client: Client, dossier: Dossier, between: str) -> None:
    assert asked(client, dossier.code.replace("-", between), PHONE)[0] == 302


def test_people_are_masked(client: Client, dossier: Dossier) -> None:
    page = client.get(f"/tra-cuu/{dossier.code}/{dossier.tracking_token}/").content.decode()
    assert "N. T. Hoà" in page
    for hidden in ("Nguyễn Thị Hoà", PHONE, dossier.owner.personal_id, "Cán bộ", dossier.owner.address):
        assert hidden not in page
    assert "noindex" in page


def test_wrong_code_and_wrong_phone_are_answered_alike(client: Client, dossier: Dossier) -> None:
    def told(page: str) -> str:
        return page[page.index('class="summary"') : page.index("</div>", page.index('class="summary"'))]

    wrong_phone = asked(client, dossier.code, "0999999999")
    wrong_code = asked(client, "H49.61-260302-9999", PHONE)
    assert wrong_phone[0] == wrong_code[0] == 422
    assert told(wrong_phone[1]) == told(wrong_code[1])
    assert client.get(f"/tra-cuu/{dossier.code}/sai/").status_code == 404
    assert client.get(f"/tra-cuu/KHONG-CO/{dossier.tracking_token}/").status_code == 404


def test_guessing_must_wait(client: Client, dossier: Dossier) -> None:
    for number in range(10):
        assert asked(client, dossier.code, f"09000000{number:02d}")[0] == 422
    status, page = asked(client, dossier.code, PHONE)
    assert status == 429
    assert "đợi 15 phút" in page
    assert client.get(f"/tra-cuu/{dossier.code}/{dossier.tracking_token}/").status_code == 404
    assert TryCount.objects.filter(key__contains=dossier.code).count() == 0
    elsewhere = Client(REMOTE_ADDR="203.0.113.9")
    assert elsewhere.post("/tra-cuu/", {"code": dossier.code, "phone": PHONE}).status_code == 302


def test_looking_at_ones_own_again_and_again_is_no_guess(client: Client, dossier: Dossier) -> None:
    for _ in range(30):
        assert client.get(f"/tra-cuu/{dossier.code}/{dossier.tracking_token}/").status_code == 200
        assert asked(client, dossier.code, PHONE)[0] == 302


def test_the_link_of_a_message_fills_the_code(client: Client, dossier: Dossier) -> None:
    assert f'value="{dossier.code}"' in client.get(f"/tra-cuu/?ma={dossier.code}").content.decode()


def test_every_letter_of_the_form_survives_an_error(client: Client, dossier: Dossier) -> None:
    _status, page = asked(client, "<b>x</b>", "0999999999")
    assert "&lt;b&gt;x&lt;/b&gt;" in page
