"""Days off by year, and the clocks."""

from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from motcua.agencies.access import require_admin
from motcua.agencies.models.span import holds_on
from motcua.agencies.queries import hours_of
from motcua.agencies.queries import unit as unit_by_id
from motcua.agencies.terms import Right
from motcua.deadlines.actions.declare_exception import declare_exception
from motcua.deadlines.actions.remove_exception import remove_exception
from motcua.deadlines.actions.set_clock import set_clock
from motcua.deadlines.models import CalendarException, ClockSetting
from motcua.deadlines.queries import clocks_of
from motcua.deadlines.terms import ClockKey, DayKind, Half
from motcua.identity.requests import actor_in
from motcua.identity.terms import Actor
from motcua.kernel.errors import NotFound, Problem
from motcua.sites.backoffice.forms.calendar import ClockForm, DayOffForm
from motcua.sites.backoffice.reach import administers_all, own_units
from motcua.sites.backoffice.views.units import week_rows
from motcua.sites.kit.thread import Link
from motcua.sites.office.acting import Done, Frame, form_page
from motcua.sites.office.forms import ReasonForm, bound_to, day_label
from motcua.sites.office.shell import office_page

FIRST_YEAR, LAST_YEAR = 2000, 2100
CLOCK_SLUGS: Final = {
    "tra-trong-ngay": ClockKey.SAME_DAY_CUTOFF,
    "chuyen-trong-ngay": ClockKey.HAND_OVER_CUTOFF,
    "tra-loi-truc-tuyen": ClockKey.ONLINE_ANSWER_HOURS,
    "xin-loi": ClockKey.APOLOGY_LEAD_DAYS,
    "sap-den-han": ClockKey.DUE_SOON_HOURS,
}
_methods = require_http_methods(["GET", "HEAD", "POST"])


@dataclass(frozen=True, slots=True)
class DayRow:
    """A declared day and whether the actor may take it back."""

    day: CalendarException
    place: str
    may_remove: bool


def _year_url(year: int) -> str:
    return f"{reverse('backoffice:calendar')}?nam={year}"


@require_safe
def calendar(request: HttpRequest) -> HttpResponse:
    """`GET /quan-tri/lich/?nam=&loc=`: declared days of a year, clocks, hours."""
    actor, today = actor_in(request), timezone.localdate()
    asked = request.GET.get("nam", "")
    year = int(asked) if asked.isdecimal() and FIRST_YEAR <= int(asked[:6]) <= LAST_YEAR else today.year
    only = request.GET.get("loc", "")
    everywhere = administers_all(actor)
    rows = _rows(actor, year, everywhere=everywhere)
    undecided = [row for row in rows if row.day.applies and not row.day.decided]
    waiting = [row for row in rows if not row.day.applies]
    applied = [row for row in rows if row.day.applies]
    shown = {"chua-quyet-dinh": undecided, "khong-ap-dung": waiting}.get(only, applied)
    context = {
        "year": year,
        "rows": shown,
        "filters": [
            Link("Đang áp dụng", _year_url(year), only not in ("chua-quyet-dinh", "khong-ap-dung"), len(applied)),
            Link(
                "Chưa có quyết định",
                f"{_year_url(year)}&loc=chua-quyet-dinh",
                only == "chua-quyet-dinh",
                len(undecided),
            ),
            Link("Không áp dụng", f"{_year_url(year)}&loc=khong-ap-dung", only == "khong-ap-dung", len(waiting)),
        ],
        "previous_url": _year_url(year - 1),
        "next_url": _year_url(year + 1),
        "clocks": _clock_rows(actor, today),
        "week": week_rows(hours_of(None, today)),
        "everywhere": everywhere,
        "undecided": len(undecided),
    }
    return office_page(request, "backoffice/calendar.html", context)


def _rows(actor: Actor, year: int, *, everywhere: bool) -> list[DayRow]:
    found = CalendarException.objects.filter(date__year=year).select_related("unit").order_by("date", "unit_id")
    if not everywhere:
        units = sorted(actor.units_with(Right.ADMIN))
        found = found.filter(Q(unit__isnull=True) | Q(unit__path__overlap=units))
    return [
        DayRow(day, day.unit.name if day.unit else "cả nước", everywhere if day.unit is None else _reaches(actor, day))
        for day in found
    ]


def _reaches(actor: Actor, day: CalendarException) -> bool:
    return actor.reaches(Right.ADMIN, unit_by_id(day.unit_id or 0).path)


def _clock_rows(actor: Actor, on: date) -> list[dict[str, Any]]:
    """Every clock with its value everywhere, and the values units of the actor have of their own (two queries)."""
    clocks = clocks_of(None, on=on)
    settings = list(ClockSetting.objects.filter(holds_on(on)).select_related("unit").order_by("unit__name_fold"))
    national = {one.key: one for one in settings if one.unit_id is None}
    found = []
    for slug, key in CLOCK_SLUGS.items():
        value = getattr(clocks, key.value)
        held = national.get(key.value)
        own = [
            (one.unit.name, one.value)
            for one in settings
            if one.key == key.value and one.unit and actor.reaches(Right.ADMIN, one.unit.path)
        ]
        text = f"{value:%H:%M}" if hasattr(value, "hour") else str(value)
        found.append({"slug": slug, "label": key.label, "value": text, "setting": held, "own": own})
    return found


@_methods
def declare(request: HttpRequest) -> HttpResponse:
    """`GET, POST /quan-tri/lich/khai-bao/`: days off or made up."""
    actor, today = actor_in(request), timezone.localdate()
    form = DayOffForm(own_units(actor, today), everywhere=administers_all(actor), **bound_to(request))

    def act() -> Done:
        said = form.cleaned_data
        for day in form.days:
            declare_exception(
                actor=actor,
                day=day,
                kind=DayKind(said["kind"]),
                half=Half(said["half"]),
                name=said["name"],
                decision_no=said["decision_no"],
                decided=not said["undecided"],
                unit_id=form.unit_id,
                at=timezone.now(),
            )
        return Done(f"Đã khai báo {len(form.days)} ngày: {said['name']}.", _year_url(form.days[0].year))

    lead = (
        "Hồ sơ đang giải quyết có thời hạn đi qua ngày này được tính lại ngày hẹn trả: mỗi lần đổi đều ghi nhật ký và "
        "báo cho người nộp. Hồ sơ đã giải quyết xong giữ nguyên."
    )
    back = [Link("Lịch làm việc", reverse("backoffice:calendar"))]
    return form_page(request, form, act, Frame("Khai báo ngày nghỉ, ngày làm bù", "Khai báo", back, lead))


@_methods
def remove(request: HttpRequest, day_id: int) -> HttpResponse:
    """`GET, POST /quan-tri/lich/ngay/<id>/bo/`: the day follows its weekday again."""
    actor = actor_in(request)
    day = CalendarException.objects.filter(pk=day_id).select_related("unit").first()
    if day is None:
        raise NotFound(Problem("calendar_day_unknown", "Không tìm thấy ngày này."))
    require_admin(actor, unit_by_id(day.unit_id).path if day.unit_id else ())
    form = ReasonForm(**bound_to(request))

    def act() -> Done:
        remove_exception(actor=actor, exception_id=day_id, reason=form.cleaned_data["reason"], at=timezone.now())
        return Done(f"Đã bỏ khai báo ngày {day.date:%d/%m/%Y}.", _year_url(day.date.year))

    what = f"{day.get_kind_display()} {day.get_half_display()}: {day.name}."
    lead = f"{what} Sau khi bỏ, ngày này theo lịch thường và hồ sơ đang giải quyết được tính lại."
    back = [Link("Lịch làm việc", _year_url(day.date.year))]
    frame = Frame(f"Bỏ khai báo ngày {day.date:%d/%m/%Y}", "Bỏ khai báo", back, lead, danger=True)
    return form_page(request, form, act, frame)


@_methods
def clock(request: HttpRequest, slug: str) -> HttpResponse:
    """`GET, POST /quan-tri/lich/gio-chot/<slug>/`: the value of one clock from a day on."""
    key = CLOCK_SLUGS.get(slug)
    if key is None:
        raise NotFound(Problem("no_page", "Không có giờ chốt này."))
    actor, today = actor_in(request), timezone.localdate()
    value = getattr(clocks_of(None, on=today), key.value)
    initial = {"value": f"{value:%H:%M}" if hasattr(value, "hour") else str(value), "on": day_label(today)}
    everywhere = administers_all(actor)
    form = ClockForm(key, units=own_units(actor, today), everywhere=everywhere, initial=initial, **bound_to(request))

    def act() -> Done:
        said = form.cleaned_data
        facts = {name: said[name] for name in ("value", "on", "source", "verified")}
        set_clock(actor=actor, key=key, unit_id=form.unit_id, at=timezone.now(), **facts)
        return Done(
            f"{key.label}: {said['value']} từ {said['on']:%d/%m/%Y}.", reverse("backoffice:calendar") + "#gio-chot"
        )

    back = [Link("Lịch làm việc", reverse("backoffice:calendar"))]
    return form_page(request, form, act, Frame(key.label, "Đặt", back))
