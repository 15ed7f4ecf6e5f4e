"""Words of the room: a procedure's definition as plain frozen values.

A `Definition` is what the YAML files of a catalogue or of a package hold and what a version keeps as JSON: the cases,
the term of each channel, fees, papers, results, legal basis, e-form, process and tests. Sources: the fields of the
national record of a procedure (quyết định công bố thủ tục hành chính) and Nghị định 118/2025/NĐ-CP.
"""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Annotated, Any, Literal

from django.db.models import TextChoices
from pydantic import Field

from motcua.forms.terms import Form, PaperTemplate
from motcua.kernel.values import FieldKey, Key, Value, Words
from motcua.processes.terms import Step, TermSpec

TermChannel = Literal["any", "in_person", "online", "post"]
FeeKind = Literal["fee", "charge"]
Applicant = Literal["citizen", "organisation"]
#: How a value read from a scan is cleaned and shown; "name" is a person's, "money" in đồng.
ScanKind = Literal["text", "name", "number", "date", "personal_id", "tax_code", "money"]

#: Code of a procedure: national `1.001193`, enriched by a province `1.012783.H61`, or provisional `X.` and ten
#: hexadecimal digits for a record that came without one.
CODE_PATTERN = r"^(\d\.\d{6}(\.[A-Z0-9]+)*|X\.[0-9a-f]{10})$"

#: Code of a kind of paper or result in the national list: KQ.G15.000031.
RESULT_CODE_PATTERN = r"^[A-Z]{2}(\.[A-Z0-9]{1,10}){1,4}$"


class Level(TextChoices):
    """Which tier decides (cấp thực hiện); the district level holds for what was handed in before 01/7/2025."""

    MINISTRY = "ministry", "Cấp bộ"
    PROVINCE = "province", "Cấp tỉnh"
    DISTRICT = "district", "Cấp huyện"
    COMMUNE = "commune", "Cấp xã"


class ServiceLevel(TextChoices):
    """How far the procedure runs online (Nghị định 42/2022/NĐ-CP)."""

    FULL = "full", "Toàn trình"
    PARTIAL = "partial", "Một phần"
    INFORMATION = "information", "Cung cấp thông tin trực tuyến"


#: What the law calls money taken: phí pays for a service, lệ phí is fixed (Luật Phí và lệ phí 2015, Điều 3).
FEE_KIND_LABELS: Mapping[FeeKind, str] = {"fee": "Phí", "charge": "Lệ phí"}

#: Which entry of `terms` each way of submitting falls back to, nearest first.
CHANNEL_FALLBACKS: Mapping[str, tuple[TermChannel, ...]] = {
    "in_person": ("in_person", "any"),
    "post": ("post", "any", "in_person"),
    "proxy_service": ("post", "any", "in_person"),
    "online": ("online", "any", "in_person"),
    "online_portal": ("online", "any", "in_person"),
    "vneid": ("online", "any", "in_person"),
}


class Fee(Value):
    """Money asked for: `amount` in đồng, `per` what it counts ("trang", "bản"; "" = a dossier).

    `channels` limits it to those ways of submitting (none = all); `unverified` marks a figure from memory or one
    that the provincial council sets.
    """

    name: Words
    kind: FeeKind
    amount: int
    per: str = ""
    channels: tuple[TermChannel, ...] = ()
    note: str = ""
    unverified: bool = False

    @property
    def is_set_elsewhere(self) -> bool:
        """Whether no figure is known: another text sets it. That is not the same as free of charge."""
        return self.amount == 0 and self.unverified


class LargeSet(Value):
    """When there is so much to do that the term is longer: from so many pages in all (pages × copies), or copies.

    `extra` is added to the term (instead of a same-day one); both sides may agree on more in writing.
    """

    from_pages: Annotated[int, Field(ge=1)]
    from_copies: Annotated[int, Field(ge=1)]
    extra: TermSpec
    unverified: bool = False


class Case(Value):
    """One case (trường hợp) of a procedure, with the term of each channel and its fees.

    `law_terms` are the longest terms the law allows, where the province promised shorter ones.
    """

    key: Key
    name: Words
    terms: dict[TermChannel, TermSpec] = Field(default_factory=dict)
    fees: tuple[Fee, ...] = ()
    law_terms: dict[TermChannel, TermSpec] = Field(default_factory=dict)
    note: str = ""
    large_set: LargeSet | None = None


class ScanField(Value):
    """What a scan of a paper says and the house reads from it (trích xuất dữ liệu, Thông tư 01/2023/TT-VPCP).

    `anchors`: the words the value stands behind ("Họ và tên mẹ"; any of them), compared without marks and tolerant of
    what a reader of scans gets wrong. `pattern`: a value of another shape is not offered. `page`: of the paper, from 1
    (0: any). `required`: the clerk confirms the paper only with it.
    """

    key: FieldKey
    label: Words
    kind: ScanKind = "text"
    anchors: tuple[Words, ...] = ()
    pattern: Annotated[str, Field(max_length=500)] = ""
    page: Annotated[int, Field(ge=0, le=100)] = 0
    required: bool = False


class Component(Value):
    """One paper of the dossier (thành phần hồ sơ).

    `cases`: the cases it belongs to (none = all). `required`: needed in all of those; `required_in`: needed in
    these cases only. `present_only`: shown and handed back (xuất trình), never kept. `fields`: what is read from its
    scan. `reuse`: codes of results that may take its place from the owner's store (mã kết quả thay thế).
    """

    key: Key
    name: Words
    originals: int = 0
    copies: int = 0
    required: bool = True
    cases: tuple[Key, ...] = ()
    required_in: tuple[Key, ...] = ()
    form: str = ""
    note: str = ""
    present_only: bool = False
    fields: tuple[ScanField, ...] = ()
    reuse: tuple[Annotated[str, Field(pattern=RESULT_CODE_PATTERN)], ...] = ()


class ResultPaper(Value):
    """What the applicant gets: `code` like KQ.G15.000031 ("" where unknown), `validity` in words."""

    name: Words
    code: str = ""
    validity: str = ""


class LegalBasis(Value):
    """A legal document by its number (60/2014/QH13) and name."""

    number: Words
    name: Words


class LinkedProcedure(Value):
    """Another procedure that is done within this one (liên thông): it gets a dossier of its own below the citizen's.

    `case` "" is its first case; `required`: the parent is not decided before it is finished; `opens_at`: the step
    of the parent at which it is usually opened ("" = any while the dossier is worked on).
    """

    key: Key
    procedure: Annotated[str, Field(pattern=CODE_PATTERN)]
    name: Words
    case: str = ""
    opens_at: str = ""
    required: bool = True


class DomainSpec(Value):
    """The field (lĩnh vực) a procedure belongs to; `code` is a short one of capitals and digits."""

    code: Annotated[str, Field(pattern=r"^[A-Z0-9]{2,12}$")]
    name: Words


class Flag(Value):
    """What a program could not read from a source text and kept as words: where, and why."""

    field: str
    code: str
    message: Words


class Expected(Value):
    """What a test of a package expects; what is left out is not looked at.

    `problems`: keys of the fields (or checks) that are refused, in any order; () = the form is accepted. `values`:
    computed or cleaned values by key. `asked`, `not_asked`: fields shown or not. `fees`: đồng in all. `due`: the
    moment of the answer. `components`: required papers. `path`: the steps gone through. `papers`: words that must
    stand on a paper, by the paper's key.
    """

    problems: tuple[str, ...] | None = None
    values: dict[str, Any] = Field(default_factory=dict)
    asked: tuple[str, ...] = ()
    not_asked: tuple[str, ...] = ()
    fees: int | None = None
    due: datetime | None = None
    components: tuple[str, ...] | None = None
    path: tuple[str, ...] | None = None
    papers: dict[str, tuple[str, ...]] = Field(default_factory=dict)


class PackageTest(Value):
    """A test that travels with a procedure: somebody hands this in (`form`, as typed), that must come out.

    `at`: the moment (Vietnamese time); `copies`, `pages`: for fees that count them; `facts`: further facts of the
    process, by name.
    """

    key: Key
    name: Words
    case: str = ""
    channel: str = "in_person"
    at: datetime | None = None
    form: dict[str, Any] = Field(default_factory=dict)
    copies: int = 1
    pages: int = 1
    facts: dict[str, Any] = Field(default_factory=dict)
    expect: Expected = Field(default_factory=Expected)


class Definition(Value):
    """Everything a version of a procedure says.

    `texts`: what a source says in words (trình tự, cách thức thực hiện …), by its field; `flags`: what of it no
    program could read; `reviewed_on`: the day somebody last held it against the law.
    """

    code: Annotated[str, Field(pattern=CODE_PATTERN)]
    name: Annotated[str, Field(min_length=1, max_length=4000)]
    domain: DomainSpec
    level: Level
    service_level: ServiceLevel
    decision: str = ""
    summary: Annotated[str, Field(max_length=1000)] = ""
    keywords: tuple[Annotated[str, Field(min_length=1, max_length=120)], ...] = ()
    applicants: tuple[Applicant, ...] = ("citizen",)
    cases: tuple[Case, ...] = ()
    components: tuple[Component, ...] = ()
    results: tuple[ResultPaper, ...] = ()
    legal_basis: tuple[LegalBasis, ...] = ()
    requirements: str = ""
    steps: tuple[Step, ...] = ()
    linked: tuple[LinkedProcedure, ...] = ()
    form: Form | None = None
    papers: tuple[PaperTemplate, ...] = ()
    tests: tuple[PackageTest, ...] = ()
    texts: dict[str, str] = Field(default_factory=dict)
    flags: tuple[Flag, ...] = ()
    reviewed_on: date | None = None
    sources: tuple[str, ...] = ()
    unverified: bool = False

    def case(self, key: str) -> Case | None:
        """The case of that key, or None."""
        return next((case for case in self.cases if case.key == key), None)

    def as_json(self) -> dict[str, object]:
        """Plain JSON values, always in the same order and with every field: what a version stores and compares."""
        return self.model_dump(mode="json")
