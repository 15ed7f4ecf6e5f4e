"""Forms of units, their posts and hours."""

from collections.abc import Iterable, Mapping
from datetime import date, time
from typing import Any, ClassVar

from django import forms
from django.forms import BoundField

from motcua.agencies.queries import UnitInfo
from motcua.agencies.terms import WEEKDAYS, Right, Shifts, UnitKind, Week
from motcua.sites.kit.forms import DayField, choice_text
from motcua.sites.office.forms import (
    OfficeForm,
    choice_field,
    day_label,
    excel_field,
    set_choices,
    text_field,
    whole,
)

_NO_DAY = {"required": "Hãy nhập ngày, ví dụ 01/07/2025."}
RIGHT_HINTS: Mapping[Right, str] = {
    Right.RECEIVE: "nhận hồ sơ và trả kết quả tại Bộ phận Một cửa",
    Right.HANDLE: "thẩm định, dự thảo kết quả",
    Right.LEAD_DIVISION: "phân công, soát xét trong phòng",
    Right.LEAD_AGENCY: "phê duyệt, ký thay mặt cơ quan",
    Right.SEAL: "cấp số, đóng dấu kết quả",
    Right.ADMIN: "quản trị đơn vị này và các đơn vị trực thuộc",
    Right.OVERSEE: "xem nhật ký, hồ sơ của đơn vị này và các đơn vị trực thuộc",
    Right.POST_OFFICE: "đi gom, nhận hộ hồ sơ, phát kết quả, thu tiền tại nhà",
}


def unit_choices(units: Iterable[UnitInfo]) -> list[tuple[int, str]]:
    """Return units as choices, each with the agency it belongs to where the name does not say."""
    known = list(units)
    names = {unit.id: unit.name for unit in known}
    return [
        (unit.id, unit.name if unit.is_agency else f"{unit.name} – {names.get(unit.agency_id, '')}".rstrip(" –"))
        for unit in known
    ]


class UnitForm(OfficeForm):
    """A unit to create."""

    places: ClassVar[Mapping[str, str]] = {"parent": "parent", "predecessor": "predecessor"}

    kind = choice_field("Loại đơn vị")
    parent = choice_field("Trực thuộc", help_text="Chỉ các đơn vị bạn quản trị.")
    name = text_field("Tên đơn vị", help_text="Tên đầy đủ như trên con dấu hoặc quyết định thành lập.")
    short_name = text_field("Tên ngắn", required=False, longest=120, help_text="Ví dụ: phường Hồng Gai.")
    agency_code = text_field(
        "Mã định danh",
        required=False,
        longest=35,
        help_text="Cơ quan có con dấu phải có mã, ví dụ H49.61 (hoặc lối cũ 000.00.61.H49).",
        attrs={"class": "w15"},
    )
    code_is_provisional = forms.BooleanField(label="Mã này do đơn vị tạm đặt, chờ mã chính thức", required=False)
    territory = text_field(
        "Mã đơn vị hành chính",
        required=False,
        longest=5,
        help_text="Mã số của tỉnh (2 chữ số) hoặc xã, phường, đặc khu (5 chữ số).",
        attrs={"class": "w5", "inputmode": "numeric"},
    )
    is_desk = forms.BooleanField(label="Là Bộ phận Một cửa (nhận hồ sơ, trả kết quả)", required=False)
    address = text_field("Địa chỉ", required=False)
    phone = text_field("Điện thoại", required=False, longest=30, attrs={"class": "w15", "inputmode": "tel"})
    email = text_field("Thư điện tử", required=False, longest=254, attrs={"class": "w20", "inputmode": "email"})
    predecessor = choice_field("Kế thừa công việc của", required=False, help_text="Khi sáp nhập, chia tách.")
    on = DayField(label="Hoạt động từ ngày", error_messages=_NO_DAY)

    def __init__(self, parents: Iterable[UnitInfo], former: Iterable[UnitInfo], *, today: date, **options: Any) -> None:
        super().__init__(**options)
        set_choices(self, "kind", [(kind.value, kind.label) for kind in UnitKind if kind != UnitKind.DISTRICT])
        set_choices(self, "parent", unit_choices(parents))
        set_choices(self, "predecessor", unit_choices(former), empty="Không kế thừa đơn vị nào")
        self.fields["on"].initial = day_label(today)

    @property
    def facts(self) -> dict[str, Any]:
        """The facts the action wants."""
        said = self.cleaned_data
        predecessor = whole(said["predecessor"])
        return {
            "name": said["name"],
            "kind": said["kind"],
            "parent_id": whole(said["parent"]),
            "short_name": said["short_name"],
            "agency_code": said["agency_code"],
            "code_is_provisional": said["code_is_provisional"],
            "territory_code": said["territory"],
            "is_desk": said["is_desk"],
            "address": said["address"],
            "phone": said["phone"],
            "email": said["email"],
            "valid_from": said["on"],
            "predecessor_ids": [predecessor] if predecessor else [],
        }


class RenameForm(OfficeForm):
    """Another name from a day on."""

    name = text_field("Tên mới")
    short_name = text_field("Tên ngắn mới", required=False, longest=120)
    on = DayField(label="Có hiệu lực từ ngày", error_messages=_NO_DAY)


class MoveForm(OfficeForm):
    """Another place in the tree from a day on."""

    parent = choice_field("Chuyển về trực thuộc")
    on = DayField(label="Có hiệu lực từ ngày", error_messages=_NO_DAY)

    def __init__(self, parents: Iterable[UnitInfo], **options: Any) -> None:
        super().__init__(**options)
        set_choices(self, "parent", unit_choices(parents))


class CodeForm(OfficeForm):
    """The code of an agency."""

    agency_code = text_field(
        "Mã định danh", longest=35, help_text="Ví dụ H49.61, hoặc lối cũ 000.00.61.H49.", attrs={"class": "w15"}
    )
    is_provisional = forms.BooleanField(label="Mã này do đơn vị tạm đặt, chờ mã chính thức", required=False)


class CloseForm(OfficeForm):
    """The end of a unit."""

    on = DayField(label="Ngày đầu tiên không còn hoạt động", error_messages=_NO_DAY)
    successor = choice_field("Đơn vị kế thừa", required=False, help_text="Đơn vị tiếp nhận nhiệm vụ và hồ sơ.")

    def __init__(self, successors: Iterable[UnitInfo], **options: Any) -> None:
        super().__init__(**options)
        set_choices(self, "successor", unit_choices(successors), empty="Không có đơn vị kế thừa")


class PostForm(OfficeForm):
    """A seat with its rights."""

    title = text_field("Tên vị trí việc làm", longest=200, help_text="Ví dụ: Chuyên viên, Trưởng phòng, Văn thư.")
    rights = forms.MultipleChoiceField(
        label="Người giữ vị trí này được",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=[(right.value, choice_text(right.label, RIGHT_HINTS[right])) for right in Right],
    )
    on = DayField(label="Từ ngày", error_messages=_NO_DAY)


class PostEndForm(OfficeForm):
    """The end of a seat."""

    on = DayField(label="Ngày đầu tiên không còn vị trí này", error_messages=_NO_DAY)


class ImportForm(OfficeForm):
    """A table to take in."""

    file = excel_field("Tệp Excel")
    on = DayField(label="Hiệu lực từ ngày", help_text="Dùng cho dòng không ghi ngày riêng.", error_messages=_NO_DAY)


_TIME = forms.TimeInput(format="%H:%M", attrs={"class": "w5", "inputmode": "numeric", "maxlength": "5"})
_SHIFTS = (("a", "ca sáng"), ("p", "ca chiều"))


class HoursForm(OfficeForm):
    """A week of working hours: two shifts a day."""

    inherits = forms.BooleanField(label="Theo giờ của đơn vị cấp trên (bỏ giờ riêng)", required=False)
    on = DayField(label="Áp dụng từ ngày", error_messages=_NO_DAY)

    def __init__(self, week: Week, **options: Any) -> None:
        super().__init__(**options)
        for weekday, day in enumerate(WEEKDAYS):
            shifts = week.get(weekday, ())
            for number, (part, words) in enumerate(_SHIFTS):
                held = shifts[number] if number < len(shifts) else (None, None)
                self._add(f"d{weekday}{part}1", f"{day}, {words}, từ", held[0])
                self._add(f"d{weekday}{part}2", f"{day}, {words}, đến", held[1])

    def _add(self, name: str, label: str, initial: time | None) -> None:
        self.fields[name] = forms.TimeField(
            label=label,
            required=False,
            initial=initial,
            input_formats=["%H:%M"],
            widget=_TIME,
            error_messages={"invalid": f"{label}: hãy ghi giờ như 07:30."},
        )

    @property
    def rows(self) -> list[tuple[str, list[BoundField]]]:
        """The days with their four fields."""
        return [
            (day, [self[f"d{weekday}{part}{end}"] for part, _ in _SHIFTS for end in "12"])
            for weekday, day in enumerate(WEEKDAYS)
        ]

    def clean(self) -> dict[str, Any]:
        """Refuse half a shift."""
        said = super().clean() or {}
        for weekday, day in enumerate(WEEKDAYS):
            for part, words in _SHIFTS:
                if bool(said.get(f"d{weekday}{part}1")) != bool(said.get(f"d{weekday}{part}2")):
                    self.add_error(
                        None, f"{day}, {words}: hãy nhập cả giờ bắt đầu và giờ kết thúc, hoặc để trống cả hai."
                    )
        return said

    @property
    def week(self) -> dict[int, Shifts]:
        """The week as the action wants it; empty when the unit follows the one above."""
        said = self.cleaned_data
        if said.get("inherits"):
            return {}
        found: dict[int, Shifts] = {}
        for weekday in range(len(WEEKDAYS)):
            shifts = tuple(
                (said[f"d{weekday}{part}1"], said[f"d{weekday}{part}2"])
                for part, _ in _SHIFTS
                if said.get(f"d{weekday}{part}1")
            )
            if shifts:
                found[weekday] = shifts
        return found
