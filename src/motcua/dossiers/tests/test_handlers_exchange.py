"""Who is told what when units work on a dossier together, through the real outbox and subscriptions."""

from motcua.dossiers.actions.take_over import refuse_hand_over
from motcua.dossiers.models import Dossier
from motcua.dossiers.terms import Act
from motcua.dossiers.tests.stages import AT, bring, perform
from motcua.dossiers.tests.world import World, moment
from motcua.identity.terms import Actor
from motcua.journal.actions.deliver import deliver_pending
from motcua.journal.models import OutboxEvent
from motcua.notifications.models import Notice


def _deliver() -> None:
    while deliver_pending(at=AT):
        pass
    assert [row.last_error for row in OutboxEvent.objects.filter(delivered_at__isnull=True)] == []


def _told(actor: Actor) -> list[str]:
    return list(Notice.objects.filter(account_id=actor.account_id).order_by("-id").values_list("subject", flat=True))


def _bodies(actor: Actor) -> str:
    return "\n".join(Notice.objects.filter(account_id=actor.account_id).values_list("body", flat=True))


def test_the_asked_then_the_asker(world: World) -> None:
    assert world.stranger.account_id
    dossier = bring(world, "consulted")
    _deliver()
    assert _told(world.stranger) == [f"Cần trả lời ý kiến: hồ sơ {dossier.code}"]
    assert "Đất có tranh chấp không?" in _bodies(world.stranger)
    perform(world, Act.CONSULT, dossier, questions="?ward", at=moment(3, 8))
    perform(world, Act.ANSWER_CONSULT, dossier, at=moment(3, 9))
    _deliver()
    assert _told(world.specialist)[0] == f"Có ý kiến trả lời: hồ sơ {dossier.code}"
    assert "Còn 1 nơi chưa trả lời." in _bodies(world.specialist)
    perform(world, Act.ANSWER_CONSULT, dossier, by="chair", at=moment(3, 10))
    _deliver()
    assert _told(world.specialist)[0] == f"Đã đủ ý kiến: hồ sơ {dossier.code}"


def test_a_question_taken_back(world: World) -> None:
    assert world.stranger.account_id
    dossier = perform(world, Act.CANCEL_CONSULT, bring(world, "consulted"))
    _deliver()
    assert _told(world.stranger)[0] == f"Không cần trả lời ý kiến nữa: hồ sơ {dossier.code}"


def test_refused_and_taken_back(world: World) -> None:
    assert world.head.account_id
    assert world.specialist.account_id
    dossier = bring(world, "assigning")
    refuse_hand_over(actor=world.head, dossier_id=dossier.pk, at=moment(3, 8), reason="Thiếu bản chính")
    _deliver()
    assert _told(world.clerk)[0] == f"Bị từ chối nhận bàn giao: hồ sơ {dossier.code}"
    assert "Thiếu bản chính" in _bodies(world.clerk)
    perform(world, Act.FORWARD, dossier, at=moment(3, 9))
    perform(world, Act.TAKE_BACK, dossier, at=moment(3, 10))
    _deliver()
    assert _told(world.specialist)[0] == f"Đã thu hồi: hồ sơ {dossier.code}"


def test_transferred(world: World) -> None:
    dossier = perform(world, Act.TRANSFER, bring(world, "handling"))
    _deliver()
    told = Notice.objects.filter(subject=f"Được giao thụ lý: hồ sơ {dossier.code}")
    assert told.count() == 1


def test_a_correction_and_its_decision(world: World) -> None:
    assert world.chair.account_id
    assert world.head.account_id
    dossier = bring(world, "correcting")
    _deliver()
    for leader in (world.head, world.chair):
        assert f"Chờ duyệt đính chính: hồ sơ {dossier.code}" in _told(leader)
    perform(world, Act.DECIDE_CORRECTION, dossier, approve=False, note="Không đủ giấy tờ")
    _deliver()
    assert _told(world.clerk)[0] == f"Không duyệt đính chính: hồ sơ {dossier.code}"
    assert f"Đã đính chính thông tin hồ sơ {dossier.code}" not in _told(world.citizen)
    other = bring(world, "correcting", confirmed_duplicate=True)
    perform(world, Act.DECIDE_CORRECTION, Dossier.objects.get(pk=other.pk))
    _deliver()
    assert _told(world.clerk)[0] == f"Đã duyệt đính chính: hồ sơ {other.code}"
    assert f"Đã đính chính thông tin hồ sơ {other.code}" in _told(world.citizen)
