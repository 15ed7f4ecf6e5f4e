"""Words of the room: kinds of units, rights of posts, weeks of working hours."""

from collections.abc import Mapping
from datetime import date, time
from types import MappingProxyType

from django.db.models import TextChoices

Shift = tuple[time, time]


class Right(TextChoices):
    """What a post lets its holder do, inside the unit of the post and the units below it."""

    RECEIVE = "receive", "Tiếp nhận và trả kết quả"
    HANDLE = "handle", "Thụ lý"
    LEAD_DIVISION = "lead_division", "Lãnh đạo phòng"
    LEAD_AGENCY = "lead_agency", "Lãnh đạo cơ quan"
    SEAL = "seal", "Văn thư, đóng dấu"
    ADMIN = "admin", "Quản trị"
    OVERSEE = "oversee", "Giám sát"
    POST_OFFICE = "post_office", "Bưu chính công ích"


class UnitKind(TextChoices):
    """What a unit is. A district exists only as history (until 30/06/2025)."""

    PROVINCE = "province", "UBND cấp tỉnh"
    DEPARTMENT = "department", "Sở, ban, ngành"
    COMMUNE = "commune", "UBND cấp xã"
    CENTRE = "centre", "Trung tâm Phục vụ hành chính công"
    DIVISION = "division", "Phòng chuyên môn"
    DISTRICT = "district", "UBND cấp huyện (đến 30/06/2025)"
    BRANCH = "branch", "Chi nhánh"
    TAX = "tax", "Cơ quan thuế"
    POST_OFFICE = "post_office", "Bưu điện"


#: Kinds that are agencies themselves: they have a code, a seal, and stand for their divisions.
AGENCY_KINDS = frozenset({UnitKind.PROVINCE, UnitKind.DEPARTMENT, UnitKind.COMMUNE, UnitKind.DISTRICT, UnitKind.TAX})

#: Kinds that may be a desk (Bộ phận Một cửa).
DESK_KINDS = frozenset({UnitKind.CENTRE, UnitKind.BRANCH})


class TerritoryKind(TextChoices):
    """Kinds of administrative territory; the district level ended on 30/06/2025 (Nghị quyết 202/2025/QH15)."""

    PROVINCE = "province", "Tỉnh"
    CITY = "city", "Thành phố trực thuộc trung ương"
    DISTRICT = "district", "Cấp huyện (đến 30/06/2025)"
    WARD = "ward", "Phường"
    COMMUNE = "commune", "Xã"
    TOWNSHIP = "township", "Thị trấn (đến 30/06/2025)"
    SPECIAL_ZONE = "special_zone", "Đặc khu"


#: First day of the two-tier local government.
TWO_TIER_FROM = date(2025, 7, 1)

Shifts = tuple[Shift, ...]
#: A week of working hours: weekday 0 (Monday) … 6 (Sunday) → the shifts of that day, in order.
Week = Mapping[int, Shifts]
#: Weeks that follow each other: the day from which each holds (the first: since ever), in order.
Weeks = tuple[tuple[date, Week], ...]

_OFFICE_DAY: Shifts = ((time(7, 0), time(11, 30)), (time(13, 30), time(17, 0)))

#: Used where neither a unit, nor one above it, nor the administrator has set other hours.
DEFAULT_WEEK: Week = MappingProxyType(dict.fromkeys(range(5), _OFFICE_DAY))

WEEKDAYS = ("Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ nhật")
