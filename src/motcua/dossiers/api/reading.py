"""Reading dossiers, their timelines and papers."""

from typing import Literal

from django.db.models import QuerySet
from django.http import FileResponse, HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Query, Schema
from pydantic import Field

from motcua.agencies.queries import unit_by_slug
from motcua.dossiers.access import acts_open_to, get_visible, sees_whole, visible_to
from motcua.dossiers.access.sight import no_dossier
from motcua.dossiers.actions.read_people import read_people
from motcua.dossiers.actions.watch_files import tell_opened
from motcua.dossiers.api import outputs
from motcua.dossiers.api.answers import Json, iso, line, masked, moment_of, named, party
from motcua.dossiers.api.kinds import PURPOSE_FIELD, Line, Moment, Purpose
from motcua.dossiers.api.routes import router
from motcua.dossiers.models import Attachment, Dossier, DraftResult, IssuedPaper, Move, Result
from motcua.dossiers.papers.compose import tracking_url
from motcua.dossiers.papers.forms import FORMS, Form, FormSet, data_from_json, render_form
from motcua.dossiers.queries.applicant import (
    drafts_open_to,
    file_open_to,
    files_open_to,
    moves_open_to,
    result_open_to,
)
from motcua.dossiers.queries.declared import answers_json
from motcua.dossiers.queries.pages import paper_of
from motcua.dossiers.queries.process_facts import open_ways, open_ways_back
from motcua.dossiers.queries.work import Box, Work
from motcua.dossiers.rules.reasons import REASONS
from motcua.dossiers.rules.search import wanted_keys
from motcua.dossiers.terms import Status, act_label
from motcua.identity.requests import actor_in
from motcua.kernel.errors import Invalid, NotFound
from motcua.kernel.paging import decode_cursor, encode_cursor, reading_cursor
from motcua.signing.web.download import paper_response


def _binary(media_type: str) -> Json:
    """Return the part of the description that says what the content of a file is."""
    shape = {"schema": {"type": "string", "format": "binary"}}
    return {"responses": {200: {"content": {media_type: shape}}}}


_RELATED = ("procedure", "agency", "unit", "holder", "owner", "submitter")


class Filters(Schema):
    """What narrows the list: words, code, phone or identity number; status 1–10; slug of the unit that holds it."""

    q: str = Field("", max_length=300, description="Họ tên, mã hồ sơ, số điện thoại hoặc số định danh")
    status: Status | None = Field(None, description="Trạng thái 1–10")
    unit: Line = Field("", description="Tên rút gọn của đơn vị đang giữ hồ sơ")
    due_before: Moment | None = Field(None, description="Hẹn trả trước thời điểm này")
    cursor: Line = Field("", description="`next_cursor` của trang trước")
    limit: int = Field(50, ge=1, le=200)


class QueueFilters(Schema):
    """Which box of work, which page."""

    box: Box = Box.ALL
    cursor: Line = Field("", description="`next_cursor` của trang trước")
    limit: int = Field(50, ge=1, le=200)


@router.get("/dossiers", response=outputs.DossierPage, operation_id="list_dossiers", summary="Danh sách, tìm hồ sơ")
def listing(request: HttpRequest, filters: Query[Filters]) -> Json:
    """Các hồ sơ mà tài khoản được xem, mới nhất trước."""
    found = _narrowed(visible_to(actor_in(request)), filters).select_related(*_RELATED).order_by("-id")
    if filters.cursor:
        with reading_cursor():
            found = found.filter(id__lt=int(decode_cursor(filters.cursor, length=1)[0]))
    rows = list(found[: filters.limit + 1])
    more = len(rows) > filters.limit
    rows = rows[: filters.limit]
    return {"dossiers": [line(row) for row in rows], "next_cursor": encode_cursor([rows[-1].pk]) if more else ""}


def _narrowed(found: QuerySet[Dossier], filters: Filters) -> QuerySet[Dossier]:
    if filters.q.strip():
        keys = wanted_keys(filters.q)
        found = found.filter(search_keys__contains=keys) if keys else found.none()
    if filters.status:
        found = found.filter(status=filters.status)
    if filters.unit:
        found = found.filter(unit_id=_unit_id(filters.unit))
    if filters.due_before:
        found = found.filter(due_at__lt=moment_of(filters.due_before))
    return found


def _unit_id(slug: str) -> int:
    try:
        return unit_by_slug(slug).id
    except NotFound as error:
        raise Invalid(error.problems) from error


@router.get("/queue", response=outputs.QueuePage, operation_id="my_queue", summary="Việc của tôi")
def queue(request: HttpRequest, filters: Query[QueueFilters]) -> Json:
    """Các hồ sơ đang chờ tài khoản này xử lý, gấp nhất trước, kèm số lượng của từng ngăn việc."""
    work = Work(actor_in(request), timezone.now())
    page = work.page(filters.box, cursor=filters.cursor, limit=filters.limit)
    related = Dossier.objects.select_related(*_RELATED).in_bulk([row.pk for row in page.rows])
    return {
        "counts": {box.value: count for box, count in work.counts().items()},
        "dossiers": [line(related[row.pk]) for row in page.rows],
        "next_cursor": page.next_cursor,
    }


@router.get(
    "/dossiers/reasons",
    response=outputs.Reasons,
    operation_id="list_reasons",
    summary="Danh mục lý do từ chối, yêu cầu bổ sung",
)
def reasons(request: HttpRequest) -> Json:  # noqa: ARG001 (a list open to every signed-in account)
    """Các lý do dùng trong `grounds`, kèm hướng dẫn đi theo mỗi lý do."""
    return {"reasons": [{"code": code, "name": name, "remedy": remedy} for code, (name, remedy) in REASONS.items()]}


@router.get(
    "/dossiers/{int:dossier_id}", response=outputs.DossierWhole, operation_id="get_dossier", summary="Xem một hồ sơ"
)
def detail(request: HttpRequest, dossier_id: int, purpose: Purpose) -> Json:
    """Toàn bộ một hồ sơ, kèm các việc mà tài khoản làm được ngay lúc này (`acts`).

    Người đang giải quyết đọc được dữ liệu cá nhân; người cùng cơ quan thấy số bị che cho tới khi nêu mục đích; người
    chỉ giám sát phải nêu mục đích. Mỗi lần đọc được ghi lại cho chủ tài khoản của khóa truy cập (`people`: đọc đủ).
    """
    actor, at = actor_in(request), timezone.now()
    dossier = get_visible(actor, dossier_id)
    files, whole = list(files_open_to(actor, dossier)), sees_whole(actor, dossier)
    people = whole and read_people(actor, dossier, purpose=purpose, at=at, field=PURPOSE_FIELD)
    shown = party if people else masked if whole else named
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
        "forward": [way.step.key for way in open_ways(dossier, at, actor)],
        "back": [way.step.key for way in open_ways_back(dossier, at, actor)],
        "original_due_at": iso(dossier.original_due_at),
        "supplement_count": dossier.supplement_count,
        "people": people,
        "owner_party": shown(dossier.owner),
        "submitter_party": shown(dossier.submitter),
        "tracking_url": tracking_url(dossier) if whole else "",
        "acts": acts_open_to(actor, dossier, at),
        "components": _components(dossier, files),
        "other_files": [_file(one) for one in files if one.component_id is None],
        "papers": [_paper(paper) for paper in dossier.papers.order_by("id")] if whole else [],
        "drafts": [_draft(draft) for draft in drafts_open_to(actor, dossier)],
        "result": _result(result_open_to(actor, dossier)),
        "form": answers_json(dossier) if people else None,
    }


@router.get(
    "/dossiers/{int:dossier_id}/timeline",
    response=outputs.Timeline,
    operation_id="get_timeline",
    summary="Quá trình xử lý",
)
def timeline(request: HttpRequest, dossier_id: int, purpose: Purpose) -> Json:
    """Mọi việc đã làm với hồ sơ, cũ nhất trước."""
    actor = actor_in(request)
    dossier = get_visible(actor, dossier_id)
    if sees_whole(actor, dossier):
        read_people(actor, dossier, purpose=purpose, at=timezone.now(), field=PURPOSE_FIELD)
    return {"code": dossier.code, "moves": [_move(move) for move in moves_open_to(actor, dossier)]}


@router.get(
    "/dossiers/{int:dossier_id}/papers/{int:paper_id}",
    operation_id="get_paper",
    summary="Giấy tờ đã lập (PDF)",
    openapi_extra=_binary("application/pdf"),
)
def paper_pdf(request: HttpRequest, dossier_id: int, paper_id: int, purpose: Purpose) -> HttpResponse:
    """Giấy tờ đã lập cho người nộp dưới dạng PDF; lần nào cũng cùng một nội dung."""
    actor = actor_in(request)
    dossier = get_visible(actor, dossier_id)
    if not sees_whole(actor, dossier):
        raise no_dossier()
    paper = paper_of(dossier, paper_id)
    read_people(actor, dossier, purpose=purpose, at=timezone.now(), whole=True, field=PURPOSE_FIELD)
    pdf = render_form(paper.form, paper.form_set, data_from_json(paper.form, paper.data))
    name = f"{dossier.code}_{paper.form}_{paper.version}.pdf"
    headers = {"Content-Disposition": f'inline; filename="{name}"', "Cache-Control": "private, no-store"}
    return HttpResponse(pdf, content_type="application/pdf", headers=headers)


@router.get(
    "/dossiers/{int:dossier_id}/files/{int:file_id}",
    operation_id="get_file",
    summary="Tệp của hồ sơ",
    openapi_extra=_binary("application/octet-stream"),
)
def file(
    request: HttpRequest,
    dossier_id: int,
    file_id: int,
    purpose: Purpose,
    variant: Literal["web", "issued"] | None = None,
) -> FileResponse:
    """Nội dung một tệp đính kèm của hồ sơ.

    Giấy đã ký được trả bản có bằng chứng lưu trữ (mở đầu bằng đúng tệp đã ban hành); `variant=issued` trả tệp đã ban
    hành. `variant=web` cho ảnh một bản JPEG nhỏ, không kèm thông tin máy ảnh.
    """
    actor = actor_in(request)
    dossier = get_visible(actor, dossier_id)
    attachment = file_open_to(actor, dossier, file_id)
    read_people(actor, dossier, purpose=purpose, at=timezone.now(), whole=True, field=PURPOSE_FIELD)
    tell_opened(actor=actor, file=attachment, code=dossier.code, at=timezone.now())
    small, as_issued = variant == "web", variant == "issued"
    return paper_response(attachment.blob, attachment.name, small=small, as_issued=as_issued)


def _move(move: Move) -> Json:
    return {
        "number": move.number,
        "act": move.act,
        "act_label": act_label(move.act),
        "at": iso(move.at),
        "actor": move.actor_name,
        "title": move.actor_title,
        "status": move.status,
        "status_label": Status(move.status).label,
        "from_step": move.from_step,
        "to_step": move.to_step,
        "unit": move.to_unit.name,
        "holder": move.to_holder.full_name if move.to_holder else "",
        "step_due_at": iso(move.step_due_at),
        "note": move.note,
    }


def _components(dossier: Dossier, files: list[Attachment]) -> list[Json]:
    return [
        {
            "key": row.key,
            "name": row.name,
            "originals": row.originals,
            "copies": row.copies,
            "is_required": row.is_required,
            "is_present": row.is_present,
            "note": row.note,
            "files": [_file(one) for one in files if one.component_id == row.pk],
        }
        for row in dossier.components.order_by("position")
    ]


def _file(found: Attachment) -> Json:
    return {
        "id": found.pk,
        "name": found.name,
        "sha256": found.blob_id,
        "media_type": found.blob.media_type,
        "size": found.blob.size,
        "purpose": found.purpose,
    }


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


def _draft(draft: DraftResult) -> Json:
    return {
        "number": draft.number,
        "is_negative": draft.is_negative,
        "opinion": draft.opinion,
        "text": draft.text,
        "author": draft.author_name,
        "at": iso(draft.at),
    }


def _result(result: Result | None) -> Json | None:
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
