"""Properties of due moments, and agreement with the minute-stepping oracle."""

from datetime import date, datetime, time, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from motcua.deadlines.rules.calendar import Calendar, add_working, align, working_time_between
from motcua.deadlines.rules.due import compute_due, extend_for_pause
from motcua.deadlines.terms import VIET_NAM, DayException, DayKind, Half, Pause, Term, TermUnit
from motcua.deadlines.tests.oracle import Oracle, Shifts

OFFICE: Shifts = [("07:00", "11:30"), ("13:30", "17:00")]
WEEKS: list[dict[int, Shifts]] = [
    dict.fromkeys(range(5), OFFICE),
    {day: [("07:30", "12:00"), ("13:00", "16:30")] for day in range(6)},
    {0: [("08:00", "16:00")], 2: [("06:00", "14:00"), ("14:00", "22:00")], 4: [("13:00", "15:00")]},
]
FIRST = datetime(2026, 2, 2)  # noqa: DTZ001 (the oracle speaks naive Vietnam time)
MINUTES = 60 * 24 * 60
HALVES = {"AM": ("00:00", "12:00"), "PM": ("12:00", "23:59")}


def _part(shifts: Shifts, half: str) -> Shifts:
    first, last = HALVES[half]
    cut = [(max(opens, first), min(closes, last)) for opens, closes in shifts]
    return [(opens, closes) for opens, closes in cut if opens < closes]


def _special(shifts: Shifts, pattern: Shifts, what: str) -> Shifts:
    if what == "OFF":
        return []
    if what.startswith("OFF"):
        return _part(shifts, "PM" if what.endswith("AM") else "AM")
    return _part(shifts or pattern, what[4:]) if len(what) > len("WORK") else shifts or pattern


@st.composite
def worlds(draw: st.DrawFn) -> tuple[Calendar, Oracle]:
    """The same calendar twice: as the room knows it and as the oracle does."""
    week, later = draw(st.sampled_from(WEEKS)), draw(st.sampled_from(WEEKS))
    since = FIRST + timedelta(days=draw(st.integers(0, 70)))
    words = st.sampled_from(["OFF", "OFFAM", "OFFPM", "WORK", "WORKAM", "WORKPM"])
    chosen = draw(st.dictionaries(st.integers(0, 70), words, max_size=14))
    special, exceptions = {}, {}
    for number, what in chosen.items():
        day = FIRST + timedelta(days=number)
        held = week if day < since else later
        special[f"{day:%Y-%m-%d}"] = _special(held.get(day.weekday(), []), held[0], what)
        kind = DayKind.OFF if what.startswith("OFF") else DayKind.WORK
        exceptions[day.date()] = DayException(kind, Half(what.removeprefix(kind.value) or "ALL"), "Nghỉ")
    changes = ((since.date(), _shifts_of(later)),)
    return Calendar(_shifts_of(week), exceptions, changes=changes), Oracle(week, special, later, since)


def _shifts_of(week: dict[int, Shifts]) -> dict[int, tuple[tuple[time, time], ...]]:
    return {
        day: tuple((time.fromisoformat(opens), time.fromisoformat(closes)) for opens, closes in spans)
        for day, spans in week.items()
    }


moments = st.integers(0, MINUTES).map(lambda minutes: FIRST + timedelta(minutes=minutes))
terms = st.one_of(
    st.builds(Term, st.integers(1, 25), st.just(TermUnit.WORKING_DAY)),
    st.builds(Term, st.integers(1, 40), st.just(TermUnit.DAY)),
    st.builds(Term, st.integers(1, 60), st.just(TermUnit.WORKING_HOUR)),
    st.just(Term(0, TermUnit.SAME_DAY)),
)
spans = st.tuples(moments, st.integers(0, 12 * 24 * 60)).map(
    lambda span: (span[0], span[0] + timedelta(minutes=span[1]))
)
few = settings(max_examples=120, deadline=None)


def here(moment: datetime) -> datetime:
    return moment.replace(tzinfo=VIET_NAM)


def expected(oracle: Oracle, received: datetime, term: Term) -> datetime:
    match term.unit:
        case TermUnit.WORKING_DAY:
            return oracle.days_later(received, term.amount, working=True)
        case TermUnit.DAY:
            return oracle.days_later(received, term.amount, working=False)
        case TermUnit.WORKING_HOUR:
            return oracle.add(received, term.amount * 60)
        case _:
            return oracle.same_day(received, "15:00")


@few
@given(worlds(), moments, terms)
def test_due_is_what_the_oracle_says_and_inside_working_time(
    world: tuple[Calendar, Oracle], received: datetime, term: Term
) -> None:
    calendar, oracle = world
    due = compute_due(here(received), term, calendar)
    assert due.due_at == here(expected(oracle, received, term))
    assert due.starts_at == here(oracle.align(received))
    assert oracle.is_open(due.due_at.replace(tzinfo=None))
    assert due.due_at >= due.starts_at >= here(received)
    assert all(calendar.works_on(day) for day in due.working)
    assert due.text


@few
@given(worlds(), moments, st.integers(0, 6 * 24 * 60), terms)
def test_received_later_is_never_due_earlier(
    world: tuple[Calendar, Oracle], received: datetime, later: int, term: Term
) -> None:
    calendar, _ = world
    first = compute_due(here(received), term, calendar)
    second = compute_due(here(received + timedelta(minutes=later)), term, calendar)
    assert first.due_at <= second.due_at


@few
@given(worlds(), moments, terms.filter(lambda term: term.unit != TermUnit.SAME_DAY))
def test_a_longer_term_is_never_due_earlier(world: tuple[Calendar, Oracle], received: datetime, term: Term) -> None:
    calendar, _ = world
    longer = Term(term.amount + 1, term.unit)
    assert compute_due(here(received), term, calendar).due_at <= compute_due(here(received), longer, calendar).due_at


@few
@given(worlds(), moments, terms, st.lists(spans, max_size=3))
def test_pauses_add_up(
    world: tuple[Calendar, Oracle], received: datetime, term: Term, pauses: list[tuple[datetime, datetime]]
) -> None:
    calendar, oracle = world
    apart: list[tuple[datetime, datetime]] = []
    reached = received
    for begins, ends in sorted(pauses):
        start, reached = max(begins, reached), max(begins, reached, ends)
        apart.append((start, reached))
    together = compute_due(here(received), term, calendar, [Pause(here(a), here(b)) for a, b in pauses]).due_at
    one_by_one = compute_due(here(received), term, calendar).due_at
    for begins, ends in apart:
        one_by_one = extend_for_pause(one_by_one, here(begins), here(ends), calendar)
    assert together == one_by_one
    slow = oracle.add(expected(oracle, received, term), sum(oracle.between(a, b) for a, b in apart))
    assert together == here(slow)


@few
@given(worlds(), spans)
def test_working_time_is_what_the_oracle_counts_and_can_be_added_back(
    world: tuple[Calendar, Oracle], span: tuple[datetime, datetime]
) -> None:
    calendar, oracle = world
    begins, ends = here(span[0]), here(span[1])
    length = working_time_between(begins, ends, calendar)
    assert length == timedelta(minutes=oracle.between(*span))
    back = add_working(begins, length, calendar)
    assert working_time_between(begins, back, calendar) == length
    assert align(back, calendar) == back


@few
@given(worlds(), moments, st.integers(1, 60))
def test_skipping_holidays_counts_only_other_days(
    world: tuple[Calendar, Oracle], received: datetime, amount: int
) -> None:
    calendar, oracle = world
    due = compute_due(here(received), Term(amount, TermUnit.DAY), calendar, skip_holidays=True)
    day, left = oracle.align(received).date(), amount
    off = {day for day, exception in calendar.exceptions.items() if exception.kind == "OFF" and exception.half == "ALL"}
    while left:
        day += timedelta(days=1)
        left -= day not in off
    assert due.due_at == here(oracle.align(datetime.combine(day, oracle.align(received).time())))


def test_seconds_are_kept() -> None:
    calendar = Calendar()
    received = datetime(2026, 3, 2, 9, 15, 30, 250, tzinfo=VIET_NAM)
    assert compute_due(received, Term(1, TermUnit.WORKING_DAY), calendar).due_at == received + timedelta(days=1)
    assert compute_due(received, Term(1, TermUnit.WORKING_HOUR), calendar).due_at == received + timedelta(hours=1)


def test_the_weekdays_of_the_first_example_are_as_written() -> None:
    assert date(2026, 3, 2).weekday() == 0
