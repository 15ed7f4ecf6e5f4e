"""Forms for remote signing services and for keys that wait for confirmation."""

from typing import Any

from django import forms

from motcua.sites.office.forms import OfficeForm, reason_field, text_field


class SigningServiceForm(OfficeForm):
    """A service and how this house is known there; the secret is never shown again."""

    name = text_field("Tên dịch vụ", longest=150, help_text="Như cán bộ thấy khi chọn khóa.")
    url = text_field(
        "Địa chỉ", longest=500, help_text="Phần trước /csc/v2/, ví dụ https://ky-so.vi-du.vn. Chỉ nhận https."
    )
    client_id = text_field("Mã ứng dụng (client_id)", longest=300)
    secret = forms.CharField(
        label="Mật khẩu ứng dụng (client_secret)",
        required=False,
        strip=False,
        max_length=300,
        help_text="Được mã hóa trước khi lưu, không hiện lại.",
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
    )
    token_url = text_field(
        "Địa chỉ cấp mã truy cập",
        longest=500,
        required=False,
        help_text="Chỉ khi khác <địa chỉ>/csc/v2/oauth2/token.",
    )
    reason = reason_field(help_text="Lý do được lưu vào nhật ký.")

    def __init__(self, *, is_new: bool, **options: Any) -> None:
        super().__init__(**options)
        if not is_new:
            self.fields["secret"].help_text = "Để trống: giữ mật khẩu đang có. Đổi địa chỉ thì phải nhập lại."


class CheckForm(OfficeForm):
    """For whom the list of keys is asked."""

    user = text_field(
        "Mã người dùng thử",
        longest=150,
        required=False,
        help_text="Để xem dịch vụ trả lời khóa nào cho người này; để trống khi dịch vụ không đòi.",
    )


class ConfirmForm(OfficeForm):
    """Why a key is confirmed although something does not fit."""

    reason = reason_field(help_text="Chỉ cần khi tên hoặc cơ quan trong chứng thư không khớp.")

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.fields["reason"].required = False
