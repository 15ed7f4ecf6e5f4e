"""Forms by which a draft becomes a published version: ask, approve, return, clone."""

from datetime import date
from typing import Any, ClassVar

from motcua.sites.kit.forms import DayField
from motcua.sites.office.forms import OfficeForm, day_label, reason_field
from motcua.sites.studio.forms.base import SeenForm, line_field, long_field
from motcua.sites.studio.forms.general import code_field

_NO_DAY = {"required": "Hãy nhập ngày, ví dụ 01/07/2026."}


class ProposeForm(SeenForm):
    """From when it shall hold, and a word to whoever approves."""

    places: ClassVar = {"valid_from": "on"}

    on = DayField(label="Có hiệu lực từ ngày", error_messages=_NO_DAY)
    note = long_field("Lời nhắn cho người duyệt", rows=3)

    def __init__(self, *, revision: int, today: date, **options: Any) -> None:
        super().__init__(initial={"revision": revision, "on": day_label(today)}, **options)


class ApproveForm(SeenForm):
    """From when it shall hold; the day that was asked for stands there."""

    places: ClassVar = {"valid_from": "on"}

    on = DayField(label="Có hiệu lực từ ngày", error_messages=_NO_DAY)

    def __init__(self, *, revision: int, on: date, **options: Any) -> None:
        super().__init__(initial={"revision": revision, "on": day_label(on)}, **options)


class ReturnForm(OfficeForm):
    """Why the draft goes back."""

    reason = reason_field("Lý do trả lại", help_text="Người soạn đọc lý do này và sửa.")


class CloneForm(OfficeForm):
    """What the copy is called."""

    places: ClassVar = {"new_code": "code"}

    name = line_field("Tên thủ tục mới", longest=4000)
    code = code_field()
