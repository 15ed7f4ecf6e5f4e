"""Reading the catalogue."""

from motcua.procedures.queries.reading import (
    DomainRow,
    ProcedureRow,
    current_version,
    domains,
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
    "ProcedureRow",
    "current_version",
    "domains",
    "offered_at",
    "offerings_of",
    "procedure_by_code",
    "procedures_of_agency",
    "search",
    "version",
    "versions_of",
]
