"""Ghi bút toán: what every act on a bill does at its end."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from motcua.identity.terms import Actor
from motcua.kernel.inserting import insert
from motcua.payments.models import Bill, BillLine, Entry, Payment, Shift
from motcua.payments.terms import DueWhen, EntryKind, FeeKind


@dataclass(frozen=True, slots=True)
class Scribe:
    """Who writes into which bill at which moment."""

    bill: Bill
    actor: Actor
    at: datetime

    def write(
        self,
        kind: EntryKind,
        amount: int,
        *,
        fee_kind: FeeKind | str,
        when: DueWhen | str = DueWhen.BEFORE,
        line: BillLine | None = None,
        payment: Payment | None = None,
        counters: Entry | None = None,
        shift: Shift | None = None,
        reason: str = "",
        basis: str = "",
        details: dict[str, Any] | None = None,
        is_excess: bool = False,
    ) -> Entry:
        """Add one entry; `amount` signed, đồng."""
        entry = Entry(
            bill=self.bill,
            kind=kind,
            fee_kind=fee_kind,
            when=when,
            amount=amount,
            is_excess=is_excess,
            line=line,
            payment=payment,
            counters=counters,
            shift=shift,
            reason=reason,
            basis=basis,
            details=details or {},
            by_id=self.actor.account_id,
            by_name=self.actor.name,
            at=self.at,
        )
        return insert(entry)
