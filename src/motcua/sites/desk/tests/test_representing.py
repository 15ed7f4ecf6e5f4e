"""Đại diện của tổ chức at the desk: confirmed by what an officer saw, ended at once."""

from motcua.dossiers.tests.world import World
from motcua.results.models import Representation
from motcua.results.tests.world import holder
from motcua.sites.desk.tests.browser import text_of
from motcua.sites.desk.tests.conftest import SignIn

WHERE = "/mot-cua/dai-dien-to-chuc/"
SAID = {
    "tax_code": "0100109106",
    "organisation_name": "Công ty Hạ Long Xanh",
    "personal_id": "022190001234",
    "as_what": "legal",
    "evidence": "GCN 0100109106",
}


def test_a_clerk_confirms_and_ends(world: World, sign_in: SignIn) -> None:
    holder()
    clerk = sign_in(world.clerk)
    answer = clerk.post(WHERE, {**SAID, "evidence": ""})
    assert answer.status_code == 422
    assert clerk.post(WHERE, SAID).status_code == 302
    assert "Công ty Hạ Long Xanh" in text_of(clerk.get(WHERE))
    found = Representation.objects.get()
    assert clerk.post(f"{WHERE}{found.pk}/thoi/").status_code == 302
    found.refresh_from_db()
    assert found.ended_at is not None


def test_others_read_or_see_nothing(world: World, sign_in: SignIn) -> None:
    holder()
    sign_in(world.clerk).post(WHERE, SAID)
    chair, stranger = sign_in(world.chair), sign_in(world.stranger)
    assert "Xác nhận người đại diện" not in text_of(chair.get(WHERE))
    assert chair.post(WHERE, SAID).status_code == 403
    assert "Công ty Hạ Long Xanh" not in text_of(stranger.get(WHERE))
    assert stranger.post(f"{WHERE}{Representation.objects.get().pk}/thoi/").status_code == 404
