"""Forms of the rules of reminding."""

from collections.abc import Sequence
from typing import Any

from django import forms

from motcua.agencies.queries import UnitInfo
from motcua.dossiers.actions.set_reminder_rule import MOST_HOURS
from motcua.dossiers.terms import ReminderAbout, ReminderTo
from motcua.sites.office.forms import OfficeForm, choice_field, reason_field, set_choices


class ReminderRuleForm(OfficeForm):
    """Of which due moment, whom, how many working hours before it, where."""

    about = choice_field("Hạn nào")
    to = choice_field("Nhắc ai")
    hours_before = forms.IntegerField(
        label="Trước hạn bao nhiêu giờ làm việc",
        min_value=-MOST_HOURS,
        max_value=MOST_HOURS,
        help_text="0 là đúng lúc đến hạn. Số âm là sau khi quá hạn, ví dụ -8: quá hạn một ngày làm việc.",
        widget=forms.TextInput(attrs={"class": "w5"}),
        error_messages={"required": "Hãy ghi số giờ.", "invalid": "Hãy ghi số giờ bằng chữ số."},
    )
    unit = choice_field("Áp dụng cho", required=False)
    reason = reason_field("Lý do")

    def __init__(self, units: Sequence[UnitInfo], *, everywhere: bool, **options: Any) -> None:
        super().__init__(**options)
        set_choices(self, "about", ReminderAbout.choices)
        set_choices(self, "to", ReminderTo.choices)
        names = [(unit.id, unit.name) for unit in units]
        set_choices(self, "unit", names, empty="Mọi cơ quan" if everywhere else "")


class EndReminderForm(OfficeForm):
    """Why a rule ends."""

    reason = reason_field("Lý do bỏ")
