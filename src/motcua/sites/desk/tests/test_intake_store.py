"""At the counter without a copy: the owner agrees by a code or a signed slip, the clerk takes the paper there."""

import re
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from motcua.dossiers.models import Dossier
from motcua.dossiers.terms import Digitised
from motcua.dossiers.tests.world import OWNER, World, definition
from motcua.identity.terms import Actor
from motcua.journal.models import Reading
from motcua.results.actions.consent import make_code
from motcua.results.models import Consent, Reuse, StoredPaper
from motcua.results.tests.world import LATER, holder, issued
from motcua.sites.desk.tests.browser import hidden_fields, text_of
from motcua.sites.desk.tests.conftest import SignIn

ADDRESS = "/mot-cua/tiep-nhan/1.001193/"
TYPED = {
    "channel": "in_person", "source": "self", "set_count": "1", "result_channel": "in_person", "owner.kind": "person",
    "owner.name": OWNER.name, "owner.personal_id": OWNER.personal_id, "owner.phone": "0912 345 678",
    "confirmed_duplicate": "on",
}  # fmt: skip


@pytest.fixture
def world(db: None, now: Any, settings: Any, tmp_path: Path) -> World:
    settings.DATA_DIR = tmp_path
    now.move_to(LATER)
    papers = [{"key": "to-khai", "name": "Giấy đã cấp", "originals": 1, "reuse": ["KQ.G15.000031"]}]
    return World(definition(components=papers)).build()


@pytest.fixture
def paper(world: World) -> StoredPaper:
    return issued(world)


@pytest.fixture
def clerk(world: World, sign_in: SignIn) -> Client:
    return sign_in(world.clerk)


def asked(clerk: Client, **typed: str) -> Any:
    return clerk.post(ADDRESS, hidden_fields(clerk.get(ADDRESS)) | TYPED | typed | {"fill": "store"})


def offered(page: Any, paper: StoredPaper) -> dict[str, str]:
    text = text_of(page)
    assert page.status_code == 200, text
    assert re.search(rf'<option value="{paper.pk}">Giấy khai sinh số 12/GKS', text), text
    return hidden_fields(page) | TYPED | {"components.to-khai.store": str(paper.pk)}


def test_a_code_opens_the_store_and_the_paper_stands_for_the_copy(
    clerk: Client, world: World, paper: StoredPaper
) -> None:
    page = asked(clerk, consent_code=make_code(actor=holder(), at=LATER))
    answer = clerk.post(ADDRESS, offered(page, paper))
    assert answer.status_code == 302, text_of(answer)
    dossier = Dossier.objects.latest("id")
    reuse = Reuse.objects.get()
    assert (reuse.dossier_id, reuse.paper_id, reuse.consent.how) == (dossier.pk, paper.pk, "code")
    assert dossier.components.get().digitised == Digitised.RESULT_REUSED
    assert dossier.components.get().is_present
    assert Reading.objects.get(object_type="results.storedpaper").actor_name == world.clerk.name
    shown = text_of(clerk.get(f"/mot-cua/ho-so/{dossier.code}/"))
    assert "Lấy từ kho giấy tờ: Giấy khai sinh số 12/GKS" in shown
    assert "mã đồng ý đọc tại quầy" in shown


def test_a_signed_slip_does_too(clerk: Client, paper: StoredPaper) -> None:
    page = asked(clerk, consent_slip="PĐY-7")
    assert clerk.post(ADDRESS, offered(page, paper)).status_code == 302
    assert Consent.objects.get().evidence == "PĐY-7"


@pytest.mark.parametrize("typed", [{}, {"consent_code": "000000"}, {"consent_code": "1", "owner.personal_id": ""}])
def test_without_consent_nothing_is_offered(clerk: Client, paper: StoredPaper, typed: dict[str, str]) -> None:
    page = asked(clerk, **typed)
    assert f'value="{paper.pk}">' not in text_of(page)
    assert 'class="error"' in text_of(page)
    assert not Consent.objects.exists()


def test_the_consent_of_another_clerk_is_none(world: World, sign_in: SignIn, clerk: Client, paper: StoredPaper) -> None:
    page = asked(clerk, consent_slip="PĐY-7")
    typed = offered(page, paper)
    other: Actor = world.second_clerk
    answer = sign_in(other).post(ADDRESS, typed)
    assert answer.status_code == 422
    assert not Reuse.objects.exists()


def test_the_consent_of_one_person_is_not_that_of_another(clerk: Client, paper: StoredPaper) -> None:
    typed = offered(asked(clerk, consent_slip="PĐY-7"), paper)
    answer = clerk.post(ADDRESS, typed | {"owner.personal_id": "022190005678", "owner.name": "Lê Thị Cúc"})
    assert answer.status_code == 403
    assert "chỉ dùng cho hồ sơ mà người giữ giấy" in text_of(answer)
    assert not Reuse.objects.exists()
