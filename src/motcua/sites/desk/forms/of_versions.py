"""Going on under a newer version of the procedure."""

from django import forms

from motcua.dossiers.actions.rebase import Preview, preview_rebase, rebase_dossier
from motcua.dossiers.models import Dossier
from motcua.dossiers.terms import Act
from motcua.kernel.errors import MotCuaError, Problem
from motcua.sites.desk.forms.base import ActForm, long_text, step_choice


class RebaseForm(ActForm):
    """Chuyển sang phiên bản thủ tục mới: what changes stands above the button."""

    act = Act.REBASE
    template = "desk/acts/rebase.html"
    button = "Chuyển sang phiên bản mới"
    lead = "Ngày hẹn trả, khoản đã thu và mọi câu trả lời được giữ nguyên. Hãy đọc những gì sẽ đổi trước khi chuyển."

    def prepare(self) -> None:
        self.preview: Preview | None = None
        try:
            self.preview = preview_rebase(self.actor, self.dossier.pk, at=self.at)
        except MotCuaError:  # the act says it again, with who was first
            self.fields["to_step"] = forms.CharField(required=False, widget=forms.HiddenInput)
        else:
            self.fields["to_step"] = self._step_field(self.preview)
        self.fields["reason"] = long_text("Lý do chuyển phiên bản", rows=3)

    def _step_field(self, preview: Preview) -> forms.Field:
        if preview.step is None and preview.steps:
            return step_choice("Đi tiếp ở bước", preview.steps)
        return forms.CharField(required=False, widget=forms.HiddenInput)

    def hindrances(self) -> list[Problem]:
        """Return what cannot be mended by choosing a step."""
        return [one for one in self.preview.problems if one.code != "step_unmapped"] if self.preview else []

    @property
    def done(self) -> str:
        return "Đã chuyển hồ sơ sang phiên bản mới của thủ tục."

    def perform(self) -> Dossier:
        said = self.cleaned_data
        return rebase_dossier(**self.common, to_step=said["to_step"], reason=said["reason"])
