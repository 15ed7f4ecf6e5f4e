"""The kinds of questions of a form in the words of those who make forms, and which properties fit each."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from motcua.forms.terms import FieldKind


@dataclass(frozen=True, slots=True)
class QuestionKind:
    """A kind of question: its name, what it is for, the properties that fit it besides label and hint."""

    name: str
    use: str
    properties: Sequence[str] = ()


_ASKED: Final = ("required", "when", "required_when")
_PREFILLED: Final = ("prefill",)

KINDS: Final[Mapping[FieldKind, QuestionKind]] = {
    "text": QuestionKind(
        "Một dòng chữ",
        "Số hiệu, tên gọi, câu trả lời ngắn.",
        (*_ASKED, "default", "max_length", "pattern", "pattern_message", *_PREFILLED),
    ),
    "long_text": QuestionKind("Đoạn văn", "Nội dung dài nhiều dòng.", (*_ASKED, "default", "max_length", *_PREFILLED)),
    "name": QuestionKind("Họ và tên", "Họ, đệm, tên của một người.", (*_ASKED, *_PREFILLED)),
    "person": QuestionKind(
        "Một người",
        "Họ tên, số định danh, ngày sinh, địa chỉ… trong một khối.",
        (*_ASKED, "parts", "optional_parts", "units_on", *_PREFILLED),
    ),
    "organisation": QuestionKind(
        "Một tổ chức",
        "Tên, mã số thuế, người đại diện, địa chỉ…",
        (*_ASKED, "parts", "optional_parts", "units_on", *_PREFILLED),
    ),
    "address": QuestionKind(
        "Địa chỉ",
        "Tỉnh, xã theo đơn vị hành chính hai cấp, số nhà.",
        (*_ASKED, "parts", "optional_parts", "units_on", *_PREFILLED),
    ),
    "phone": QuestionKind("Số điện thoại", "Được kiểm tra là số ở Việt Nam.", (*_ASKED, *_PREFILLED)),
    "email": QuestionKind("Thư điện tử", "Một địa chỉ thư.", (*_ASKED, *_PREFILLED)),
    "date": QuestionKind("Ngày", "Đủ ngày, tháng, năm.", (*_ASKED, *_PREFILLED)),
    "partial_date": QuestionKind("Ngày có thể thiếu", "Chỉ biết năm, hoặc tháng và năm.", (*_ASKED, *_PREFILLED)),
    "time": QuestionKind("Giờ", "Giờ và phút.", (*_ASKED, *_PREFILLED)),
    "money": QuestionKind("Số tiền", "Bằng đồng.", (*_ASKED, "default", "minimum", "maximum", *_PREFILLED)),
    "number": QuestionKind(
        "Số",
        "Số lượng, diện tích… kèm đơn vị.",
        (*_ASKED, "unit", "decimals", "minimum", "maximum", "default", *_PREFILLED),
    ),
    "yes_no": QuestionKind("Có hay không", "Hai lựa chọn Có, Không.", (*_ASKED, "default")),
    "choice": QuestionKind(
        "Chọn một", "Một trong các lựa chọn.", ("options", "lookup", *_ASKED, "default", *_PREFILLED)
    ),
    "choices": QuestionKind("Chọn nhiều", "Nhiều trong các lựa chọn.", ("options", "lookup", *_ASKED, *_PREFILLED)),
    "table": QuestionKind("Bảng", "Nhiều dòng giống nhau: thành viên, thửa đất…", ("when", "min_rows", "max_rows")),
    "file": QuestionKind("Tệp đính kèm", "Bản chụp của một giấy tờ trong thành phần hồ sơ.", ("component", *_ASKED)),
    "land_parcel": QuestionKind(
        "Thửa đất", "Tờ bản đồ, số thửa, diện tích, địa chỉ.", (*_ASKED, "parts", "optional_parts")
    ),
    "map_point": QuestionKind("Điểm trên bản đồ", "Vĩ độ và kinh độ.", (*_ASKED,)),
    "consent": QuestionKind("Cam đoan", "Ô đánh dấu thay chữ ký cam đoan.", ("text", "required", "when")),
    "computed": QuestionKind(
        "Giá trị tự tính", "Không hỏi; tính từ các câu khác.", ("value", "unit", "decimals", "when")
    ),
    "section": QuestionKind("Tiêu đề nhóm", "Chia trang thành các phần.", ("when",)),
    "information": QuestionKind("Lời hướng dẫn", "Đoạn chữ để đọc, không hỏi gì.", ("text", "when")),
}
#: Kinds that may stand in a column of a table.
COLUMN_KINDS: Final[Sequence[FieldKind]] = (
    "text",
    "name",
    "phone",
    "email",
    "date",
    "partial_date",
    "time",
    "money",
    "number",
    "yes_no",
    "choice",
    "computed",
)
LOOKUPS: Final[Mapping[str, str]] = {
    "": "các lựa chọn ghi ở trên",
    "ethnicities": "danh mục dân tộc",
    "nationalities": "danh mục quốc tịch",
    "provinces": "danh mục tỉnh, thành phố",
    "communes": "danh mục xã, phường, đặc khu",
    "relations": "danh mục quan hệ gia đình",
    "business_lines": "danh mục ngành nghề kinh doanh",
}
