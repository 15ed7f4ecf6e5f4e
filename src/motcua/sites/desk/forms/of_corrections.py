"""Deciding what the desk proposed to correct."""

from django import forms

from motcua.dossiers.actions.decide_correction import decide_correction
from motcua.dossiers.models import Correction, Dossier
from motcua.dossiers.rules.corrections import label_of
from motcua.dossiers.terms import Act, ResultChannel
from motcua.forms.terms import Form
from motcua.sites.desk.forms.base import ActForm, long_text


class DecideCorrectionForm(ActForm):
    """Duyệt đính chính: old and new side by side, one button each."""

    act = Act.DECIDE_CORRECTION
    template = "desk/acts/decide_correction.html"
    button = "Đồng ý đính chính"
    lead = "Đồng ý thì thông tin được sửa ngay và Giấy tiếp nhận hồ sơ và hẹn trả kết quả (Mẫu 01) được in lại."

    then = forms.CharField(required=False, widget=forms.HiddenInput)

    def prepare(self) -> None:
        self.correction = self.dossier.corrections.filter(decided_at__isnull=True).first()
        self.fields["note"] = long_text("Ý kiến", rows=3, help_text="Bắt buộc khi không đồng ý.")

    def lines(self) -> list[tuple[str, str, str]]:
        """Return what would change: label, before, after."""
        return lines_of(self.correction, self.dossier.definition.form) if self.correction else []

    @property
    def done(self) -> str:
        refused = self.cleaned_data["then"] == "refuse"
        return "Đã ghi không đồng ý đính chính." if refused else "Đã đồng ý đính chính; Mẫu 01 được in lại."

    def perform(self) -> Dossier:
        said = self.cleaned_data
        return decide_correction(**self.common, approve=said["then"] != "refuse", note=said["note"])


def lines_of(correction: Correction, form: Form | None = None) -> list[tuple[str, str, str]]:
    """Return what a correction would change, in words: label, before, after."""
    return [
        (label_of(name, form), _words(name, before), _words(name, after))
        for name, (before, after) in correction.changes.items()
    ]


def _words(name: str, value: str) -> str:
    if name == "result_channel" and value in ResultChannel.values:
        return ResultChannel(value).label
    return value or "trống"
