"""What may be corrected in a dossier, and what is wrong with a correction. Dates and statuses are not among it."""

from collections.abc import Mapping
from datetime import date, datetime

from motcua.dossiers.rules.answering import PREFIX
from motcua.dossiers.rules.application import LONGEST, MOST_SETS, Application, PartyFacts, problems_of_people
from motcua.dossiers.terms import Channel, PartyKind, ResultChannel
from motcua.forms.terms import Form
from motcua.kernel.checks import length_problems, tidy_number, tidy_phone
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
    "set_count": "Số bộ hồ sơ",
    "result_channel": "Cách nhận kết quả",
    "result_place": "Nơi nhận kết quả",
}

#: How the applicant is reached and where the result goes: the desk mends it at once, also after receipt.
CONTACT = frozenset(
    {"owner.phone", "owner.email", "submitter.phone", "submitter.email", "result_channel", "result_place"}
)


def label_of(name: str, form: Form | None = None) -> str:
    """Return how a name is called in words; answers of the e-form by their question, by their key without the form."""
    if not name.startswith(PREFIX):
        return CORRECTABLE.get(name, name)
    key = name.removeprefix(PREFIX)
    field = form.field(key) if form else None
    return f"Tờ khai: {field.label if field else key}"


def at_once(name: str, *, is_received: bool) -> bool:
    """Return whether the value is corrected at once; else a leader approves it first."""
    return not is_received or name in CONTACT


def tidy_value(name: str, value: str) -> str:
    """Return a typed value cleaned as its field wants it."""
    field = name.rpartition(".")[2]
    text = clean(value, keep_lines=field == "abstract")
    if field in {"personal_id", "tax_code"}:
        return tidy_number(text).upper()
    if field == "born" and (born := parse_day(text)):
        return f"{born:%d/%m/%Y}"
    return tidy_phone(text) if field == "phone" else text


def read_value(dossier: object, name: str) -> str:
    """Return the present value as text; dates as dd/mm/yyyy."""
    target, _, field = name.rpartition(".")
    thing = getattr(dossier, target) if target else dossier
    value = getattr(thing, field)
    return f"{value:%d/%m/%Y}" if isinstance(value, date) else str(value or "")


def one_name(dossier: object, name: str) -> str:
    """Return the name under which a value is corrected: who submitted their own dossier is its owner."""
    same = getattr(dossier, "owner_id", 0) == getattr(dossier, "submitter_id", 1)
    return name.replace("submitter.", "owner.") if same else name


def value_problems(dossier: object, wanted: Mapping[str, str], *, today: date) -> list[Problem]:
    """Return everything that is wrong with the wanted values, and with the dossier as it would be with them.

    What was wrong before and is not touched does not hinder a correction.
    """
    problems = [problem for name, value in wanted.items() for problem in _own_problems(name, value)]
    before = problems_of_people(_application(dossier, {}), today=today)
    after = problems_of_people(_application(dossier, wanted), today=today)
    return problems + [problem for problem in after if problem not in before or problem.field in wanted]


def parse_day(text: str) -> date | None:
    """Return the day written dd/mm/yyyy; None when it is none."""
    try:
        return datetime.strptime(text, "%d/%m/%Y").date()  # noqa: DTZ007 (a day has no zone)
    except ValueError:
        return None


def _own_problems(name: str, value: str) -> list[Problem]:
    if name not in CORRECTABLE:
        return [Problem("not_correctable", f"Không đính chính được «{name}» bằng việc này.", name)]
    if name.endswith(".born") and value and parse_day(value) is None:
        return [Problem("bad_date", "Ngày sinh phải viết theo dạng ngày/tháng/năm, ví dụ 05/09/1990.", name)]
    if name == "result_channel" and value not in ResultChannel.values:
        return [Problem("unknown_choice", "Cách nhận kết quả không có trong danh mục.", name)]
    if name == "set_count" and not (value.isdecimal() and 1 <= int(value) <= MOST_SETS):
        return [Problem("set_count", f"Số bộ hồ sơ phải từ 1 đến {MOST_SETS}.", name)]
    if name == "abstract":
        return length_problems(value, longest=LONGEST[name], label=CORRECTABLE[name], field=name)
    return []


def _application(dossier: object, wanted: Mapping[str, str]) -> Application:
    """Return what the rules of an application see of the dossier, with the wanted values in it."""
    same = one_name(dossier, "submitter.") == "owner."
    channel, before = wanted.get("result_channel", ""), read_value(dossier, "result_channel")
    return Application(
        procedure_code="",
        agency_id=0,
        case_key="",
        channel=Channel.IN_PERSON,
        owner=_party(dossier, "owner", wanted),
        submitter=None if same else _party(dossier, "submitter", wanted),
        result_channel=ResultChannel(channel if channel in ResultChannel.values else before),
        result_place=wanted.get("result_place", read_value(dossier, "result_place")),
    )


def _party(dossier: object, target: str, wanted: Mapping[str, str]) -> PartyFacts:
    said = {name: wanted.get(f"{target}.{name}", read_value(dossier, f"{target}.{name}")) for name in _PARTY_FIELDS}
    born = parse_day(said.pop("born"))
    return PartyFacts(kind=PartyKind(read_value(dossier, f"{target}.kind")), born=born, account_id=None, **said)
