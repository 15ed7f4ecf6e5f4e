"""The visual language, shown with itself: every part of the kit with invented but likely content."""

from datetime import UTC, date, datetime, timedelta
from typing import Final

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from motcua.dossiers.terms import Status
from motcua.sites.kit.clock import Clock, OffDays, clock_of
from motcua.sites.kit.drawings import qr
from motcua.sites.kit.forms import CleanCharField, DayField, choice_text
from motcua.sites.kit.thread import Knot, Link, Paper

_CODE: Final = "H36.18-260212-0007"
_AT: Final = datetime(2026, 2, 13, 3, 0, tzinfo=UTC)
_DUE: Final = datetime(2026, 2, 24, 9, 0, tzinfo=UTC)
_WORKING: Final = (date(2026, 2, 13), date(2026, 2, 23), date(2026, 2, 24))
_OFF: Final = (OffDays(date(2026, 2, 14), date(2026, 2, 22), "Tết Bính Ngọ"),)
_WHY: Final = "3 ngày làm việc, tính từ hôm sau ngày tiếp nhận: 13/02, 23/02, 24/02; nghỉ Tết từ 14/02 đến 22/02."


class SampleForm(forms.Form):
    """One field of every kind."""

    name = CleanCharField(label="Họ, chữ đệm và tên", help_text="Ghi đúng như trên thẻ căn cước.")
    born = DayField(label="Ngày, tháng, năm sinh")
    personal_id = CleanCharField(
        label="Số định danh cá nhân",
        help_text="12 chữ số ở mặt trước thẻ căn cước.",
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "w15", "autocomplete": "off"}),
        error_messages={"required": "Hãy nhập số định danh cá nhân, gồm 12 chữ số."},
    )
    email = forms.EmailField(label="Thư điện tử", required=False, widget=forms.EmailInput(attrs={"class": "w20"}))
    commune = forms.ChoiceField(
        label="Nơi nộp hồ sơ", choices=[("", "Chọn xã, phường"), ("1", "Phường Xuân Hương"), ("2", "Xã Lạc Dương")]
    )
    result_channel = forms.ChoiceField(
        label="Bạn muốn nhận kết quả bằng cách nào?",
        widget=forms.RadioSelect,
        choices=[
            ("online", choice_text("Bản điện tử", "Tải về tại trang hồ sơ, có chữ ký số của cơ quan.")),
            ("post", choice_text("Qua bưu chính", "Bưu tá phát tận nhà; bạn trả cước phí.")),
            ("in_person", choice_text("Tại Bộ phận Một cửa", "Mang theo giấy tờ tùy thân.")),
        ],
        error_messages={"required": "Hãy chọn một cách nhận kết quả."},
    )
    paper = forms.FileField(
        label="Giấy chứng sinh",
        required=False,
        help_text="Ảnh chụp rõ bốn góc hoặc tệp PDF, tối đa 20 MB.",
        widget=forms.FileInput(attrs={"accept": ".pdf,.jpg,.jpeg,.png"}),
    )
    note = forms.CharField(label="Lời nhắn cho cán bộ", required=False, widget=forms.Textarea(attrs={"rows": 3}))
    agreed = forms.BooleanField(label="Tôi chịu trách nhiệm về thông tin đã khai.")


def style_guide(request: HttpRequest) -> HttpResponse:
    """`GET /kieu-dang/`: the living style page."""
    wrong = SampleForm(
        {"name": "Nguyễn Thị Ánh Tuyết", "born": "31/02/1990", "commune": "1", "agreed": "on"}, auto_id="loi_%s"
    )
    return render(
        request,
        "ui/styleguide.html",
        {
            "statuses": list(Status),
            "clocks": _clocks(),
            "knots": _knots(),
            "good_form": SampleForm(),
            "wrong_form": wrong,
            "steps": ["Nơi nộp", "Người nộp", "Giấy tờ", "Nhận kết quả", "Xem lại"],
            "filters": _filters(),
            "queues": _queues(),
            "tabs": [Link("Hồ sơ", "#tab", current=True), Link("Giấy tờ", "#tab", count=3), Link("Nhật ký", "#tab")],
            "sheets": _sheets(),
            "code": _CODE,
            "qr": qr(f"https://motcua.example/tra-cuu/{_CODE}"),
        },
    )


def _clocks() -> list[Clock]:
    late = _DUE + timedelta(days=2)
    return [
        clock_of(due_at=_DUE, at=_AT, working=_WORKING, off=_OFF, why=_WHY),
        clock_of(due_at=_DUE, at=_DUE - timedelta(hours=4), working=_WORKING, off=_OFF, why=_WHY),
        clock_of(due_at=_DUE, at=late, working=_WORKING, off=_OFF, why=_WHY),
        clock_of(due_at=_DUE, at=_AT, paused_since=_AT, paused_for="chờ bạn bổ sung giấy tờ"),
        clock_of(due_at=_DUE, at=late, finished_at=_DUE - timedelta(days=1)),
        clock_of(due_at=None, at=_AT),
    ]


def _knots() -> list[Knot]:
    return [
        Knot(
            "Bạn nộp hồ sơ trực tuyến",
            at=datetime(2026, 2, 12, 1, 40, tzinfo=UTC),
            who="Trần Thị Mỹ Duyên",
            papers=[Paper("Giấy chứng sinh", "#giay", "JPG", "820 KB")],
        ),
        Knot(
            "Cơ quan tiếp nhận hồ sơ",
            at=datetime(2026, 2, 12, 9, 0, tzinfo=UTC),
            who="Lê Văn Hữu, Bộ phận Một cửa phường Xuân Hương",
            papers=[Paper("Giấy tiếp nhận hồ sơ và hẹn trả kết quả", "#giay", "PDF", "64 KB, 1 trang")],
        ),
        Knot(
            "Yêu cầu bổ sung giấy tờ",
            "wait",
            datetime(2026, 2, 12, 9, 30, tzinfo=UTC),
            text="Thiếu trang 2 của tờ khai.",
        ),
        Knot(
            "Đang thẩm định", "now", who="Phòng Văn hóa – Xã hội", text="Cán bộ đối chiếu thông tin với cơ sở dữ liệu."
        ),
        Knot("Phê duyệt và đóng dấu", "next", who="Ủy ban nhân dân phường Xuân Hương"),
        Knot("Trả kết quả: Giấy khai sinh", "next"),
    ]


def _filters() -> list[Link]:
    return [
        Link("Tất cả", "#loc", count=128),
        Link("Chờ tiếp nhận", "#loc", current=True, count=12),
        Link("Sắp đến hạn", "#loc", count=5),
        Link("Quá hạn", "#loc", count=1),
    ]


def _queues() -> list[Link]:
    return [
        Link("Tại quầy"),
        Link("Chờ tiếp nhận", "#hang-doi", current=True, count=12),
        Link("Chờ bổ sung", "#hang-doi", count=3),
        Link("Chờ trả kết quả", "#hang-doi", count=7),
        Link("Phải để ý"),
        Link("Quá hạn", "#hang-doi", count=1, alarm=True),
    ]


def _sheets() -> list[Paper]:
    return [
        Paper("Giấy tiếp nhận hồ sơ và hẹn trả kết quả", "#giay", "PDF", "64 KB, 1 trang"),
        Paper("Giấy chứng sinh", "#giay", "JPG", "820 KB"),
    ]
