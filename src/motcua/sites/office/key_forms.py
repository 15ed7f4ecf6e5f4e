"""Forms for putting in keys."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django import forms

from motcua.signing.actions.set_signing_services import Offered
from motcua.signing.models import SigningService
from motcua.sites.office.forms import OfficeForm, SmallFileField, choice_field, set_choices, text_field
from motcua.trust.rules.certificates import read_file


class KeyFileForm(OfficeForm):
    """A PKCS#12 file and the PIN that opens it; the PIN is no part of what is remembered of the press."""

    file = SmallFileField(
        label="Tệp khóa (.p12, .pfx)",
        help_text="Tối đa 128 KB, khóa phải được mã hóa bằng PIN. Tệp được giữ nguyên như bạn đưa vào.",
        widget=forms.FileInput(attrs={"accept": ".p12,.pfx,application/x-pkcs12"}),
        error_messages={"required": "Hãy chọn tệp khóa.", "empty": "Tệp này không có nội dung; hãy chọn tệp khác."},
    )
    pin = forms.CharField(
        label="PIN của tệp khóa",
        strip=False,
        max_length=64,
        help_text="Chỉ dùng để thử mở tệp một lần; hệ thống không giữ PIN.",
        widget=forms.PasswordInput(attrs={"autocomplete": "off", "class": "w15"}),
        error_messages={"required": "Hãy nhập PIN của tệp khóa."},
    )


class RemoteForm(OfficeForm):
    """Whose account at which service; then which of its keys."""

    places: ClassVar = {"pin": "service"}

    service = choice_field("Dịch vụ ký số từ xa")
    user = text_field(
        "Mã người dùng của bạn ở dịch vụ đó",
        longest=150,
        required=False,
        help_text="Thường là số định danh cá nhân hoặc mã thuê bao; để trống khi dịch vụ không đòi.",
    )

    def __init__(self, services: Sequence[SigningService], **options: Any) -> None:
        super().__init__(**options)
        set_choices(self, "service", [(one.pk, one.name) for one in services])
        if len(services) == 1:
            self.fields["service"].initial = str(services[0].pk)

    def offer(self, found: Sequence[Offered]) -> None:
        """Add the list of keys that the service has for this person; only those that can sign here may be chosen."""
        usable = [one for one in found if one.known is not None and not one.problem]
        if usable:
            self.fields["credential"] = forms.ChoiceField(
                label="Khóa ở dịch vụ",
                choices=[(one.id, _words(one)) for one in usable],
                widget=forms.RadioSelect,
            )


def _words(one: Offered) -> str:
    if one.known is None:
        return one.id
    facts = read_file(one.known.certificate).certificate
    typed = {True: "PIN và mã OTP", False: "PIN"}[bool(one.known.once)]
    proof = typed if one.known.asks else "xác nhận trên điện thoại"
    until = f"{facts.valid_to:%d/%m/%Y}"
    return f"{facts.name}, {facts.issuer_name}, đến {until}; {proof}; mỗi lần xác nhận ký {one.known.most} văn bản"
