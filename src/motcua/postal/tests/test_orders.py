"""Orders: registering, fetching, waybills, cancelling, taking papers in at the post office."""

from dataclasses import replace
from datetime import timedelta

import pytest

from motcua.dossiers.models import Dossier
from motcua.dossiers.terms import Channel, Source, Status
from motcua.dossiers.tests.world import MONDAY, SUBMITTER
from motcua.journal.models import OutboxEvent
from motcua.journal.queries import entries_about, verify_chain
from motcua.kernel.errors import Conflict, Invalid, NotFound, NotPermitted, RuleBroken
from motcua.postal.access import get_order
from motcua.postal.actions.cancel import cancel_needless, cancel_order
from motcua.postal.actions.pick_up import collect_papers, start_pick_up
from motcua.postal.actions.register import Contact, register_order
from motcua.postal.actions.take_in import take_in_at_post
from motcua.postal.actions.waybill import give_waybill, withdraw_waybill
from motcua.postal.models import PostalOrder
from motcua.postal.queries import orders_of
from motcua.postal.terms import Direction, OrderState
from motcua.postal.tests.world import ADDRESS, AT_POST, CONTACT, PostWorld

LATER = MONDAY + timedelta(minutes=1)


def test_the_desk_orders_a_pick_up_and_the_clerk_fetches_it(world: PostWorld) -> None:
    order = world.order(Direction.PICK_UP)
    assert (order.state, order.national_code, order.office_id) == (OrderState.REGISTERED, 1, world.office.pk)
    assert (order.contact_name, order.address) == ("Nguyễn Thị Hoà", ADDRESS)
    order = start_pick_up(actor=world.postman, order_id=order.pk, at=MONDAY)
    assert (order.state, order.national_code) == (OrderState.COLLECTING, 2)
    order = collect_papers(actor=world.postman, order_id=order.pk, at=MONDAY)
    assert order.collected_at == MONDAY
    verbs = [entry.verb for entry in entries_about(order)]
    assert verbs == ["postal.order_registered", "postal.pick_up_started", "postal.papers_collected"]
    assert verify_chain("postal.postalorder", str(order.pk)) == []
    assert OutboxEvent.objects.filter(name="postal.order_moved").count() == 1


def test_the_applicant_may_order_and_a_stranger_may_not(world: PostWorld) -> None:
    dossier = world.received(channel=Channel.IN_PERSON)
    with pytest.raises(NotFound):
        register_order(
            actor=world.stranger, dossier_id=dossier.pk, direction=Direction.PICK_UP, contact=CONTACT, at=MONDAY
        )
    with pytest.raises(NotPermitted):
        register_order(
            actor=world.specialist, dossier_id=dossier.pk, direction=Direction.PICK_UP, contact=CONTACT, at=MONDAY
        )
    dossier.owner.account_id = world.citizen.account_id
    dossier.owner.save()
    order = register_order(
        actor=world.citizen, dossier_id=dossier.pk, direction=Direction.PICK_UP, contact=CONTACT, at=MONDAY
    )
    assert get_order(world.citizen, order.pk) == order
    with pytest.raises(NotFound):
        get_order(world.other_citizen, order.pk)


def test_an_order_needs_a_state_an_address_and_a_post_office(world: PostWorld) -> None:
    dossier = world.by_post()
    common = {"actor": world.clerk, "dossier_id": dossier.pk, "at": MONDAY}
    with pytest.raises(RuleBroken, match="chưa có kết quả"):
        register_order(direction=Direction.DELIVERY, contact=CONTACT, **common)
    with pytest.raises(RuleBroken, match="không được âm"):
        register_order(direction=Direction.PICK_UP, contact=CONTACT, cod_amount=-1, **common)
    with pytest.raises(Invalid) as refusal:
        register_order(direction=Direction.PICK_UP, contact=Contact(address=" ", phone="12"), **common)
    assert {one.field for one in refusal.value.problems} == {"contact_address", "contact_phone"}
    register_order(direction=Direction.PICK_UP, contact=CONTACT, **common)
    with pytest.raises(Conflict):
        register_order(direction=Direction.PICK_UP, contact=CONTACT, **common)
    sealed = world.sealed(world.by_post(confirmed_duplicate=True))
    with pytest.raises(RuleBroken, match="không còn giấy tờ"):
        register_order(actor=world.clerk, dossier_id=sealed.pk, direction=Direction.PICK_UP, contact=CONTACT, at=MONDAY)


def test_papers_are_collected_once_and_only_on_the_way(world: PostWorld) -> None:
    order = world.order(Direction.PICK_UP)
    with pytest.raises(RuleBroken):
        collect_papers(actor=world.postman, order_id=order.pk, at=MONDAY)
    with pytest.raises(NotPermitted):
        start_pick_up(actor=world.clerk, order_id=order.pk, at=MONDAY)
    with pytest.raises(NotFound):
        start_pick_up(actor=world.stranger, order_id=order.pk, at=MONDAY)
    start_pick_up(actor=world.postman, order_id=order.pk, at=MONDAY)
    collect_papers(actor=world.postman, order_id=order.pk, at=MONDAY)
    with pytest.raises(RuleBroken):
        collect_papers(actor=world.postman, order_id=order.pk, at=MONDAY)
    with pytest.raises(RuleBroken, match="sớm hơn"):
        cancel_order(actor=world.postman, order_id=order.pk, reason="Sai", at=MONDAY - timedelta(hours=1))


def test_waybills(world: PostWorld) -> None:
    order = world.order(Direction.PICK_UP)
    common = {"actor": world.postman, "order_id": order.pk, "at": MONDAY}
    for wrong in ("", "ab", "ĐÀ123", "A" * 31):
        with pytest.raises(Invalid):
            give_waybill(waybill=wrong, **common)
    with pytest.raises(RuleBroken):
        withdraw_waybill(reason="Nhầm", **common)
    assert give_waybill(waybill="ee 123 456 vn", **common).waybill == "EE123456VN"
    with pytest.raises(RuleBroken):
        give_waybill(waybill="EE999999VN", **common)
    other = register_order(
        actor=world.clerk,
        dossier_id=world.by_post(confirmed_duplicate=True).pk,
        direction=Direction.PICK_UP,
        contact=CONTACT,
        at=MONDAY,
    )
    with pytest.raises(Conflict):
        give_waybill(actor=world.postman, order_id=other.pk, waybill="EE123456VN", at=MONDAY)
    with pytest.raises(Invalid):
        withdraw_waybill(reason=" ", **common)
    assert withdraw_waybill(reason="Dán nhầm", **common).waybill == ""
    assert entries_about(order).last().data["waybill"] == "EE123456VN"


def test_cancelling(world: PostWorld) -> None:
    order = world.order(Direction.PICK_UP)
    with pytest.raises(Invalid):
        cancel_order(actor=world.clerk, order_id=order.pk, reason="", at=MONDAY)
    order = cancel_order(actor=world.clerk, order_id=order.pk, reason="Dân tự mang đến", at=MONDAY)
    assert (order.state, order.national_code, order.is_live) == (OrderState.CANCELLED, 4, False)
    with pytest.raises(RuleBroken):
        cancel_order(actor=world.clerk, order_id=order.pk, reason="Lần nữa", at=MONDAY)
    with pytest.raises(RuleBroken):
        give_waybill(actor=world.postman, order_id=order.pk, waybill="EE123456VN", at=MONDAY)


def test_what_is_needless_is_cancelled(world: PostWorld) -> None:
    order = world.order()
    assert cancel_needless(dossier_id=order.dossier_id, at=LATER) == 1
    assert cancel_needless(dossier_id=order.dossier_id, at=LATER) == 0
    assert PostalOrder.objects.get(pk=order.pk).state == OrderState.CANCELLED


def test_the_post_office_takes_papers_in(world: PostWorld) -> None:
    application = world.application(**AT_POST, desk_id=world.desk.pk)
    dossier = take_in_at_post(actor=world.postman, office_id=world.office.pk, application=application, at=MONDAY)
    assert (dossier.status, dossier.channel, dossier.source) == (Status.SUBMITTED, Channel.POST, Source.POST_OFFICE)
    (order,) = orders_of(dossier)
    assert (order.state, order.collected_at) == (OrderState.COLLECTING, MONDAY)
    entry = entries_about(dossier).first()
    assert entry.actor_name == world.postman.name
    assert "thay mặt" in entry.actor_title


def test_the_post_office_takes_in_only_by_post_and_in_its_province(world: PostWorld) -> None:
    common = {"office_id": world.office.pk, "at": MONDAY}
    with pytest.raises(Invalid):
        take_in_at_post(actor=world.postman, application=world.application(), **common)
    wrong = world.application(**AT_POST | {"source": Source.PROXY})
    with pytest.raises(Invalid):
        take_in_at_post(actor=world.postman, application=wrong, **common)
    application = world.application(**AT_POST)
    with pytest.raises(NotPermitted):
        take_in_at_post(actor=world.clerk, application=application, **common)
    elsewhere = world._unit("UBND tỉnh khác", "province", None, agency_code="H50")
    office = world._unit("Bưu điện tỉnh khác", "post_office", elsewhere)
    clerk = world.officer("buu-dien-khac", office, "Nhân viên bưu chính", "post_office")
    with pytest.raises(NotPermitted, match="không thuộc tỉnh"):
        take_in_at_post(actor=clerk, office_id=office.pk, application=application, at=MONDAY)
    assert not Dossier.objects.exists()
    nameless = replace(SUBMITTER, name="")
    with pytest.raises(Invalid):
        take_in_at_post(
            actor=world.postman, application=world.application(**AT_POST | {"submitter": nameless}), **common
        )
    assert not PostalOrder.objects.exists()


def test_without_a_post_office_nothing_is_ordered(world: PostWorld) -> None:
    from motcua.agencies.actions import close
    from motcua.identity.terms import SYSTEM

    dossier = world.by_post()
    close(actor=SYSTEM, unit_id=world.office.pk, on=MONDAY.date(), successor_id=None, at=MONDAY)
    with pytest.raises(RuleBroken, match="Chưa có bưu điện"):
        register_order(
            actor=world.clerk, dossier_id=dossier.pk, direction=Direction.PICK_UP, contact=CONTACT, at=MONDAY
        )
