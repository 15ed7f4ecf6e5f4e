"""Ký nháy on the pages: the key beside the act, the progress, what the leader sees."""

from datetime import timedelta
from typing import Any

import pytest

from motcua.dossiers.models import Dossier, DraftInitials
from motcua.dossiers.terms import Act
from motcua.dossiers.tests.keys import officer_key, work
from motcua.dossiers.tests.stages import perform
from motcua.dossiers.tests.world import TYPED, World, definition_with_form
from motcua.signing.models import SigningBatch
from motcua.sites.desk.tests.browser import hidden_fields, text_of
from motcua.sites.desk.tests.conftest import SignIn
from motcua.sites.desk.tests.test_own_papers import PAPERS
from motcua.sites.desk.tests.test_pages import START
from tests.pki import PIN

AT = START + timedelta(minutes=30)
TYPING = {"opinion": "Đủ điều kiện", "text": "Điều 1. Cấp giấy./.", "is_negative": "", "template": ""}


@pytest.fixture
def world(db: None, now: Any) -> World:
    found = definition_with_form(papers=PAPERS)
    facts: dict[str, Any] = {
        "appraise": {"initials": "content"},
        "review": {"initials": "form", "initials_required": True},
    }
    steps = tuple(step.model_copy(update=facts.get(step.key, {})) for step in found.steps)
    built = World(found.model_copy(update={"steps": steps})).build()
    now.move_to(AT + timedelta(minutes=30))
    return built


def handled(world: World) -> Dossier:
    """A dossier on the specialist's desk."""
    dossier = world.received(START, form=TYPED)
    perform(world, Act.FORWARD, dossier, at=START)
    return perform(world, Act.ASSIGN, dossier, at=START, to_account_id="@specialist")


def typed(page: Any, **more: str) -> dict[str, Any]:
    return hidden_fields(page) | more


def test_from_the_specialist_over_the_head_to_the_leader(world: World, sign_in: SignIn) -> None:
    dossier = handled(world)
    own = officer_key(world.specialist, world.division, AT)
    client, address = sign_in(world.specialist), f"/mot-cua/ho-so/{dossier.code}/tham-dinh/"
    page = client.get(address)
    assert "Ký nháy nội dung dự thảo" in text_of(page)
    assert "Không ký nháy, chỉ chuyển" in text_of(page)
    wrong = client.post(address, typed(page, **TYPING, key_ref=own, pin="00000000"))
    assert wrong.status_code == 422
    assert 'value="00000000"' not in text_of(wrong)
    pressed = client.post(address, typed(page, **TYPING, key_ref=own, pin=PIN))
    batch = SigningBatch.objects.get()
    assert pressed["Location"] == f"/mot-cua/ky-so/lo/{batch.pk}/"
    assert "Ký nháy" in text_of(client.get(pressed["Location"]))
    work(batch, AT)
    assert world.specialist.name in DraftInitials.objects.values_list("name", flat=True)

    client, address = sign_in(world.head), f"/mot-cua/ho-so/{dossier.code}/chuyen/"
    page = client.get(address)
    assert "Quy trình yêu cầu ký nháy ở bước này." in text_of(page)
    assert "Không ký nháy, chỉ chuyển" not in text_of(page)
    refused = client.post(address, typed(page))
    assert refused.status_code == 422
    assert "chọn khóa ký, nhập PIN rồi chuyển" in text_of(refused)
    theirs = officer_key(world.head, world.division, AT)
    assert client.post(address, typed(client.get(address), key_ref=theirs, pin=PIN)).status_code == 302
    work(SigningBatch.objects.latest("pk"), AT)

    client = sign_in(world.chair)
    queue = text_of(client.get("/mot-cua/ky-so/"))
    for role, who in (("Ký nháy nội dung", world.specialist), ("Ký nháy thể thức", world.head)):
        assert f"{role}: {who.name}" in queue
    paper = client.get(f"/mot-cua/ky-so/xem/{dossier.code}.pdf")
    assert paper.content.count(b"/ByteRange") == 2
    decide = text_of(client.get(f"/mot-cua/ho-so/{dossier.code}/phe-duyet/"))
    assert f"Ký nháy nội dung: {world.specialist.name}" in decide


def test_who_has_no_key_hands_on_without(world: World, sign_in: SignIn) -> None:
    dossier = handled(world)
    client, address = sign_in(world.specialist), f"/mot-cua/ho-so/{dossier.code}/tham-dinh/"
    page = client.get(address)
    assert "Bạn chưa có khóa ký còn hiệu lực." in text_of(page)
    assert client.post(address, typed(page, **TYPING)).status_code == 302
    dossier.refresh_from_db()
    assert dossier.step_key == "review"
    assert not DraftInitials.objects.exists()
