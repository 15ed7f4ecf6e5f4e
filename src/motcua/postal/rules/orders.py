"""What may follow what: states of an order, lines of a sheet."""

from collections.abc import Mapping

from motcua.kernel.checks import email_problems, length_problems, phone_problems, required_problems
from motcua.kernel.errors import Problem
from motcua.postal.terms import Direction, OrderState, SheetKind

#: Allowed changes of state, by direction.
TRANSITIONS: Mapping[Direction, Mapping[OrderState, frozenset[OrderState]]] = {
    Direction.PICK_UP: {
        OrderState.REGISTERED: frozenset({OrderState.COLLECTING, OrderState.CANCELLED}),
        OrderState.COLLECTING: frozenset({OrderState.HANDED_IN, OrderState.CANCELLED}),
    },
    Direction.DELIVERY: {
        OrderState.REGISTERED: frozenset({OrderState.HANDED_TO_POST, OrderState.CANCELLED}),
        OrderState.HANDED_TO_POST: frozenset({OrderState.ON_THE_WAY, OrderState.DELIVERED, OrderState.BACK}),
        OrderState.ON_THE_WAY: frozenset({OrderState.DELIVERED, OrderState.UNDELIVERED}),
        OrderState.UNDELIVERED: frozenset({OrderState.ON_THE_WAY, OrderState.DELIVERED, OrderState.BACK}),
    },
}
#: What a sheet carries: direction and states of its orders, and the state they reach when taken over.
CARRIES: Mapping[SheetKind, tuple[Direction, frozenset[OrderState], OrderState]] = {
    SheetKind.TO_CENTRE: (Direction.PICK_UP, frozenset({OrderState.COLLECTING}), OrderState.HANDED_IN),
    SheetKind.TO_POST: (Direction.DELIVERY, frozenset({OrderState.REGISTERED}), OrderState.HANDED_TO_POST),
    SheetKind.BACK: (
        Direction.DELIVERY,
        frozenset({OrderState.UNDELIVERED, OrderState.HANDED_TO_POST}),
        OrderState.BACK,
    ),
}
_LONGEST = 500
_SHORTEST_WAYBILL, _LONGEST_WAYBILL = 5, 30


def change_problems(direction: Direction, before: OrderState, after: OrderState, *, on_sheet: bool) -> list[Problem]:
    """Why an order may not go from one state to the other; `on_sheet`: it is being handed over right now."""
    if after not in TRANSITIONS[direction].get(before, frozenset()):
        message = f"Đơn đang ở trạng thái «{before.label}», không chuyển sang «{after.label}» được."
        return [Problem("order_state", message)]
    if on_sheet:
        return [Problem("on_sheet", "Đơn đang nằm trên một bảng kê chờ bên kia nhận; hãy chờ hoặc hủy bảng kê.")]
    return []


def contact_problems(
    *, name: str, phone: str, email: str, address: str, note: str, fields: str = "contact"
) -> list[Problem]:
    """Everything that is wrong with where the post clerk should go."""
    return [
        *required_problems(name, label="họ tên người giao hoặc nhận", field=f"{fields}_name"),
        *required_problems(phone, label="số điện thoại", field=f"{fields}_phone"),
        *required_problems(address, label="địa chỉ", field=f"{fields}_address"),
        *phone_problems(phone, field=f"{fields}_phone"),
        *email_problems(email, field=f"{fields}_email"),
        *length_problems(address, longest=_LONGEST, label="Địa chỉ", field=f"{fields}_address"),
        *length_problems(note, longest=_LONGEST, label="Ghi chú", field="note"),
    ]


def waybill_problems(waybill: str) -> list[Problem]:
    """What is wrong with a waybill as typed: capitals and digits, 5 to 30 of them."""
    fits = _SHORTEST_WAYBILL <= len(waybill) <= _LONGEST_WAYBILL and waybill.isascii() and waybill.isalnum()
    if fits:
        return []
    return [Problem("waybill_format", "Mã vận đơn gồm 5 đến 30 chữ cái không dấu và chữ số.", "waybill")]


def reason_problems(reason: str) -> list[Problem]:
    """What is wrong with a reason that must be given."""
    return [
        *required_problems(reason, label="lý do", field="reason"),
        *length_problems(reason, longest=_LONGEST, label="Lý do", field="reason"),
    ]
