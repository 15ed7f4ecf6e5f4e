"""The journal: search, and the result as a file."""

import csv
import tempfile
from collections.abc import Iterable, Iterator
from typing import Final

from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from motcua.files.web.download import content_disposition
from motcua.identity.requests import actor_in
from motcua.journal.models import Entry
from motcua.kernel.errors import Invalid, NotFound, Problem
from motcua.sites.audit.rows import EntryRow, rows_of
from motcua.sites.audit.searching import Search, SearchForm
from motcua.sites.office.sheets import XLSX, cell, write_table
from motcua.sites.office.shell import office_page

MOST_ROWS: Final = 10_000
_CHUNK: Final = 500
_HEADERS: Final = (
    "Thời điểm của việc",
    "Thời điểm ghi",
    "Nhập sau",
    "Người thực hiện",
    "Chức vụ, đơn vị",
    "Việc",
    "Đối tượng",
    "Nội dung",
    "Mã băm",
)
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")


@require_safe
def journal(request: HttpRequest) -> HttpResponse:
    """`GET /giam-sat/`: entries within the oversight, newest first."""
    actor, today = actor_in(request), timezone.localdate()
    form = SearchForm(actor, today, request.GET)
    if not form.is_valid():
        return office_page(request, "audit/journal.html", {"form": form}, status=Invalid.status)
    page = Search(actor, form.cleaned_data).page(request.GET.get("sau", ""))
    query = request.GET.copy()
    query.pop("sau", None)
    export = reverse("audit:journal_export", args=["xlsx"])
    context = {
        "form": form,
        "rows": rows_of(page.rows),
        "next_url": f"{request.path}?{_with(request, page.next_cursor)}" if page.next_cursor else "",
        "excel_url": f"{export}?{query.urlencode()}",
        "csv_url": f"{reverse('audit:journal_export', args=['csv'])}?{query.urlencode()}",
        "most_rows": MOST_ROWS,
        "is_narrowed": any(form.cleaned_data.values()),
    }
    return office_page(request, "audit/journal.html", context)


def _with(request: HttpRequest, cursor: str) -> str:
    query = request.GET.copy()
    query["sau"] = cursor
    return query.urlencode()


@require_safe
def export(request: HttpRequest, kind: str) -> HttpResponseBase:
    """`GET /giam-sat/nhat-ky.xlsx`, `.csv`: the same search as a file of at most ten thousand rows."""
    form = SearchForm(actor_in(request), timezone.localdate(), request.GET)
    if not form.is_valid():
        raise Invalid(Problem("bad_search", "Điều kiện tìm chưa đúng; hãy sửa ở trang nhật ký rồi tải lại."))
    found = Search(actor_in(request), form.cleaned_data).found()[:MOST_ROWS]
    name = f"Nhật ký {timezone.localdate():%d-%m-%Y}.{kind}"
    lines = _lines(found.iterator(chunk_size=_CHUNK))
    response = {"xlsx": _excel, "csv": _csv}.get(kind, _unknown)(lines)
    response["Content-Disposition"] = content_disposition(name, inline=False)
    response["Cache-Control"] = "private, no-store"
    return response


def _unknown(lines: Iterable[tuple[str, ...]]) -> HttpResponseBase:  # noqa: ARG001 (one of three alike)
    raise NotFound(Problem("no_page", "Chỉ tải được tệp xlsx hoặc csv."))


def _lines(entries: Iterable[Entry]) -> Iterator[tuple[str, ...]]:
    chunk: list[Entry] = []
    for entry in entries:
        chunk.append(entry)
        if len(chunk) == _CHUNK:
            yield from map(_line, rows_of(chunk))
            chunk = []
    yield from map(_line, rows_of(chunk))


def _line(row: EntryRow) -> tuple[str, ...]:
    entry = row.entry
    return (
        cell(entry.at),
        cell(entry.recorded_at),
        "có" if row.is_backdated else "",
        entry.actor_name,
        entry.actor_title,
        row.verb,
        row.label,
        row.summary,
        entry.hash,
    )


def _excel(lines: Iterable[tuple[str, ...]]) -> HttpResponseBase:
    file = tempfile.TemporaryFile()  # noqa: SIM115 (the response closes it)
    write_table(file, "Nhật ký", _HEADERS, lines)
    file.seek(0)
    return FileResponse(file, content_type=XLSX)


class _Echo:
    """A file that gives back what is written to it."""

    def write(self, text: str) -> str:
        return text


def _csv(lines: Iterable[tuple[str, ...]]) -> HttpResponseBase:
    writer = csv.writer(_Echo())

    def parts() -> Iterator[str]:
        yield "\ufeff" + str(writer.writerow(_HEADERS))
        for line in lines:
            yield str(writer.writerow([_harmless(value) for value in line]))

    return StreamingHttpResponse(parts(), content_type="text/csv; charset=utf-8")


def _harmless(text: str) -> str:
    """Return the text so that no spreadsheet takes it for a formula."""
    return f"'{text}" if text.startswith(_FORMULA) else text
