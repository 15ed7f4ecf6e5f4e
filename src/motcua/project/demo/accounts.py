"""The demo accounts to show: easy names, one password, one ward."""

from collections.abc import Iterator
from dataclasses import dataclass

from motcua.agencies.terms import Right
from motcua.identity.models import Posting
from motcua.project.demo.units import LAND_DIVISION, LAND_OFFICE, MAIN_WARD, POST_OFFICE, TAX_OFFICE

#: One password for every demo account; worthless, because demo accounts exist only where MOTCUA_DEMO is on.
DEMO_PASSWORD = "MotCua@2026"  # noqa: S105 (published in the README)


@dataclass(frozen=True, slots=True)
class Easy:
    """An easy demo account: the slug of its unit ("" for the citizen), the title and rights of its post."""

    username: str
    name: str
    unit: str = ""
    title: str = ""
    rights: tuple[Right, ...] = ()


#: Publishing a procedure takes two people; this is the one who approves what `quantri` wrote.
SECOND_ADMIN = "quantri2"

EASY = (
    Easy("congdan", "Nguyễn Thị Hoa Ban"),
    Easy("tiepnhan", "Vũ Thu Hương", f"{MAIN_WARD}-pvhcc", "Công chức tiếp nhận và trả kết quả", (Right.RECEIVE,)),
    Easy("chuyenvien", "Trần Đức Kiên", f"{MAIN_WARD}-vanphong", "Chuyên viên", (Right.HANDLE,)),
    Easy("truongphong", "Phạm Thị Thanh Vân", f"{MAIN_WARD}-vanphong", "Chánh Văn phòng", (Right.LEAD_DIVISION,)),
    Easy("lanhdao", "Hoàng Mạnh Cường", MAIN_WARD, "Chủ tịch Ủy ban nhân dân", (Right.LEAD_AGENCY,)),
    Easy("phochutich", "Nguyễn Minh Châu", MAIN_WARD, "Phó Chủ tịch Ủy ban nhân dân"),
    Easy("vanthu", "Bùi Thị Nguyệt", f"{MAIN_WARD}-vanphong", "Văn thư", (Right.SEAL,)),
    Easy("diachinh", "Đinh Quốc Bảo", f"{MAIN_WARD}-kinhte", "Chuyên viên", (Right.HANDLE,)),
    Easy("kinhte", "Lương Thị Hải Yến", f"{MAIN_WARD}-kinhte", "Trưởng phòng", (Right.LEAD_DIVISION,)),
    Easy("datdai", "Tạ Văn Lộc", LAND_DIVISION, "Chuyên viên", (Right.HANDLE,)),
    Easy("phongdatdai", "Mai Thị Bích Thủy", LAND_DIVISION, "Trưởng phòng", (Right.LEAD_DIVISION,)),
    Easy("giamdocso", "Trịnh Đình Khôi", LAND_OFFICE, "Giám đốc", (Right.LEAD_AGENCY,)),
    Easy("vanthuso", "Cao Thị Ngọc Diệp", LAND_OFFICE, "Văn thư", (Right.SEAL,)),
    Easy("buudien", "Ngô Văn Thành", POST_OFFICE, "Nhân viên bưu chính", (Right.POST_OFFICE,)),
    Easy("thue", "Đào Thị Kim Liên", TAX_OFFICE, "Công chức thuế", (Right.HANDLE,)),
    Easy("quantri", "Đỗ Quang Minh", "tinh-quang-ninh", "Quản trị hệ thống", (Right.ADMIN,)),
    Easy(SECOND_ADMIN, "Vũ Ngọc Ánh", "tinh-quang-ninh", "Công chức kiểm soát thủ tục", (Right.ADMIN,)),
    Easy("giamsat", "Lê Thị Thu Hà", "tinh-quang-ninh", "Kiểm soát viên thủ tục hành chính", (Right.OVERSEE,)),
)


@dataclass(frozen=True, slots=True)
class DemoAccount:
    """A demo account as shown to people; `rights` in Vietnamese."""

    account: str
    password: str
    name: str
    unit: str
    rights: tuple[str, ...]


def demo_accounts() -> list[DemoAccount]:
    """The easy accounts first, then every other officer of the main ward, the order of the posts."""
    return [*_easy(), *_of_main_ward()]


def _easy() -> Iterator[DemoAccount]:
    names = dict(
        Posting.objects.filter(account__username__in=[one.username for one in EASY]).values_list(
            "account__username", "post__unit__name"
        )
    )
    for one in EASY:
        without = "Ký thay Chủ tịch theo phân công" if one.unit else "Công dân"
        rights = tuple(right.label for right in one.rights) or (without,)
        yield DemoAccount(one.username, DEMO_PASSWORD, one.name, names.get(one.username, ""), rights)


def _of_main_ward() -> Iterator[DemoAccount]:
    rows = (
        Posting.objects.filter(account__is_demo=True, post__unit__agency__slug=MAIN_WARD)
        .exclude(account__username__in=[one.username for one in EASY])
        .order_by("post_id")
        .values_list("account__username", "account__full_name", "post__unit__name", "post__rights")
    )
    for username, name, unit, rights in rows:
        yield DemoAccount(username, DEMO_PASSWORD, name, unit, tuple(Right(right).label for right in rights))
