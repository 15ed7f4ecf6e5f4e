"""What the national identity provider says of a person, in the names it or its integrators use."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from motcua.kernel.checks import email_problems, personal_id_problems, phone_problems, tidy_number, tidy_phone
from motcua.kernel.errors import Problem
from motcua.kernel.text import clean

_NAMES: Mapping[str, tuple[str, ...]] = {
    "personal_id": ("personal_id", "personal_identification_number", "SoDinhDanh", "SoCMND", "citizen_pid"),
    "full_name": ("name", "full_name", "HoVaTen", "HoTen"),
    "born": ("birthdate", "date_of_birth", "NgaySinh"),
    "phone": ("phone_number", "phone", "SoDienThoai"),
    "email": ("email", "ThuDienTu"),
    "level": ("identity_level", "acr", "MucDoDinhDanh", "loa"),
}
_DAY_FORMS = ("%Y-%m-%d", "%d/%m/%Y", "%Y%m%d")
UNNAMED_LEVEL = "verified"


@dataclass(frozen=True, slots=True)
class Claims:
    """A person as the identity provider vouches for them; contacts that cannot be right are left out."""

    personal_id: str
    full_name: str
    born: date | None
    phone: str
    email: str
    level: str


def read_claims(said: Mapping[str, Any]) -> Claims:
    """The claims under whichever name they come; missing ones are empty."""
    phone, email = tidy_phone(_text(said, "phone")), _text(said, "email")
    return Claims(
        personal_id=tidy_number(_text(said, "personal_id")),
        full_name=clean(_text(said, "full_name")),
        born=_day(_text(said, "born")),
        phone="" if phone_problems(phone) else phone,
        email="" if email_problems(email) else email,
        level=_text(said, "level")[:20] or UNNAMED_LEVEL,
    )


def claims_problems(claims: Claims) -> list[Problem]:
    """Why nobody can be signed in with these claims: no personal identity number, no name, or numbers that clash."""
    problems = []
    if not claims.personal_id:
        message = "Hệ thống định danh không gửi số định danh cá nhân của bạn nên chưa đăng nhập được."
        problems.append(Problem("claim_personal_id", message, "personal_id", "Nghị định 69/2024/NĐ-CP"))
    if not claims.full_name:
        message = "Hệ thống định danh không gửi họ và tên của bạn nên chưa đăng nhập được."
        problems.append(Problem("claim_name", message, "full_name", "Nghị định 69/2024/NĐ-CP"))
    return problems + personal_id_problems(claims.personal_id, born=claims.born)


def _text(said: Mapping[str, Any], field: str) -> str:
    found = (said.get(name) for name in _NAMES[field])
    return next((str(value).strip() for value in found if value not in (None, "")), "")


def _day(text: str) -> date | None:
    for form in _DAY_FORMS:
        try:
            return datetime.strptime(text, form).date()  # noqa: DTZ007 (a day, not a moment)
        except ValueError:
            continue
    return None
