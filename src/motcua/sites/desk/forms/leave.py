"""The form of an absence: whose, and who stands in."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms

from motcua.sites.office.delegation_forms import LeaveForm
from motcua.sites.office.forms import choice_field, set_choices


class DeskLeaveForm(LeaveForm):
    """An absence of one's own, or (for leaders) of somebody they lead."""

    account = choice_field("Người vắng mặt")
    field_order: Iterable[str] = ("account", "stand_in", "starts_at", "ends_at", "reason")

    def __init__(self, absentees: Sequence[tuple[int, str]], people: Iterable[tuple[int, str]], **options: Any) -> None:
        super().__init__(people, **options)
        set_choices(self, "account", absentees)
        if len(absentees) == 1:
            self.fields["account"].initial = str(absentees[0][0])
            self.fields["account"].widget = forms.HiddenInput()
