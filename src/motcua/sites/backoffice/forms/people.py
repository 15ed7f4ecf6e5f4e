"""Forms of officers and the posts they hold."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, ClassVar

from django import forms

from motcua.identity.models import Account
from motcua.sites.backoffice.queries import Heir
from motcua.sites.kit.forms import DayField
from motcua.sites.office.forms import OfficeForm, choice_field, reason_field, set_choices, text_field, whole

_NO_DAY = {"required": "Hãy nhập ngày, ví dụ 01/07/2025."}
TO_UNIT = "Trả về đơn vị để phân công lại"


class _Details(OfficeForm):
    full_name = text_field("Họ và tên", longest=200)
    personal_id = text_field("Số định danh", required=False, longest=12, attrs={"class": "w15", "inputmode": "numeric"})
    born = DayField(label="Ngày sinh", required=False)
    phone = text_field("Điện thoại", required=False, longest=20, attrs={"class": "w15", "inputmode": "tel"})
    email = text_field("Thư điện tử", required=False, longest=254, attrs={"class": "w20", "inputmode": "email"})

    @property
    def facts(self) -> dict[str, Any]:
        """The facts the actions want."""
        return {name: value for name, value in self.cleaned_data.items() if name in _FACTS}


_FACTS = frozenset({"username", "full_name", "personal_id", "born", "phone", "email"})


class OfficerForm(_Details):
    """A new officer, with the first post when one is chosen."""

    places: ClassVar[Mapping[str, str]] = {"account": "post"}

    username = text_field(
        "Tên đăng nhập",
        longest=150,
        help_text="Chữ không dấu viết liền, ví dụ hoatt.honggai. Người dùng tự đặt mật khẩu bằng liên kết kích hoạt.",
        attrs={"class": "w20", "autocapitalize": "none", "spellcheck": "false"},
    )
    post = choice_field("Vị trí việc làm", required=False, help_text="Có thể bố trí sau, ở trang của cán bộ.")
    on = DayField(label="Giữ vị trí từ ngày", required=False)
    field_order = ("full_name", "username", "post", "on", "personal_id", "born", "phone", "email")

    def __init__(self, posts: Iterable[tuple[int, str]], **options: Any) -> None:
        super().__init__(**options)
        set_choices(self, "post", posts, empty="Chưa bố trí")


class DetailsForm(_Details):
    """What is known of an officer."""

    def changes(self, account: Account) -> dict[str, Any]:
        """Return what differs from the account; one fact at least, so that the action can say nothing changed."""
        return {name: value for name, value in self.facts.items() if getattr(account, name) != value} or {
            "full_name": self.cleaned_data["full_name"]
        }


class AssignForm(OfficeForm):
    """Another post."""

    post = choice_field("Vị trí việc làm", help_text="Chỉ các vị trí trong đơn vị bạn quản trị.")
    on = DayField(label="Từ ngày", error_messages=_NO_DAY)

    def __init__(self, posts: Iterable[tuple[int, str]], **options: Any) -> None:
        super().__init__(**options)
        set_choices(self, "post", posts)


class SuccessorForm(OfficeForm):
    """Who takes over open work."""

    successor = forms.ChoiceField(
        label="Người nhận bàn giao hồ sơ",
        required=False,
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": "Hãy chọn một người trong danh sách."},
    )
    reason = reason_field(help_text="Lý do được lưu vào nhật ký.")

    def __init__(self, heirs: Sequence[Heir], **options: Any) -> None:
        super().__init__(**options)
        choices = [(str(one.id), f"{one.full_name}, {one.title} (đang giữ {one.load} hồ sơ)") for one in heirs]
        field = self.fields["successor"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [("", TO_UNIT), *choices]
        field.initial = ""
        setattr(field.widget, "no_optional_mark", True)  # noqa: B010 (read by the template tag `field`)

    @property
    def successor_id(self) -> int | None:
        """The successor; None: back to the unit."""
        return whole(self.cleaned_data["successor"])


class EndForm(SuccessorForm):
    """The end of a post held."""

    on = DayField(label="Ngày đầu tiên không còn giữ vị trí", error_messages=_NO_DAY)
    field_order: Iterable[str] = ("on", "successor", "reason")


class TransferForm(EndForm):
    """From one post to another on the same day."""

    places: ClassVar[Mapping[str, str]] = {"account": "to_post", "post": "to_post"}

    to_post = choice_field("Vị trí mới", help_text="Chỉ các vị trí trong đơn vị bạn quản trị.")
    field_order = ("to_post", "on", "successor", "reason")

    def __init__(self, heirs: Sequence[Heir], posts: Iterable[tuple[int, str]], **options: Any) -> None:
        super().__init__(heirs, **options)
        set_choices(self, "to_post", posts)
