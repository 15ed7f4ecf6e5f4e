"""The front page: one question, one box."""

from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from motcua.kernel.text import fold
from motcua.procedures.queries import domains
from motcua.procedures.queries.reading import day_of, versions_on

#: What people come for most, in their words, by the national code; what the catalogue lacks is not shown.
COMMON: Final = {
    "1.001193": "Làm giấy khai sinh cho con",
    "2.000815": "Sao y, chứng thực bản sao",
    "1.004873": "Xin giấy xác nhận độc thân",
    "1.000894": "Đăng ký kết hôn",
    "1.000656": "Khai tử cho người thân",
    "2.000635": "Xin bản sao trích lục hộ tịch",
    "1.001612": "Mở hộ kinh doanh",
    "1.012783": "Đổi sổ đỏ, sổ hồng",
    "1.013831": "Sang tên đất khi mua bán, cho tặng, thừa kế",
    "1.001776": "Xin trợ cấp xã hội hằng tháng",
}


def home(request: HttpRequest) -> HttpResponse:
    """`GET /`: search, what people come for most, follow a dossier, every field (two queries)."""
    at = timezone.now()
    there = versions_on(day_of(at)).filter(procedure__code__in=COMMON).values_list("procedure__code", flat=True)
    known = set(there)
    context = {
        "common": [(code, words) for code, words in COMMON.items() if code in known],
        "domains": sorted(domains(at), key=lambda domain: fold(domain.name)),
    }
    return render(request, "portal/home.html", context)
