"""Words of the room: a procedure's definition as plain frozen values.

A `Definition` is what the YAML files of a catalogue hold and what a version keeps as JSON: the cases, the term of
each channel, fees, papers, results, legal basis and steps. Sources: the fields of the national record of a
procedure (quyết định công bố thủ tục hành chính) and Nghị định 118/2025/NĐ-CP.
"""

from collections.abc import Mapping
from typing import Annotated, Literal

from django.db.models import TextChoices
from pydantic import BaseModel, ConfigDict, Field

Unit = Literal["working_day", "day", "working_hour", "same_day"]
TermChannel = Literal["any", "in_person", "online", "post"]
StepRight = Literal["receive", "handle", "lead_division", "lead_agency", "seal"]
Place = Literal["desk", "handling", "agency"]
FeeKind = Literal["fee", "charge"]
Applicant = Literal["citizen", "organisation"]
#: What must be so before a dossier leaves a step forward: nothing owed, its parts finished, every opinion in.
Gate = Literal["paid", "parts", "opinions"]

Key = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]{0,59}$")]
Words = Annotated[str, Field(min_length=1, max_length=2000)]

#: National code of a procedure, `1.001193`.
CODE_PATTERN = r"^\d\.\d{6}$"


class Level(TextChoices):
    """Which tier decides (cấp thực hiện)."""

    PROVINCE = "province", "Cấp tỉnh"
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


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)


class TermSpec(_Part):
    """A length of time: 3 working_day, 4 working_hour, 15 day (calendar); same_day has amount 0."""

    amount: int = 0
    unit: Unit
    unverified: bool = False
    note: str = ""


class Fee(_Part):
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


class LargeSet(_Part):
    """When there is so much to do that the term is longer: from so many pages in all (pages × copies), or copies.

    `extra` is added to the term (instead of a same-day one); both sides may agree on more in writing.
    """

    from_pages: Annotated[int, Field(ge=1)]
    from_copies: Annotated[int, Field(ge=1)]
    extra: TermSpec
    unverified: bool = False


class Case(_Part):
    """One case (trường hợp) of a procedure, with the term of each channel and its fees."""

    key: Key
    name: Words
    terms: dict[TermChannel, TermSpec] = Field(default_factory=dict)
    fees: tuple[Fee, ...] = ()
    note: str = ""
    large_set: LargeSet | None = None


class Component(_Part):
    """One paper of the dossier (thành phần hồ sơ).

    `cases`: the cases it belongs to (none = all). `required`: needed in all of those; `required_in`: needed in
    these cases only. `present_only`: shown and handed back (xuất trình), never kept.
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


class ResultPaper(_Part):
    """What the applicant gets: `code` like KQ.G15.000031 ("" where unknown), `validity` in words."""

    name: Words
    code: str = ""
    validity: str = ""


class LegalBasis(_Part):
    """A legal document by its number (60/2014/QH13) and name."""

    number: Words
    name: Words


class Step(_Part):
    """A step of the process: who (`right`) works on it, where (`at`), and where it may go from there.

    `at`: desk = the desk that took the dossier in (for the last step the one that hands the result out), handling =
    the offering's handling unit, agency = the offering's agency. `forward` and `back` name other steps; `gates` is
    what must be so before the dossier goes forward from here.
    """

    key: Key
    name: Words
    right: StepRight
    at: Place
    term: TermSpec | None = None
    forward: tuple[Key, ...] = ()
    back: tuple[Key, ...] = ()
    gates: tuple[Gate, ...] = ()


class LinkedProcedure(_Part):
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


class DomainSpec(_Part):
    """The field (lĩnh vực) a procedure belongs to; `code` is a short one of capitals and digits."""

    code: Annotated[str, Field(pattern=r"^[A-Z0-9]{2,12}$")]
    name: Words


class Definition(_Part):
    """Everything a version of a procedure says."""

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
    sources: tuple[str, ...] = ()
    unverified: bool = False

    def case(self, key: str) -> Case | None:
        """The case of that key, or None."""
        return next((case for case in self.cases if case.key == key), None)

    def as_json(self) -> dict[str, object]:
        """Plain JSON values, always in the same order and with every field: what a version stores and compares."""
        return self.model_dump(mode="json")
