"""What an applicant hands in, as plain values, and everything that may be wrong with it."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from motcua.dossiers.rules.helping import Helping, problems_of_helping
from motcua.dossiers.terms import Channel, Consent, Digitised, PartyKind, ResultChannel, Seen, Source
from motcua.kernel.checks import (
    born_problems,
    email_problems,
    length_problems,
    personal_id_problems,
    phone_problems,
    required_problems,
    tax_code_problems,
    tax_code_warnings,
)
from motcua.kernel.errors import Invalid, Problem
from motcua.procedures.rules.selection import components_for, term_for
from motcua.procedures.terms import Definition, ServiceLevel

#: The most characters of what is typed.
LONGEST: Mapping[str, int] = {
    "name": 300,
    "email": 254,
    "address": 500,
    "representative": 300,
    "abstract": 1000,
    "result_place": 500,
    "external_code": 100,
    "note": 500,
}
_LONG_PARTY_FIELDS = {"name": "Tên", "email": "Thư điện tử", "address": "Địa chỉ", "representative": "Người đại diện"}
MOST_SETS = 100
_MOST_COPIES = 1000
_MOST_PAGES = 9999


@dataclass(frozen=True, slots=True)
class PartyFacts:
    """The owner or the submitter as typed."""

    name: str
    kind: PartyKind = PartyKind.PERSON
    personal_id: str = ""
    tax_code: str = ""
    born: date | None = None
    phone: str = ""
    email: str = ""
    address: str = ""
    representative: str = ""
    account_id: int | None = None


@dataclass(frozen=True, slots=True)
class FileRef:
    """A file already stored: its SHA-256 and the name it came with."""

    sha256: str
    name: str


@dataclass(frozen=True, slots=True)
class ComponentFacts:
    """A paper handed in: how many originals and copies, its files; what the desk saw of it, and how many pages.

    `digitised`: how its files came to be; a paper taken from the owner's store is marked here.
    """

    key: str
    originals: int = 0
    copies: int = 0
    note: str = ""
    files: tuple[FileRef, ...] = ()
    seen: Seen = Seen.UNSEEN
    pages: int = 0
    digitised: Digitised = Digitised.NO

    @property
    def is_present(self) -> bool:
        return bool(self.originals or self.copies or self.files)


@dataclass(frozen=True, slots=True)
class Application:
    """Everything that is handed in at once.

    `submitter` None: the owner came in person; `result_desk_id`: where the result is collected, None = at the desk.
    `form`: the e-form as typed, by the flat names of its inputs; `form_marks`: where answers not typed come from, by
    the key of the field (`rules/answering.py`).
    """

    procedure_code: str
    agency_id: int
    case_key: str
    channel: Channel
    owner: PartyFacts
    submitter: PartyFacts | None = None
    source: Source = Source.SELF
    desk_id: int | None = None
    components: tuple[ComponentFacts, ...] = ()
    abstract: str = ""
    set_count: int = 1
    result_channel: ResultChannel = ResultChannel.IN_PERSON
    result_place: str = ""
    result_desk_id: int | None = None
    external_code: str = ""
    proxy_files: tuple[FileRef, ...] = field(default=())
    relation: str = ""
    consent: Consent = Consent.NONE
    consent_files: tuple[FileRef, ...] = ()
    confirmed_duplicate: bool = False
    form: Mapping[str, str | Sequence[str]] = field(default_factory=dict)
    form_marks: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


def problems_in_application(
    application: Application, definition: Definition, *, today: date, online: bool
) -> list[Problem]:
    """Return everything that is wrong with the application, in the order of the form.

    `online`: components are shown by files; at the desk by numbers of originals and copies.
    """
    problems = _case_problems(application, definition, online=online)
    is_known = definition.case(application.case_key) is not None
    problems += problems_of_people(application, today=today)
    if is_known:
        problems += _component_problems(application, definition, online=online)
    problems += _count_problems(application)
    for name, words in {"abstract": "Trích yếu", "external_code": "Mã trên hệ thống khác"}.items():
        problems += length_problems(getattr(application, name), longest=LONGEST[name], label=words, field=name)
    return problems


def problems_of_people(application: Application, *, today: date) -> list[Problem]:
    """Return what is wrong with the parties and with how they are reached, whatever the procedure."""
    problems = party_problems(application.owner, "owner", today=today, label="chủ hồ sơ")
    if application.submitter is not None:
        problems += party_problems(application.submitter, "submitter", today=today, label="người nộp")
    elif application.source not in {Source.SELF, Source.ASSISTED}:
        problems.append(Problem("submitter_missing", "Nộp thay chủ hồ sơ thì phải ghi người nộp.", "submitter.name"))
    helping = Helping(
        source=application.source,
        relation=application.relation,
        consent=application.consent,
        owner_kind=application.owner.kind,
        owner_born=application.owner.born,
        papers=len(application.proxy_files),
        proofs=len(application.consent_files),
    )
    return [*problems, *problems_of_helping(helping, today=today), *_reach_problems(application)]


def warnings_in_application(application: Application) -> list[Problem]:
    """Return what is odd but never blocks: check digits of tax codes."""
    parties = {"owner": application.owner, "submitter": application.submitter}
    return [
        warning
        for prefix, party in parties.items()
        if party is not None
        for warning in tax_code_warnings(party.tax_code, field=f"{prefix}.tax_code")
    ]


def party_problems(party: PartyFacts, prefix: str, *, today: date, label: str) -> list[Problem]:
    """Return everything that is wrong with one party; fields are named `prefix.field`."""
    name_label = "họ và tên" if party.kind == PartyKind.PERSON else "tên tổ chức"
    problems = required_problems(party.name, label=f"{name_label} {label}", field=f"{prefix}.name")
    for name, words in _LONG_PARTY_FIELDS.items():
        problems += length_problems(getattr(party, name), longest=LONGEST[name], label=words, field=f"{prefix}.{name}")
    problems += personal_id_problems(party.personal_id, born=party.born, field=f"{prefix}.personal_id")
    problems += born_problems(party.born, today=today, field=f"{prefix}.born")
    problems += tax_code_problems(party.tax_code, field=f"{prefix}.tax_code")
    problems += phone_problems(party.phone, field=f"{prefix}.phone")
    problems += email_problems(party.email, field=f"{prefix}.email")
    if party.kind == PartyKind.ORGANISATION and not party.tax_code and not party.representative:
        message = f"Chưa có mã số thuế hoặc người đại diện của tổ chức là {label}."
        problems.append(Problem("organisation_unknown", message, f"{prefix}.tax_code"))
    return problems


def _case_problems(application: Application, definition: Definition, *, online: bool) -> list[Problem]:
    problems = []
    if online and definition.service_level == ServiceLevel.INFORMATION:
        message = "Thủ tục này chưa nhận hồ sơ trực tuyến; hãy nộp tại Bộ phận Một cửa hoặc qua bưu chính."
        problems.append(Problem("not_online", message, "channel", "Nghị định 42/2022/NĐ-CP"))
    try:
        term_for(definition, application.case_key, application.channel)
    except Invalid as error:
        problems += error.problems
    return problems


def _reach_problems(application: Application) -> list[Problem]:
    """Somebody must be reached: who hands in; a post clerk only carries the papers of the owner."""
    carried = application.source == Source.POST_OFFICE
    submitter = (None if carried else application.submitter) or application.owner
    prefix = "owner" if submitter is application.owner else "submitter"
    problems = []
    if not submitter.phone:
        message = "Chưa có số điện thoại của người nộp để báo tin và để tra cứu hồ sơ."
        problems.append(Problem("required", message, f"{prefix}.phone"))
    if submitter.kind == PartyKind.PERSON and not submitter.personal_id:
        message = "Chưa có số định danh (căn cước) của người nộp."
        problems.append(Problem("required", message, f"{prefix}.personal_id"))
    if application.result_channel == ResultChannel.POST and not application.result_place:
        message = "Nhận kết quả qua bưu chính thì phải ghi địa chỉ nhận."
        problems.append(Problem("required", message, "result_place"))
    return problems + length_problems(
        application.result_place, longest=LONGEST["result_place"], label="Nơi nhận kết quả", field="result_place"
    )


def declared_component(application: Application, definition: Definition) -> str:
    """Return the key of the paper that the e-form is, when it was filled in; "" when it was not, or is none."""
    is_filled = any(value if not isinstance(value, str) else value.strip() for value in application.form.values())
    return definition.form.component if definition.form and is_filled else ""


def _component_problems(application: Application, definition: Definition, *, online: bool) -> list[Problem]:
    handed_in, declared = application.components, declared_component(application, definition)
    by_key: Mapping[str, ComponentFacts] = {component.key: component for component in handed_in}
    needed = components_for(definition, application.case_key)
    known = {one.component.key for one in needed}
    problems = [
        Problem("unknown_component", f"Thủ tục không có giấy tờ «{key}» trong trường hợp này.", f"components.{key}")
        for key in by_key
        if key not in known
    ]
    problems += [
        Problem("component_twice", "Giấy tờ này được khai hai lần; hãy gộp lại.", f"components.{key}")
        for key, times in Counter(component.key for component in handed_in).items()
        if times > 1
    ]
    for one in needed:
        given = by_key.get(one.component.key)
        lacks = given is None or not (given.files if online else given.is_present)
        is_excused = one.component.key == declared or (online and one.component.present_only)
        if one.required and lacks and not is_excused:
            message = f"Thiếu giấy tờ bắt buộc: {one.component.name}."
            problems.append(Problem("missing_component", message, f"components.{one.component.key}"))
    return problems


def _count_problems(application: Application) -> list[Problem]:
    problems = []
    if not 1 <= application.set_count <= MOST_SETS:
        problems.append(Problem("set_count", f"Số bộ hồ sơ phải từ 1 đến {MOST_SETS}.", "set_count"))
    for component in application.components:
        if not (0 <= component.originals <= _MOST_COPIES and 0 <= component.copies <= _MOST_COPIES):
            message = f"Số bản chính, bản sao phải từ 0 đến {_MOST_COPIES}."
            problems.append(Problem("copies", message, f"components.{component.key}"))
        if not 0 <= component.pages <= _MOST_PAGES:
            message = f"Số trang phải từ 0 đến {_MOST_PAGES}."
            problems.append(Problem("pages", message, f"components.{component.key}"))
        problems += length_problems(
            component.note, longest=LONGEST["note"], label="Ghi chú", field=f"components.{component.key}"
        )
    return problems
