"""Certified copies at one gesture, on their pages: paper piles worked, electronic copies signed by a batch."""

from datetime import datetime
from typing import Any

import pytest
import time_machine

from motcua.certification.actions.electronic import Compared, compare_copy
from motcua.certification.models import CertificationEntry
from motcua.certification.terms import CHECKS
from motcua.certification.tests.conftest import copies_world
from motcua.certification.tests.test_books import taken
from motcua.certification.tests.test_electronic import forwarded, scanned
from motcua.dossiers.models import Dossier
from motcua.dossiers.tests.world import MONDAY, World
from motcua.scanning.tests.conftest import key_of
from motcua.signing.models import SigningBatch
from motcua.sites.desk.tests.browser import hidden_fields, text_of
from motcua.sites.desk.tests.conftest import SignIn
from tests.pki import PIN

PAPER, SIGN = "/mot-cua/chung-thuc/giay/", "/mot-cua/chung-thuc/ky/"


@pytest.fixture
def world(db: None) -> Any:
    with time_machine.travel(datetime.fromisoformat(MONDAY.isoformat()), tick=False):
        yield copies_world()


def test_a_pile_of_paper_is_worked_at_one_press_by_each(world: World, sign_in: SignIn) -> None:
    codes = [taken(world)[0].dossier.code for _ in range(2)]
    for actor, button in (
        (world.specialist, "Đã đối chiếu, trình ký"),
        (world.chair, "Đã ký"),
        (world.sealer, "Đã đóng dấu"),
    ):
        hand = sign_in(actor)
        page = hand.get(PAPER)
        assert button in text_of(page)
        ticked = {"lam": [str(one.pk) for one in Dossier.objects.filter(code__in=codes)]}
        said = hidden_fields(page) | ticked
        assert hand.post(PAPER, said).status_code == 303
        assert f"{button}: 2 hồ sơ." in text_of(hand.get(PAPER))
    assert "Không có bản sao giấy nào chờ bạn" in text_of(sign_in(world.clerk).get(PAPER))
    results = {one.result.number for one in Dossier.objects.filter(code__in=codes)}
    assert results == {str(one.number) for one in CertificationEntry.objects.all()}


def test_nothing_ticked_is_said(world: World, sign_in: SignIn) -> None:
    taken(world)
    hand = sign_in(world.specialist)
    answer = hand.post(PAPER, hidden_fields(hand.get(PAPER)))
    assert answer.status_code == 422
    assert "Chưa chọn hồ sơ nào" in text_of(answer)


def test_electronic_copies_are_signed_by_one_batch(world: World, sign_in: SignIn) -> None:
    for _ in range(2):
        stack = scanned(world, forwarded(world), 1)
        said = Compared(revision=1, paper_name="Bằng tốt nghiệp", checks=set(CHECKS))
        compare_copy(actor=world.specialist, stack_id=stack.pk, compared=said, at=MONDAY)
    ref, chair = key_of(world.chair, world.ward), sign_in(world.chair)
    assert "2 hồ sơ bản sao chứng thực chờ ký" in text_of(chair.get("/mot-cua/ky-so/"))
    page = chair.get(SIGN)
    ticked = {"lam": [str(pk) for pk in Dossier.objects.values_list("pk", flat=True)], "key_ref": ref}
    wrong = chair.post(SIGN, hidden_fields(page) | ticked | {"pin": "1"})
    assert (wrong.status_code, "PIN không đúng" in text_of(wrong)) == (422, True)
    answer = chair.post(SIGN, hidden_fields(wrong) | ticked | {"pin": PIN})
    batch = SigningBatch.objects.get()
    assert answer.headers["Location"] == f"/mot-cua/ky-so/lo/{batch.pk}/"
    shown = text_of(chair.get(answer.headers["Location"]))
    assert SIGN in shown
    assert "Đã ký 0/2 văn bản" in shown
    assert "Không có bản sao nào chờ" in text_of(chair.get(SIGN))
