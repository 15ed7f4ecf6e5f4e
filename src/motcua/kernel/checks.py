"""Checks of what Vietnamese people type about themselves: identity numbers, tax codes, phones, dates.

Formats: personal identity number (NĐ 137/2015 and successors), tax code check digit (11.3 of the domain facts,
computed on issued numbers), phone numbers by carrier prefixes. What is not certain in law warns and never blocks.
"""

import re
from datetime import date

from motcua.kernel.errors import Problem

# Digits of other scripts look alike but are found and compared by nobody: ASCII only.
_PERSONAL_ID = re.compile(r"[0-9]{12}")
_OLD_ID = re.compile(r"[0-9]{9}")
_PASSPORT = re.compile(r"[A-Z]{1,2}[0-9]{6,8}")
_PHONE = re.compile(r"(?:0|\+84)(?:[35789][0-9]{8}|2[0-9]{9})")
_TAX_CODE = re.compile(r"[0-9]{10}(?:-?[0-9]{3})?|[0-9]{12}")
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s.]+")
_TAX_WEIGHTS = (31, 29, 23, 19, 17, 13, 7, 5, 3)
_OLDEST_YEARS = 130
#: The fourth digit tells century and sex: 0 and 1 the twentieth, 2 and 3 the twenty-first.
_THIS_CENTURY = 20
#: Of the reason of an act, in characters.
LONGEST_REASON = 500


def personal_id_problems(value: str, *, born: date | None = None, field: str = "personal_id") -> list[Problem]:
    """Problems of a personal identity number (12 digits `PPP G YY RRRRRR`), an old 9-digit one or a passport."""
    if not value:
        return []
    if _OLD_ID.fullmatch(value) or _PASSPORT.fullmatch(value):
        return []
    if not _PERSONAL_ID.fullmatch(value):
        return [
            Problem(
                "personal_id_format",
                "Số định danh phải có 12 chữ số (hoặc số CMND 9 chữ số, hoặc số hộ chiếu); hãy kiểm tra lại trên thẻ.",
                field,
                "Luật Căn cước 26/2023/QH15",
            )
        ]
    return _birth_mismatch(value, born, field) if born else []


def _birth_mismatch(value: str, born: date, field: str) -> list[Problem]:
    year = 1900 + int(value[3]) // 2 * 100 + int(value[4:6])
    if year == born.year:
        return []
    message = f"Số định danh cho biết năm sinh {year}, nhưng ngày sinh ghi năm {born.year}; hãy sửa một trong hai."
    if year // 100 > _THIS_CENTURY >= born.year // 100:
        message = "Số định danh không đúng: chữ số thứ tư phải từ 0 đến 3; hãy kiểm tra lại trên thẻ."
    return [Problem("personal_id_birth_year", message, field, "Cấu trúc số định danh cá nhân")]


def born_problems(born: date | None, *, today: date, field: str = "born") -> list[Problem]:
    """Problems of a date of birth seen on `today`: in the future or longer ago than anyone lives."""
    if born is None:
        return []
    if born > today:
        return [Problem("born_in_future", f"Ngày sinh {born:%d/%m/%Y} ở tương lai; hãy kiểm tra lại.", field)]
    if today.year - born.year > _OLDEST_YEARS:
        return [
            Problem(
                "born_too_long_ago", f"Ngày sinh {born:%d/%m/%Y} đã hơn {_OLDEST_YEARS} năm; hãy kiểm tra lại.", field
            )
        ]
    return []


def tax_code_problems(value: str, *, field: str = "tax_code") -> list[Problem]:
    """Problems of the shape of a tax code: 10 digits, 10 + 3 of a dependent unit, or a 12-digit personal number."""
    if not value or _TAX_CODE.fullmatch(value):
        return []
    message = "Mã số thuế phải có 10 chữ số, 13 chữ số (dạng 0123456789-001) hoặc 12 chữ số của số định danh."
    return [Problem("tax_code_format", message, field, "Luật Quản lý thuế")]


def tax_code_warnings(value: str, *, field: str = "tax_code") -> list[Problem]:
    """Warnings that never block: the check digit of a 10-digit tax code does not fit."""
    if not value or tax_code_problems(value) or len(value) == len("012345678901"):
        return []
    digits = [int(char) for char in value[:10]]
    expected = 10 - sum(weight * digit for weight, digit in zip(_TAX_WEIGHTS, digits, strict=False)) % 11
    if expected == digits[9]:
        return []
    message = "Chữ số kiểm tra của mã số thuế không khớp; hãy đối chiếu với giấy chứng nhận đăng ký thuế."
    return [Problem("tax_code_check_digit", message, field)]


def phone_problems(value: str, *, field: str = "phone") -> list[Problem]:
    """Problems of a Vietnamese phone number (mobile 10 digits, landline 11, with 0 or +84)."""
    if not value or _PHONE.fullmatch(value):
        return []
    return [Problem("phone_format", "Số điện thoại không đúng; hãy nhập 10 chữ số, ví dụ 0912345678.", field)]


def email_problems(value: str, *, field: str = "email") -> list[Problem]:
    """Problems of an e-mail address's shape."""
    if not value or _EMAIL.fullmatch(value):
        return []
    return [Problem("email_format", "Địa chỉ thư điện tử không đúng; ví dụ: ten@example.vn.", field)]


def length_problems(value: str, *, longest: int, label: str, field: str) -> list[Problem]:
    """Problem when `value` has more than `longest` characters."""
    if len(value) <= longest:
        return []
    return [Problem("too_long", f"{label} dài {len(value)} ký tự; tối đa {longest} ký tự.", field)]


def required_problems(value: object, *, label: str, field: str) -> list[Problem]:
    """Problem when `value` is empty."""
    return [] if value else [Problem("required", f"Chưa có {label}.", field)]


def reason_problems(said: str, *, field: str = "reason") -> list[Problem]:
    """Return what is wrong with the reason of an act that takes something away from somebody: none, or too long."""
    problems = length_problems(said, longest=LONGEST_REASON, label="Lý do", field=field)
    return problems if said else [Problem("reason_missing", "Phải ghi lý do; lý do được lưu vào nhật ký.", field)]


def tidy_number(value: str) -> str:
    """Strip what people put between digits (spaces, dots, dashes kept only for 13-digit tax codes)."""
    return re.sub(r"[\s.]", "", value)


def tidy_phone(value: str) -> str:
    """Return a phone number as 0XXXXXXXXX: without spaces, dots, dashes; +84 and 84 as 0."""
    digits = re.sub(r"[\s.\-()]", "", value)
    return re.sub(r"^(?:\+84|84(?=\d{9,10}$))", "0", digits)
