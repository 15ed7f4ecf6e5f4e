"""Procedures: finding one in plain words, and what it asks for."""

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from motcua.agencies.queries import UnitInfo, units_on
from motcua.agencies.terms import UnitKind
from motcua.dossiers.papers.compose import term_text
from motcua.procedures.models import Offering
from motcua.procedures.queries import current_version, domains, offerings_of, search
from motcua.procedures.rules.selection import components_for
from motcua.procedures.terms import Case, Component, Definition, Fee, Level, ServiceLevel
from motcua.sites.kit.thread import Link
from motcua.sites.kit.words import fee_text, local_date

_AGENCY_KINDS = (UnitKind.PROVINCE, UnitKind.DEPARTMENT, UnitKind.COMMUNE)
_CHANNELS = {
    "any": "Mọi cách nộp",
    "in_person": "Nộp trực tiếp",
    "online": "Nộp trực tuyến",
    "post": "Nộp qua bưu chính",
}
_LONGEST_QUERY = 200


def procedure_list(request: HttpRequest) -> HttpResponse:
    """`GET /thu-tuc/?q=&cap=&linh-vuc=&co-quan=&trang=`: search and filters."""
    at = timezone.now()
    asked = {key: request.GET.get(key, "")[:_LONGEST_QUERY] for key in ("q", "cap", "linh-vuc", "co-quan")}
    agencies = _agencies(at)
    agency = next((one for one in agencies if one.slug == asked["co-quan"]), None)
    level = asked["cap"] if asked["cap"] in Level.values else None
    agency_id = agency.id if agency else None
    page = search(
        asked["q"],
        at=at,
        level=level,
        domain=asked["linh-vuc"] or None,
        agency_id=agency_id,
        cursor=request.GET.get("trang", ""),
    )
    context = {
        "query": asked["q"],
        "rows": page.rows,
        "next_url": _with(asked, trang=page.next_cursor) if page.next_cursor else "",
        "levels": _levels(asked),
        "domains": domains(at, level=level, agency_id=agency_id),
        "chosen_domain": asked["linh-vuc"],
        "chosen_level": level or "",
        "agencies": agencies,
        "agency": agency,
        "is_narrowed": any(asked.values()),
    }
    return render(request, "portal/procedures.html", context)


def procedure_page(request: HttpRequest, code: str) -> HttpResponse:
    """`GET /thu-tuc/<code>/`: what is needed, how long, how much, where, the result and the steps."""
    at = timezone.now()
    version = current_version(code, at)
    definition = version.content
    offerings = offerings_of(version.procedure_id, at)
    context = {
        "definition": definition,
        "domain": version.procedure.domain,
        "service_label": ServiceLevel(definition.service_level).label,
        "cases": [_case_view(definition, case) for case in definition.cases],
        "offerings": offerings,
        "online": is_online(definition, offerings),
    }
    return render(request, "portal/procedure.html", context)


def is_online(definition: Definition, offerings: list[Offering]) -> bool:
    """Return whether dossiers of the procedure may be handed in here."""
    return definition.service_level != ServiceLevel.INFORMATION and bool(offerings)


@dataclass(frozen=True, slots=True)
class CaseView:
    """A case in words: `terms` (way of handing in, term, note), `fees` (name, amount in words, note)."""

    case: Case
    terms: list[tuple[str, str, str]]
    fees: list[tuple[str, str, str]]
    components: list[tuple[Component, bool]]


def _case_view(definition: Definition, case: Case) -> CaseView:
    terms = [
        (_CHANNELS[channel], term_text(spec), " ".join(filter(None, [spec.note, _doubt(unverified=spec.unverified)])))
        for channel, spec in case.terms.items()
    ]
    components = [(one.component, one.required) for one in components_for(definition, case.key)]
    return CaseView(case, terms, [_fee_line(fee) for fee in case.fees], components)


def _fee_line(fee: Fee) -> tuple[str, str, str]:
    ways = ", ".join(_CHANNELS[channel].lower() for channel in fee.channels if channel != "any")
    notes = [f"Khi {ways}." if ways else "", fee.note, _doubt(unverified=fee.unverified)]
    return fee.name, fee_text(fee), " ".join(filter(None, notes))


def _doubt(*, unverified: bool) -> str:
    return "Con số cần đối chiếu với quy định hiện hành." if unverified else ""


def _agencies(at: datetime) -> list[UnitInfo]:
    on = local_date(at)
    found = [unit for kind in _AGENCY_KINDS for unit in units_on(on, kind=kind) if unit.is_agency]
    return sorted(found, key=lambda unit: (_AGENCY_KINDS.index(unit.kind), unit.name_fold))


def _levels(asked: dict[str, str]) -> list[Link]:
    links = [Link("Mọi cấp", _with(asked, cap=""), current=not asked["cap"])]
    return links + [Link(level.label, _with(asked, cap=level.value), current=asked["cap"] == level) for level in Level]


def _with(asked: dict[str, str], **changes: str) -> str:
    chosen = {key: value for key, value in {**asked, **changes}.items() if value}
    return f"{reverse('portal:procedures')}{f'?{urlencode(chosen)}' if chosen else ''}"
