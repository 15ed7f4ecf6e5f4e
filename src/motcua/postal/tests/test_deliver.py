"""Results to the citizen: handed to the post, carried, delivered or brought back; money on the way."""

from typing import Any, cast

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.functional import SimpleLazyObject

from motcua.agencies.terms import Right
from motcua.dossiers.actions.add_charge import add_charge
from motcua.dossiers.actions.collect_cash import collect_cash
from motcua.dossiers.actions.deliver_result import Collection
from motcua.dossiers.events import ResultSealed
from motcua.dossiers.models import Dossier
from motcua.dossiers.rules.application import FileRef
from motcua.dossiers.terms import Collector, Status
from motcua.dossiers.tests.world import MONDAY
from motcua.files.actions.store import store_upload
from motcua.identity.terms import Actor
from motcua.journal.queries import entries_about
from motcua.kernel.errors import Invalid, NotFound, NotPermitted, RuleBroken
from motcua.payments.models import Payment
from motcua.payments.terms import Charge, FeeKind
from motcua.postal.actions.deliver import deliver_order, note_undelivered, set_out
from motcua.postal.actions.money import close_money, receive_money
from motcua.postal.actions.sheets import make_sheet, take_over_sheet
from motcua.postal.handlers import on_result_ready
from motcua.postal.models import PostalOrder, PostalReceipt
from motcua.postal.papers import money_list_pdf, receipt_pdf
from motcua.postal.queries import (
    money_in_bag,
    money_list,
    money_lists,
    owed_by,
    receipt_of,
    receipts_of_day,
    returned_to,
    to_collect,
)
from motcua.postal.rules.money import amount_problems
from motcua.postal.terms import OrderState, Purpose, SheetKind
from motcua.postal.tests.world import PostWorld
from tests.permissions.conftest import PDF

OWNER = Collection(Collector.OWNER, signed_by_hand=True)


def handed_over(world: PostWorld, *, cod_amount: int = 0) -> PostalOrder:
    """A result in the hands of the post office."""
    return to_the_post(world, world.order(cod_amount=cod_amount))


def to_the_post(world: PostWorld, order: PostalOrder) -> PostalOrder:
    """Hand a sealed result over to the post office by a sheet."""
    sheet = make_sheet(
        actor=world.clerk,
        kind=SheetKind.TO_POST,
        from_unit_id=world.desk.pk,
        to_unit_id=world.office.pk,
        order_ids=[order.pk],
        at=MONDAY,
    )
    take_over_sheet(actor=world.postman, sheet_id=sheet.pk, missing={}, at=MONDAY)
    return PostalOrder.objects.get(pk=order.pk)


def owing(world: PostWorld) -> tuple[Dossier, PostalOrder]:
    """A sealed dossier that owes 50.000 đồng, its result in the hands of the post office."""
    dossier = world.by_post()
    charges = [Charge(FeeKind.CHARGE, "Lệ phí cấp Giấy chứng nhận", 50000)]
    add_charge(actor=world.clerk, dossier_id=dossier.pk, at=MONDAY, charges=charges)
    world.sealed(dossier)
    on_result_ready(ResultSealed(dossier_id=dossier.pk, code=dossier.code, result_number="1"), MONDAY)
    return dossier, to_the_post(world, dossier.postal_orders.get(direction="delivery"))


def test_delivering_ends_the_dossier_in_the_same_act(world: PostWorld, settings: Any, tmp_path: Any) -> None:
    settings.DATA_DIR = tmp_path
    upload = SimpleUploadedFile("bao-phat.pdf", PDF.read_bytes(), "application/pdf")
    kept = store_upload(world.postman, upload, name="bao-phat.pdf", at=MONDAY)
    order = handed_over(world)
    assert order.state == OrderState.HANDED_TO_POST
    set_out(actor=world.postman, order_id=order.pk, at=MONDAY)
    proof = FileRef(kept.sha256, kept.name)
    order = deliver_order(actor=world.postman, order_id=order.pk, collection=OWNER, at=MONDAY, proof=proof)
    dossier = Dossier.objects.get(pk=order.dossier_id)
    assert (order.state, order.proof_name, dossier.status) == (OrderState.DELIVERED, "bao-phat.pdf", Status.DELIVERED)
    assert (dossier.delivery.name, dossier.delivery.delivered_by_id) == ("Nguyễn Thị Hoà", world.postman.account_id)
    assert entries_about(dossier).last().actor_name == world.postman.name
    with pytest.raises(RuleBroken):
        deliver_order(actor=world.postman, order_id=order.pk, collection=OWNER, at=MONDAY)


def test_the_clerk_gives_out_nothing_that_was_not_handed_over(world: PostWorld) -> None:
    order = world.order()
    with pytest.raises(RuleBroken):
        deliver_order(actor=world.postman, order_id=order.pk, collection=OWNER, at=MONDAY)
    with pytest.raises(NotPermitted):
        deliver_order(actor=world.clerk, order_id=order.pk, collection=OWNER, at=MONDAY)
    assert Dossier.objects.get(pk=order.dossier_id).status == Status.FINISHED


def test_a_refused_delivery_changes_nothing(world: PostWorld) -> None:
    order = handed_over(world)
    proxy = Collection(Collector.PROXY, name="Ai đó")
    with pytest.raises(Invalid):
        deliver_order(actor=world.postman, order_id=order.pk, collection=proxy, at=MONDAY)
    order.refresh_from_db()
    assert order.state == OrderState.HANDED_TO_POST


def test_undelivered_again_and_back(world: PostWorld) -> None:
    order = handed_over(world)
    common = {"actor": world.postman, "order_id": order.pk, "at": MONDAY}
    with pytest.raises(RuleBroken):
        note_undelivered(reason="Vắng nhà", **common)
    set_out(**common)
    with pytest.raises(Invalid):
        note_undelivered(reason=" ", **common)
    note_undelivered(reason="Vắng nhà", **common)
    set_out(**common)
    order = note_undelivered(reason="Chuyển chỗ ở", **common)
    assert (order.undelivered_count, order.last_reason) == (2, "Chuyển chỗ ở")
    sheet = make_sheet(
        actor=world.postman,
        kind=SheetKind.BACK,
        from_unit_id=world.office.pk,
        to_unit_id=world.desk.pk,
        order_ids=[order.pk],
        at=MONDAY,
    )
    take_over_sheet(actor=world.clerk, sheet_id=sheet.pk, missing={}, at=MONDAY)
    order.refresh_from_db()
    assert order.state == OrderState.BACK
    assert returned_to(frozenset({world.desk.pk})) == [order]
    with pytest.raises(RuleBroken):
        set_out(**common)


def test_money_is_taken_at_the_door_and_handed_on_by_two_persons(world: PostWorld) -> None:
    order = handed_over(world, cod_amount=58000)
    common = {"actor": world.postman, "order_id": order.pk, "collection": OWNER, "at": MONDAY}
    with pytest.raises(Invalid, match=r"58\.000"):
        deliver_order(**common)
    assert not PostalReceipt.objects.exists()
    deliver_order(cod_taken=True, **common)
    receipt = PostalReceipt.objects.get()
    assert (receipt.amount, receipt.code, receipt.payer_name) == (58000, "0000001/2026/CTT", "Nguyễn Thị Hoà")
    (bag,) = money_in_bag(frozenset({world.office.pk}))
    assert (bag.total, bag.to_unit_id) == (58000, world.desk.pk)
    assert receipts_of_day(frozenset({world.office.pk}), MONDAY.date()) == [receipt]
    assert receipt_pdf(receipt_of(world.clerk, receipt.pk)).startswith(b"%PDF")
    with pytest.raises(NotFound):
        receipt_of(world.stranger, receipt.pk)
    with pytest.raises(NotFound):
        receipt_of(world.citizen, receipt.pk)
    facts = {"office_id": world.office.pk, "purpose": Purpose.FEE, "to_unit_id": world.desk.pk, "at": MONDAY}
    with pytest.raises(NotPermitted):
        close_money(actor=world.clerk, counted=58000, **facts)
    with pytest.raises(Invalid, match=r"thiếu 8\.000"):
        close_money(actor=world.postman, counted=50000, **facts)
    closed = close_money(actor=world.postman, counted=50000, reason="Trả nhầm tiền thừa", **facts)
    assert (closed.count, closed.total, closed.counted, closed.code) == (1, 58000, 50000, "001/2026/BKNT")
    with pytest.raises(RuleBroken, match="Chưa có khoản thu"):
        close_money(actor=world.postman, counted=0, **facts)
    assert money_in_bag(frozenset({world.office.pk})) == []
    _received_by_the_desk(world, closed.pk)


def _received_by_the_desk(world: PostWorld, pk: int) -> None:
    with pytest.raises(NotPermitted):
        receive_money(actor=world.second_postman, handover_id=pk, received=50000, at=MONDAY)
    with pytest.raises(NotFound):
        receive_money(actor=world.stranger, handover_id=pk, received=50000, at=MONDAY)
    with pytest.raises(Invalid, match=r"thừa 1\.000"):
        receive_money(actor=world.clerk, handover_id=pk, received=51000, at=MONDAY)
    with pytest.raises(Invalid, match="không được âm"):
        receive_money(actor=world.clerk, handover_id=pk, received=-1, reason="x", at=MONDAY)
    done = receive_money(actor=world.clerk, handover_id=pk, received=51000, reason="Đếm lại", at=MONDAY)
    assert (done.received, done.received_by_name) == (51000, world.clerk.name)
    with pytest.raises(RuleBroken):
        receive_money(actor=world.second_clerk, handover_id=pk, received=51000, reason="Đếm lại", at=MONDAY)
    assert list(money_lists(world.postman)) == [done]
    assert money_list_pdf(money_list(world.clerk, pk)).startswith(b"%PDF")
    with pytest.raises(NotFound):
        money_list(world.stranger, pk)


def test_nobody_confirms_their_own_closing(world: PostWorld) -> None:
    from dataclasses import replace

    order = handed_over(world, cod_amount=1000)
    deliver_order(actor=world.postman, order_id=order.pk, collection=OWNER, at=MONDAY, cod_taken=True)
    closed = close_money(
        actor=world.postman,
        office_id=world.office.pk,
        purpose=Purpose.FEE,
        to_unit_id=world.desk.pk,
        counted=1000,
        at=MONDAY,
    )
    assert closed.reason == ""
    desk = replace(world.clerk.postings[0], rights=frozenset({Right.RECEIVE}))
    alone = replace(world.postman, postings=(*world.postman.postings, desk))
    with pytest.raises(NotPermitted):
        receive_money(actor=alone, handover_id=closed.pk, received=1000, at=MONDAY)


def test_amounts() -> None:
    assert amount_problems(1) == []
    assert [one.code for one in amount_problems(0)] == ["amount"]
    assert [one.code for one in amount_problems(5, owed=4)] == ["amount_too_much"]
    assert amount_problems(4, owed=4) == []


def test_what_the_dossier_owes_is_paid_at_the_door(world: PostWorld) -> None:
    dossier, order = owing(world)
    assert (order.cod_amount, to_collect(order)) == (50000, 50000)
    common = {"actor": world.postman, "order_id": order.pk, "collection": OWNER, "at": MONDAY}
    with pytest.raises(Invalid, match=r"50\.000"):
        deliver_order(**common)
    deliver_order(cod_taken=True, **common)
    assert owed_by(dossier) == 0
    payment = Payment.objects.get()
    assert (payment.amount, payment.method, payment.external_number) == (
        50000,
        "post",
        PostalReceipt.objects.get().code,
    )
    dossier.refresh_from_db()
    assert dossier.status == Status.DELIVERED


def test_what_was_paid_meanwhile_is_not_taken_twice(world: PostWorld) -> None:
    dossier, order = owing(world)
    collect_cash(actor=world.clerk, dossier_id=dossier.pk, at=MONDAY)
    deliver_order(actor=world.postman, order_id=order.pk, collection=OWNER, at=MONDAY)
    assert not PostalReceipt.objects.exists()


def test_the_clerk_of_a_request_acts_for_the_desk(world: PostWorld) -> None:
    """In a request the actor stands behind a lazy object."""
    order = handed_over(world)
    clerk = cast(Actor, SimpleLazyObject(lambda: world.postman))
    deliver_order(actor=clerk, order_id=order.pk, collection=OWNER, at=MONDAY)
    order.refresh_from_db()
    assert order.state == "delivered"
