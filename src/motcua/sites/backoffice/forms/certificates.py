"""Forms about certificates, trust services and their rules."""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from django import forms

from motcua.agencies.queries import UnitInfo
from motcua.kernel.errors import RuleBroken
from motcua.signing.actions.presses import device_of
from motcua.sites.kit.forms import DayField
from motcua.sites.office.forms import OfficeForm, SmallFileField, choice_field, reason_field, set_choices, text_field
from motcua.trust.rules.windows import largest
from motcua.trust.terms import REVOCATION_REASONS, KeyPlace, RuleKind, ServiceKind

_ACCEPT = ".pem,.cer,.crt,.der,.p12,.pfx"


_WHERE = (
    "Tệp dưới thư mục dữ liệu: keys/…p12. Thiết bị của máy chủ: "
    "pkcs11:token=NHÃN;object=NHÃN_KHÓA?module-path=/usr/lib/….so. Để trống khi là token tại máy của cán bộ."
)


class _PinInput(forms.PasswordInput):
    """A PIN is never shown again."""


def _file_field(label: str, *, required: bool = True, help_text: str = "") -> SmallFileField:
    return SmallFileField(
        label=label,
        required=required,
        help_text=help_text,
        widget=forms.FileInput(attrs={"accept": _ACCEPT}),
        error_messages={"required": "Hãy chọn tệp chứng thư.", "empty": "Tệp này không có nội dung."},
    )


class CertificateForm(OfficeForm):
    """A certificate that came as a file, and where its key lives."""

    places: ClassVar[Mapping[str, str]] = {"holder": "file"}

    file = _file_field(
        "Tệp chứng thư",
        help_text="PEM, DER (.cer, .crt) hoặc PKCS#12 (.p12, .pfx). Với PKCS#12 chỉ lấy chứng thư, không giữ khóa.",
    )
    pin = forms.CharField(
        label="PIN của tệp PKCS#12", required=False, max_length=64, widget=_PinInput(attrs={"autocomplete": "off"})
    )
    key_place = choice_field("Khóa được giữ ở đâu")
    key_where = text_field(
        "Khóa nào",
        required=False,
        help_text=_WHERE,
    )
    reason = reason_field(
        "Lý do, nếu tên hoặc thời hạn không khớp", help_text="Chỉ cần khi hệ thống báo tên hoặc thời hạn không khớp."
    )

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        set_choices(self, "key_place", KeyPlace.choices)
        self.fields["reason"].required = False

    def clean_key_where(self) -> str:
        """Refuse a device that cannot be opened."""
        return checked_where(self.cleaned_data)


class RegisterForm(CertificateForm):
    """Whose certificate, and the certificate."""

    places: ClassVar[Mapping[str, str]] = {}

    holder = text_field(
        "Tên đăng nhập của người giữ", required=False, help_text="Để trống khi là chứng thư (con dấu) của cơ quan."
    )
    agency = choice_field("Cơ quan", required=False, help_text="Chỉ chọn khi là chứng thư của cơ quan.")

    field_order = (
        "key", "holder", "agency", "file", "pin", "key_place", "key_where", "reason",
    )  # fmt: skip

    def __init__(self, units: Sequence[UnitInfo], **options: Any) -> None:
        super().__init__(**options)
        set_choices(self, "agency", [(unit.id, unit.name) for unit in units if unit.is_agency])

    def clean(self) -> dict[str, Any]:
        """Demand one holder."""
        said = super().clean() or {}
        demand_one_holder(self, said)
        return said


def demand_one_holder(form: forms.Form, said: Mapping[str, Any]) -> None:
    """Say so when a form names nobody, or both a person and an agency."""
    if bool(said.get("holder")) == bool(said.get("agency")):
        form.add_error("holder", "Hãy ghi người giữ hoặc chọn cơ quan, chỉ một trong hai.")


def checked_where(said: Mapping[str, Any]) -> str:
    """Return where a key is; raises ValidationError for a device whose library or label is not named well."""
    where = str(said.get("key_where", ""))
    if said.get("key_place") == KeyPlace.PKCS11 and where:
        try:
            device_of(where)
        except RuleBroken as refusal:
            raise forms.ValidationError(refusal.problems[0].message) from refusal
    return where


class KeyForm(OfficeForm):
    """Where the key lives now."""

    key_place = choice_field("Khóa được giữ ở đâu")
    key_where = text_field("Khóa nào", required=False, help_text=_WHERE)
    reason = reason_field(help_text="Lý do được lưu vào nhật ký.")

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        set_choices(self, "key_place", KeyPlace.choices)

    def clean_key_where(self) -> str:
        """Refuse a device that cannot be opened."""
        return checked_where(self.cleaned_data)


class RequestForm(OfficeForm):
    """Through whom, and why."""

    authority = choice_field("Gửi qua")
    reason = reason_field(help_text="Lý do được ghi vào đề nghị và nhật ký.")

    def __init__(self, authorities: Sequence[tuple[str, str]], **options: Any) -> None:
        super().__init__(**options)
        set_choices(self, "authority", authorities)


class RevocationForm(RequestForm):
    """Why a certificate is taken back."""

    revocation_code = choice_field("Vì sao thu hồi")
    field_order = ("key", "authority", "revocation_code", "reason")

    def __init__(self, authorities: Sequence[tuple[str, str]], **options: Any) -> None:
        super().__init__(authorities, **options)
        set_choices(self, "revocation_code", REVOCATION_REASONS.items())


class NewRequestForm(RequestForm):
    """For whom a first certificate is asked."""

    holder = text_field("Tên đăng nhập của người giữ", required=False, help_text="Để trống khi xin cho cơ quan.")
    agency = choice_field("Cơ quan", required=False, help_text="Chỉ chọn khi xin chứng thư của cơ quan.")
    field_order = ("key", "holder", "agency", "authority", "reason")

    def __init__(self, units: Sequence[UnitInfo], authorities: Sequence[tuple[str, str]], **options: Any) -> None:
        super().__init__(authorities, **options)
        set_choices(self, "agency", [(unit.id, unit.name) for unit in units if unit.is_agency])

    def clean(self) -> dict[str, Any]:
        """Demand one holder."""
        said = super().clean() or {}
        demand_one_holder(self, said)
        return said


class AnswerForm(OfficeForm):
    """What an authority answered in words."""

    came = choice_field("Trả lời")
    revoked_on = DayField(label="Ngày chứng thư bị thu hồi", required=False)
    words = text_field("Nội dung trả lời", help_text="Số, ngày của văn bản trả lời.")
    places: ClassVar[Mapping[str, str]] = {"revoked_at": "revoked_on"}

    def __init__(self, *, revokes: bool, **options: Any) -> None:
        super().__init__(**options)
        choices = [("refused", "Không chấp nhận")]
        if revokes:
            choices.insert(0, ("done", "Đã thu hồi"))
        else:
            del self.fields["revoked_on"]
        set_choices(self, "came", choices)


class ServiceForm(OfficeForm):
    """An address that may be asked."""

    kind = choice_field("Loại dịch vụ")
    name = text_field("Tên dịch vụ", longest=150)
    url = text_field("Địa chỉ", longest=500, help_text="Địa chỉ đầy đủ, ví dụ https://tsa.vi-du.vn/rfc3161")
    position = forms.IntegerField(
        label="Thứ tự hỏi",
        min_value=1,
        max_value=99,
        initial=1,
        help_text="Số nhỏ được hỏi trước; nơi trước không trả lời thì hỏi nơi sau.",
        widget=forms.TextInput(attrs={"class": "w5", "inputmode": "numeric"}),
        error_messages={"required": "Hãy ghi thứ tự.", "invalid": "Hãy ghi thứ tự bằng chữ số."},
    )
    pinned = _file_field(
        "Chứng thư của dịch vụ cấp dấu thời gian",
        required=False,
        help_text="Chỉ cần khi không gốc tin cậy nào dẫn đến dịch vụ này.",
    )
    reason = reason_field(help_text="Lý do được lưu vào nhật ký.")

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        set_choices(self, "kind", ServiceKind.choices)


class RuleForm(OfficeForm):
    """How long, and why."""

    amount = forms.IntegerField(
        widget=forms.TextInput(attrs={"class": "w5", "inputmode": "numeric"}),
        error_messages={"required": "Hãy ghi một số.", "invalid": "Hãy ghi bằng chữ số."},
    )
    reason = reason_field(help_text="Lý do được lưu vào nhật ký.")

    def __init__(self, kind: RuleKind, unit: str, **options: Any) -> None:
        super().__init__(**options)
        self.fields["amount"].label = f"Số {unit}"
        self.fields["amount"].help_text = f"Từ 0 đến {largest(kind)} {unit}."
