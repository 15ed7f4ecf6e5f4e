"""What may be corrected in a dossier, and what is wrong with a correction. Dates and statuses are not among it."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Protocol

from motcua.dossiers.terms import ResultChannel
from motcua.kernel.checks import (
    born_problems,
    email_problems,
    length_problems,
    personal_id_problems,
    phone_problems,
    tax_code_problems,
    tidy_number,
    tidy_phone,
)
from motcua.kernel.errors import Problem
from motcua.kernel.text import clean

_PARTY_FIELDS = {
    "name": "Họ tên",
    "personal_id": "Số định danh",
    "tax_code": "Mã số thuế",
    "born": "Ngày sinh",
    "phone": "Số điện thoại",
    "email": "Thư điện tử",
    "address": "Địa chỉ",
    "representative": "Người đại diện",
}
#: Name of what may be corrected → its label.
CORRECTABLE: Mapping[str, str] = {
    **{f"owner.{name}": f"{label} chủ hồ sơ" for name, label in _PARTY_FIELDS.items()},
    **{f"submitter.{name}": f"{label} người nộp" for name, label in _PARTY_FIELDS.items()},
    "abstract": "Trích yếu",
    "result_channel": "Cách nhận kết quả",
    "result_place": "Nơi nhận kết quả",
}
_LONGEST = 1000


def tidy_value(name: str, value: str) -> str:
    """Return a typed value cleaned as its field wants it."""
    field = name.rpartition(".")[2]
    text = clean(value, keep_lines=field == "abstract")
    if field in {"personal_id", "tax_code"}:
        return tidy_number(text).upper()
    return tidy_phone(text) if field == "phone" else text


def read_value(dossier: object, name: str) -> str:
    """Return the present value as text; dates as dd/mm/yyyy."""
    target, _, field = name.rpartition(".")
    thing = getattr(dossier, target) if target else dossier
    value = getattr(thing, field)
    return f"{value:%d/%m/%Y}" if isinstance(value, date) else str(value or "")


def value_problems(dossier: object, wanted: Mapping[str, str], *, today: date) -> list[Problem]:
    """Return everything that is wrong with the wanted values."""
    problems: list[Problem] = []
    for name, value in wanted.items():
        if name not in CORRECTABLE:
            problems.append(Problem("not_correctable", f"Không đính chính được «{name}» bằng việc này.", name))
            continue
        problems += length_problems(value, longest=_LONGEST, label=CORRECTABLE[name], field=name)
        problems += _shape_problems(dossier, name, value, wanted, today)
    return problems


def parse_day(text: str) -> date | None:
    """Return the day written dd/mm/yyyy; None when it is none."""
    try:
        return datetime.strptime(text, "%d/%m/%Y").date()  # noqa: DTZ007 (a day has no zone)
    except ValueError:
        return None


def _shape_problems(dossier: object, name: str, value: str, wanted: Mapping[str, str], today: date) -> list[Problem]:
    target, _, field = name.rpartition(".")
    if field == "personal_id":
        born = parse_day(wanted.get(f"{target}.born") or read_value(dossier, f"{target}.born"))
        return personal_id_problems(value, born=born, field=name)
    if field == "born":
        return _born_problems(value, name, today)
    check = _CHECKS.get(field)
    return check(value, field=name) if check else []


def _born_problems(value: str, field: str, today: date) -> list[Problem]:
    born = parse_day(value)
    if value and born is None:
        return [Problem("bad_date", "Ngày sinh phải viết theo dạng ngày/tháng/năm, ví dụ 05/09/1990.", field)]
    return born_problems(born, today=today, field=field)


def _name_problems(value: str, *, field: str) -> list[Problem]:
    return [] if value else [Problem("required", "Họ tên không được để trống.", field)]


def _channel_problems(value: str, *, field: str) -> list[Problem]:
    if value in ResultChannel.values:
        return []
    return [Problem("unknown_choice", "Cách nhận kết quả không có trong danh mục.", field)]


class _Check(Protocol):
    def __call__(self, value: str, *, field: str) -> list[Problem]: ...


_CHECKS: Mapping[str, _Check] = {
    "name": _name_problems,
    "tax_code": tax_code_problems,
    "phone": phone_problems,
    "email": email_problems,
    "result_channel": _channel_problems,
}
