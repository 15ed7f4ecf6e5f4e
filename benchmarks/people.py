"""Invented people: names of common words, numbers that look right and never repeat."""

from dataclasses import dataclass
from random import Random

FAMILIES = ("Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Vũ", "Đặng", "Bùi", "Đỗ", "Hồ", "Ngô", "Dương", "Lý", "Đinh")
MIDDLES = ("Văn", "Thị", "Đức", "Minh", "Quang", "Hữu", "Thanh", "Ngọc", "Xuân", "Hồng", "Thu", "Công", "Gia", "Khánh")
GIVENS = (
    "An", "Anh", "Ánh", "Bình", "Châu", "Chi", "Cường", "Dũng", "Dung", "Duy", "Đạt", "Đông", "Giang", "Hà", "Hải",
    "Hạnh", "Hiền", "Hiếu", "Hoa", "Hòa", "Hùng", "Hương", "Khang", "Khoa", "Kiên", "Lan", "Lâm", "Linh", "Long", "Mai",
    "Nam", "Nga", "Nhung", "Phong", "Phúc", "Phương", "Quân", "Quỳnh", "Sơn", "Tâm", "Thảo", "Thắng", "Trang", "Tuấn",
)  # fmt: skip
#: The procedure of the benchmarks and the keys of its papers.
CODE = "1.001193"
PAPERS = ("to-khai", "giay-chung-sinh", "can-cuoc")
_STREETS = ("Trần Phú", "Hạ Long", "Cao Thắng", "Kênh Liêm", "Nguyễn Văn Cừ")


@dataclass(frozen=True, slots=True)
class Somebody:
    """A person as they stand in a dossier."""

    name: str
    personal_id: str
    phone: str
    address: str


def somebody(number: int, random: Random) -> Somebody:
    """Return the person of that number; numbers and phones differ for the first million numbers and more."""
    name = f"{random.choice(FAMILIES)} {random.choice(MIDDLES)} {random.choice(GIVENS)}"
    year, serial = divmod(number, 1_000_000)
    personal_id = f"0220{60 + year % 40:02d}{serial:06d}"
    phone = f"09{number % 100_000_000:08d}"
    return Somebody(name, personal_id, phone, f"Số {random.randint(1, 250)} {random.choice(_STREETS)}, Quảng Ninh")
