"""Reading the catalogue."""

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
    "offer_at",
    "offered_at",
    "offerings_of",
    "procedure_by_code",
    "procedures_of_agency",
    "search",
    "version",
    "versions_of",
]
