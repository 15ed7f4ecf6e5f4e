"""Reading units, hours and territories."""

from collections.abc import Sequence
from datetime import date, timedelta

from motcua.agencies.directory import Directory, UnitInfo, directory, forget
from motcua.agencies.models import FormerState, Territory, UnitSuccession
from motcua.agencies.models.span import holds_on
from motcua.agencies.rules.codes import parse_agency_code
from motcua.agencies.terms import DEFAULT_WEEK, Shifts, TerritoryKind, UnitKind, Week, Weeks
from motcua.kernel.errors import NotFound, Problem
from motcua.kernel.text import fold

__all__ = ["UnitInfo", "forget"]

_LATELY = timedelta(days=30)


def unit(unit_id: int) -> UnitInfo:
    """The unit with that id; raises NotFound."""
    found = directory().units.get(unit_id) or directory(fresh=True).units.get(unit_id)
    if found is None:
        raise NotFound(Problem("unit_unknown", "Không tìm thấy đơn vị này.", "unit"))
    return found


def unit_by_slug(slug: str) -> UnitInfo:
    """The unit with that slug; raises NotFound."""
    found = directory().by_slug.get(slug) or directory(fresh=True).by_slug.get(slug)
    if found is None:
        raise NotFound(Problem("unit_unknown", f"Không tìm thấy đơn vị «{slug}».", "unit"))
    return found


def units_on(on: date, *, kind: UnitKind | None = None) -> list[UnitInfo]:
    """Every unit that exists on that day (of one kind, when named), by slug."""
    return [found for found in directory().units.values() if found.holds_on(on) and kind in (None, found.kind)]


def children_of(unit_id: int, on: date) -> list[UnitInfo]:
    """The units that stand directly below the unit and exist on that day, by slug."""
    return [found for found in directory().below.get(unit_id, ()) if found.parent_id == unit_id and found.holds_on(on)]


def subtree_ids(unit_id: int) -> frozenset[int]:
    """Ids of the unit and of everything that stands or stood below it."""
    return frozenset(found.id for found in directory().below.get(unit_id, ())) or frozenset({unit_id})


def desks_on(on: date) -> list[UnitInfo]:
    """Every desk (Bộ phận Một cửa) of that day, by slug."""
    return [found for found in directory().units.values() if found.is_desk and found.holds_on(on)]


def agency_by_code(code: str, *, on: date) -> UnitInfo | None:
    """The unit that carries the code (either notation) on that day; None when nobody does; raises Invalid."""
    carriers = directory().by_code.get(str(parse_agency_code(code)), ())
    return next((found for found in carriers if found.holds_on(on)), None)


def search_units(
    text: str = "", *, kind: UnitKind | None = None, on: date, after: str = "", limit: int
) -> list[UnitInfo]:
    """Units of that day whose name, short name or code holds every word of the text, by slug, after the slug."""
    words = fold(text).split()
    found = (one for one in units_on(on, kind=kind) if one.slug > after and _matches(one, words))
    return [one for one, _ in zip(found, range(limit), strict=False)]


def _matches(found: UnitInfo, words: Sequence[str]) -> bool:
    hay = f"{found.name_fold} {fold(found.short_name)} {found.agency_code.lower()} {found.legacy_code.lower()}"
    return all(word in hay for word in words)


def name_on(unit_id: int, on: date) -> str:
    """How the unit was called on that day."""
    former = FormerState.objects.filter(holds_on(on), unit_id=unit_id).values_list("name", flat=True).first()
    return former or unit(unit_id).name


def successors_of(unit_id: int) -> list[UnitInfo]:
    """The units that directly took over from the unit, by slug."""
    rows = UnitSuccession.objects.filter(predecessor_id=unit_id).order_by("successor__slug")
    return [unit(found) for found in rows.values_list("successor_id", flat=True)]


def ended_lately(on: date) -> list[tuple[int, int]]:
    """Units that ended in the thirty days up to that day, each with the first unit that took over from it."""
    ended = UnitSuccession.objects.filter(predecessor__valid_to__lte=on, predecessor__valid_to__gt=on - _LATELY)
    found: dict[int, int] = {}
    for unit_id, successor_id in ended.order_by("predecessor_id", "id").values_list("predecessor_id", "successor_id"):
        found.setdefault(unit_id, successor_id)
    return list(found.items())


def predecessors_of(unit_id: int) -> list[UnitInfo]:
    """The units the unit directly took over from, by slug."""
    rows = UnitSuccession.objects.filter(successor_id=unit_id).order_by("predecessor__slug")
    return [unit(found) for found in rows.values_list("predecessor_id", flat=True)]


def hours_of(unit_id: int | None, on: date) -> Week:
    """The week of the unit on that day: its own, else that of the nearest unit above, else the default."""
    return next(week for since, week in reversed(weeks_of(unit_id)) if since <= on)


def weeks_of(unit_id: int | None) -> Weeks:
    """Every week the unit had, has and will have, as far as hours are set; raises NotFound."""
    path = unit(unit_id).path if unit_id is not None else ()
    known = directory()
    if unit_id not in known.weeks:
        known.weeks[unit_id] = _weeks(known, (*reversed(path), None))
    return known.weeks[unit_id]


def _weeks(known: Directory, nearest_first: tuple[int | None, ...]) -> Weeks:
    spans = [shift.span for candidate in nearest_first for shift in known.shifts.get(candidate, ())]
    days = {date.min, *(span.valid_from for span in spans), *(span.valid_to for span in spans if span.valid_to)}
    weeks: list[tuple[date, Week]] = []
    for day in sorted(days):
        week = next(filter(None, (_week(known, candidate, day) for candidate in nearest_first)), DEFAULT_WEEK)
        if not weeks or weeks[-1][1] != week:
            weeks.append((day, week))
    return tuple(weeks)


def _week(known: Directory, unit_id: int | None, on: date) -> Week:
    week: dict[int, Shifts] = {}
    for shift in known.shifts.get(unit_id, ()):
        if shift.span.holds_on(on):
            week[shift.weekday] = (*week.get(shift.weekday, ()), (shift.opens, shift.closes))
    return week


def provinces(*, on: date) -> list[Territory]:
    """The provinces and cities under the central government on that day, by code."""
    kinds = (TerritoryKind.PROVINCE, TerritoryKind.CITY)
    return list(Territory.objects.filter(holds_on(on), kind__in=kinds).order_by("code"))


def communes_of(province_code: str, *, on: date) -> list[Territory]:
    """The communes of a province on that day, by code; until 30/06/2025 those of its districts."""
    inside = Territory.objects.filter(holds_on(on), kind__in=COMMUNE_KINDS)
    direct = inside.filter(parent__code=province_code)
    return list((direct | inside.filter(parent__parent__code=province_code)).order_by("code"))


COMMUNE_KINDS = (TerritoryKind.WARD, TerritoryKind.COMMUNE, TerritoryKind.TOWNSHIP, TerritoryKind.SPECIAL_ZONE)


def territory_by_code(code: str, *, on: date) -> Territory | None:
    """The territory that carries the code on that day, with its parent; None when none does."""
    return Territory.objects.filter(holds_on(on), code=code).select_related("parent").first()


def territory_successors(territory: Territory) -> list[tuple[Territory, bool]]:
    """What became of a territory, the default first, each with whether only a part went there."""
    rows = territory.successions.select_related("successor__parent").order_by("-is_default", "successor__code")
    return [(row.successor, row.is_split) for row in rows]
