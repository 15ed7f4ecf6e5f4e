"""Reading the catalogue: what holds on a day, where it is offered."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, QuerySet, Subquery
from django.db.models.fields.json import KT
from django.utils import timezone

from motcua.agencies.models.span import holds_on
from motcua.kernel.asking import Question
from motcua.kernel.errors import NotFound, Problem
from motcua.procedures.models import Offering, Procedure, ProcedureVersion
from motcua.procedures.terms import Definition


@dataclass(frozen=True, slots=True)
class ProcedureRow:
    """A line of a list: the version that holds on the day asked for."""

    procedure_id: int
    version_id: int
    code: str
    name: str
    domain_code: str
    domain_name: str
    level: str
    service_level: str
    summary: str


@dataclass(frozen=True, slots=True)
class DomainRow:
    """A field and how many procedures of it hold."""

    code: str
    name: str
    procedures: int


_COLUMNS = {
    "procedure_id": "procedure_id",
    "version_id": "pk",
    "code": "procedure__code",
    "name": "shown_name",
    "domain_code": "procedure__domain__code",
    "domain_name": "procedure__domain__name",
    "level": "procedure__level",
    "service_level": "shown_service_level",
    "summary": "shown_summary",
}
ROW_COLUMNS: tuple[str, ...] = tuple(_COLUMNS.values())


def day_of(at: datetime) -> date:
    """The day in Vietnam a moment falls on."""
    return timezone.localtime(at).date()


def versions_on(on: date) -> QuerySet[ProcedureVersion]:
    """Return the published versions that hold on the day, of procedures that are listed."""
    return ProcedureVersion.objects.filter(
        holds_on(on), published_at__isnull=False, procedure__is_listed=True
    ).annotate(
        shown_name=KT("definition__name"),
        shown_service_level=KT("definition__service_level"),
        shown_summary=KT("definition__summary"),
    )


def narrowed(
    versions: QuerySet[ProcedureVersion],
    *,
    on: date,
    level: str | None = None,
    domain: str | None = None,
    agency_id: int | None = None,
) -> QuerySet[ProcedureVersion]:
    """Return the versions of a level, of a field (its code), offered by an agency on the day."""
    if level:
        versions = versions.filter(procedure__level=level)
    if domain:
        versions = versions.filter(procedure__domain__code=domain)
    if agency_id:
        offered = Offering.objects.filter(holds_on(on), procedure_id=OuterRef("procedure_id"), agency_id=agency_id)
        versions = versions.filter(Exists(offered))
    return versions


def row_of(values: Mapping[str, Any]) -> ProcedureRow:
    """Make a line out of a row of `ROW_COLUMNS`."""
    facts: dict[str, Any] = {field: values[column] or "" for field, column in _COLUMNS.items()}
    return ProcedureRow(**facts)


def rows_of(versions: Iterable[Mapping[str, Any]]) -> list[ProcedureRow]:
    """Make lines out of rows of `ROW_COLUMNS`."""
    return [row_of(values) for values in versions]


def current_version(code: str, at: datetime) -> ProcedureVersion:
    """Return the version of a procedure that holds at a moment, procedure and field loaded; raises NotFound."""
    found = (
        ProcedureVersion.objects.filter(holds_on(day_of(at)), published_at__isnull=False, procedure__code=code)
        .select_related("procedure__domain")
        .first()
    )
    if found is None:
        raise _no_procedure()
    return found


def _no_procedure() -> NotFound:
    return NotFound(Problem("no_procedure", "Không có thủ tục hành chính mang mã này, hoặc đã bãi bỏ.", "code"))


def version(version_id: int) -> ProcedureVersion:
    """Return one version, procedure and field loaded, whether it still holds or not; raises NotFound."""
    found = ProcedureVersion.objects.filter(pk=version_id).select_related("procedure__domain").first()
    if found is None:
        raise NotFound(Problem("no_version", "Không có phiên bản thủ tục này.", "version"))
    return found


def versions_of(procedure_id: int) -> QuerySet[ProcedureVersion]:
    """Return all versions of a procedure, newest first, drafts included."""
    found = ProcedureVersion.objects.filter(procedure_id=procedure_id).order_by("-number")
    return found.select_related("published_by", "drafting__proposed_by")


def procedures_of_agency(agency_id: int, at: datetime) -> list[ProcedureRow]:
    """Return what an agency offers at a moment, by field and name."""
    on = day_of(at)
    found = narrowed(versions_on(on), on=on, agency_id=agency_id)
    return rows_of(found.order_by("procedure__domain__name", "name_fold").values(*ROW_COLUMNS))


def offerings_of(procedure_id: int, at: datetime) -> list[Offering]:
    """Return where a procedure is offered at a moment, agency and handling unit loaded, by the agency's name."""
    found = Offering.objects.filter(holds_on(day_of(at)), procedure_id=procedure_id)
    return list(found.select_related("agency", "handling_unit").order_by("agency__name_fold"))


def offered_at(procedure_id: int, agency_id: int, at: datetime) -> Offering | None:
    """Return how an agency offers a procedure at a moment, None when it does not."""
    found = Offering.objects.filter(holds_on(day_of(at)), procedure_id=procedure_id, agency_id=agency_id)
    return found.select_related("procedure", "agency", "handling_unit").first()


@dataclass(frozen=True, slots=True)
class Offer:
    """What holds at an agency: the version, what it says, and who works on it (None: not offered there)."""

    procedure_id: int
    version_id: int
    definition: Definition
    handling_unit_id: int | None


def offer_at(code: str, agency_id: int, at: datetime) -> Offer:
    """Return how an agency offers the procedure of that code at a moment (one query); raises NotFound.

    For the acts that open dossiers: what a published version says is read once a process.
    """
    for procedure_id, version_id, handling_unit_id in _OFFER(code=code, agency_id=agency_id, on=day_of(at)):
        return Offer(procedure_id, version_id, definition_of(version_id), handling_unit_id)
    raise _no_procedure()


_OFFER = Question(
    lambda code, agency_id, on: ProcedureVersion.objects.filter(
        holds_on(on), published_at__isnull=False, procedure__code=code
    ).values_list(
        "procedure_id",
        "pk",
        Subquery(
            Offering.objects.filter(holds_on(on), procedure_id=OuterRef("procedure_id"), agency_id=agency_id).values(
                "handling_unit_id"
            )
        ),
    ),
    code=str,
    agency_id=int,
    on=date,
)


@lru_cache(maxsize=512)
def definition_of(version_id: int) -> Definition:
    """Return what a published version says: a trigger of the database keeps it as it is."""
    return ProcedureVersion.objects.get(pk=version_id, published_at__isnull=False).content


def domains(at: datetime, *, level: str | None = None, agency_id: int | None = None) -> list[DomainRow]:
    """Return the fields that have procedures at a moment, with how many, by name."""
    on = day_of(at)
    found = narrowed(versions_on(on), on=on, level=level, agency_id=agency_id).order_by()
    counted = found.values(code=F("procedure__domain__code"), name=F("procedure__domain__name")).annotate(
        procedures=Count("pk")
    )
    return sorted((DomainRow(**values) for values in counted), key=lambda row: row.name)


def procedure_by_code(code: str) -> Procedure | None:
    """Return the procedure of that code, listed or not."""
    return Procedure.objects.filter(code=code).select_related("domain").first()
