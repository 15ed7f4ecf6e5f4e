"""Sổ theo dõi hồ sơ: what a unit took in during a period, with what became of it (Mẫu 07)."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.db.models.functions import TruncDate
from django.utils import timezone

from motcua.agencies.queries import UnitInfo, units_on
from motcua.agencies.queries import unit as unit_by_id
from motcua.agencies.terms import Right
from motcua.deadlines.terms import VIET_NAM
from motcua.dossiers.models import Dossier, RegisterRun
from motcua.dossiers.terms import ResultChannel, Status
from motcua.identity.terms import Actor
from motcua.kernel.errors import Invalid, NotFound, Problem

_RIGHTS = (Right.RECEIVE, Right.HANDLE, Right.LEAD_DIVISION, Right.LEAD_AGENCY, Right.SEAL)
_COLUMNS = (
    "code", "procedure__name", "set_count", "owner__name", "owner__address", "owner__phone", "agency_id",
    "received_at", "due_at", "delivery__delivered_at", "ended_at", "result_channel", "delivery__signed_by_hand",
    "delivery__name", "status", "finished_at",
)  # fmt: skip
_LONGEST_PERIOD = timedelta(days=366 * 2)


@dataclass(frozen=True, slots=True)
class Scope:
    """Which dossiers a register lists: taken in from `first` to `last` (both included) by or for the unit."""

    unit_id: int
    first: date
    last: date
    domain: str = ""
    procedure: str = ""
    status: int | None = None

    def to_json(self) -> dict[str, Any]:
        """Return the scope as JSON values."""
        return asdict(self) | {"first": self.first.isoformat(), "last": self.last.isoformat()}

    @classmethod
    def from_json(cls, raw: Mapping[str, Any]) -> "Scope":
        """Return the scope that `to_json` wrote."""
        scope = cls(**raw)
        return replace(scope, first=date.fromisoformat(raw["first"]), last=date.fromisoformat(raw["last"]))


@dataclass(frozen=True, slots=True)
class RegisterRow:
    """One line of the register; `returned_at`: when the result was handed over, or how it ended otherwise."""

    code: str
    procedure: str
    set_count: int
    owner: str
    address: str
    phone: str
    agency: str
    received_at: datetime
    due_at: datetime | None
    returned_at: datetime | None
    channel: str
    collector: str
    is_signed: bool
    note: str


def register_units(actor: Actor, *, on: date) -> list[UnitInfo]:
    """Return the units whose register the actor may keep: those of the agencies in which they work on dossiers."""
    agencies = {agency for right in _RIGHTS for agency in actor.agencies_with(right)}
    found = [unit for unit in units_on(on) if unit.agency_id in agencies or actor.is_system]
    return sorted(found, key=lambda unit: (not unit.is_desk, unit.path, unit.name))


def register_of(actor: Actor, scope: Scope) -> QuerySet[Dossier]:
    """Return the dossiers of a register in the order they were taken in.

    Raises NotFound for a unit whose register is not the actor's, Invalid for a period that ends before it begins
    or is longer than two years.
    """
    if scope.unit_id not in {unit.id for unit in register_units(actor, on=timezone.localdate())}:
        raise NotFound(Problem("no_unit", "Không tìm thấy đơn vị, hoặc sổ của đơn vị không thuộc phạm vi của bạn."))
    if not timedelta() <= scope.last - scope.first <= _LONGEST_PERIOD:
        message = "Kỳ lập sổ phải từ ngày trước đến ngày sau và không quá hai năm."
        raise Invalid(Problem("bad_period", message, "last"))
    unit = unit_by_id(scope.unit_id)
    begins = datetime.combine(scope.first, time.min, VIET_NAM)
    ends = datetime.combine(scope.last + timedelta(days=1), time.min, VIET_NAM)
    where = Q(desk_id=unit.id) if unit.is_desk else Q(handling_unit_id=unit.id)
    if unit.agency_id == unit.id:
        where = Q(agency_id=unit.id)
    found = Dossier.objects.filter(where, received_at__gte=begins, received_at__lt=ends)
    if scope.domain:
        found = found.filter(procedure__domain__code=scope.domain)
    if scope.procedure:
        found = found.filter(procedure__code=scope.procedure)
    if scope.status is not None:
        found = found.filter(status=scope.status)
    return found.order_by("received_at", "id")


def register_rows(found: QuerySet[Dossier], *, at: datetime) -> Iterator[RegisterRow]:
    """Yield the lines of a register, five hundred read at a time."""
    for values in found.values_list(*_COLUMNS).iterator(chunk_size=500):
        yield _row(dict(zip(_COLUMNS, values, strict=True)), at)


def _row(raw: dict[str, Any], at: datetime) -> RegisterRow:
    return RegisterRow(
        code=raw["code"],
        procedure=raw["procedure__name"],
        set_count=raw["set_count"],
        owner=raw["owner__name"],
        address=raw["owner__address"],
        phone=raw["owner__phone"],
        agency=unit_by_id(raw["agency_id"]).name,
        received_at=raw["received_at"],
        due_at=raw["due_at"],
        returned_at=raw["delivery__delivered_at"] or raw["ended_at"],
        channel=ResultChannel(raw["result_channel"]).label,
        collector=raw["delivery__name"] or "",
        is_signed=bool(raw["delivery__signed_by_hand"]),
        note=standing(Status(raw["status"]), raw["due_at"], raw["finished_at"], at).label,
    )


@dataclass(frozen=True, slots=True)
class Standing:
    """How a dossier stands to its appointment, for the register and its totals."""

    key: str
    label: str


STANDINGS = {
    key: Standing(key, label)
    for key, label in (
        ("early", "Trước hạn"),
        ("on_time", "Đúng hạn"),
        ("late", "Quá hạn"),
        ("open", "Đang giải quyết, trong hạn"),
        ("open_late", "Đang giải quyết, quá hạn"),
        ("waiting", "Đang chờ bổ sung, nghĩa vụ tài chính"),
        ("withdrawn", "Đã rút"),
        ("stopped", "Dừng giải quyết"),
    )
}
_BY_STATUS = {
    Status.WITHDRAWN: "withdrawn",
    Status.STOPPED: "stopped",
    Status.REFUSED: "stopped",
    Status.SUPPLEMENT_REQUESTED: "waiting",
    Status.OBLIGATION_REQUESTED: "waiting",
}


def standing(status: Status, due_at: datetime | None, finished_at: datetime | None, at: datetime) -> Standing:
    """Return how a dossier stands: days are compared with days, as local reports do; without an appointment in time."""
    if status in _BY_STATUS:
        return STANDINGS[_BY_STATUS[status]]
    done = finished_at is not None
    if due_at is None:
        return STANDINGS["on_time" if done else "open"]
    due, day = (moment.astimezone(VIET_NAM).date() for moment in (due_at, finished_at or at))
    if not done:
        return STANDINGS["open" if day <= due else "open_late"]
    return STANDINGS["early" if day < due else "on_time" if day == due else "late"]


def register_totals(found: QuerySet[Dossier], *, at: datetime) -> list[tuple[Standing, int]]:
    """Return how many dossiers of the register stand how (one query, counted by day); those with none are left out."""
    counted = (
        found.order_by()
        .annotate(due=TruncDate("due_at", tzinfo=VIET_NAM), done=TruncDate("finished_at", tzinfo=VIET_NAM))
        .values_list("status", "due", "done")
        .annotate(n=Count("pk"))
    )
    sums = dict.fromkeys(STANDINGS, 0)
    for status, due, done, number in counted:
        sums[standing(Status(status), _noon(due), _noon(done), at).key] += number
    return [(STANDINGS[key], number) for key, number in sums.items() if number]


def _noon(day: date | None) -> datetime | None:
    return datetime.combine(day, time(12), VIET_NAM) if day else None


def register_run(actor: Actor, run_id: int) -> RegisterRun:
    """Return a register that the actor asked for; raises NotFound."""
    run = RegisterRun.objects.filter(pk=run_id, asked_by_id=actor.account_id).select_related("blob").first()
    if run is None:
        raise NotFound(Problem("no_register", "Không tìm thấy lần lập sổ này."))
    return run


def register_runs(actor: Actor) -> list[RegisterRun]:
    """Return the registers that the actor asked for lately, newest first."""
    return list(RegisterRun.objects.filter(asked_by_id=actor.account_id).order_by("-id")[:5])
