"""The orders of a list of work, each with the cursor of its next page."""

from abc import ABC, abstractmethod
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.db.models.functions import Coalesce

from motcua.deadlines.terms import VIET_NAM
from motcua.dossiers.models import Dossier
from motcua.kernel.paging import decode_cursor, encode_cursor, reading_cursor


class Order(ABC):
    """An order over rows that `queries.work.ordered` annotated."""

    label: str

    @abstractmethod
    def apply(self, found: Any) -> Any:
        """Return the rows in this order (a queryset with annotations, which types cannot say)."""

    @abstractmethod
    def cursor(self, last: Any) -> str:
        """Return the cursor that goes on after a row."""

    @abstractmethod
    def beyond(self, cursor: str) -> Q:
        """Return the condition that a row comes after the cursor."""

    def after(self, found: QuerySet[Dossier], cursor: str) -> QuerySet[Dossier]:
        """Return the rows after the cursor; raises Invalid for a cursor that is not ours."""
        if not cursor:
            return found
        with reading_cursor():
            return found.filter(self.beyond(cursor))


class Urgent(Order):
    """What waits for somebody else last, else what is due soonest first."""

    label = "Gấp nhất trước"

    def apply(self, found: Any) -> Any:
        return found.order_by("rank", "urgent_at", "id")

    def cursor(self, last: Any) -> str:
        return encode_cursor([last.rank, last.urgent_at.isoformat(), last.pk])

    def beyond(self, cursor: str) -> Q:
        rank, urgent_at, pk = decode_cursor(cursor, length=3)
        later = _later("urgent_at", urgent_at, pk)
        return Q(rank__gt=int(rank)) | Q(Q(rank=int(rank)) & later)


class ByNumber(Order):
    """In the order the dossiers came, the newest or the oldest first."""

    def __init__(self, label: str, *, newest: bool) -> None:
        self.label, self.newest = label, newest

    def apply(self, found: Any) -> Any:
        return found.order_by("-id" if self.newest else "id")

    def cursor(self, last: Any) -> str:
        return encode_cursor([last.pk])

    def beyond(self, cursor: str) -> Q:
        pk = int(decode_cursor(cursor, length=1)[0])
        return Q(pk__lt=pk) if self.newest else Q(pk__gt=pk)


class ByStep(Order):
    """By the moment the present step should be done; steps without one by the appointment."""

    label = "Theo hạn của bước"

    def apply(self, found: Any) -> Any:
        return found.annotate(step_at=Coalesce("step_due_at", "due_at", "submitted_at")).order_by("step_at", "id")

    def cursor(self, last: Any) -> str:
        return encode_cursor([last.step_at.isoformat(), last.pk])

    def beyond(self, cursor: str) -> Q:
        step_at, pk = decode_cursor(cursor, length=2)
        return _later("step_at", step_at, pk)


def _later(name: str, moment: str, pk: Any) -> Q:
    at = datetime.fromisoformat(moment).astimezone(VIET_NAM)
    return Q(**{f"{name}__gt": at}) | Q(**{name: at}, pk__gt=int(pk))


ORDERS: dict[str, Order] = {
    "": Urgent(),
    "buoc": ByStep(),
    "moi": ByNumber("Mới nhất trước", newest=True),
    "cu": ByNumber("Cũ nhất trước", newest=False),
}


def order_of(name: str) -> Order:
    """Return the order of that name in addresses, the most urgent first for any other."""
    return ORDERS.get(name, ORDERS[""])
