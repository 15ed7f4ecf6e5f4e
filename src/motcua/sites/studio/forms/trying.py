"""The form by which a trial begins."""

from typing import Any

from motcua.procedures.terms import Definition
from motcua.sites.office.delegation_forms import MomentField
from motcua.sites.office.forms import OfficeForm
from motcua.sites.studio.forms.base import pick_field, set_offers, whole_field
from motcua.sites.studio.forms.trials import CHANNELS


class TrialForm(OfficeForm):
    """How the trial is handed in."""

    case = pick_field("Trường hợp")
    channel = pick_field("Cách nộp", CHANNELS, required=True)
    at = MomentField(label="Nộp lúc", required=False)
    copies = whole_field("Số bản", lowest=1)
    pages = whole_field("Số trang", lowest=1)

    def __init__(self, definition: Definition, **options: Any) -> None:
        super().__init__(**options)
        cases = [(case.key, case.name) for case in definition.cases]
        set_offers(self, "case", cases if len(cases) > 1 else [])
        self.fields["at"].help_text = "Bỏ trống: bây giờ. Ví dụ 16:30 13/02/2026 để thử chiều trước Tết."
