"""Forms and places that tests of the room share."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from motcua.forms.rules.answers import Answers, Typed, read
from motcua.forms.terms import Form

TODAY = date(2026, 3, 2)


class SamplePlaces:
    """Two provinces; the second of the same name before and after 01/7/2025 with other communes."""

    def provinces_on(self, day: date) -> Mapping[str, str]:
        return {"01": "Thành phố Hà Nội", "46": "Thành phố Huế" if day.year >= 2025 else "Tỉnh Thừa Thiên Huế"}

    def communes_of(self, province: str, day: date) -> Mapping[str, str]:
        if province == "01":
            return {"00004": "Phường Ba Đình", "00008": "Phường Ngọc Hà"}
        if province != "46":
            return {}
        return {"19803": "Phường Thuận Hóa"} if day >= date(2025, 7, 1) else {"19789": "Phường Đông Ba"}


PLACES = SamplePlaces()


def form_of(*fields: dict[str, Any], checks: tuple[dict[str, Any], ...] = ()) -> Form:
    """A form of one page; a field needs its key and kind only."""
    listed = [{"label": field["key"].replace("_", " ").capitalize(), **field} for field in fields]
    return Form.model_validate(
        {"title": "Tờ khai", "pages": [{"key": "p", "title": "Trang", "fields": listed}], "checks": list(checks)}
    )


def answers(form: Form, typed: Typed, **facts: object) -> Answers:
    """The form read on the day of the tests."""
    return read(form, typed, facts=facts, today=TODAY, places=PLACES)


def codes(form: Form, typed: Typed, **facts: object) -> dict[str, list[str]]:
    """Codes of the problems by field."""
    found: dict[str, list[str]] = {}
    for problem in answers(form, typed, **facts).problems:
        found.setdefault(problem.field, []).append(problem.code)
    return found


#: Every kind of field, conditions, a table with a condition in its rows, checks across.
WHOLE = Form.model_validate(
    {
        "title": "Giấy đề nghị đăng ký hộ kinh doanh",
        "number": "Mẫu số 01",
        "basis": "Thông tư mẫu",
        "addressee": "Phòng Kinh tế, Ủy ban nhân dân phường",
        "pages": [
            {
                "key": "owner",
                "title": "Chủ hộ",
                "hint": "Ghi như trên thẻ căn cước.",
                "fields": [
                    {"key": "owner_part", "kind": "section", "label": "Người đăng ký"},
                    {
                        "key": "owner",
                        "kind": "person",
                        "label": "Chủ hộ kinh doanh",
                        "required": True,
                        "optional_parts": ["phone", "address.line"],
                        "prefill": ["account"],
                    },
                    {"key": "email", "kind": "email", "label": "Thư điện tử", "prefill": ["account.email"]},
                    {"key": "phone", "kind": "phone", "label": "Điện thoại", "required": True},
                    {"key": "is_shared", "kind": "yes_no", "label": "Có người cùng góp vốn?", "required": True},
                    {
                        "key": "members",
                        "kind": "table",
                        "label": "Thành viên góp vốn",
                        "required": True,
                        "when": "is_shared",
                        "max_rows": 5,
                        "columns": [
                            {"key": "name", "kind": "name", "label": "Họ tên", "required": True},
                            {"key": "born", "kind": "date", "label": "Ngày sinh"},
                            {"key": "share", "kind": "number", "label": "Tỷ lệ", "unit": "%", "decimals": 2,
                             "required": True, "minimum": 0, "maximum": 100},
                            {"key": "guardian", "kind": "name", "label": "Người giám hộ", "required": True,
                             "when": "age(born, today) < 18"},
                            {"key": "part", "kind": "computed", "label": "Số tiền góp", "unit": "đồng",
                             "value": "capital * share / 100"},
                        ],
                    },
                ],
            },
            {
                "key": "business",
                "title": "Hộ kinh doanh",
                "fields": [
                    {"key": "note", "kind": "information", "label": "Đặt tên", "text": "Tên không trùng trong xã."},
                    {"key": "shop", "kind": "text", "label": "Tên hộ kinh doanh", "required": True, "max_length": 150},
                    {"key": "place", "kind": "address", "label": "Địa điểm", "required": True},
                    {"key": "capital", "kind": "money", "label": "Vốn", "required": True, "minimum": 1000000},
                    {"key": "words", "kind": "computed", "label": "Bằng chữ", "value": "words(capital)"},
                    {"key": "opens", "kind": "date", "label": "Ngày bắt đầu", "units_on": ""},
                    {"key": "hour", "kind": "time", "label": "Giờ mở cửa"},
                    {"key": "trade", "kind": "choice", "label": "Loại hình", "required": True,
                     "options": [{"value": "food", "label": "Ăn uống"}, {"value": "shop", "label": "Bán lẻ"}]},
                    {"key": "needs", "kind": "choices", "label": "Điều kiện",
                     "options": [{"value": "safe", "label": "An toàn"}, {"value": "fire", "label": "Phòng cháy"}]},
                    {"key": "firm", "kind": "organisation", "label": "Bên cho thuê", "parts": ["name", "tax_code"]},
                    {"key": "land", "kind": "land_parcel", "label": "Thửa đất", "parts": ["sheet", "number", "area"]},
                    {"key": "spot", "kind": "map_point", "label": "Vị trí"},
                    {"key": "since", "kind": "partial_date", "label": "Làm nghề từ"},
                    {"key": "scan", "kind": "file", "label": "Hợp đồng thuê", "component": "hop-dong"},
                    {"key": "story", "kind": "long_text", "label": "Ghi chú"},
                    {"key": "agree", "kind": "consent", "label": "Tôi cam đoan lời khai đúng", "required": True},
                ],
            },
        ],
        "checks": [
            {"key": "hundred", "holds": "sum(members.share) == 100", "when": "is_shared", "field": "members",
             "message": "Tổng tỷ lệ góp vốn phải bằng 100 %.", "basis": "Điều 1"},
        ],
    }
)  # fmt: skip

TYPED: dict[str, str | list[str]] = {
    "owner.name": "Nguyễn  Văn An",
    "owner.personal_id": "001 090 000 001",
    "owner.born": "1/2/1990",
    "owner.gender": "Nam",
    "owner.ethnicity": "Kinh",
    "owner.nationality": "VN",
    "owner.address.province": "01",
    "owner.address.commune": "Phường Ba Đình",
    "phone": "+84 912 345 678",
    "is_shared": "yes",
    "members.0.name": "Trần Thị Bình",
    "members.0.born": "02091990",
    "members.0.share": "60,5",
    "members.1.name": "Lê Văn Con",
    "members.1.born": "1-1-2015",
    "members.1.share": "39,5 %",
    "members.1.guardian": "Lê Thị Dung",
    "shop": "Quán Cô Ba",
    "place.province": "01",
    "place.commune": "00008",
    "place.line": "Số 12, phố Đội Cấn",
    "capital": "1.500.000 đồng",
    "opens": "2026-04-01",
    "hour": "8h30",
    "trade": "food",
    "needs": ["fire", "safe"],
    "firm.name": "Công ty Một",
    "firm.tax_code": "0100109106",
    "land.sheet": "12",
    "land.number": "34",
    "land.area": "120,5 m2",
    "spot.latitude": "21.0285",
    "spot.longitude": "105,8542",
    "since": "5/2010",
    "scan": "1",
    "story": "Dòng một\r\nDòng hai",
    "agree": "yes",
}
