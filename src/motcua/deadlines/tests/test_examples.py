"""The eleven worked examples of the domain facts, §4.3, on the calendar each row states."""

from datetime import date, datetime

import pytest

from motcua.deadlines.rules.calendar import Calendar
from motcua.deadlines.rules.due import compute_due
from motcua.deadlines.terms import VIET_NAM, DayException, DayKind, Term, TermUnit

OFF_2026 = {
    date(2026, 1, 1): "Tết Dương lịch",
    **{date(2026, 2, day): "Tết" for day in range(16, 21)},
    date(2026, 4, 26): "Giỗ Tổ Hùng Vương",
    date(2026, 4, 27): "Giỗ Tổ Hùng Vương",
    date(2026, 4, 30): "Ngày Chiến thắng",
    date(2026, 5, 1): "Quốc tế Lao động",
    date(2026, 9, 1): "Quốc khánh",
    date(2026, 9, 2): "Quốc khánh",
    date(2026, 11, 24): "Ngày Văn hóa Việt Nam",
}
CALENDAR = Calendar(exceptions={day: DayException(DayKind.OFF, name=name) for day, name in OFF_2026.items()})
DAY, HOUR = TermUnit.WORKING_DAY, TermUnit.WORKING_HOUR

EXAMPLES = [
    ("2026-03-02 09:15", 3, DAY, "2026-03-05 09:15", "3 ngày làm việc: 03/03, 04/03, 05/03"),
    ("2026-02-12 16:00", 3, DAY, "2026-02-24 16:00", "3 ngày làm việc: 13/02, 23/02, 24/02; nghỉ Tết 14–22/02"),
    ("2026-04-24 10:00", 1, DAY, "2026-04-28 10:00", "1 ngày làm việc: 28/04; nghỉ Giỗ Tổ Hùng Vương 25–27/04"),
    (
        "2026-04-29 15:00",
        2,
        DAY,
        "2026-05-05 15:00",
        "2 ngày làm việc: 04/05, 05/05; nghỉ Ngày Chiến thắng, Quốc tế Lao động 30/04–03/05",
    ),
    (
        "2026-03-06 17:30",
        1,
        DAY,
        "2026-03-10 07:00",
        "1 ngày làm việc: 10/03; nhận ngoài giờ làm việc nên tính từ 07:00 ngày 09/03",
    ),
    (
        "2026-03-07 09:00",
        1,
        DAY,
        "2026-03-10 07:00",
        "1 ngày làm việc: 10/03; nhận ngoài giờ làm việc nên tính từ 07:00 ngày 09/03",
    ),
    ("2026-03-04 11:00", 4, HOUR, "2026-03-04 17:00", "4 giờ làm việc: 04/03 (11:00–11:30, 13:30–17:00)"),
    (
        "2026-03-04 12:10",
        4,
        HOUR,
        "2026-03-05 07:30",
        (
            "4 giờ làm việc: 04/03 (13:30–17:00), 05/03 (07:00–07:30); "
            "nhận ngoài giờ làm việc nên tính từ 13:30 ngày 04/03"
        ),
    ),
    (
        "2026-03-06 15:00",
        12,
        HOUR,
        "2026-03-10 09:00",
        "12 giờ làm việc: 06/03 (15:00–17:00), 09/03 (07:00–11:30, 13:30–17:00), 10/03 (07:00–09:00)",
    ),
    (
        "2026-08-31 08:00",
        5,
        DAY,
        "2026-09-09 08:00",
        "5 ngày làm việc: 03/09, 04/09, 07/09, 08/09, 09/09; nghỉ Quốc khánh 01–02/09",
    ),
    ("2026-11-23 14:00", 1, DAY, "2026-11-25 14:00", "1 ngày làm việc: 25/11; nghỉ Ngày Văn hóa Việt Nam 24/11"),
]


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=VIET_NAM)


@pytest.mark.parametrize(("received", "amount", "unit", "due", "text"), EXAMPLES)
def test_worked_example(received: str, amount: int, unit: TermUnit, due: str, text: str) -> None:
    found = compute_due(moment(received), Term(amount, unit), CALENDAR)
    assert found.due_at == moment(due)
    assert found.text == text


def test_days_counted_and_days_off_are_told() -> None:
    found = compute_due(moment("2026-02-12 16:00"), Term(3, DAY), CALENDAR)
    assert found.working == (date(2026, 2, 13), date(2026, 2, 23), date(2026, 2, 24))
    assert [(span.first, span.last, span.name) for span in found.off] == [(date(2026, 2, 14), date(2026, 2, 22), "Tết")]
    assert found.notes == ()
