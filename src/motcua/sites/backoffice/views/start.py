"""The assistant of a new installation: from nothing to the first dossier, in five steps that may be used again."""

from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar, Final

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from motcua.agencies.access import require_admin
from motcua.agencies.actions import name_first_unit
from motcua.agencies.actions.name_first_unit import UNNAMED_CODE
from motcua.agencies.queries import UnitInfo, units_on
from motcua.agencies.terms import AGENCY_KINDS, TWO_TIER_FROM
from motcua.identity.models import Posting
from motcua.identity.requests import actor_in
from motcua.kernel.errors import Problem, RuleBroken
from motcua.procedures.models import Procedure
from motcua.sites.backoffice.readiness import agency_states
from motcua.sites.backoffice.views.imports import take_people, take_units
from motcua.sites.backoffice.views.procedure_acts import take_catalogue
from motcua.sites.kit.forms import DayField
from motcua.sites.kit.thread import Link
from motcua.sites.office.acting import Done, Frame, form_page
from motcua.sites.office.forms import OfficeForm, bound_to, day_label, text_field
from motcua.sites.office.shell import office_page

STEPS: Final = (
    ("backoffice:start_unit", "Tên tỉnh, mã định danh", "Đơn vị đứng đầu hệ thống: UBND tỉnh, thành phố."),
    (
        "backoffice:start_units",
        "Cơ quan, đơn vị",
        "Sở, xã, phường, phòng chuyên môn, Bộ phận Một cửa, từ một tệp Excel.",
    ),
    (
        "backoffice:start_people",
        "Cán bộ, công chức",
        "Người, vị trí việc làm, quyền; in liên kết kích hoạt để phát cho từng người.",
    ),
    (
        "backoffice:start_procedures",
        "Thủ tục hành chính",
        "Nhập danh mục từ YAML, rồi đăng ký cơ quan tiếp nhận theo lĩnh vực.",
    ),
    ("backoffice:start_ready", "Sẵn sàng", "Xem còn thiếu gì để nhận hồ sơ đầu tiên."),
)
NAMES: Final = tuple(name for _, name, _ in STEPS)


@dataclass(frozen=True, slots=True)
class StepState:
    """One step of the assistant as its list shows it."""

    number: int
    name: str
    hint: str
    url: str
    done: bool
    told: str


def states(today: date) -> list[StepState]:
    """Return how far each step is (four queries)."""
    units = units_on(today)
    agencies = [unit for unit in units if unit.kind in AGENCY_KINDS and unit.parent_id]
    desks = [unit for unit in units if unit.is_desk]
    officers = Posting.objects.values("account").distinct().count()
    listed = Procedure.objects.filter(is_listed=True).count()
    ready = agency_states(today)
    told = (
        (not _unnamed(units), "; ".join(unit.name for unit in units if unit.parent_id is None)),
        (bool(agencies and desks), f"{len(agencies)} cơ quan, {len(desks)} Bộ phận Một cửa, {len(units)} đơn vị"),
        (officers > 1, f"{officers} người có vị trí việc làm"),
        (bool(listed and ready), f"{listed} thủ tục, {len(ready)} cơ quan tiếp nhận"),
        (any(one.is_ready for one in ready), f"{sum(one.is_ready for one in ready)} cơ quan nhận được hồ sơ"),
    )
    return [
        StepState(number, name, hint, reverse(view), *known)
        for number, ((view, name, hint), known) in enumerate(zip(STEPS, told, strict=True), start=1)
    ]


def _unnamed(units: list[UnitInfo]) -> UnitInfo | None:
    return next(
        (one for one in units if one.parent_id is None and one.agency_code == UNNAMED_CODE and one.code_is_provisional),
        None,
    )


def _back() -> list[Link]:
    return [Link("Bắt đầu", reverse("backoffice:start"))]


@require_safe
def start(request: HttpRequest) -> HttpResponse:
    """`GET /quan-tri/bat-dau/`: the five steps and how far each is."""
    steps = states(timezone.localdate())
    following = next((one for one in steps if not one.done), None)
    return office_page(request, "backoffice/start.html", {"steps": steps, "following": following})


class FirstUnitForm(OfficeForm):
    """What the first unit is called."""

    places: ClassVar[dict[str, str]] = {"since": "on"}

    name = text_field("Tên cơ quan", help_text="Ví dụ: Ủy ban nhân dân tỉnh Quảng Ninh.")
    short_name = text_field("Tên ngắn", required=False, longest=120, help_text="Ví dụ: tỉnh Quảng Ninh.")
    agency_code = text_field("Mã định danh", longest=35, help_text="Ví dụ H49.", attrs={"class": "w10"})
    provisional = forms.BooleanField(label="Mã này do đơn vị tạm đặt, chờ mã chính thức", required=False)
    territory = text_field(
        "Mã tỉnh, thành phố",
        required=False,
        longest=5,
        help_text="2 chữ số, ví dụ 22.",
        attrs={"class": "w5", "inputmode": "numeric"},
    )
    on = DayField(
        label="Hoạt động từ ngày",
        help_text="Chính quyền địa phương hai cấp bắt đầu ngày 01/07/2025.",
        error_messages={"required": "Hãy nhập ngày, ví dụ 01/07/2025."},
    )


@require_http_methods(["GET", "HEAD", "POST"])
def start_unit(request: HttpRequest) -> HttpResponse:
    """`GET, POST /quan-tri/bat-dau/tinh/`: step 1, what the first unit is called."""
    actor, today = actor_in(request), timezone.localdate()
    first = _unnamed(units_on(today))
    if first is None and request.method != "POST":
        return office_page(request, "backoffice/start_named.html", _steps(1) | {"roots": _roots(today)})
    if first is not None:
        require_admin(actor, first.path)
    initial = {"on": day_label(min(TWO_TIER_FROM, today))}
    form = FirstUnitForm(initial=initial, **bound_to(request))

    def act() -> Done:
        if first is None:
            raise RuleBroken(Problem("unit_named_already", "Đơn vị đầu tiên đã được đặt tên."))
        said = form.cleaned_data
        made = name_first_unit(
            actor=actor,
            unit_id=first.id,
            name=said["name"],
            short_name=said["short_name"],
            agency_code=said["agency_code"],
            code_is_provisional=said["provisional"],
            territory_code=said["territory"],
            since=said["on"],
            at=timezone.now(),
        )
        return Done(f"Đã đặt tên «{made.name}».", reverse("backoffice:start_units"))

    frame = Frame("Tên tỉnh, mã định danh", "Lưu và tiếp tục", _back(), more=_steps(1))
    return form_page(request, form, act, frame)


def _roots(today: date) -> list[UnitInfo]:
    return [unit for unit in units_on(today) if unit.parent_id is None]


def _steps(current: int) -> dict[str, Any]:
    return {"step_names": NAMES, "step_number": current}


@require_http_methods(["GET", "HEAD", "POST"])
def start_units(request: HttpRequest) -> HttpResponse:
    """`GET, POST /quan-tri/bat-dau/don-vi/`: step 2, units from Excel."""
    return take_units(request, reverse("backoffice:start_people"), _back(), _steps(2))


@require_http_methods(["GET", "HEAD", "POST"])
def start_people(request: HttpRequest) -> HttpResponse:
    """`GET, POST /quan-tri/bat-dau/can-bo/`: step 3, people from Excel, their links to print."""
    return take_people(request, reverse("backoffice:start_procedures"), _back(), _steps(3))


@require_http_methods(["GET", "HEAD", "POST"])
def start_procedures(request: HttpRequest) -> HttpResponse:
    """`GET, POST /quan-tri/bat-dau/thu-tuc/`: step 4, the catalogue; then who takes what."""
    return take_catalogue(request, reverse("backoffice:offer_many"), _back(), _steps(4))


@require_safe
def start_ready(request: HttpRequest) -> HttpResponse:
    """`GET /quan-tri/bat-dau/san-sang/`: step 5, what each agency lacks before the first dossier."""
    today = timezone.localdate()
    found = agency_states(today)
    context = _steps(5) | {
        "ready": [one for one in found if one.is_ready],
        "lacking": [one for one in found if not one.is_ready],
        "steps": [one for one in states(today)[:4] if not one.done],
    }
    return office_page(request, "backoffice/start_ready.html", context)
