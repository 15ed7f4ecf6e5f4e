"""Hồ sơ liên thông: the parts of a dossier, and what could become one."""

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from motcua.agencies.models.span import holds_on
from motcua.dossiers.models import Dossier
from motcua.procedures.models import Offering

_RELATED = ("procedure", "agency", "unit", "result")


def parts_below(dossier: Dossier) -> list[Dossier]:
    """Return the parts of a dossier in the order they were opened, procedure, agency, unit and result loaded."""
    return list(Dossier.objects.filter(parent_id=dossier.pk).select_related(*_RELATED).order_by("id"))


def offers_of(codes: list[str], at: datetime) -> dict[str, list[Offering]]:
    """Return which agencies offer each of these procedures at a moment, by name (one query)."""
    on = timezone.localtime(at).date()
    found = Offering.objects.filter(holds_on(on), procedure__code__in=codes).select_related("procedure", "agency")
    offers: dict[str, list[Offering]] = {code: [] for code in codes}
    for one in found.order_by("agency__name_fold"):
        offers[one.procedure.code].append(one)
    return offers


@dataclass(frozen=True, slots=True)
class Offered:
    """A procedure that somebody offers, and the agencies that do."""

    code: str
    name: str
    agency_ids: tuple[int, ...]


def offered_codes(at: datetime) -> list[Offered]:
    """Return every procedure that is offered at a moment, by name (one query)."""
    on = timezone.localtime(at).date()
    found = Offering.objects.filter(holds_on(on), procedure__is_listed=True)
    agencies: dict[tuple[str, str], list[int]] = {}
    for code, name, agency_id in found.values_list("procedure__code", "procedure__name", "agency_id"):
        agencies.setdefault((name, code), []).append(agency_id)
    return [Offered(code, name, tuple(ids)) for (name, code), ids in sorted(agencies.items())]
