"""The fast lane of certified copies at the desk."""

from datetime import datetime

import pytest
import time_machine

from motcua.certification.models import CertificationEntry
from motcua.certification.tests.conftest import copies_world
from motcua.dossiers.models import Dossier
from motcua.dossiers.tests.world import MONDAY, World
from motcua.sites.desk.tests.browser import hidden_fields, text_of
from motcua.sites.desk.tests.conftest import SignIn

TYPED = {
    "owner.name": "Nguyễn Thị Hoà",
    "owner.personal_id": "022190001234",
    "owner.phone": "0912345678",
    "rows.0.name": "Bằng đại học",
    "rows.0.pages": "1",
    "rows.0.copies": "3",
    "rows.2.name": "Học bạ",
    "rows.2.pages": "12",
    "rows.2.copies": "2",
}


@pytest.fixture
def copies(db: None) -> World:
    with time_machine.travel(datetime.fromisoformat(MONDAY.isoformat()), tick=False):
        yield copies_world()


def test_one_press_takes_in_and_a_second_press_changes_nothing(copies: World, sign_in: SignIn) -> None:
    clerk = sign_in(copies.clerk)
    page = clerk.get("/mot-cua/chung-thuc/")
    typed = hidden_fields(page) | TYPED
    answer = clerk.post("/mot-cua/chung-thuc/", typed)
    assert answer.status_code == 303
    dossier = Dossier.objects.get()
    assert answer.headers["Location"] == f"/mot-cua/chung-thuc/{dossier.code}/"
    assert clerk.post("/mot-cua/chung-thuc/", typed).headers["Location"] == answer.headers["Location"]
    assert CertificationEntry.objects.count() == 2
    done = text_of(clerk.get(answer.headers["Location"]))
    assert "34.000 đồng" in done
    assert "In giấy tiếp nhận" in done


def test_the_fee_is_added_up_without_taking_in(copies: World, sign_in: SignIn) -> None:
    page = sign_in(copies.clerk).post("/mot-cua/chung-thuc/", TYPED | {"fill": "fee"})
    assert "34.000 đồng" in text_of(page)
    assert not Dossier.objects.exists()


def test_what_is_wrong_stands_beside_its_row(copies: World, sign_in: SignIn) -> None:
    page = sign_in(copies.clerk).post("/mot-cua/chung-thuc/", TYPED | {"key": "1", "rows.2.pages": "0"})
    assert page.status_code == 422
    assert 'id="id_rows.2.pages_error"' in text_of(page)
    assert not Dossier.objects.exists()


def test_giving_back_needs_a_sealed_result(copies: World, sign_in: SignIn) -> None:
    clerk = sign_in(copies.clerk)
    clerk.post("/mot-cua/chung-thuc/", TYPED | {"key": "1"})
    code = Dossier.objects.get().code
    answer = clerk.post("/mot-cua/chung-thuc/tra/", {"code": code}, follow=True)
    assert "không" in text_of(answer)
    assert Dossier.objects.get().ended_at is None
