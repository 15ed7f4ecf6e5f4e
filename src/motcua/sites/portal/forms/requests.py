"""What the applicant may ask of a dossier that was handed in."""

from uuid import uuid4

from django import forms


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


def new_key() -> str:
    """Return the key under which a write is done once."""
    return uuid4().hex
