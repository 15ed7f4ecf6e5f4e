"""A dossier replayed: first what for, then how it stood after each act; the chain is told plainly."""

from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from motcua.dossiers.actions.assign import assign_dossier
from motcua.dossiers.actions.correct import correct_dossier
from motcua.dossiers.actions.forward import forward_dossier
from motcua.dossiers.models import Dossier
from motcua.dossiers.tests.world import World, moment
from motcua.journal.models import Entry
from motcua.sites.backoffice.tests.conftest import text_of
from motcua.sites.office.purpose import OPEN_FOR


@pytest.fixture
def dossier(world: World) -> Dossier:
    """A dossier taken in, corrected, forwarded and assigned."""
    found = world.received(at=moment(2, 7, 30))
    correct_dossier(
        actor=world.clerk,
        dossier_id=found.pk,
        at=moment(2, 7, 45),
        changes={"owner.phone": "0988888888"},
        reason="ghi nhầm",
    )
    forward_dossier(actor=world.clerk, dossier_id=found.pk, at=moment(2, 8))
    assign_dossier(actor=world.head, dossier_id=found.pk, to_account_id=world.specialist.known_id, at=moment(2, 9))
    return found


def _open(client: Client, dossier: Dossier, purpose: str = "Trả lời phản ánh số 12") -> int:
    return client.post(f"/giam-sat/ho-so/{dossier.code}/mo/", {"key": "k", "purpose": purpose}).status_code


def test_a_purpose_comes_first(overseer: Client, dossier: Dossier) -> None:
    address = f"/giam-sat/ho-so/{dossier.code}/"
    assert overseer.get(address)["Location"] == f"{address}mo/"
    page = text_of(overseer.get(f"{address}mo/"))
    assert "Nguyễn Thị Hoà" not in page
    assert "N. T. Hoà" in page
    for purpose in ("", "abc", "x" * 501):
        assert _open(overseer, dossier, purpose) == 422
    assert not Entry.objects.filter(verb="dossier.read").exists()
    assert _open(overseer, dossier) == 303
    entry = Entry.objects.get(verb="dossier.read")
    assert entry.data == {"code": dossier.code, "purpose": "Trả lời phản ánh số 12"}
    assert _open(overseer, dossier) == 303
    assert Entry.objects.filter(verb="dossier.read").count() == 1


def test_the_door_closes_again(overseer: Client, dossier: Dossier) -> None:
    _open(overseer, dossier)
    address = f"/giam-sat/ho-so/{dossier.code}/"
    assert overseer.get(address).status_code == 200
    with time_machine.travel(moment(2, 9, 15) + OPEN_FOR + timedelta(minutes=1), tick=False):
        assert overseer.get(address).status_code == 302


def test_each_act_as_it_stood(overseer: Client, dossier: Dossier) -> None:
    _open(overseer, dossier)
    address = f"/giam-sat/ho-so/{dossier.code}/"
    with CaptureQueriesContext(connection) as queries:
        last = text_of(overseer.get(address))
    assert len(queries) <= 15
    assert "Phân công" in last
    assert "Cán bộ chuyen-vien" in last
    first = text_of(overseer.get(f"{address}?buoc=1"))
    assert "Được tiếp nhận" in first
    assert "Hẹn trả" in first
    assert "7 giờ 30" in first
    second = text_of(overseer.get(f"{address}?buoc=2"))
    assert "0912345678" in second
    assert "0988888888" in second
    assert "ghi nhầm" in second
    third = text_of(overseer.get(f"{address}?buoc=3"))
    assert "Phân công" in third
    assert "Phòng Văn hóa" in third
    reading = text_of(overseer.get(f"{address}?buoc=5"))
    assert "Trả lời phản ánh số 12" in reading
    assert overseer.get(f"{address}?buoc=99").status_code == 200


def test_both_times_and_what_was_keyed_in_later(overseer: Client, dossier: Dossier) -> None:
    _open(overseer, dossier)
    page = text_of(overseer.get(f"/giam-sat/ho-so/{dossier.code}/?buoc=1"))
    assert "Lúc xảy ra" in page
    assert "Lúc ghi" in page
    assert "3 việc được ghi muộn hơn" in page


def test_the_chain_is_told_plainly(overseer: Client, dossier: Dossier) -> None:
    _open(overseer, dossier)
    address = f"/giam-sat/ho-so/{dossier.code}/"
    assert "không dòng nào bị sửa" in text_of(overseer.get(address))
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE journal_entry DISABLE TRIGGER USER")
        cursor.execute("UPDATE journal_entry SET actor_name = 'Kẻ gian' WHERE verb = 'dossier.forwarded'")
        cursor.execute("ALTER TABLE journal_entry ENABLE TRIGGER USER")
    page = text_of(overseer.get(address))
    assert "không còn nguyên vẹn" in page
    assert "thứ 3 đã bị sửa" in page
