"""Reading the catalogue over HTTP; open to everybody, as the law wants procedures published."""

from datetime import date
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from ninja import Query, Router, Schema

from motcua.forms.rules.schema import json_schema
from motcua.kernel.errors import NotFound, Problem
from motcua.procedures.queries import current_version, offerings_of, search
from motcua.procedures.terms import Definition, Level

router = Router(tags=["Thủ tục hành chính"])


class ProcedureLine(Schema):
    """One procedure in a list."""

    code: str
    name: str
    domain_code: str
    domain_name: str
    level: str
    service_level: str
    summary: str


class ProcedurePage(Schema):
    """A page of procedures; `next_cursor` is "" on the last."""

    procedures: list[ProcedureLine]
    next_cursor: str


class OfferingLine(Schema):
    """An agency that takes in the procedure."""

    agency_id: int
    agency_name: str
    handling_unit_name: str


class ProcedureDetail(Schema):
    """A procedure as it holds now."""

    code: str
    version: int
    valid_from: date | None
    valid_to: date | None
    definition: Definition
    offerings: list[OfferingLine]


class ProcedureFilters(Schema):
    """What narrows the list."""

    q: str = ""
    level: Level | None = None
    domain: str | None = None
    agency: int | None = None
    cursor: str = ""
    limit: int = 20


@router.get("/procedures", response=ProcedurePage, auth=None, summary="Tìm thủ tục")
def list_procedures(request: HttpRequest, filters: Query[ProcedureFilters]) -> ProcedurePage:  # noqa: ARG001 - ninja passes it
    """Tìm thủ tục đang có hiệu lực bằng lời nói thường ngày, có dấu hoặc không dấu."""
    page = search(
        filters.q,
        at=timezone.now(),
        level=filters.level,
        domain=filters.domain,
        agency_id=filters.agency,
        cursor=filters.cursor,
        limit=filters.limit,
    )
    lines = [ProcedureLine.model_validate(row, from_attributes=True) for row in page.rows]
    return ProcedurePage(procedures=lines, next_cursor=page.next_cursor)


@router.get("/procedures/{code}", response=ProcedureDetail, auth=None, summary="Xem một thủ tục")
def show_procedure(request: HttpRequest, code: str) -> ProcedureDetail:  # noqa: ARG001 - ninja passes it
    """Xem đầy đủ một thủ tục: trường hợp, thời hạn, phí, giấy tờ, kết quả, căn cứ, các bước, nơi tiếp nhận."""
    now = timezone.now()
    version = current_version(code, now)
    offerings = [
        OfferingLine(
            agency_id=offering.agency_id,
            agency_name=offering.agency.name,
            handling_unit_name=offering.handling_unit.name,
        )
        for offering in offerings_of(version.procedure_id, now)
    ]
    return ProcedureDetail(
        code=version.procedure.code,
        version=version.number,
        valid_from=version.valid_from,
        valid_to=version.valid_to,
        definition=version.content,
        offerings=offerings,
    )


@router.get("/procedures/{code}/form", response=dict[str, Any], auth=None, summary="Tờ khai của một thủ tục")
def show_form(request: HttpRequest, code: str) -> dict[str, Any]:  # noqa: ARG001 - ninja passes it
    """Lược đồ JSON (2020-12) của các câu trả lời mà `form` của `POST /dossiers` cần có."""
    form = current_version(code, timezone.now()).content.form
    if form is None:
        raise NotFound(Problem("no_form", "Thủ tục này không có tờ khai điện tử."))
    return json_schema(form)
