"""Who is told what of each act, through the real outbox and the real map of subscriptions."""

from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from motcua.dossiers import events
from motcua.dossiers.actions.appraise import appraise_dossier
from motcua.dossiers.actions.approve import approve_dossier
from motcua.dossiers.actions.assign import assign_dossier
from motcua.dossiers.actions.correct import correct_dossier
from motcua.dossiers.actions.deliver_result import Collection, deliver_result
from motcua.dossiers.actions.forward import forward_dossier
from motcua.dossiers.actions.hand_over_work import hand_over_work
from motcua.dossiers.actions.receive import receive_dossier
from motcua.dossiers.actions.refuse import refuse_dossier
from motcua.dossiers.actions.reject import reject_dossier
from motcua.dossiers.actions.request_supplement import request_supplement
from motcua.dossiers.actions.seal import seal_result
from motcua.dossiers.actions.send_back import send_back_dossier
from motcua.dossiers.actions.submit import submit_dossier
from motcua.dossiers.actions.supplement import supplement_dossier
from motcua.dossiers.actions.withdraw import withdraw_dossier
from motcua.dossiers.models import Dossier
from motcua.dossiers.rules.application import ComponentFacts, FileRef, PartyFacts
from motcua.dossiers.rules.reasons import Ground
from motcua.dossiers.terms import Channel, Collector, ResultChannel, Source
from motcua.dossiers.tests.world import CUC, OWNER, STEPS, SUBMITTER, World, definition, moment
from motcua.files.actions.store import store_paper
from motcua.identity.terms import SYSTEM, Actor
from motcua.journal.actions import deliver
from motcua.journal.actions.deliver import deliver_pending
from motcua.journal.models import OutboxEvent
from motcua.notifications.models import Delivery, Notice
from motcua.notifications.terms import Channel as Way
from motcua.notifications.terms import NoticeKind
from motcua.project.subscriptions import wire


@pytest.fixture(autouse=True)
def _files(settings: Settings, tmp_path: Path) -> None:
    settings.DATA_DIR, settings.SMS_PROVIDER, settings.ZALO_PROVIDER = tmp_path, "files", "files"
    settings.BASE_URL = "https://mot.vn"


def _deliver(at: datetime) -> None:
    """Deliver what waits; nothing may be left, with the handlers' error as the message."""
    deliver_pending(at=at)
    assert [row.last_error for row in OutboxEvent.objects.filter(delivered_at__isnull=True)] == []


def _told(actor: Actor) -> Notice:
    """The last thing an account was told."""
    last = Notice.objects.filter(account_id=actor.account_id).order_by("-id").first()
    assert last is not None, f"{actor.name} was told nothing"
    return last


def _sms(to: str = "0912345678") -> str:
    last = Delivery.objects.filter(channel=Way.SMS, address=to).latest("id")
    assert len(last.text) <= 160
    return last.text


def _mail() -> Delivery:
    return Delivery.objects.filter(channel=Way.EMAIL).latest("id")


def _online(world: World, at: datetime) -> Dossier:
    paper = store_paper(b"%PDF-1.7 to khai", name="to-khai.pdf", at=at)
    application = world.application(
        channel=Channel.ONLINE,
        owner=OWNER,
        submitter=SUBMITTER,
        source=Source.PROXY,
        relation="Giấy ủy quyền số 12 ngày 02/03/2026",
        components=(ComponentFacts("to-khai", files=(FileRef(paper.sha256, "to-khai.pdf"),)),),
    )
    return submit_dossier(actor=world.citizen, application=application, at=at)


@pytest.fixture
def online(world: World) -> Dossier:
    """An online dossier that Trần Văn Bình handed in for Nguyễn Thị Hoà, its events delivered."""
    dossier = _online(world, moment(2, 9))
    _deliver(moment(2, 9))
    return dossier


def _to_appraisal(world: World, **changes: Any) -> Dossier:
    dossier = world.received(**changes)
    forward_dossier(actor=world.clerk, dossier_id=dossier.pk, at=moment(2, 10))
    assign_dossier(actor=world.head, dossier_id=dossier.pk, at=moment(2, 11), to_account_id=world.specialist.account_id)
    return dossier


def _to_approval(world: World, **changes: Any) -> Dossier:
    dossier = _to_appraisal(world, **changes)
    appraise_dossier(actor=world.specialist, dossier_id=dossier.pk, at=moment(3, 9), opinion="Đủ", text="Dự thảo")
    forward_dossier(actor=world.head, dossier_id=dossier.pk, at=moment(3, 10))
    return dossier


def _to_delivery(world: World, **changes: Any) -> Dossier:
    dossier = _to_approval(world, **changes)
    approve_dossier(actor=world.chair, dossier_id=dossier.pk, at=moment(3, 14), draft_number=1)
    seal_result(actor=world.sealer, dossier_id=dossier.pk, at=moment(3, 15), number="12", symbol="GKS")
    return dossier


def test_every_event_of_the_room_has_a_handler() -> None:
    wire()
    known = events.DossierEvent.__subclasses__()
    handled = {name for name, found in deliver._handlers.items() if found}
    told = {"motcua.dossiers.events", "motcua.dossiers.events_clock"}
    assert {event.name for event in known if event.__module__ in told} <= handled
    assert {name for name in handled if name.startswith("dossier.")} <= {event.name for event in known}


def test_submitted_gives_the_code_to_all_parties_and_work_to_the_desk(world: World, online: Dossier) -> None:
    told = _told(world.citizen)
    assert told.subject == f"Đã nộp hồ sơ {online.code}"
    assert told.link == f"/ho-so/{online.code}/"
    assert f"Mã hồ sơ: {online.code}" in told.body
    assert "Cơ quan trả lời chậm nhất lúc 09:00 ngày 03/03/2026." in told.body
    assert _sms().startswith(f"Da nop ho so, ma {online.code}. Co quan tra loi cham nhat luc 09:00 ngay 03/03/2026.")
    assert _mail().address == "binh@example.vn"
    work = _told(world.clerk)
    assert (work.kind, work.subject) == (NoticeKind.WORK, f"Chờ tiếp nhận: hồ sơ {online.code}")
    assert work.link == f"/mot-cua/ho-so/{online.code}/"
    assert "Cần trả lời chậm nhất" in work.body
    assert not Notice.objects.filter(account_id=world.stranger.account_id).exists()


def test_the_owner_without_an_account_gets_a_link_to_the_lookup(world: World, online: Dossier) -> None:
    zalo = Delivery.objects.get(channel=Way.ZALO, address="0912345678")
    assert zalo.text.endswith(f"https://mot.vn/tra-cuu/?ma={online.code}")


def test_a_postman_is_not_told(world: World) -> None:
    postman = PartyFacts(name="Bưu tá", personal_id="001085001234", phone="0900000001")
    world.received(channel=Channel.POST, source=Source.POST_OFFICE, submitter=postman)
    _deliver(moment(2, 10))
    assert not Delivery.objects.filter(address="0900000001").exists()
    assert _sms()


def test_received_says_when_and_where(world: World, online: Dossier) -> None:
    receive_dossier(actor=world.clerk, dossier_id=online.pk, at=moment(2, 10))
    _deliver(moment(2, 10))
    told = _told(world.citizen)
    assert told.subject == f"Hồ sơ {online.code} đã được tiếp nhận"
    assert "Hẹn trả kết quả: 10:00 ngày 05/03/2026." in told.body
    assert "Cách tính: 3 ngày làm việc" in told.body
    assert "Nơi trả kết quả: Trung tâm Phục vụ hành chính công phường Hồng Gai" in told.body
    assert "Hen tra ket qua: 10:00 ngay 05/03/2026." in _sms()


@pytest.mark.parametrize(
    ("channel", "place", "words"),
    [
        (ResultChannel.POST, "12 Lê Lợi", "Kết quả được gửi qua bưu chính công ích đến: 12 Lê Lợi."),
        (ResultChannel.ONLINE, "", "Kết quả là bản điện tử, tải tại trang của hồ sơ."),
        (ResultChannel.IN_PERSON, "Quầy số 3", "Nơi trả kết quả: Quầy số 3."),
    ],
)
def test_where_the_result_will_be(world: World, channel: ResultChannel, place: str, words: str) -> None:
    world.received(result_channel=channel, result_place=place, owner=CUC)
    _deliver(moment(2, 10))
    assert words in _mail().text


def test_refused_says_why_and_what_to_do(world: World, online: Dossier) -> None:
    refuse_dossier(actor=world.clerk, dossier_id=online.pk, at=moment(2, 10), grounds=[Ground("illegible", "to-khai")])
    _deliver(moment(2, 10))
    told = _told(world.citizen)
    assert (told.kind, told.subject) == (NoticeKind.ACTION, f"Hồ sơ {online.code} không được tiếp nhận")
    assert "Lý do:\nTờ khai – Bản chụp, bản sao không đọc được. Chụp hoặc sao lại cho rõ, đủ trang." in told.body
    assert "nộp hồ sơ mới" in told.body
    assert "Cần hỏi thêm: Trung tâm Phục vụ hành chính công phường Hồng Gai" in told.body
    assert "khong duoc tiep nhan" in _sms()


def test_a_supplement_names_every_item_and_the_day(world: World, online: Dossier) -> None:
    grounds = [Ground("missing", "to-khai"), Ground("other", "", note="Ảnh mờ", remedy="Chụp lại ảnh.")]
    request_supplement(
        actor=world.clerk, dossier_id=online.pk, at=moment(2, 10), grounds=grounds, answer_until=date(2026, 3, 9)
    )
    _deliver(moment(2, 10))
    told = _told(world.citizen)
    assert (told.kind, told.subject) == (NoticeKind.ACTION, f"Cần bổ sung hồ sơ {online.code}")
    assert "1. Tờ khai: Thiếu giấy tờ. Nộp thêm giấy tờ này.\n2. Hồ sơ: " in told.body
    assert "Ảnh mờ. Chụp lại ảnh." in told.body
    assert "Hạn bổ sung: hết ngày 09/03/2026." in told.body
    assert f"Ho so {online.code} can bo sung 2 muc. Han bo sung: het ngay 09/03/2026." in _sms()


def test_an_answered_supplement_comes_back_to_the_holder(world: World) -> None:
    dossier = _to_appraisal(world)
    request_supplement(
        actor=world.specialist, dossier_id=dossier.pk, at=moment(3, 9), grounds=[Ground("missing", "to-khai")]
    )
    supplement_dossier(actor=world.clerk, dossier_id=dossier.pk, at=moment(4, 9), note="Đã nộp tờ khai")
    _deliver(moment(4, 9))
    assert _told(world.specialist).subject == f"Đã có bổ sung: hồ sơ {dossier.code}"
    confirmation = Delivery.objects.filter(channel=Way.ZALO).order_by("-id")[0]
    assert confirmation.subject == f"Đã nhận bổ sung của hồ sơ {dossier.code}"
    assert not Delivery.objects.filter(channel=Way.SMS, subject=confirmation.subject).exists()


def test_work_goes_to_whoever_may_do_the_next_step(world: World) -> None:
    dossier = world.received()
    assert world.head.account_id
    assert world.specialist.account_id
    forward_dossier(actor=world.clerk, dossier_id=dossier.pk, at=moment(2, 10))
    _deliver(moment(2, 10))
    work = _told(world.head)
    assert work.subject == f"Chờ phân công: hồ sơ {dossier.code}"
    assert "Thủ tục: Đăng ký khai sinh. Chủ hồ sơ: Nguyễn Thị Hoà." in work.body
    assert "Hạn của bước:" in work.body
    assert not Notice.objects.filter(account_id__in=[world.specialist.account_id, world.clerk.account_id]).exists()


def test_an_assigned_officer_is_told_alone(world: World) -> None:
    assert world.second_specialist.account_id
    dossier = _to_appraisal(world)
    _deliver(moment(2, 11))
    assert _told(world.specialist).subject == f"Được phân công: hồ sơ {dossier.code}"
    assert not Notice.objects.filter(account_id=world.second_specialist.account_id).exists()


def test_handed_over_work_is_told_to_the_new_holder(world: World) -> None:
    dossier = _to_appraisal(world)
    hand_over_work(
        actor=world.head,
        from_account_id=world.specialist.account_id or 0,
        to_account_id=world.second_specialist.account_id,
        unit_ids=None,
        at=moment(3, 9),
    )
    _deliver(moment(3, 9))
    assert _told(world.second_specialist).subject == f"Nhận bàn giao: hồ sơ {dossier.code}"


def test_a_draft_waits_for_the_head(world: World) -> None:
    dossier = _to_appraisal(world)
    appraise_dossier(actor=world.specialist, dossier_id=dossier.pk, at=moment(3, 9), opinion="Đủ", text="Dự thảo")
    _deliver(moment(3, 9))
    work = _told(world.head)
    assert work.subject == f"Chờ soát xét: hồ sơ {dossier.code}"
    assert "Dự thảo kết quả số 1 đã được trình." in work.body


def test_sent_back_goes_to_who_worked_on_it_with_the_reason(world: World) -> None:
    dossier = _to_approval(world)
    send_back_dossier(actor=world.chair, dossier_id=dossier.pk, at=moment(3, 14), reason="Sai tên mẹ")
    _deliver(moment(3, 14))
    work = _told(world.specialist)
    assert work.subject == f"Bị trả lại: hồ sơ {dossier.code}"
    assert "Lý do: Sai tên mẹ" in work.body


def test_an_approved_result_waits_for_the_seal(world: World) -> None:
    assert world.sealer.account_id
    dossier = _to_approval(world)
    approve_dossier(actor=world.chair, dossier_id=dossier.pk, at=moment(3, 14), draft_number=1)
    _deliver(moment(3, 14))
    assert _told(world.sealer).subject == f"Chờ đóng dấu: hồ sơ {dossier.code}"
    assert not Delivery.objects.filter(subject__startswith="Đã có kết quả").exists()


def test_a_negative_result_is_told_once_it_is_sealed(world: World) -> None:
    assert world.sealer.account_id
    dossier = _to_approval(world)
    reject_dossier(actor=world.chair, dossier_id=dossier.pk, at=moment(3, 14), draft_number=1, reason="Trái Điều 16")
    _deliver(moment(3, 14))
    assert "Lý do: Trái Điều 16" in _told(world.sealer).body
    seal_result(actor=world.sealer, dossier_id=dossier.pk, at=moment(3, 15), number="12", symbol="UBND")
    _deliver(moment(3, 15))
    assert f"Da co ket qua ho so {dossier.code}." in _sms()


def test_a_sealed_result_is_told_to_applicants_and_desk(world: World) -> None:
    dossier = _to_delivery(world, owner=CUC)
    _deliver(moment(3, 15))
    assert _mail().subject == f"Đã có kết quả hồ sơ {dossier.code}"
    assert "Kết quả: Giấy khai sinh, số 12/GKS." in _mail().text
    assert "hãy mang giấy hẹn trả kết quả" in _mail().text
    assert "Moi den nhan tai Trung tam Phuc vu hanh chinh cong phuong Hong Gai." in _sms()
    assert _told(world.clerk).subject == f"Chờ trả kết quả: hồ sơ {dossier.code}"


@pytest.mark.parametrize(
    ("channel", "words"),
    [
        (ResultChannel.POST, "Ket qua duoc gui qua buu chinh."),
        (ResultChannel.ONLINE, "Tai ban dien tu tai: https://mot.vn/tra-cuu/"),
    ],
)
def test_a_ready_result_says_how_it_comes(world: World, channel: ResultChannel, words: str) -> None:
    _to_delivery(world, owner=CUC, result_channel=channel, result_place="12 Lê Lợi")
    _deliver(moment(3, 15))
    assert words in _sms()
    assert "giấy hẹn" not in _mail().text


def test_without_a_seal_the_approved_result_is_told_at_once(db: None) -> None:
    steps = [
        step | {"forward": ["deliver"]} if step["key"] == "approve" else step for step in STEPS if step["key"] != "seal"
    ]
    world = World(definition(steps=steps)).build()
    dossier = _to_approval(world)
    approve_dossier(actor=world.chair, dossier_id=dossier.pk, at=moment(3, 14), draft_number=1)
    _deliver(moment(3, 14))
    assert _sms().startswith(f"Da co ket qua ho so {dossier.code}.")
    assert _told(world.clerk).subject == f"Chờ trả kết quả: hồ sơ {dossier.code}"


def test_a_delivered_result_brings_thanks_without_sms(world: World) -> None:
    dossier = _to_delivery(world)
    deliver_result(
        actor=world.clerk,
        dossier_id=dossier.pk,
        at=moment(4, 8),
        collection=Collection(Collector.OWNER, signed_by_hand=True),
    )
    _deliver(moment(4, 8))
    last = Delivery.objects.order_by("-id")[0]
    assert (last.channel, last.subject) == (Way.ZALO, f"Đã trả kết quả hồ sơ {dossier.code}")
    assert "Da tra" not in _sms()


def test_a_withdrawal_is_confirmed_and_stops_the_work(world: World, online: Dossier) -> None:
    receive_dossier(actor=world.clerk, dossier_id=online.pk, at=moment(2, 10))
    withdraw_dossier(actor=world.citizen, dossier_id=online.pk, at=moment(2, 11), reason="Đổi ý")
    _deliver(moment(2, 11))
    assert "được rút theo yêu cầu lúc 11:00 ngày 02/03/2026" in _told(world.citizen).body
    assert _told(world.clerk).subject == f"Đã rút: hồ sơ {online.code}"


def test_a_withdrawal_before_receipt_is_told_to_the_whole_desk(world: World, online: Dossier) -> None:
    assert world.second_clerk.account_id
    withdraw_dossier(actor=world.citizen, dossier_id=online.pk, at=moment(2, 11), reason="Đổi ý")
    _deliver(moment(2, 11))
    assert {_told(clerk).subject for clerk in (world.clerk, world.second_clerk)} == {f"Đã rút: hồ sơ {online.code}"}


def test_a_correction_is_told(world: World, online: Dossier) -> None:
    correct_dossier(actor=world.citizen, dossier_id=online.pk, at=moment(2, 10), changes={"owner.phone": "0911111111"})
    _deliver(moment(2, 10))
    assert _told(world.citizen).subject == f"Đã đính chính thông tin hồ sơ {online.code}"


def test_nobody_is_told_of_their_own_act(world: World) -> None:
    assert world.second_clerk.account_id
    submit_dossier(actor=world.clerk, application=world.application(channel=Channel.POST), at=moment(2, 9))
    _deliver(moment(2, 9))
    assert _told(world.second_clerk)
    assert not Notice.objects.filter(account_id=world.clerk.account_id).exists()


def test_events_delivered_twice_tell_nobody_twice(world: World) -> None:
    _to_delivery(world)
    _deliver(moment(3, 15))
    before = (Notice.objects.count(), Delivery.objects.count())
    OutboxEvent.objects.update(delivered_at=None)
    _deliver(moment(4, 9))
    assert (Notice.objects.count(), Delivery.objects.count()) == before


def test_work_that_has_gone_on_is_not_told_late(world: World) -> None:
    dossier = _to_delivery(world)
    _deliver(moment(3, 15))
    subjects = set(Notice.objects.filter(account_id=world.sealer.account_id).values_list("subject", flat=True))
    assert f"Chờ trả kết quả: hồ sơ {dossier.code}" not in subjects


def test_telling_a_unit_costs_the_same_for_one_and_for_many(world: World) -> None:
    dossier = world.received()
    _deliver(moment(2, 9, 30))
    for number in range(20):
        world.officer(f"lanh-dao-{number}", world.division, "Phó trưởng phòng", "lead_division")
    forward_dossier(actor=world.clerk, dossier_id=dossier.pk, at=moment(2, 10))
    with CaptureQueriesContext(connection) as queries:
        _deliver(moment(2, 10))
    assert Notice.objects.count() == 20
    assert len(queries) <= 16


def test_the_system_may_act_too(world: World) -> None:
    dossier = world.received()
    forward_dossier(actor=SYSTEM, dossier_id=dossier.pk, at=moment(2, 10))
    assert world.head.account_id
    _deliver(moment(2, 10))
    assert _told(world.head)
