"""Forms for the pictures of signatures and seals."""

from django import forms

from motcua.sites.office.forms import OfficeForm, SmallFileField


def _picture_field(label: str, help_text: str) -> SmallFileField:
    return SmallFileField(
        label=label,
        help_text=help_text,
        widget=forms.FileInput(attrs={"accept": "image/png,image/jpeg"}),
        error_messages={"required": "Hãy chọn ảnh.", "empty": "Ảnh này không có nội dung; hãy chọn ảnh khác."},
    )


class SignatureImageForm(OfficeForm):
    """A picture of the own signature."""

    image = _picture_field(
        "Ảnh chữ ký", "PNG hoặc JPG, tối đa 5 MB. Ký bằng bút đậm trên giấy trắng rồi chụp thẳng, đủ sáng."
    )


class SealImageForm(OfficeForm):
    """A picture of an agency's seal, and how large it is."""

    image = _picture_field("Ảnh con dấu", "PNG hoặc JPG, tối đa 5 MB. Đóng dấu trên giấy trắng rồi quét.")
    diameter = forms.IntegerField(
        label="Đường kính con dấu (mm)",
        initial=36,
        help_text="Đo trên dấu thật, từ 20 đến 60 mm.",
        widget=forms.NumberInput(attrs={"min": 20, "max": 60}),
        error_messages={"required": "Hãy ghi đường kính con dấu.", "invalid": "Đường kính là một số nguyên."},
    )
