"""The administrator's first page: what there is, what needs doing."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from motcua.agencies.actions.name_first_unit import UNNAMED_CODE
from motcua.agencies.queries import UnitInfo
from motcua.agencies.terms import AGENCY_KINDS
from motcua.deadlines.models import CalendarException
from motcua.files.queries import faulty_blobs
from motcua.identity.requests import actor_in
from motcua.identity.terms import Actor
from motcua.procedures.queries import waiting_drafts
from motcua.sites.backoffice.catalogue import counts
from motcua.sites.backoffice.queries import not_ended, to_activate, without_post
from motcua.sites.backoffice.reach import administers_all, officers_of, own_units
from motcua.sites.backoffice.readiness import agency_states
from motcua.sites.office.shell import office_page


@dataclass(frozen=True, slots=True)
class ToDo:
    """Something that needs doing: how many, in words, where."""

    count: int
    text: str
    url: str
    hint: str = ""


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """`GET /quan-tri/`: counts and what needs doing."""
    actor, today = actor_in(request), timezone.localdate()
    units = own_units(actor, today)
    officers = officers_of(actor)
    procedures = counts(today)
    todos = [
        *_of_units(units, today, everywhere=administers_all(actor)),
        *_of_people(actor, today),
        *_of_procedures(procedures),
        *_of_days(today),
        *_of_files(everywhere=administers_all(actor)),
    ]
    context = {
        "figures": [
            ("Đơn vị", len(units), reverse("backoffice:units")),
            ("Cán bộ", officers.filter(is_active=True).distinct().count(), reverse("backoffice:people")),
            ("Thủ tục đang tiếp nhận", procedures["tiep-nhan"], f"{reverse('backoffice:procedures')}?loc=tiep-nhan"),
            ("Hồ sơ đang giải quyết", _open_dossiers(units), ""),
        ],
        "todos": [one for one in todos if one.count],
        "everywhere": administers_all(actor),
        "demo": settings.DEMO,
        "is_new": any(unit.agency_code == UNNAMED_CODE and unit.code_is_provisional for unit in units),
        "places": [post for post in actor.postings if "admin" in post.rights],
    }
    return office_page(request, "backoffice/home.html", context)


def _open_dossiers(units: list[UnitInfo]) -> int:
    return not_ended().filter(agency_id__in=[unit.id for unit in units]).count()


def _of_units(units: list[UnitInfo], today: date, *, everywhere: bool) -> Iterator[ToDo]:
    provisional = [unit for unit in units if unit.code_is_provisional]
    url = f"{reverse('backoffice:units')}?ma=tam"
    yield ToDo(
        len(provisional),
        "cơ quan mang mã định danh tạm",
        url,
        "Thay bằng mã Nhà nước cấp trước khi kết nối liên thông.",
    )
    without = [unit for unit in units if unit.kind in AGENCY_KINDS and not unit.agency_code]
    yield ToDo(len(without), "cơ quan chưa có mã định danh", reverse("backoffice:units"))
    known = {unit.id for unit in units}
    lacking = [state for state in agency_states(today) if not state.is_ready and (everywhere or state.unit.id in known)]
    hint = "Thiếu người tiếp nhận, thụ lý, phê duyệt hoặc đóng dấu."
    yield ToDo(len(lacking), "cơ quan chưa đủ người để giải quyết hồ sơ", reverse("backoffice:start_ready"), hint)


def _of_people(actor: Actor, today: date) -> Iterator[ToDo]:
    people = reverse("backoffice:people")
    officers = officers_of(actor)
    yield ToDo(
        without_post(officers, on=today).distinct().count(),
        "cán bộ chưa có vị trí việc làm",
        f"{people}?trang-thai=chua-bo-tri",
    )
    yield ToDo(
        to_activate(officers).distinct().count(),
        "tài khoản chưa kích hoạt",
        f"{people}?trang-thai=chua-kich-hoat",
        "Gửi lại liên kết kích hoạt nếu liên kết cũ đã hết hạn.",
    )


def _of_procedures(procedures: dict[str, int]) -> Iterator[ToDo]:
    url = reverse("backoffice:procedures")
    yield ToDo(procedures["chua-noi-nao"], "thủ tục chưa nơi nào tiếp nhận", f"{url}?loc=chua-noi-nao")
    yield ToDo(procedures["ban-thao"], "bản thảo thủ tục chờ công bố", f"{url}?loc=ban-thao")
    yield ToDo(waiting_drafts().count(), "thủ tục chờ duyệt công bố", f"{reverse('studio:home')}?loc=cho-duyet")
    hint = "Mức phí hoặc thời hạn chưa đối chiếu với văn bản."
    yield ToDo(procedures["ra-soat"], "thủ tục có số liệu cần rà soát", f"{url}?loc=ra-soat", hint)


def _of_days(today: date) -> Iterator[ToDo]:
    waiting = CalendarException.objects.filter(decided=False, applies=True, date__gte=today)
    days = list(waiting.order_by("date").values_list("date", flat=True))
    year = days[0].year if days else today.year
    url = f"{reverse('backoffice:calendar')}?nam={year}&loc=chua-quyet-dinh"
    yield ToDo(len(days), "ngày nghỉ sắp tới chưa có quyết định chính thức", url)


def _of_files(*, everywhere: bool) -> Iterator[ToDo]:
    if everywhere:
        hint = "Lấy lại từ bản sao lưu, hoặc xin người nộp gửi lại."
        yield ToDo(faulty_blobs().count(), "tệp mất, hỏng hoặc có mã độc", reverse("backoffice:store"), hint)
