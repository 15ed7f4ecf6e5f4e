"""The form of a simulation."""

from collections.abc import Sequence
from typing import Any

from django import forms

from motcua.processes.terms import Step
from motcua.sites.office.forms import OfficeForm
from motcua.sites.studio.forms.base import whole_field

#: Enough to see a queue; more takes longer than a page may.
MOST_DOSSIERS = 500
_USUAL_DOSSIERS, _USUAL_PER_DAY = 100, 3


class SimulateForm(OfficeForm):
    """How many dossiers, how many a day, how many people at each step."""

    dossiers = whole_field("Số hồ sơ chạy mô phỏng", lowest=1, required=True)
    per_day = whole_field("Mỗi ngày nhận bao nhiêu hồ sơ", lowest=1, required=True)

    def __init__(self, steps: Sequence[Step], **options: Any) -> None:
        super().__init__(**options)
        self.initial = {**self.initial, "dossiers": _USUAL_DOSSIERS, "per_day": _USUAL_PER_DAY}
        for step in steps:
            self.fields[f"staff_{step.key}"] = whole_field(f"Số người làm bước “{step.name}”", lowest=1)
            self.initial[f"staff_{step.key}"] = 1

    def clean_dossiers(self) -> int:
        """Not more than a page can wait for."""
        found = int(self.cleaned_data["dossiers"])
        if found > MOST_DOSSIERS:
            raise forms.ValidationError(f"Tối đa {MOST_DOSSIERS} hồ sơ mỗi lần.")
        return found

    @property
    def staff(self) -> dict[str, int]:
        """People by step."""
        named = {name: said for name, said in self.cleaned_data.items() if name.startswith("staff_")}
        return {name.removeprefix("staff_"): said or 1 for name, said in named.items()}
