"""Which charges arise from the fees of a case, and what may be done with money in which state."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from motcua.dossiers.terms import Status
from motcua.kernel.errors import Problem
from motcua.payments.rules.ledger import dong
from motcua.payments.terms import Charge, DueWhen, FeeKind
from motcua.procedures.rules.selection import case_of, fees_for, last_step
from motcua.procedures.terms import Definition, Fee

#: Money is taken while the office works on the dossier.
_AT_WORK = frozenset(
    {
        Status.RECEIVED,
        Status.PROCESSING,
        Status.SUPPLEMENT_REQUESTED,
        Status.OBLIGATION_REQUESTED,
        Status.FINISHED,
    }
)
_LAW = "Luật Phí và lệ phí 97/2015/QH13"
NONE_OWED = "Hồ sơ không còn khoản phải nộp."


@dataclass(frozen=True, slots=True)
class Chosen:
    """What the clerk says of one fee: how many (pages, copies), and another unit price with its reason."""

    quantity: int = 0
    unit_price: int | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Money:
    """Where the money of a dossier stands, đồng: what of its charges is left, what came (less what went back).

    `owed_now` leaves out what is due only with the result.
    """

    charged: int = 0
    paid: int = 0
    owed_now: int = 0

    @property
    def owed(self) -> int:
        return max(self.charged - self.paid, 0)


def charges_of(definition: Definition, case_key: str, channel: str, chosen: Mapping[int, Chosen]) -> list[Charge]:
    """Return the charges of a case; `chosen` is by the fee's place in it.

    Certain fees arise by themselves, counted and unverified ones as far as the clerk says how much.
    """
    found, of_channel = [], fees_for(definition, case_key, channel)
    for place, fee in enumerate(case_of(definition, case_key).fees):
        said = chosen.get(place)
        price = fee.amount if said is None or said.unit_price is None else said.unit_price
        quantity = said.quantity if said and said.quantity else 1
        if fee in of_channel and price > 0 and (said is not None or not needs_clerk(fee)):
            reason = said.reason if said else ""
            kind, when = FeeKind(fee.kind), due_when(definition)
            found.append(Charge(kind, fee.name, price, quantity, fee.per, when, reason))
    return found


def chosen_problems(fees: Sequence[Fee], chosen: Mapping[int, Chosen]) -> list[Problem]:
    """Return what is wrong with what the clerk says: no such fee, another price without a reason."""
    problems = []
    for place, said in chosen.items():
        if not 0 <= place < len(fees):
            problems.append(Problem("no_fee", "Không có khoản phí, lệ phí này.", f"fees.{place}"))
        elif said.unit_price not in {None, fees[place].amount} and not said.reason:
            message = f"Mức thu khác mức đã công bố ({dong(fees[place].amount)}); hãy ghi lý do."
            problems.append(Problem("reason_needed", message, f"fees.{place}.reason", _LAW))
    return problems


def needs_clerk(fee: Fee) -> bool:
    """Whether somebody must say how much: it counts pages or copies, or its figure is not verified."""
    return bool(fee.per) or fee.unverified


def due_when(definition: Definition) -> DueWhen:
    """Thu trước where a step before the last waits for payment, else when the result is handed out."""
    last = last_step(definition).key
    early = any("paid" in step.gates for step in definition.steps if step.key != last)
    return DueWhen.BEFORE if early else DueWhen.AFTER


def while_at_work(status: Status) -> list[Problem]:
    """Return why no money is asked for in this state."""
    if status in _AT_WORK:
        return []
    return [Problem("wrong_status", f"Hồ sơ đang ở trạng thái «{status.label}», không thu tiền.")]


def before_asking(status: Status, money: Money) -> list[Problem]:
    """Return why nothing can be collected or asked for."""
    problems = while_at_work(status)
    if not money.owed:
        problems.append(Problem("nothing_owed", NONE_OWED))
    return problems


def before_waiving(money: Money) -> list[Problem]:
    """Return why nothing can be waived."""
    return [] if money.charged > 0 else [Problem("nothing_charged", "Hồ sơ không có khoản thu nào để miễn, giảm.")]


def before_refunding(money: Money) -> list[Problem]:
    """Return why nothing goes back."""
    return [] if money.paid > 0 else [Problem("nothing_paid", "Người nộp chưa nộp khoản nào; không có gì để hoàn.")]


def before_correcting(money: Money) -> list[Problem]:
    """Return why there is nothing to put right."""
    if money.charged > 0 or money.paid > 0:
        return []
    return [Problem("nothing_to_correct", "Hồ sơ không có khoản thu nào để sửa.")]


def before_delivery(money: Money) -> list[Problem]:
    """Return why the result stays at the desk: money is owed."""
    if not money.owed:
        return []
    message = (
        f"Hồ sơ còn phải nộp {dong(money.owed)}; hãy «Thu phí, lệ phí», chờ xác nhận chuyển khoản, "
        "hoặc «Miễn, giảm phí, lệ phí» rồi trả kết quả."
    )
    return [Problem("owed", message, basis=_LAW)]
