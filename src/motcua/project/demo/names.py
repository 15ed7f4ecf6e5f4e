"""Invented Vietnamese names: weighted family names, middle and given names that go together."""

from dataclasses import dataclass
from random import Random

# Family names with their rough weights; the last row is common among the Dao, Tày, Sán Dìu, Sán Chay of the province.
_FAMILY = {
    "Nguyễn": 380, "Trần": 115, "Lê": 90, "Phạm": 90, "Vũ": 70, "Hoàng": 55, "Bùi": 40, "Đỗ": 35, "Đặng": 28,
    "Ngô": 22, "Đinh": 20, "Dương": 18, "Phan": 18, "Đào": 16, "Đoàn": 16, "Lương": 14, "Trịnh": 12, "Lưu": 10,
    "Hà": 10, "Tô": 8, "Mai": 8, "Cao": 8, "Tạ": 7, "Chu": 6, "Phùng": 6, "Lý": 6, "Vi": 5, "Mạc": 4,
    "Triệu": 6, "Bàn": 5, "Chìu": 5, "Phùn": 4, "Nình": 3, "Lã": 4, "Trương": 8, "Tằng": 3, "Lục": 3,
}  # fmt: skip
_MIDDLE_MEN = (
    "Văn",
    "Văn",
    "Văn",
    "Đức",
    "Hữu",
    "Quang",
    "Minh",
    "Xuân",
    "Mạnh",
    "Công",
    "Thanh",
    "Ngọc",
    "Tiến",
    "Duy",
)
_MIDDLE_WOMEN = (
    "Thị",
    "Thị",
    "Thị",
    "Thị",
    "Thị Thu",
    "Thị Thanh",
    "Thị Hồng",
    "Ngọc",
    "Thu",
    "Minh",
    "Thùy",
    "Thị Bích",
)
_GIVEN_MEN = (
    "Hùng", "Dũng", "Tuấn", "Cường", "Sơn", "Hải", "Thắng", "Long", "Nam", "Việt", "Hiếu", "Trung", "Thành", "Quân",
    "Đạt", "Khánh", "Phong", "Bình", "Tùng", "Hưng", "Kiên", "Toàn", "Đông", "Lâm", "Phúc", "Khôi", "Vinh", "Quyết",
    "Thịnh", "Chiến", "Giang", "Hoàn",
)  # fmt: skip
_GIVEN_WOMEN = (
    "Hương", "Lan", "Hoa", "Hà", "Thảo", "Linh", "Trang", "Ngân", "Nhung", "Hạnh", "Phượng", "Yến", "Oanh", "Mai",
    "Thủy", "Hiền", "Dung", "Nga", "Loan", "Quỳnh", "Huyền", "Tâm", "Xuân", "Vân", "Liên", "Hằng", "Chi", "Diệp",
    "Thơm", "Nguyệt", "Ánh", "Hòa",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Name:
    """An invented person's name and whether it is a woman's."""

    family: str
    middle: str
    given: str
    is_woman: bool

    def __str__(self) -> str:
        return f"{self.family} {self.middle} {self.given}"


def invent_name_like(random: Random, *, family: str, is_woman: bool) -> Name:
    """A name of that family out of the generator's state."""
    middle = random.choice(_MIDDLE_WOMEN if is_woman else _MIDDLE_MEN)
    return Name(family, middle, random.choice(_GIVEN_WOMEN if is_woman else _GIVEN_MEN), is_woman)


def invent_name(random: Random) -> Name:
    """A name out of the generator's state."""
    is_woman = random.choice((True, False))
    family = random.choices(list(_FAMILY), weights=list(_FAMILY.values()))[0]
    middle = random.choice(_MIDDLE_WOMEN if is_woman else _MIDDLE_MEN)
    return Name(family, middle, random.choice(_GIVEN_WOMEN if is_woman else _GIVEN_MEN), is_woman)
