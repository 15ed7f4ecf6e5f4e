"""Reading dossiers, their timelines and papers."""

from datetime import datetime
from typing import Any

from django.http import FileResponse, HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Query, Router, Schema
from pydantic import Field

from motcua.agencies.queries import unit_by_slug
from motcua.dossiers.access import acts_open_to, get_visible, visible_to
from motcua.dossiers.api.answers import iso, line, moment_of, party
from motcua.dossiers.models import Dossier, IssuedPaper
from motcua.dossiers.papers.compose import tracking_url
from motcua.dossiers.papers.forms import FORMS, Form, FormSet, data_from_json, render_form
from motcua.dossiers.queries.work import Box, Work
from motcua.dossiers.rules.reasons import REASONS
from motcua.dossiers.rules.search import wanted_keys
from motcua.dossiers.terms import Status
from motcua.files.web.download import download_response
from motcua.identity.requests import actor_in
from motcua.kernel.errors import NotFound, Problem
from motcua.kernel.paging import decode_cursor, encode_cursor

router = Router()
_RELATED = ("procedure", "agency", "unit", "holder", "owner", "submitter")
Json = dict[str, Any]


class Filters(Schema):
    """What narrows the list: words, code, phone or identity number; status 1–10; slug of the unit that holds it."""

    q: str = Field("", max_length=300)
    status: Status | None = None
    unit: str = ""
    due_before: datetime | None = None
    cursor: str = ""
    limit: int = Field(50, ge=1, le=200)


@router.get("/dossiers", summary="Danh sách hồ sơ")
def listing(request: HttpRequest, filters: Query[Filters]) -> Json:
    """Return the dossiers the actor may see, newest first."""
    found = visible_to(actor_in(request)).select_related(*_RELATED).order_by("-id")
    if filters.q.strip():
        found = found.filter(search_keys__contains=wanted_keys(filters.q))
    if filters.status:
        found = found.filter(status=filters.status)
    if filters.unit:
        found = found.filter(unit_id=unit_by_slug(filters.unit).id)
    if filters.due_before:
        found = found.filter(due_at__lt=moment_of(filters.due_before))
    if filters.cursor:
        found = found.filter(id__lt=int(decode_cursor(filters.cursor, length=1)[0]))
    rows = list(found[: filters.limit + 1])
    more = len(rows) > filters.limit
    rows = rows[: filters.limit]
    return {"dossiers": [line(row) for row in rows], "next_cursor": encode_cursor([rows[-1].pk]) if more else ""}


@router.get("/queue", summary="Việc của tôi")
def queue(request: HttpRequest, box: Query[Box] = Box.ALL, cursor: str = "", limit: int = 50) -> Json:
    """Return the dossiers that wait for the actor, most urgent first, with the counts of each box."""
    work = Work(actor_in(request), timezone.now())
    page = work.page(box, cursor=cursor, limit=max(1, min(limit, 200)))
    related = Dossier.objects.select_related(*_RELATED).in_bulk([row.pk for row in page.rows])
    return {
        "counts": {box.value: count for box, count in work.counts().items()},
        "dossiers": [line(related[row.pk]) for row in page.rows],
        "next_cursor": page.next_cursor,
    }


@router.get("/dossiers/reasons", summary="Danh mục lý do từ chối, yêu cầu bổ sung")
def reasons(request: HttpRequest) -> Json:  # noqa: ARG001 (a list open to every signed-in account)
    """Return the catalogue of reasons with the advice that goes with each."""
    return {"reasons": [{"code": code, "name": name, "remedy": remedy} for code, (name, remedy) in REASONS.items()]}


@router.get("/dossiers/{int:dossier_id}", summary="Một hồ sơ")
def detail(request: HttpRequest, dossier_id: int) -> Json:
    """Return one dossier whole, with the acts open to the actor now."""
    actor = actor_in(request)
    dossier = get_visible(actor, dossier_id)
    return {
        **line(dossier),
        "external_code": dossier.external_code,
        "case": dossier.case_key,
        "source": dossier.source,
        "abstract": dossier.abstract,
        "set_count": dossier.set_count,
        "result_channel": dossier.result_channel,
        "result_place": dossier.result_place,
        "desk": {"slug": dossier.desk.slug, "name": dossier.desk.name},
        "step_name": dossier.step.name,
        "forward": list(dossier.step.forward),
        "back": list(dossier.step.back),
        "original_due_at": iso(dossier.original_due_at),
        "supplement_count": dossier.supplement_count,
        "owner_party": party(dossier.owner),
        "submitter_party": party(dossier.submitter),
        "tracking_url": tracking_url(dossier),
        "acts": acts_open_to(actor, dossier),
        "components": _components(dossier),
        "papers": [_paper(paper) for paper in dossier.papers.order_by("id")],
        "drafts": _drafts(dossier),
        "result": _result(dossier),
    }


@router.get("/dossiers/{int:dossier_id}/timeline", summary="Quá trình xử lý")
def timeline(request: HttpRequest, dossier_id: int) -> Json:
    """Return every act done to the dossier, oldest first."""
    dossier = get_visible(actor_in(request), dossier_id)
    moves = dossier.moves.select_related("to_unit", "to_holder").order_by("number")
    return {
        "code": dossier.code,
        "moves": [
            {
                "number": move.number,
                "act": move.act,
                "at": iso(move.at),
                "actor": move.actor_name,
                "title": move.actor_title,
                "status": move.status,
                "from_step": move.from_step,
                "to_step": move.to_step,
                "unit": move.to_unit.name,
                "holder": move.to_holder.full_name if move.to_holder else "",
                "step_due_at": iso(move.step_due_at),
                "note": move.note,
            }
            for move in moves
        ],
    }


@router.get("/dossiers/{int:dossier_id}/papers/{int:paper_id}", summary="Giấy tờ đã lập (PDF)")
def paper_pdf(request: HttpRequest, dossier_id: int, paper_id: int) -> HttpResponse:
    """Return an issued paper as PDF, the same bytes each time."""
    dossier = get_visible(actor_in(request), dossier_id)
    paper = dossier.papers.filter(pk=paper_id).first()
    if paper is None:
        raise NotFound(Problem("no_paper", "Hồ sơ không có giấy tờ này."))
    pdf = render_form(paper.form, paper.form_set, data_from_json(paper.form, paper.data))
    name = f"{dossier.code}_{paper.form}_{paper.version}.pdf"
    headers = {"Content-Disposition": f'inline; filename="{name}"'}
    return HttpResponse(pdf, content_type="application/pdf", headers=headers)


@router.get("/dossiers/{int:dossier_id}/files/{int:file_id}", summary="Tệp của hồ sơ")
def file(request: HttpRequest, dossier_id: int, file_id: int) -> FileResponse:
    """Return a file of the dossier."""
    dossier = get_visible(actor_in(request), dossier_id)
    attachment = dossier.attachments.select_related("blob").filter(pk=file_id).first()
    if attachment is None:
        raise NotFound(Problem("no_file", "Hồ sơ không có tệp này."))
    return download_response(attachment.blob, attachment.name, inline=False)


def _components(dossier: Dossier) -> list[Json]:
    return [
        {
            "key": row.key,
            "name": row.name,
            "originals": row.originals,
            "copies": row.copies,
            "is_required": row.is_required,
            "is_present": row.is_present,
            "note": row.note,
            "files": [{"id": one.pk, "name": one.name, "sha256": one.blob_id} for one in row.attachments.all()],
        }
        for row in dossier.components.prefetch_related("attachments").order_by("position")
    ]


def _paper(paper: IssuedPaper) -> Json:
    return {
        "id": paper.pk,
        "form": paper.form,
        "form_set": paper.form_set,
        "title": FORMS[Form(paper.form), FormSet(paper.form_set)].title,
        "version": paper.version,
        "issued_at": iso(paper.issued_at),
        "issued_by": paper.issued_by,
    }


def _drafts(dossier: Dossier) -> list[Json]:
    return [
        {
            "number": draft.number,
            "is_negative": draft.is_negative,
            "opinion": draft.opinion,
            "text": draft.text,
            "author": draft.author_name,
            "at": iso(draft.at),
        }
        for draft in dossier.drafts.order_by("number")
    ]


def _result(dossier: Dossier) -> Json | None:
    result = getattr(dossier, "result", None)
    if result is None:
        return None
    return {
        "name": result.name,
        "number": result.number,
        "symbol": result.symbol,
        "issued_on": result.issued_on.isoformat() if result.issued_on else None,
        "is_negative": result.is_negative,
        "reason": result.reason,
        "signer": result.signer_name,
        "signer_title": result.signer_title,
        "draft_number": result.draft.number,
        "sealed_at": iso(result.sealed_at),
    }
