"""POST /deadlines/compute: when a term ends, and why. Public: reads nothing about anybody."""

from contextlib import suppress
from datetime import date, datetime
from typing import Final

from django.http import HttpRequest, HttpResponse
from ninja import Field, Router, Schema

from motcua.agencies import queries as agencies
from motcua.deadlines.api.limit import refusal
from motcua.deadlines.queries import calendar_of
from motcua.deadlines.rules.due import compute_due
from motcua.deadlines.rules.limits import moment_problems, term_problems
from motcua.deadlines.terms import VIET_NAM, Due, Term, TermUnit
from motcua.kernel.errors import Invalid, NotFound, Problem

router = Router(tags=["Thời hạn"])


class ComputeIn(Schema):
    """The question."""

    received_at: str = Field(description="ISO 8601; không có múi giờ thì hiểu là giờ Việt Nam", max_length=40)
    amount: int = Field(description="Số lượng; 0 hoặc 1 với same_day")
    unit: str = Field(description="working_day, day, working_hour hoặc same_day", max_length=20)
    agency: str | None = Field(
        None, description="Mã định danh cơ quan (hai cách viết) hoặc tên rút gọn", max_length=120
    )
    skip_holidays: bool = Field(default=False, description="Với unit=day: không đếm ngày nghỉ lễ, tết")


class OffOut(Schema):
    """Days off in a row, both ends included."""

    first: date
    last: date
    name: str
    half: str
    decided: bool


class ComputeOut(Schema):
    """The answer; moments in Vietnam time."""

    due_at: datetime
    starts_at: datetime
    working: str
    working_days: list[date]
    off: list[OffOut]
    notes: list[str]


@router.post(
    "/deadlines/compute",
    response=ComputeOut,
    auth=None,
    summary="Tính ngày hẹn trả",
    url_name="compute_due",
    operation_id="compute_due_date",
)
def compute(request: HttpRequest, question: ComputeIn) -> ComputeOut | HttpResponse:
    """Tính ngày hẹn trả: khi nào hết hạn và vì sao; không nêu cơ quan thì dùng giờ hành chính và lịch cả nước."""
    if (too_many := refusal(request)) is not None:
        return too_many
    received_at, term = _read(question)
    unit_id = _unit_id(question.agency, received_at.astimezone(VIET_NAM).date())
    calendar = calendar_of(unit_id, on=received_at.astimezone(VIET_NAM).date())
    return _answer(compute_due(received_at, term, calendar, skip_holidays=question.skip_holidays))


def _read(question: ComputeIn) -> tuple[datetime, Term]:
    problems: list[Problem] = []
    received_at, term = _moment(question.received_at, problems), _term(question, problems)
    if problems or received_at is None or term is None:
        raise Invalid(problems)
    return received_at, term


def _moment(text: str, problems: list[Problem]) -> datetime | None:
    try:
        moment = datetime.fromisoformat(text.strip())
    except ValueError:
        message = "Thời điểm tiếp nhận phải viết theo ISO 8601, ví dụ 2026-03-02T09:15:00+07:00."
        problems.append(Problem("received_at_format", message, "received_at"))
        return None
    if moment.utcoffset() is None:
        moment = moment.replace(tzinfo=VIET_NAM)
    problems += moment_problems(moment, field="received_at")
    return moment


_UNITS: Final = {unit.value: unit for unit in TermUnit}


def _term(question: ComputeIn, problems: list[Problem]) -> Term | None:
    unit = _UNITS.get(question.unit)
    if unit is None:
        message = f"Đơn vị thời hạn phải là một trong: {', '.join(_UNITS)}."
        problems.append(Problem("term_unit", message, "unit"))
        return None
    term = Term(question.amount, unit)
    problems += term_problems(term)
    return term


def _unit_id(agency: str | None, on: date) -> int | None:
    """The unit named by code or slug; None when none is named; raises NotFound."""
    if not agency:
        return None
    with suppress(Invalid):
        if found := agencies.agency_by_code(agency, on=on):
            return found.id
    with suppress(NotFound):
        return agencies.unit_by_slug(agency.strip()).id
    message = f"Không có cơ quan nào mang mã hoặc tên rút gọn “{agency}” vào ngày {on:%d/%m/%Y}."
    raise NotFound(Problem("agency_unknown", message, "agency"))


def _answer(due: Due) -> ComputeOut:
    return ComputeOut(
        due_at=due.due_at,
        starts_at=due.starts_at,
        working=due.text,
        working_days=list(due.working),
        off=[OffOut(first=o.first, last=o.last, name=o.name, half=o.half, decided=o.decided) for o in due.off],
        notes=list(due.notes),
    )
