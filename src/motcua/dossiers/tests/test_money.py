"""Phí, lệ phí của hồ sơ: charges at receipt, the six acts, gates, delivery."""

from typing import Any

import pytest

from motcua.dossiers.access import facts_of
from motcua.dossiers.actions.charging import KIND
from motcua.dossiers.actions.take_in import take_in_dossier
from motcua.dossiers.models import Dossier
from motcua.dossiers.rules.charges import Chosen, Money, charges_of, chosen_problems, due_when
from motcua.dossiers.terms import Act, Status
from motcua.dossiers.tests.checks import check_gate, check_traces, check_who, codes, refused, refused_act
from motcua.dossiers.tests.stages import AT, bring, perform
from motcua.dossiers.tests.world import MONDAY, STEPS, World, definition
from motcua.kernel.errors import Invalid, NotFound, RuleBroken
from motcua.payments.actions.correct import Refund
from motcua.payments.models import Bill, Entry, Payment
from motcua.payments.queries.standing import bill_of, standing_of_bill, wrong_entries
from motcua.payments.terms import Charge, DueWhen, EntryKind, FeeKind, Method
from motcua.procedures.terms import Definition

MONEY_ACTS = (
    Act.COLLECT_CASH, Act.ADD_CHARGE, Act.REQUEST_PAYMENT, Act.WAIVE_CHARGE, Act.REFUND_CHARGE, Act.CORRECT_PAYMENT,
)  # fmt: skip


def _with_fees(*fees: dict[str, Any], gates: dict[str, list[str]] | None = None) -> Definition:
    steps = [{**step, "gates": (gates or {}).get(step["key"], [])} for step in STEPS]
    case = {"key": "default", "name": "Thường", "terms": {"any": {"amount": 3, "unit": "working_day"}}, "fees": fees}
    return definition(cases=[case], steps=steps)


_CERTAIN = {"name": "Lệ phí", "kind": "charge", "amount": 8000}
_COUNTED = {"name": "Phí trang", "kind": "fee", "amount": 2000, "per": "trang"}
_UNSURE = {"name": "Phí mẫu", "kind": "fee", "amount": 50000, "unverified": True}
_ONLINE = {"name": "Phí mạng", "kind": "fee", "amount": 10, "channels": ["online"]}
_FREE = {"name": "Không thu", "kind": "fee", "amount": 0}
_ALL = _with_fees(_CERTAIN, _COUNTED, _UNSURE, _ONLINE, _FREE)


def _bill(dossier: Dossier) -> Bill:
    found = bill_of(KIND, dossier.pk)
    assert found is not None
    return found


def _owed(dossier: Dossier) -> int:
    return standing_of_bill(_bill(dossier)).owed


# Which charges arise


def test_charges_of_a_case() -> None:
    def names(chosen: dict[int, Chosen], channel: str = "in_person") -> list[tuple[str, int]]:
        return [(one.name, one.amount) for one in charges_of(_ALL, "default", channel, chosen)]

    assert names({}) == [("Lệ phí", 8000)]
    assert names({}, "online") == [("Lệ phí", 8000), ("Phí mạng", 10)]
    assert names({1: Chosen(quantity=3), 2: Chosen(unit_price=40000, reason="NQ 1")}) == [
        ("Lệ phí", 8000), ("Phí trang", 6000), ("Phí mẫu", 40000),
    ]  # fmt: skip
    assert names({0: Chosen(unit_price=0, reason="miễn")}) == []


def test_what_the_clerk_says() -> None:
    fees = _ALL.cases[0].fees
    assert chosen_problems(fees, {2: Chosen(unit_price=50000), 1: Chosen(quantity=2)}) == []
    wrong = chosen_problems(fees, {9: Chosen(), 2: Chosen(unit_price=1)})
    assert [(one.code, one.field) for one in wrong] == [("no_fee", "fees.9"), ("reason_needed", "fees.2.reason")]


def test_when_it_is_due() -> None:
    assert due_when(_ALL) == DueWhen.AFTER
    assert due_when(_with_fees(gates={"deliver": ["paid"]})) == DueWhen.AFTER
    assert due_when(_with_fees(gates={"appraise": ["paid"]})) == DueWhen.BEFORE


@pytest.fixture
def charging(db: None) -> World:
    return World(_ALL).build()


def test_taking_in_charges(charging: World) -> None:
    world = charging
    fees = {1: Chosen(quantity=3)}
    dossier = take_in_dossier(actor=world.clerk, application=world.application(), at=MONDAY, fees=fees)
    bill = _bill(dossier)
    assert (bill.unit_id, bill.desk_id, bill.payer_name) == (world.ward.pk, world.desk.pk, "Nguyễn Thị Hoà")
    assert [(one.kind, one.amount) for one in bill.lines.order_by("number")] == [("charge", 8000), ("fee", 6000)]
    wrong = {2: Chosen(unit_price=1)}
    error = refused(
        Invalid,
        lambda: take_in_dossier(
            actor=world.clerk, application=world.application(confirmed_duplicate=True), at=MONDAY, fees=wrong
        ),
    )
    assert codes(error) == [("reason_needed", "fees.2.reason")]


def test_receiving_charges(charging: World) -> None:
    dossier = perform(charging, Act.RECEIVE, bring(charging, "submitted"), at=MONDAY)
    assert _owed(dossier) == 8010
    assert _bill(dossier).payer_number == _bill(dossier).payer_number.strip()


def test_no_fee_no_bill(world: World) -> None:
    assert bill_of(KIND, bring(world, "received").pk) is None


# The acts


@pytest.mark.parametrize("act", MONEY_ACTS)
def test_who(world: World, act: Act) -> None:
    more = {Act.WAIVE_CHARGE: ["chair"]}.get(act, [])
    check_who(world, act, may=["clerk", "second_clerk", *more])


@pytest.mark.parametrize("act", MONEY_ACTS)
def test_gate(world: World, act: Act) -> None:
    again = None if act in {Act.ADD_CHARGE, Act.REQUEST_PAYMENT} else RuleBroken
    check_gate(world, act, again=again)


def test_add(world: World) -> None:
    dossier = perform(world, Act.ADD_CHARGE, bring(world, "received"))
    event = check_traces(dossier, act="add_charge", verb="dossier.charge_added", by=world.clerk)
    assert (event["amount"], _owed(dossier), dossier.moves.latest("number").note) == (8000, 8000, "Lệ phí: 8.000 đồng")
    none = refused_act(Invalid, world, Act.ADD_CHARGE, dossier, charges=[])
    assert codes(none) == [("required", "name")]
    wrong = refused_act(Invalid, world, Act.ADD_CHARGE, dossier, charges=[Charge(FeeKind.FEE, " ", 1)])
    assert codes(wrong) == [("required", "name")]


def test_collect(world: World) -> None:
    dossier = perform(world, Act.COLLECT_CASH, bring(world, "owing"), amount=3000, payer_name=" Bình ")
    event = check_traces(dossier, act="collect_cash", verb="dossier.payment_collected", by=world.clerk)
    assert (event["amount"], event["owed"]) == (3000, 5000)
    assert Payment.objects.get().payer_name == "Bình"
    bank = refused_act(Invalid, world, Act.COLLECT_CASH, dossier, method=Method.TRANSFER)
    assert codes(bank) == [("method", "method")]
    perform(world, Act.COLLECT_CASH, dossier, method=Method.POST, number="EM1")
    assert _owed(dossier) == 0


def test_collect_at_the_desk_that_hands_out(world: World) -> None:
    dossier = bring(world, "owing")
    other = world.officer("quay-khac", world.other_ward, "Công chức", "receive")  # type: ignore[arg-type]
    Dossier.objects.filter(pk=dossier.pk).update(result_desk=world.other_ward)
    perform(world, Act.COLLECT_CASH, dossier, by=other)
    shift = Payment.objects.get().shift
    assert shift is not None
    assert shift.desk_id == world.other_ward.pk


def test_request(world: World) -> None:
    dossier = perform(world, Act.REQUEST_PAYMENT, bring(world, "owing"))
    assert (
        check_traces(dossier, act="request_payment", verb="dossier.payment_requested", by=world.clerk)["owed"] == 8000
    )
    assert _bill(dossier).requested_at == AT


def test_waive(world: World) -> None:
    dossier = perform(world, Act.WAIVE_CHARGE, bring(world, "owing"), amount=3000, by="chair")
    assert check_traces(dossier, act="waive_charge", verb="dossier.charge_waived", by=world.chair)["amount"] == 3000
    refused_act(NotFound, world, Act.WAIVE_CHARGE, dossier, line=9)
    missing = refused_act(Invalid, world, Act.WAIVE_CHARGE, dossier, ground=" ", basis="")
    assert codes(missing) == [("required", "reason"), ("required", "basis")]


def test_refund_of_all(world: World) -> None:
    dossier = perform(world, Act.REFUND_CHARGE, bring(world, "paid"))
    event = check_traces(dossier, act="refund_charge", verb="dossier.charge_refunded", by=world.clerk)
    assert (event["amount"], event["to_name"]) == (8000, "Nguyễn Thị Hoà")


def test_refund_of_what_is_too_much(world: World) -> None:
    dossier = perform(world, Act.WAIVE_CHARGE, bring(world, "paid"), amount=1000)
    refunded = Refund("Bình", "Được giảm")
    done = perform(world, Act.REFUND_CHARGE, dossier, cancel=False, refunded=refunded)
    assert (standing_of_bill(_bill(done)).refunded, _owed(done)) == (1000, 0)


def test_correct_a_charge(world: World) -> None:
    dossier = perform(world, Act.CORRECT_PAYMENT, bring(world, "owing"), line=1)
    assert check_traces(dossier, act="correct_payment", verb="dossier.payment_corrected", by=world.clerk)
    assert _owed(dossier) == 0


def test_correct_a_payment(world: World) -> None:
    dossier = bring(world, "paid")
    (wrong,) = wrong_entries(_bill(dossier))
    refused_act(NotFound, world, Act.CORRECT_PAYMENT, dossier, entry_id=0x7FFFFFFF)
    dossier = perform(world, Act.CORRECT_PAYMENT, dossier, entry_id=wrong.pk)
    assert _owed(dossier) == 8000
    refused_act(Invalid, world, Act.CORRECT_PAYMENT, dossier, reason="")
    assert Entry.objects.filter(kind=EntryKind.COUNTER).count() == 1


@pytest.mark.parametrize("act", MONEY_ACTS)
def test_not_before_receipt(world: World, act: Act) -> None:
    dossier = bring(world, "submitted")
    assert refused_act(RuleBroken, world, act, dossier).problems


# What waits for money


def test_a_result_waits_for_money(world: World) -> None:
    dossier = bring(world, "owing_at_end")
    error = refused_act(RuleBroken, world, Act.DELIVER, dossier)
    assert error.problems[0].code == "owed"
    assert "còn phải nộp 8.000 đồng" in error.problems[0].message
    perform(world, Act.COLLECT_CASH, dossier)
    assert perform(world, Act.DELIVER, dossier).status == Status.DELIVERED


def test_a_gate_waits_for_what_is_due_before() -> None:
    assert Money(charged=10, paid=4).owed == 6
    assert Money(charged=10, paid=12).owed == 0


def test_a_gated_step(db: None) -> None:
    world = World(_with_fees(_CERTAIN, gates={"receive": ["paid"], "deliver": ["paid"]})).build()
    dossier = bring(world, "received")
    assert facts_of(dossier, AT).money == Money(charged=8000, paid=0, owed_now=8000)
    error = refused_act(RuleBroken, world, Act.FORWARD, dossier)
    assert error.problems[0].code == "gate_paid"
    late = Charge(FeeKind.FEE, "Phí sau", 500, when=DueWhen.AFTER)
    dossier = perform(world, Act.ADD_CHARGE, dossier, charges=[late], at=MONDAY.replace(hour=10))
    perform(world, Act.COLLECT_CASH, dossier, amount=8000, at=MONDAY.replace(hour=11))
    assert facts_of(dossier, AT).money == Money(charged=8500, paid=8000, owed_now=0)
    assert perform(world, Act.FORWARD, dossier).step_key == "assign"


def test_one_query_says_it(world: World, django_assert_num_queries: Any) -> None:
    dossier = bring(world, "paid")
    with django_assert_num_queries(1):
        facts_of(dossier, AT)
