"""The values behind the parts: clock, words, form fields."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django import forms

from motcua.kernel.errors import Problem
from motcua.sites.kit.clock import MOST_STITCHES, OffDays, clock_of
from motcua.sites.kit.forms import CleanCharField, DayField, add_problems
from motcua.sites.kit.words import day_text, moment_text, money_text, size_text

DUE = datetime(2026, 2, 24, 9, 0, tzinfo=UTC)  # 16:00 in Viet Nam
WORKING = (date(2026, 2, 13), date(2026, 2, 23), date(2026, 2, 24))
TET = OffDays(date(2026, 2, 14), date(2026, 2, 22), "Tết Bính Ngọ")


class TestClock:
    def test_counts_only_working_days_after_today(self) -> None:
        face = clock_of(due_at=DUE, at=datetime(2026, 2, 13, 3, 0, tzinfo=UTC), working=WORKING, off=[TET])
        assert (face.state, face.text) == ("open", "Còn 2 ngày làm việc")
        assert [cell.text for cell in face.calendar] == ["13/02", "14–22/02 Tết Bính Ngọ", "23/02", "24/02"]
        assert [cell.kind for cell in face.stitches] == ["today", "left", "last"]

    def test_during_the_holiday_the_days_left_do_not_shrink(self) -> None:
        for day in range(14, 23):
            face = clock_of(due_at=DUE, at=datetime(2026, 2, day, 3, 0, tzinfo=UTC), working=WORKING)
            assert face.text == "Còn 2 ngày làm việc"

    def test_the_due_day_is_today_until_midnight_in_viet_nam(self) -> None:
        last_minute = datetime(2026, 2, 24, 16, 59, tzinfo=UTC)
        assert clock_of(due_at=DUE, at=last_minute).text == "Hẹn trả hôm nay, trước 16 giờ"
        assert clock_of(due_at=DUE, at=last_minute + timedelta(minutes=1)).text == "Quá hạn 1 ngày"

    def test_pause_stops_the_count(self) -> None:
        face = clock_of(due_at=DUE, at=DUE + timedelta(days=9), paused_since=DUE, paused_for="chờ bạn bổ sung")
        assert (face.state, face.text, face.short) == (
            "paused",
            "Tạm dừng từ 24/02: chờ bạn bổ sung",
            "Tạm dừng từ 24/02",
        )

    @pytest.mark.parametrize(
        ("days", "text"), [(-1, "Xong trước hẹn 1 ngày"), (0, "Xong đúng hẹn"), (2, "Xong muộn 2 ngày")]
    )
    def test_finished(self, days: int, text: str) -> None:
        assert clock_of(due_at=DUE, at=DUE, finished_at=DUE + timedelta(days=days)).text == text

    def test_long_terms_are_not_drawn(self) -> None:
        long = [date(2026, 1, 1) + timedelta(days=n) for n in range(MOST_STITCHES + 1)]
        assert clock_of(due_at=DUE, at=DUE, working=long).stitches == ()

    def test_before_receipt_there_is_no_due_day(self) -> None:
        assert clock_of(due_at=None, at=DUE).state == "none"


class TestWords:
    def test_moments(self) -> None:
        assert moment_text(DUE) == "16 giờ, thứ Ba 24/02/2026"
        assert moment_text(DUE + timedelta(minutes=5)) == "16 giờ 05, thứ Ba 24/02/2026"
        assert day_text(datetime(2026, 2, 21, 18, 0, tzinfo=UTC)) == "Chủ nhật 22/02/2026"

    def test_money_and_sizes(self) -> None:
        assert (money_text(0), money_text(1_250_000)) == ("Không thu", "1.250.000 đồng")
        assert (size_text(900), size_text(120 * 1024), size_text(3_565_158)) == ("900 B", "120 KB", "3,4 MB")


class Sample(forms.Form):
    born = DayField(required=False)
    name = CleanCharField(required=False)


class TestForms:
    @pytest.mark.parametrize("text", ["2/9/1990", "02-09-1990", "02.09.1990", "02091990", " 2 9 1990 "])
    def test_dates_as_people_write_them(self, text: str) -> None:
        form = Sample({"born": text})
        assert form.is_valid()
        assert form.cleaned_data["born"] == date(1990, 9, 2)

    @pytest.mark.parametrize(("text", "word"), [("31/02/1990", "Không có ngày 31/02/1990"), ("hôm qua", "02/09/1990")])
    def test_wrong_dates_say_what_to_write(self, text: str, word: str) -> None:
        form = Sample({"born": text})
        assert word in str(form.errors["born"])
        assert form["born"].value() == text

    def test_text_is_kept_the_way_of_the_registers(self) -> None:
        form = Sample({"name": "  Nguyễn \u00d0ức   An "})
        assert form.is_valid()
        assert form.cleaned_data["name"] == "Nguyễn Đức An"

    def test_problems_of_a_room_stand_beside_their_field(self) -> None:
        form = Sample({})
        add_problems(form, [Problem("x", "Sai ngày.", "born"), Problem("y", "Đã quá hạn.", "elsewhere")])
        assert form.errors["born"] == ["Sai ngày."]
        assert form.non_field_errors() == ["Đã quá hạn."]
