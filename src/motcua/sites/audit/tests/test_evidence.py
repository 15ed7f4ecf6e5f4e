"""Sổ bằng chứng as overseers see it."""

from django.db import connection
from django.test import Client
from django.utils import timezone

from motcua.dossiers.tests.world import MONDAY, World
from motcua.evidence.actions.alarm import raise_alarm
from motcua.evidence.actions.make_head import make_head
from motcua.evidence.actions.run_check import run_waiting_checks
from motcua.evidence.actions.sequence import sequence_all
from motcua.evidence.models import CheckRun
from motcua.evidence.terms import FindingKind
from motcua.journal.actions.deliver import deliver_pending
from motcua.notifications.models import Notice
from motcua.sites.backoffice.tests.conftest import text_of

_PAGE = "/giam-sat/bang-chung/"


def test_a_check_is_asked_for_done_and_told(world: World, overseer: Client) -> None:
    world.received()
    assert "Chưa đặt khóa ký đầu sổ" in text_of(overseer.get(_PAGE))
    sequence_all(at=MONDAY)
    make_head(at=MONDAY)
    assert overseer.post(_PAGE, {"tep": "1"}).status_code == 302
    assert overseer.post(_PAGE).status_code == 302
    assert CheckRun.objects.count() == 1
    assert "Đang kiểm tra" in text_of(overseer.get(_PAGE))
    assert run_waiting_checks(at=timezone.now()) == 1
    text = text_of(overseer.get(_PAGE))
    assert "nguyên vẹn, mọi tệp đúng như khi lưu" in text
    assert "Kiểm tra sổ bằng chứng" in text_of(overseer.get("/giam-sat/"))


def test_what_was_changed_is_named_in_words(world: World, overseer: Client) -> None:
    dossier = world.received()
    sequence_all(at=MONDAY)
    make_head(at=MONDAY)
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE journal_entry DISABLE TRIGGER USER")
        cursor.execute("UPDATE journal_entry SET at = at - interval '1 day' WHERE verb = 'dossier.received'")
        cursor.execute("ALTER TABLE journal_entry ENABLE TRIGGER USER")
    overseer.post(_PAGE)
    run_waiting_checks(at=timezone.now())
    text = text_of(overseer.get(_PAGE))
    assert "1 chỗ sai khác" in text
    assert f"đã bị sửa: «Tiếp nhận hồ sơ» trên dossiers.dossier {dossier.pk} (hồ sơ {dossier.code})" in text


def test_an_alarm_reaches_the_overseers(world: World, overseer: Client) -> None:
    for _ in range(2):
        raise_alarm(FindingKind.WITNESS, {"origin": "so.khac.vn", "why": "gốc khác"}, at=timezone.now())
    while deliver_pending(at=timezone.now()):
        pass
    assert Notice.objects.get(account_id=world.overseer.account_id).subject == "Báo động: sổ bằng chứng"
    assert "Sổ của so.khac.vn không nối tiếp" in text_of(overseer.get(_PAGE))
