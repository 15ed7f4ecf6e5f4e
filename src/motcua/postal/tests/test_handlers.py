"""Who hears of what travels by post, and orders that make themselves."""

from datetime import timedelta

from motcua.dossiers.actions.deliver_result import Collection, deliver_result
from motcua.dossiers.models import Dossier, Party
from motcua.dossiers.terms import Collector, ResultChannel
from motcua.dossiers.tests.world import MONDAY
from motcua.journal.actions.deliver import deliver_pending
from motcua.notifications.models import Notice
from motcua.postal import handlers
from motcua.postal.actions.deliver import note_undelivered, set_out
from motcua.postal.actions.pick_up import start_pick_up
from motcua.postal.actions.take_in import take_in_at_post
from motcua.postal.actions.waybill import give_waybill
from motcua.postal.events import PostalOrderMoved
from motcua.postal.models import PostalOrder
from motcua.postal.terms import Direction, OrderState
from motcua.postal.tests.test_deliver import handed_over
from motcua.postal.tests.world import ADDRESS, AT_POST, PostWorld


def subjects() -> list[str]:
    return list(Notice.objects.order_by("pk").values_list("subject", flat=True))


def of_citizen(world: PostWorld, dossier: Dossier) -> None:
    Party.objects.filter(pk=dossier.owner_id).update(account_id=world.citizen.account_id)


def test_a_sealed_result_that_goes_by_post_makes_its_order_once(world: PostWorld) -> None:
    dossier = world.sealed()
    of_citizen(world, dossier)
    deliver_pending(at=MONDAY)
    order = PostalOrder.objects.get()
    assert (order.dossier_id, order.direction, order.contact_address) == (dossier.pk, Direction.DELIVERY, ADDRESS)
    assert f"Kết quả hồ sơ {dossier.code} sẽ gửi qua bưu điện" in subjects()
    from motcua.dossiers.events import ResultSealed

    handlers.on_result_ready(ResultSealed(dossier_id=dossier.pk, code=dossier.code, result_number="1"), MONDAY)
    assert PostalOrder.objects.count() == 1


def test_a_result_collected_in_person_makes_none(world: PostWorld) -> None:
    world.sealed(world.received(result_channel=ResultChannel.IN_PERSON))
    deliver_pending(at=MONDAY)
    assert not PostalOrder.objects.exists()


def test_an_order_that_cannot_be_made_stops_no_event(world: PostWorld) -> None:
    dossier = world.sealed()
    Dossier.objects.filter(pk=dossier.pk).update(result_place="")
    deliver_pending(at=MONDAY)
    assert not PostalOrder.objects.exists()
    from motcua.journal.models import OutboxEvent

    assert not OutboxEvent.objects.filter(delivered_at__isnull=True).exists()


def test_the_desk_gives_the_result_itself(world: PostWorld) -> None:
    dossier = world.sealed()
    deliver_pending(at=MONDAY)
    deliver_result(actor=world.clerk, dossier_id=dossier.pk, at=MONDAY, collection=Collection(Collector.OWNER))
    deliver_pending(at=MONDAY)
    assert PostalOrder.objects.get().state == OrderState.CANCELLED


def test_the_citizen_hears_of_every_stage(world: PostWorld) -> None:
    order = handed_over(world)
    of_citizen(world, order.dossier)
    give_waybill(actor=world.postman, order_id=order.pk, waybill="EE123456VN", at=MONDAY)
    set_out(actor=world.postman, order_id=order.pk, at=MONDAY)
    note_undelivered(actor=world.postman, order_id=order.pk, reason="Vắng nhà", at=MONDAY)
    deliver_pending(at=MONDAY)
    code = order.dossier.code
    wanted = [
        f"Kết quả đã giao cho bưu điện – hồ sơ {code}",
        f"Mã vận đơn của hồ sơ {code}",
        f"Kết quả đang trên đường phát – hồ sơ {code}",
        f"Chưa phát được kết quả – hồ sơ {code}",
    ]
    assert [one for one in subjects() if one in wanted] == wanted
    assert "Vắng nhà" in Notice.objects.get(subject=wanted[-1]).body


def test_post_office_and_desk_hear_of_their_work(world: PostWorld) -> None:
    order = world.order(Direction.PICK_UP)
    deliver_pending(at=MONDAY)
    start_pick_up(actor=world.postman, order_id=order.pk, at=MONDAY)
    told = Notice.objects.get(subject=f"Cần đi gom: hồ sơ {order.dossier.code}", account_id=world.postman.account_id)
    assert ADDRESS in told.body
    event = PostalOrderMoved(
        dossier_id=order.dossier_id, code=order.dossier.code, order_id=order.pk, state=OrderState.BACK
    )
    handlers.on_moved(event, MONDAY + timedelta(minutes=1))
    assert f"Kết quả chuyển hoàn: hồ sơ {order.dossier.code}" in subjects()


def test_delivery_itself_is_told_by_the_dossier(world: PostWorld) -> None:
    order = world.order(Direction.PICK_UP)
    before = Notice.objects.count()
    event = PostalOrderMoved(
        dossier_id=order.dossier_id, code=order.dossier.code, order_id=order.pk, state=OrderState.DELIVERED
    )
    handlers.on_moved(event, MONDAY)
    assert Notice.objects.count() == before


def test_papers_taken_in_at_the_post_office(world: PostWorld) -> None:
    application = world.application(**AT_POST)
    dossier = take_in_at_post(actor=world.postman, office_id=world.office.pk, application=application, at=MONDAY)
    of_citizen(world, dossier)
    deliver_pending(at=MONDAY)
    assert f"Bưu điện đã nhận hồ sơ {dossier.code}" in subjects()
