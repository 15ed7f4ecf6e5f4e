"""Dates, sizes and sums of money in the words of Vietnamese public papers."""

from datetime import date, datetime
from typing import Final

from django.utils import timezone

from motcua.procedures.terms import Fee

_WEEKDAYS: Final = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")
_KB: Final = 1024


def local_date(moment: datetime | date) -> date:
    """Return the Vietnamese calendar date of an aware moment (a date stays itself)."""
    return timezone.localtime(moment).date() if isinstance(moment, datetime) else moment


def day_text(day: datetime | date) -> str:
    """Return "thứ Tư 24/02/2026"."""
    there = local_date(day)
    return f"{_WEEKDAYS[there.weekday()]} {there:%d/%m/%Y}"


def moment_text(moment: datetime) -> str:
    """Return "10 giờ 15, thứ Tư 24/02/2026"; a full hour is "10 giờ"."""
    there = timezone.localtime(moment)
    minutes = f" {there.minute:02d}" if there.minute else ""
    return f"{there.hour} giờ{minutes}, {day_text(there)}"


def money_text(amount: int) -> str:
    """Return "8.000 đồng"; nothing to pay is "Không thu"."""
    return f"{amount:,}".replace(",", ".") + " đồng" if amount else "Không thu"


def fee_text(fee: Fee) -> str:
    """Return what a fee costs: "8.000 đồng/trang", "Không thu", or that another text sets it."""
    if fee.is_set_elsewhere:
        return "Theo quy định"
    return money_text(fee.amount) + (f"/{fee.per}" if fee.per and fee.amount else "")


def size_text(size: int) -> str:
    """Return the size of a file of that many bytes: "850 B", "120 KB", "3,4 MB"."""
    if size < _KB:
        return f"{size} B"
    if size < _KB * _KB:
        return f"{round(size / _KB)} KB"
    return f"{size / _KB / _KB:.1f}".removesuffix(".0").replace(".", ",") + " MB"
