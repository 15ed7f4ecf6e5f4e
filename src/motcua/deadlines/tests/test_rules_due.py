"""Terms, half days, made-up days, refusals and the words of the explanation."""

from datetime import UTC, date, datetime, time, timedelta, timezone

import pytest

from motcua.deadlines.rules.calendar import Calendar, next_working_day, working_time_between
from motcua.deadlines.rules.due import compute_due, extend_for_pause
from motcua.deadlines.rules.explain import hours_text
from motcua.deadlines.rules.limits import term_problems
from motcua.deadlines.terms import VIET_NAM, DayException, DayKind, Half, OffSpan, Pause, Term, TermUnit
from motcua.kernel.errors import Invalid, RuleBroken

OFF, WORK = DayKind.OFF, DayKind.WORK
DAY, CALENDAR_DAY, HOUR, SAME_DAY = TermUnit.WORKING_DAY, TermUnit.DAY, TermUnit.WORKING_HOUR, TermUnit.SAME_DAY


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=VIET_NAM)


def days(**named: DayException) -> Calendar:
    return Calendar(exceptions={date.fromisoformat(key[1:].replace("_", "-")): value for key, value in named.items()})


PLAIN = Calendar()


@pytest.mark.parametrize(
    ("received", "due", "text"),
    [
        ("2026-03-04 08:00", "2026-03-04 17:00", "trong ngày làm việc 04/03"),
        ("2026-03-04 15:00", "2026-03-04 17:00", "trong ngày làm việc 04/03"),
        (
            "2026-03-04 15:01",
            "2026-03-05 17:00",
            "nhận sau 15:00 nên trả trong ngày làm việc tiếp theo 05/03",
        ),
        ("2026-03-06 15:30", "2026-03-09 17:00", "nhận sau 15:00 nên trả trong ngày làm việc tiếp theo 09/03"),
        (
            "2026-03-07 09:00",
            "2026-03-09 17:00",
            "trong ngày làm việc 09/03; nhận ngoài giờ làm việc nên tính từ 07:00 ngày 09/03",
        ),
    ],
)
def test_same_day(received: str, due: str, text: str) -> None:
    found = compute_due(moment(received), Term(0, SAME_DAY), PLAIN)
    assert (found.due_at, found.text) == (moment(due), text)


def test_the_cut_off_is_data() -> None:
    calendar = Calendar(same_day_cutoff=time(10, 0))
    assert compute_due(moment("2026-03-04 10:30"), Term(1, SAME_DAY), calendar).due_at == moment("2026-03-05 17:00")


@pytest.mark.parametrize(
    ("received", "due"),
    [
        ("2026-03-04 17:00", "2026-03-05 17:00"),  # at closing time the desk is still open
        ("2026-03-04 17:01", "2026-03-06 07:00"),
        ("2026-03-04 11:30", "2026-03-05 11:30"),
        ("2026-03-04 11:31", "2026-03-05 13:30"),
        ("2026-03-04 06:00", "2026-03-05 07:00"),
    ],
)
def test_edges_of_shifts(received: str, due: str) -> None:
    assert compute_due(moment(received), Term(1, DAY), PLAIN).due_at == moment(due)


def test_a_term_that_ends_with_a_shift_is_due_at_its_end() -> None:
    assert compute_due(moment("2026-03-04 07:30"), Term(4, HOUR), PLAIN).due_at == moment("2026-03-04 11:30")
    assert compute_due(moment("2026-03-04 07:00"), Term(8, HOUR), PLAIN).due_at == moment("2026-03-04 17:00")


def test_calendar_days_roll_forward_and_may_skip_holidays() -> None:
    calendar = days(d2026_03_10=DayException(OFF, name="Ngày hội"))
    rolled = compute_due(moment("2026-03-02 10:00"), Term(5, CALENDAR_DAY), calendar)
    assert rolled.due_at == moment("2026-03-09 07:00")
    assert rolled.text == "5 ngày: 03–07/03; hết hạn ngoài giờ làm việc nên chuyển sang 07:00 ngày 09/03"
    assert rolled.working == ()
    assert compute_due(moment("2026-03-02 10:00"), Term(9, CALENDAR_DAY), calendar).due_at == moment("2026-03-11 10:00")
    skipping = compute_due(moment("2026-03-02 10:00"), Term(9, CALENDAR_DAY), calendar, skip_holidays=True)
    assert skipping.due_at == moment("2026-03-12 10:00")
    assert skipping.text == "9 ngày: 03–12/03; nghỉ Ngày hội 10/03"


def test_half_days() -> None:
    calendar = days(
        d2026_03_05=DayException(OFF, Half.PM, "Hội nghị"),
        d2026_03_06=DayException(OFF, Half.AM, "Mất điện"),
    )
    found = compute_due(moment("2026-03-04 15:00"), Term(1, DAY), calendar)
    assert found.due_at == moment("2026-03-06 13:30")
    assert found.text == (
        "1 ngày làm việc: 05/03; hết hạn ngoài giờ làm việc nên chuyển sang 13:30 ngày 06/03; "
        "nghỉ buổi chiều Hội nghị 05/03; nghỉ buổi sáng Mất điện 06/03"
    )
    assert [span.half for span in found.off] == [Half.PM, Half.AM]


def test_made_up_days_take_the_hours_of_a_working_weekday() -> None:
    calendar = days(
        d2026_08_22=DayException(WORK, name="Làm bù"),
        d2026_08_29=DayException(WORK, Half.AM, "Làm bù buổi sáng"),
        d2026_08_31=DayException(OFF, name="Quốc khánh"),
    )
    found = compute_due(moment("2026-08-21 16:00"), Term(1, DAY), calendar)
    assert found.due_at == moment("2026-08-22 16:00")
    assert found.text == "1 ngày làm việc: 22/08; làm bù 22/08"
    assert calendar.shifts_on(date(2026, 8, 29)) == ((time(7, 0), time(11, 30)),)
    assert calendar.shifts_on(date(2026, 8, 30)) == ()
    on_a_weekday = days(d2026_08_20=DayException(WORK, Half.PM))
    assert on_a_weekday.shifts_on(date(2026, 8, 20)) == ((time(13, 30), time(17, 0)),)


def test_a_day_off_longer_than_a_shift_is_cut_at_noon() -> None:
    through = Calendar({4: ((time(8, 0), time(16, 0)),)}, {date(2026, 3, 6): DayException(OFF, Half.AM)})
    assert through.shifts_on(date(2026, 3, 6)) == ((time(12, 0), time(16, 0)),)


def test_untidy_shifts_are_put_in_order() -> None:
    untidy = Calendar(
        {0: ((time(13), time(17)), (time(9), time(9)), (time(7), time(11)), (time(10), time(12)), (time(8), time(9)))}
    )
    assert untidy.shifts_on(date(2026, 3, 2)) == ((time(7), time(12)), (time(13), time(17)))


def test_long_terms_are_told_shortly_and_over_new_year_with_the_year() -> None:
    found = compute_due(moment("2026-12-28 09:00"), Term(20, DAY), PLAIN)
    assert found.text == "20 ngày làm việc: 29/12, 30/12, 31/12, 01/01/2027, …, 22/01/2027, 25/01/2027"
    assert len(found.working) == 20
    across = compute_due(moment("2026-12-28 09:00"), Term(10, CALENDAR_DAY), PLAIN)
    assert across.text == "10 ngày: 29/12–07/01/2027"


def test_a_day_off_without_a_name_is_told_by_its_date() -> None:
    found = compute_due(moment("2026-03-04 09:00"), Term(1, DAY), days(d2026_03_05=DayException(OFF)))
    assert found.text == "1 ngày làm việc: 06/03; nghỉ 05/03"
    assert found.off == (OffSpan(date(2026, 3, 5), date(2026, 3, 5), ""),)


def test_pauses_move_the_end_by_working_time_only() -> None:
    received, term = moment("2026-03-02 09:15"), Term(3, DAY)
    weekend = Pause(moment("2026-03-06 17:00"), moment("2026-03-09 07:00"))
    assert compute_due(received, term, PLAIN, [weekend]).due_at == moment("2026-03-05 09:15")
    day = Pause(moment("2026-03-03 10:00"), moment("2026-03-04 10:00"))
    half_hour = Pause(moment("2026-03-05 08:00"), moment("2026-03-05 08:30"))
    found = compute_due(received, term, PLAIN, [day, half_hour])
    assert found.due_at == moment("2026-03-06 09:45")
    assert found.text == (
        "3 ngày làm việc: 03/03, 04/03, 05/03; cộng 8 giờ 30 phút làm việc tạm dừng, hạn mới 09:45 ngày 06/03/2026"
    )
    assert compute_due(received, term, PLAIN, [day, day]).due_at == moment("2026-03-06 09:15")
    before = Pause(moment("2026-02-20 08:00"), moment("2026-03-02 09:15"))
    assert compute_due(received, term, PLAIN, [before]).due_at == moment("2026-03-05 09:15")


def test_an_overdue_dossier_stays_as_overdue_over_a_pause() -> None:
    paused, resumed = moment("2026-03-04 10:00"), moment("2026-03-06 10:00")
    due = extend_for_pause(moment("2026-03-02 10:00"), paused, resumed, PLAIN)
    assert due == moment("2026-03-04 10:00")
    assert working_time_between(due, resumed, PLAIN) == timedelta(hours=16)


def test_moments_of_other_zones_are_read_on_vietnams_clock() -> None:
    utc = datetime(2026, 3, 2, 2, 15, tzinfo=UTC)
    assert compute_due(utc, Term(3, DAY), PLAIN).due_at == moment("2026-03-05 09:15")
    west = datetime(2026, 3, 1, 16, 15, tzinfo=timezone(timedelta(hours=-10)))
    assert compute_due(west, Term(3, DAY), PLAIN).due_at == moment("2026-03-05 09:15")
    assert working_time_between(utc, utc, PLAIN) == timedelta(0)


def test_what_is_not_certain_is_said() -> None:
    calendar = Calendar(
        exceptions={date(2027, 2, 5): DayException(OFF, name="Tết", decided=False)}, covered=(2014, 2027)
    )
    found = compute_due(moment("2027-02-04 09:00"), Term(1, DAY), calendar)
    assert found.notes == ("Lịch nghỉ Tết 05–07/02 là dự kiến, chưa có thông báo chính thức.",)
    beyond = compute_due(moment("2027-12-30 09:00"), Term(3, DAY), calendar)
    assert beyond.notes == ("Chưa có lịch nghỉ lễ năm 2028; mới chỉ trừ thứ Bảy, Chủ nhật.",)
    assert compute_due(moment("2026-12-01 09:00"), Term(3, DAY), calendar).notes == ()


@pytest.mark.parametrize("calendar", [Calendar({}), Calendar({0: ()}), Calendar({0: ((time(9), time(9)),)})])
@pytest.mark.parametrize("unit", list(TermUnit))
def test_a_calendar_that_never_works_is_refused(calendar: Calendar, unit: TermUnit) -> None:
    with pytest.raises(RuleBroken, match="giờ làm việc") as refusal:
        compute_due(moment("2026-03-02 09:15"), Term(1, unit), calendar)
    assert refusal.value.problems[0].code == "calendar_never_works"


def test_a_calendar_that_stops_working_is_refused_not_searched_for_ever() -> None:
    only = Calendar({}, {date(2026, 3, 2): DayException(WORK)})
    assert not only.works_on(date(2026, 3, 2))
    last = Calendar({6: ((time(8), time(9)),)}, {date(2026, 3, 1): DayException(WORK)})
    assert next_working_day(date(2026, 3, 1), last) == date(2026, 3, 8)


def test_rest_for_longer_than_a_year_ends_the_span() -> None:
    endless = {date(2026, 3, 3) + timedelta(days=number): DayException(OFF, name="Bão") for number in range(380)}
    found = compute_due(moment("2026-03-02 09:15"), Term(1, DAY), Calendar(exceptions=endless))
    assert found.off[0].first == date(2026, 3, 3)
    assert found.due_at == moment("2027-03-18 09:15")


def test_a_span_is_not_followed_for_ever() -> None:
    endless = {date(2026, 3, 3) + timedelta(days=number): DayException(OFF, name="Bão") for number in range(900)}
    calendar = Calendar(exceptions=endless)
    with pytest.raises(RuleBroken):
        compute_due(moment("2026-03-02 09:15"), Term(1, DAY), calendar)
    found = compute_due(moment("2026-03-02 09:15"), Term(2, HOUR), calendar)
    assert found.off == ()
    within = compute_due(moment("2028-01-02 09:15"), Term(1, DAY), calendar)
    assert (within.off[0].last - within.off[0].first).days < 900


@pytest.mark.parametrize(
    ("term", "code"),
    [
        (Term(-1, DAY), "term_not_positive"),
        (Term(0, HOUR), "term_not_positive"),
        (Term(10**9, DAY), "term_too_long"),
        (Term(10**9, CALENDAR_DAY), "term_too_long"),
        (Term(10**9, HOUR), "term_too_long"),
        (Term(5, SAME_DAY), "term_same_day"),
    ],
)
def test_terms_that_make_no_sense(term: Term, code: str) -> None:
    with pytest.raises(Invalid) as refusal:
        compute_due(moment("2026-03-02 09:15"), term, PLAIN)
    assert [problem.code for problem in refusal.value.problems] == [code]


@pytest.mark.parametrize("term", [Term(2500, DAY), Term(3660, CALENDAR_DAY), Term(20000, HOUR)])
def test_the_longest_terms_are_computed(term: Term) -> None:
    assert term_problems(term) == []
    assert compute_due(moment("2026-03-02 09:15"), term, PLAIN).due_at > moment("2034-01-01 00:00")


@pytest.mark.parametrize(
    ("received", "code"),
    [
        (datetime(2026, 3, 2, 9, 15), "moment_naive"),  # noqa: DTZ001 (the case under test)
        (datetime.min.replace(tzinfo=UTC), "moment_out_of_range"),
        (datetime.max.replace(tzinfo=timezone(timedelta(hours=-12))), "moment_out_of_range"),
    ],
)
def test_moments_that_make_no_sense(received: datetime, code: str) -> None:
    with pytest.raises(Invalid) as refusal:
        compute_due(received, Term(0, DAY), PLAIN)
    assert [problem.code for problem in refusal.value.problems] == ["term_not_positive", code]


@pytest.mark.parametrize(
    ("paused", "resumed", "codes"),
    [
        (moment("2026-03-03 09:00"), moment("2026-03-02 09:00"), ["pause_backwards"]),
        (moment("2026-03-03 09:00"), moment("2046-03-02 09:00"), ["pause_too_long"]),
        (
            datetime.min.replace(tzinfo=UTC),
            datetime(2026, 3, 2),  # noqa: DTZ001 (the case under test)
            ["moment_out_of_range", "moment_naive"],
        ),
    ],
)
def test_pauses_that_make_no_sense(paused: datetime, resumed: datetime, codes: list[str]) -> None:
    with pytest.raises(Invalid) as refusal:
        extend_for_pause(moment("2026-03-02 09:15"), paused, resumed, PLAIN)
    assert [problem.code for problem in refusal.value.problems] == codes


def test_hours_in_words() -> None:
    assert hours_text(timedelta(hours=12)) == "12 giờ"
    assert hours_text(timedelta(hours=3, minutes=30, seconds=20)) == "3 giờ 30 phút"
