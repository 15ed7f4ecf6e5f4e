"""Lists to look into: overdue, a second supplement, corrections, acts keyed in later."""

from datetime import date
from typing import Final

from django import forms
from django.conf import settings
from django.db.models import F, Prefetch
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from motcua.agencies.queries import unit_by_slug
from motcua.deadlines.terms import LatenessRule
from motcua.dossiers.models import SupplementRequest
from motcua.dossiers.queries.lateness import by_agency, causes_among, causes_of, late_page, taken_in
from motcua.identity.requests import actor_in
from motcua.kernel.errors import Invalid
from motcua.kernel.paging import decode_cursor, encode_cursor
from motcua.sites.audit.rows import BACKDATED_AFTER, rows_of
from motcua.sites.audit.scope import DOSSIER, overseen_dossiers, overseen_entries
from motcua.sites.audit.searching import page_of
from motcua.sites.kit.forms import DayField
from motcua.sites.kit.thread import Link
from motcua.sites.office.shell import office_page

PAGE_SIZE: Final = 40


class SpanForm(forms.Form):
    """From which day to which."""

    tu = DayField(label="Tiếp nhận từ ngày", required=False, help_text="")
    den = DayField(label="đến hết ngày", required=False, help_text="")

    def span(self, today: date) -> tuple[date, date]:
        """Return the days asked for; the year to date when none."""
        said = self.cleaned_data if self.is_valid() else {}
        return said.get("tu") or today.replace(month=1, day=1), said.get("den") or today


def span_form(request: HttpRequest, today: date) -> tuple[SpanForm, date, date]:
    """Return the form of the span asked for, its first and its last day."""
    asked = {name: request.GET.get(name, "") for name in ("tu", "den")}
    form = SpanForm(asked, label_suffix="", auto_id="%s")
    for field in form.fields.values():
        setattr(field.widget, "no_optional_mark", True)  # noqa: B010 (read by the template tag `field`)
    first, last = form.span(today)
    return form, first, last


@require_safe
def overdue(request: HttpRequest) -> HttpResponse:
    """`GET /giam-sat/qua-han/?tu=&den=`: overdue dossiers by agency, by both rules."""
    actor, now = actor_in(request), timezone.now()
    form, first, last = span_form(request, timezone.localdate(now))
    found = taken_in(overseen_dossiers(actor), first, last)
    rows = by_agency(found, now)
    context = {
        "form": form,
        "rows": rows,
        "causes": causes_among(found),
        "first": first,
        "last": last,
        "query": f"tu={first:%d/%m/%Y}&den={last:%d/%m/%Y}",
        "rules": LatenessRule,
        "total": (sum(one.received for one in rows), sum(one.local for one in rows), sum(one.national for one in rows)),
    }
    return office_page(request, "audit/overdue.html", context, status=200 if form.is_valid() else Invalid.status)


@require_safe
def overdue_agency(request: HttpRequest, slug: str) -> HttpResponse:
    """`GET /giam-sat/qua-han/<agency>/?tu=&den=`: the overdue dossiers of one agency."""
    actor, now, agency = actor_in(request), timezone.now(), unit_by_slug(slug)
    _form, first, last = span_form(request, timezone.localdate(now))
    found = taken_in(overseen_dossiers(actor).filter(agency_id=agency.id), first, last)
    page = late_page(found, now, request.GET.get("sau", ""))
    context = {
        "agency": agency,
        "rows": page.rows,
        "causes": causes_of(one.dossier for one in page.rows),
        "first": first,
        "last": last,
        "rules": LatenessRule,
        "next_url": _next(request, page.next_cursor),
        "crumbs": [Link("Quá hạn", f"{reverse('audit:overdue')}?tu={first:%d/%m/%Y}&den={last:%d/%m/%Y}")],
    }
    return office_page(request, "audit/overdue_agency.html", context)


def _next(request: HttpRequest, cursor: str) -> str:
    if not cursor:
        return ""
    query = request.GET.copy()
    query["sau"] = cursor
    return f"{request.path}?{query.urlencode()}"


@require_safe
def supplements(request: HttpRequest) -> HttpResponse:
    """`GET /giam-sat/bo-sung-lan-hai/`: dossiers whose applicant was asked more than once."""
    found = overseen_dossiers(actor_in(request)).filter(supplement_count__gt=1).order_by("-pk")
    if cursor := request.GET.get("sau", ""):
        found = found.filter(pk__lt=int(decode_cursor(cursor, length=1)[0]))
    asked = SupplementRequest.objects.select_related("requested_by").order_by("number")
    related = found.select_related("procedure", "agency", "owner").prefetch_related(
        Prefetch("supplement_requests", asked, to_attr="asked")
    )
    rows = list(related[: PAGE_SIZE + 1])
    more = encode_cursor([rows[PAGE_SIZE - 1].pk]) if len(rows) > PAGE_SIZE else ""
    return office_page(request, "audit/supplements.html", {"rows": rows[:PAGE_SIZE], "next_url": _next(request, more)})


@require_safe
def corrections(request: HttpRequest) -> HttpResponse:
    """`GET /giam-sat/dinh-chinh/`: what was corrected in dossiers, by whom, why."""
    found = overseen_entries(actor_in(request)).filter(object_type=DOSSIER, verb="dossier.corrected").order_by("-id")
    page = page_of(found, request.GET.get("sau", ""))
    context = {
        "title": "Đính chính hồ sơ",
        "lead": "Thông tin hồ sơ được sửa sau khi nộp. Nội dung trước và sau khi sửa xem trong từng hồ sơ.",
        "rows": rows_of(page.rows),
        "next_url": _next(request, page.next_cursor),
    }
    return office_page(request, "audit/entries.html", context)


@require_safe
def backdated(request: HttpRequest) -> HttpResponse:
    """`GET /giam-sat/nhap-sau/`: acts on dossiers written down later than they happened."""
    late = overseen_entries(actor_in(request)).filter(object_type=DOSSIER, recorded_at__gt=F("at") + BACKDATED_AFTER)
    page = page_of(late.order_by("-id"), request.GET.get("sau", ""))
    lead = "Việc được ghi vào hệ thống muộn hơn lúc xảy ra trên một giờ, ví dụ hồ sơ giấy nhập lại hôm sau."
    if settings.DEMO:
        lead += " Dữ liệu mẫu được tạo cùng lúc nên mọi việc mẫu đều hiện ở đây."
    context = {
        "title": "Việc nhập sau",
        "lead": lead,
        "rows": rows_of(page.rows),
        "next_url": _next(request, page.next_cursor),
        "both_times": True,
    }
    return office_page(request, "audit/entries.html", context)
