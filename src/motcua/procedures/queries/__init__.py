"""Reading the catalogue."""

from motcua.procedures.queries.drafts import draft_of, last_published, revision_of, waiting_drafts
from motcua.procedures.queries.readiness import readiness_counts, readiness_page, readiness_rows
from motcua.procedures.queries.reading import (
    DomainRow,
    Offer,
    ProcedureRow,
    current_version,
    definition_of,
    domains,
    offer_at,
    offered_at,
    offerings_of,
    procedure_by_code,
    procedures_of_agency,
    version,
    versions_of,
)
from motcua.procedures.queries.searching import PAGE_SIZE, search

__all__ = [
    "PAGE_SIZE",
    "DomainRow",
    "Offer",
    "ProcedureRow",
    "current_version",
    "definition_of",
    "domains",
    "draft_of",
    "last_published",
    "offer_at",
    "offered_at",
    "offerings_of",
    "procedure_by_code",
    "procedures_of_agency",
    "readiness_counts",
    "readiness_page",
    "readiness_rows",
    "revision_of",
    "search",
    "version",
    "versions_of",
    "waiting_drafts",
]
