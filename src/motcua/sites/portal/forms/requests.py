"""What the applicant may ask of a dossier that was handed in."""

from collections.abc import Collection, Sequence
from datetime import date
from types import MappingProxyType
from uuid import uuid4

from django import forms

from motcua.dossiers.models import Dossier
from motcua.forms.rules.answers import Typed
from motcua.kernel.errors import Problem
from motcua.sites.kit.declaration import Declaration, changed, declared_on
from motcua.sites.kit.forms import add_problems


class WithdrawForm(forms.Form):
    """Why the dossier is taken back."""

    key = forms.CharField(widget=forms.HiddenInput)
    revision = forms.IntegerField(widget=forms.HiddenInput)
    reason = forms.CharField(
        label="Vì sao bạn rút hồ sơ?",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Hãy ghi lý do rút hồ sơ, một câu là đủ."},
    )
    sure = forms.BooleanField(
        label="Tôi hiểu hồ sơ sẽ kết thúc và muốn làm lại thì phải nộp hồ sơ mới.",
        error_messages={"required": "Hãy đánh dấu để xác nhận bạn muốn rút hồ sơ."},
    )


class SupplementForm(forms.Form):
    """What answers the request; files come beside it."""

    key = forms.CharField(widget=forms.HiddenInput)
    revision = forms.IntegerField(widget=forms.HiddenInput)
    note = forms.CharField(
        label="Bạn muốn giải thích gì thêm?",
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    #: The questions of the e-form to answer anew, with what stood there; None when there are none.
    declaration: Declaration | None = None
    before: Typed = MappingProxyType({})

    def declare(self, dossier: Dossier, fields: Collection[str], *, today: date) -> None:
        """Show these questions of the dossier's e-form."""
        posted = self.data if self.is_bound else None
        found = declared_on(dossier, posted, only=fields, today=today) if fields else None
        if found is not None:
            self.declaration, self.before = found

    @property
    def answers(self) -> dict[str, str | list[str]]:
        """What was answered anew, by flat names."""
        return changed(self.declaration, self.before) if self.declaration else {}

    def press(self, pressed: str) -> None:
        """Do what a button inside the e-form asks for."""
        if self.declaration is not None:
            self.declaration = self.declaration.after(pressed)

    def refuse(self, problems: Sequence[Problem]) -> None:
        """Put problems beside their fields, those of the e-form beside its questions too."""
        if self.declaration is not None:
            self.declaration = self.declaration.refused(problems)
        add_problems(self, problems)


def new_key() -> str:
    """Return the key under which a write is done once."""
    return uuid4().hex
