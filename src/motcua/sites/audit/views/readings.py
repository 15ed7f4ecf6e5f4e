"""Who looked at whose data: the journal of readings."""

import tempfile
from collections.abc import Iterator
from datetime import datetime, time, timedelta
from typing import Any, Final

from django import forms
from django.db.models import Q, QuerySet
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from motcua.deadlines.terms import VIET_NAM
from motcua.files.web.download import content_disposition
from motcua.identity.requests import actor_in, demand_fresh
from motcua.identity.terms import Actor
from motcua.journal.models import Reading
from motcua.journal.terms import ReadingKind
from motcua.kernel.errors import Invalid, Problem
from motcua.kernel.paging import decode_cursor, encode_cursor
from motcua.sites.audit.scope import DOSSIER, overseen_dossiers, oversees_all
from motcua.sites.kit.forms import DayField
from motcua.sites.office.sheets import XLSX, cell, write_table
from motcua.sites.office.shell import office_page

PAGE_SIZE: Final = 50
MOST_ROWS: Final = 10_000
_HEADERS: Final = ("Thời điểm", "Người xem", "Chức vụ, đơn vị", "Mã hồ sơ", "Loại lần xem", "Mục đích")


class ReadingsForm(forms.Form):
    """Which readings."""

    tim = forms.CharField(label="Mã hồ sơ hoặc người xem", required=False, max_length=100)
    loai = forms.ChoiceField(label="Loại lần xem", required=False, choices=[("", "Tất cả"), *ReadingKind.choices])
    tu = DayField(label="Từ ngày", required=False, help_text="")
    den = DayField(label="đến hết ngày", required=False, help_text="")

    def __init__(self, data: Any) -> None:
        super().__init__({name: data.get(name, "") for name in self.base_fields}, label_suffix="", auto_id="%s")
        for field in self.fields.values():
            setattr(field.widget, "no_optional_mark", True)  # noqa: B010 (read by the template tag `field`)


def found_readings(actor: Actor, said: dict[str, Any]) -> QuerySet[Reading]:
    """Return the readings of dossiers within the actor's oversight that fit, newest first."""
    found = Reading.objects.filter(object_type=DOSSIER).order_by("-id")
    if not oversees_all(actor):
        found = found.filter(code__in=overseen_dossiers(actor).values("code"))
    if text := said.get("tim", "").strip():
        found = found.filter(Q(code=text.upper()) | Q(actor_name__icontains=text))
    if said.get("loai"):
        found = found.filter(kind=said["loai"])
    if said.get("tu"):
        found = found.filter(at__gte=datetime.combine(said["tu"], time.min, VIET_NAM))
    if said.get("den"):
        found = found.filter(at__lt=datetime.combine(said["den"] + timedelta(days=1), time.min, VIET_NAM))
    return found


@require_safe
def readings(request: HttpRequest) -> HttpResponse:
    """`GET /giam-sat/luot-xem/?tim=&loai=&tu=&den=`: who read which dossier's people, and what for."""
    form = ReadingsForm(request.GET)
    if not form.is_valid():
        return office_page(request, "audit/readings.html", {"form": form}, status=Invalid.status)
    found = found_readings(actor_in(request), form.cleaned_data)
    if cursor := request.GET.get("sau", ""):
        found = found.filter(pk__lt=int(decode_cursor(cursor, length=1)[0]))
    rows = list(found[: PAGE_SIZE + 1])
    query = request.GET.copy()
    query.pop("sau", None)
    export = f"{reverse('audit:readings_export')}?{query.urlencode()}"
    if len(rows) > PAGE_SIZE:
        query["sau"] = encode_cursor([rows[PAGE_SIZE - 1].pk])
    next_url = f"{request.path}?{query.urlencode()}" if len(rows) > PAGE_SIZE else ""
    context = {"form": form, "rows": rows[:PAGE_SIZE], "next_url": next_url, "excel_url": export}
    return office_page(request, "audit/readings.html", context)


@require_safe
def export(request: HttpRequest) -> HttpResponseBase:
    """`GET /giam-sat/luot-xem.xlsx`: the same as a table of at most ten thousand rows."""
    demand_fresh(request)
    form = ReadingsForm(request.GET)
    if not form.is_valid():
        raise Invalid(Problem("bad_search", "Điều kiện tìm chưa đúng; hãy sửa ở trang lượt xem rồi tải lại."))
    found = found_readings(actor_in(request), form.cleaned_data)[:MOST_ROWS]
    file = tempfile.TemporaryFile()  # noqa: SIM115 (the response closes it)
    write_table(file, "Lượt xem", _HEADERS, _lines(found))
    file.seek(0)
    response = FileResponse(file, content_type=XLSX)
    name = f"Lượt xem dữ liệu cá nhân {timezone.localdate():%d-%m-%Y}.xlsx"
    response["Content-Disposition"] = content_disposition(name, inline=False)
    response["Cache-Control"] = "private, no-store"
    return response


def _lines(found: QuerySet[Reading]) -> Iterator[tuple[str, ...]]:
    for row in found.iterator(chunk_size=500):
        kind = ReadingKind(row.kind).label
        yield (cell(row.at), row.actor_name, row.actor_title, row.code, kind, row.purpose)
