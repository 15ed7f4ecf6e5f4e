"""The catalogue by readiness: what each procedure has, what waits."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from motcua.identity.requests import actor_in
from motcua.procedures.access import require_catalogue
from motcua.procedures.models import Domain
from motcua.procedures.queries import readiness_counts, readiness_page, waiting_drafts
from motcua.procedures.queries.readiness import ReadyRow
from motcua.procedures.terms import Level, ServiceLevel
from motcua.sites.kit.thread import Link
from motcua.sites.office.shell import office_page

#: Filter in the address → its name in the room, its words.
FILTERS: Final[Mapping[str, tuple[str, str]]] = {
    "": ("", "Tất cả"),
    "cho-duyet": ("waiting", "Chờ duyệt"),
    "ban-thao": ("drafts", "Có bản thảo"),
    "thong-tin": ("information", "Chỉ cung cấp thông tin"),
    "mot-phan": ("partial", "Trực tuyến một phần"),
    "toan-trinh": ("full", "Trực tuyến toàn trình"),
    "co-bieu-mau": ("with_form", "Có biểu mẫu"),
    "chua-bieu-mau": ("without_form", "Chưa có biểu mẫu"),
    "chua-quy-trinh": ("without_steps", "Chưa có quy trình"),
    "chua-bai-thu": ("without_tests", "Chưa có bài thử"),
    "bon-tai-cho": ("four_at_centre", "4 tại chỗ"),
    "nam-tai-cho": ("five_at_centre", "5 tại chỗ"),
    "cat-thoi-han": ("term_cut", "So được với hạn luật định"),
    "chua-doc-het": ("flagged", "Có chỗ chưa đọc được"),
    "chua-ra-soat": ("unreviewed", "Chưa rà soát"),
}


@dataclass(frozen=True, slots=True)
class Shown:
    """A row with its words."""

    row: ReadyRow
    level: str
    service_level: str
    cut: str


def shown(row: ReadyRow) -> Shown:
    """Return a row with the words of the list."""
    return Shown(row, Level(row.level).label, ServiceLevel(row.readiness.service_level).label, cut_words(row))


def cut_words(row: ReadyRow) -> str:
    """Return how many working days were cut off the law's term, in words; "" where the law's term is not known."""
    days = row.readiness.days_cut
    if days is None:
        return ""
    number = f"{abs(days):.1f}".removesuffix(".0").replace(".", ",")
    if days == 0:
        return "bằng luật định"
    return f"giảm {number} ngày" if days > 0 else f"dài hơn {number} ngày"


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """`GET /quan-tri/xuong/?q=&loc=&linh-vuc=&sau=`: every procedure by how ready it is."""
    require_catalogue(actor_in(request))
    asked = request.GET
    chosen = asked.get("loc", "") if asked.get("loc", "") in FILTERS else ""
    text, domain = asked.get("q", "")[:200], asked.get("linh-vuc", "")
    page = readiness_page(text=text, wanted=FILTERS[chosen][0], domain=domain, cursor=asked.get("sau", ""))
    counts = readiness_counts()
    context = {
        "rows": [shown(row) for row in page.rows],
        "filters": [
            Link(words, _url(request, loc=key, sau=""), key == chosen, counts[name])
            for key, (name, words) in FILTERS.items()
        ],
        "waiting": list(waiting_drafts()[:10]),
        "domains": Domain.objects.order_by("name").values_list("code", "name"),
        "domain": domain,
        "state": chosen,
        "q": text,
        "next_url": _url(request, sau=page.next_cursor) if page.next_cursor else "",
        "export_url": f"{reverse('studio:export')}?{_query(request)}",
    }
    return office_page(request, "studio/home.html", context)


def _query(request: HttpRequest) -> str:
    query = request.GET.copy()
    query.pop("sau", None)
    return query.urlencode()


def _url(request: HttpRequest, **changes: str) -> str:
    query = request.GET.copy()
    for name, value in changes.items():
        query[name] = value
    return f"{request.path}?{query.urlencode()}"
