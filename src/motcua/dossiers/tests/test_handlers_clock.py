"""Who is told what about the time of a dossier, its endings and its new beginnings."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from pytest_django import Settings

from motcua.dossiers.models import Dossier
from motcua.dossiers.terms import Act
from motcua.dossiers.tests.stages import AT, DEEDS, bring, perform
from motcua.dossiers.tests.world import World
from motcua.identity.terms import Actor
from motcua.journal.actions.deliver import deliver_pending
from motcua.journal.models import OutboxEvent
from motcua.notifications.models import Delivery, Notice
from motcua.notifications.terms import Channel as Way
from motcua.project.subscriptions import wire


@pytest.fixture(autouse=True)
def _files(settings: Settings, tmp_path: Path) -> None:
    settings.DATA_DIR, settings.SMS_PROVIDER, settings.ZALO_PROVIDER = tmp_path, "files", "files"
    settings.BASE_URL = "https://mot.vn"


def _deliver(at: datetime = AT) -> None:
    wire()
    deliver_pending(at=at)
    assert [row.last_error for row in OutboxEvent.objects.filter(delivered_at__isnull=True)] == []


def _done(world: World, act: Act, stage: str = "") -> Dossier:
    """Lead a dossier to the act with everything before delivered; do it and deliver."""
    dossier = bring(world, stage or DEEDS[act].stage)
    _deliver()
    done = perform(world, act, dossier)
    _deliver()
    return done


def _told(actor: Actor) -> Notice:
    last = Notice.objects.filter(account_id=actor.account_id).order_by("-id").first()
    assert last is not None
    return last


def _sms_fits() -> None:
    for text in Delivery.objects.filter(channel=Way.SMS).values_list("text", flat=True):
        assert len(text) <= 160


@pytest.mark.parametrize(
    ("act", "subject", "said"),
    [
        (Act.SUSPEND, "Tạm dừng tính thời hạn", ["niêm yết công khai", "Niêm yết 15 ngày.", "Luật Đất đai."]),
        (Act.RESUME, "Tiếp tục giải quyết", ["Hẹn trả kết quả: 07:15 ngày 09/03/2026."]),
        (
            Act.REQUEST_OBLIGATION,
            "Cần nộp 500.000 đồng",
            ["Lệ phí trước bạ: 500.000 đồng", "số TB-12", "hết ngày 01/04/2026", "Kho bạc"],
        ),
        (Act.FULFIL_OBLIGATION, "Đã xác nhận nghĩa vụ tài chính", ["số CT-01", "07:15 ngày 09/03/2026"]),
        (Act.EXTEND, "Xin lỗi và hẹn lại", ["xin lỗi", "09:15 ngày 05/03/2026", "09:15 ngày 20/04/2026"]),
        (Act.APOLOGISE, "Xin lỗi vì trễ hạn", ["chậm nhất lúc 09:15 ngày 21/05/2026"]),
        (Act.STOP, "Dừng giải quyết", ["Đất đang bị kê biên", "Không thu.", "Trả đủ.", "nộp lại"]),
        (Act.REFUSE_SUPPLEMENT, "Dừng giải quyết", ["Không bổ sung hồ sơ đúng hạn", "Trả lại tại quầy."]),
        (Act.RECALL, "Thu hồi kết quả", ["12/QĐ-UBND ngày 04/03/2026", "Kết quả ghi sai tên."]),
        (Act.REOPEN, "Giải quyết lại", ["12/QĐ-UBND", "09:15 ngày 18/03/2026"]),
    ],
)
def test_the_applicant_is_told_plainly(world: World, act: Act, subject: str, said: list[str]) -> None:
    done = _done(world, act)
    told = _told(world.citizen)
    assert told.subject.startswith(subject)
    assert done.code in told.subject
    for words in said:
        assert words in told.body
    _sms_fits()


def test_a_new_dossier_tells_its_code(world: World) -> None:
    done = _done(world, Act.RENEW)
    subjects = Notice.objects.filter(account_id=world.citizen.account_id).values_list("subject", flat=True)
    assert any(subject.startswith(f"Hồ sơ {done.code} nối tiếp hồ sơ") for subject in subjects)


@pytest.mark.parametrize(
    ("act", "who", "subject"),
    [
        (Act.SUSPEND, "specialist", "Tạm dừng thời hạn"),
        (Act.EXTEND, "specialist", "Đã gia hạn"),
        (Act.APOLOGISE, "specialist", "Đã xin lỗi vì trễ"),
        (Act.DRAFT_APOLOGY, "chair", "Chờ ký văn bản xin lỗi"),
        (Act.STOP, "specialist", "Đã dừng"),
        (Act.RECALL, "clerk", "Thu hồi kết quả"),
        (Act.REOPEN, "specialist", "Giải quyết lại"),
        (Act.REOPEN, "head", "Giải quyết lại"),
    ],
)
def test_officers_get_their_work(world: World, act: Act, who: str, subject: str) -> None:
    _ = world.chair, world.head, world.sealer
    _done(world, act)
    assert _told(getattr(world, who)).subject.startswith(subject)


def test_whoever_may_take_it_up_hears_of_the_end(world: World) -> None:
    head = world.head
    _done(world, Act.STOP, "assigning")
    assert _told(head).subject.startswith("Đã dừng")


def test_nobody_is_told_twice(world: World) -> None:
    _done(world, Act.EXTEND)
    before = Notice.objects.count()
    OutboxEvent.objects.filter(name="dossier.extended").update(delivered_at=None)
    _deliver(AT + timedelta(minutes=1))
    assert Notice.objects.count() == before
