"""The catalogue: list by readiness, the page of one procedure, its text to take away."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from motcua.agencies.terms import Right
from motcua.files.web.download import content_disposition
from motcua.identity.requests import actor_in
from motcua.kernel.errors import NotFound, Problem
from motcua.procedures.access import may_keep_catalogue
from motcua.procedures.models import Domain, Procedure, ProcedureVersion
from motcua.procedures.queries import offerings_of, procedure_by_code, versions_of
from motcua.procedures.rules.definition import problems_in, warnings_in
from motcua.procedures.terms import Level
from motcua.sites.backoffice.catalogue import STATES, counts, page_of
from motcua.sites.backoffice.definitions import as_yaml
from motcua.sites.kit.thread import Link
from motcua.sites.office.shell import office_page

CHANNELS = {"any": "mọi cách nộp", "in_person": "trực tiếp", "online": "trực tuyến", "post": "bưu chính"}
_TERM_UNITS = {"working_day": "ngày làm việc", "day": "ngày", "working_hour": "giờ làm việc"}
_PLACES = {"desk": "Bộ phận Một cửa", "handling": "đơn vị thụ lý", "agency": "cơ quan giải quyết"}


@require_safe
def procedures(request: HttpRequest) -> HttpResponse:
    """`GET /quan-tri/thu-tuc/?q=&loc=&linh-vuc=`: the catalogue by how ready each procedure is."""
    asked, today = request.GET, timezone.localdate()
    state = asked.get("loc", "") if asked.get("loc", "") in STATES else ""
    domain, text = asked.get("linh-vuc", ""), asked.get("q", "")[:200]
    page = page_of(today, text=text, state=state, domain=domain, cursor=asked.get("sau", ""))
    counted = counts(today)
    context = {
        "rows": page.rows,
        "filters": [
            Link(label, _url(request, loc=value, sau=""), value == state, counted[value])
            for value, label in STATES.items()
        ],
        "domains": Domain.objects.order_by("name").values_list("code", "name"),
        "domain": domain,
        "state": state,
        "q": text,
        "levels": dict(Level.choices),
        "next_url": _url(request, sau=page.next_cursor) if page.next_cursor else "",
        "may_keep": may_keep_catalogue(actor_in(request)),
    }
    return office_page(request, "backoffice/procedures.html", context)


def _url(request: HttpRequest, **changes: str) -> str:
    query = request.GET.copy()
    for name, value in changes.items():
        query[name] = value
    return f"{request.path}?{query.urlencode()}"


def known_procedure(code: str) -> Procedure:
    """Return the procedure of that code, in force or not; raises NotFound."""
    found = procedure_by_code(code)
    if found is None:
        raise NotFound(Problem("no_procedure", "Không có thủ tục hành chính mang mã này."))
    return found


def shown_version(versions: list[ProcedureVersion]) -> ProcedureVersion | None:
    """Return the version to show: the one published last, else the draft."""
    return next((one for one in versions if one.published_at), versions[0] if versions else None)


@require_safe
def procedure(request: HttpRequest, code: str) -> HttpResponse:
    """`GET /quan-tri/thu-tuc/<code>/`: versions, what holds, where it is taken, steps."""
    actor, now = actor_in(request), timezone.now()
    found = known_procedure(code)
    versions = list(versions_of(found.pk))
    shown = shown_version(versions)
    draft = next((one for one in versions if one.published_at is None), None)
    context = {
        "procedure": found,
        "versions": versions,
        "shown": shown,
        "content": shown.content if shown else None,
        "cases": _cases(shown) if shown else [],
        "steps": [(step, _PLACES[step.at], Right(step.right).label) for step in shown.content.steps] if shown else [],
        "warnings": warnings_in(shown.content) if shown else [],
        "draft": draft,
        "draft_waits": draft is not None and hasattr(draft, "drafting") and draft.drafting.is_proposed,
        "draft_problems": problems_in(draft.content) if draft else [],
        "offerings": [
            (one, actor.reaches(Right.ADMIN, one.agency.path) or may_keep_catalogue(actor))
            for one in offerings_of(found.pk, now)
        ],
        "may_keep": may_keep_catalogue(actor),
        "is_open": any(one.published_at and one.valid_to is None for one in versions),
        "today": timezone.localdate(now),
    }
    return office_page(request, "backoffice/procedure.html", context)


def _cases(version: ProcedureVersion) -> list[dict[str, Any]]:
    return [
        {
            "name": case.name,
            "terms": [
                (CHANNELS[channel], term_text(term.amount, term.unit), term.unverified)
                for channel, term in case.terms.items()
            ],
            "fees": case.fees,
        }
        for case in version.content.cases
    ]


def term_text(amount: int, unit: str) -> str:
    """Return a term in words."""
    return "trong ngày làm việc" if unit == "same_day" else f"{amount} {_TERM_UNITS[unit]}"


@require_safe
def procedure_text(request: HttpRequest, code: str) -> HttpResponse:  # noqa: ARG001 (Django's signature)
    """`GET /quan-tri/thu-tuc/<code>.yaml`: what the procedure says, to mend and to hand in again."""
    version = shown_version(list(versions_of(known_procedure(code).pk)))
    if version is None:
        raise NotFound(Problem("no_version", "Thủ tục chưa có phiên bản nào."))
    response = HttpResponse(as_yaml(version.content), content_type="text/yaml; charset=utf-8")
    response["Content-Disposition"] = content_disposition(f"{code}.yaml", inline=False)
    return response
