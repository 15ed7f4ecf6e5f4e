"""Which demo unit offers which procedure, and which division works on it."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from functools import cache
from importlib.resources import files

import yaml
from django.db import transaction

from motcua.agencies.models import Unit
from motcua.agencies.terms import TWO_TIER_FROM
from motcua.identity.terms import SYSTEM
from motcua.packages.folders import files_in_resource
from motcua.packages.rules.files import definition_from_files
from motcua.packages.terms import PROCEDURE_FILE
from motcua.procedures.actions import import_definition, offer
from motcua.procedures.models import Offering
from motcua.procedures.rules.reading import definition_from
from motcua.procedures.terms import Definition, Level

SINCE: date = TWO_TIER_FROM


@cache
def definitions() -> tuple[Definition, ...]:
    """Every procedure of the demo catalogue, by code; one that ships as a whole package says what that says."""
    packages = shipped_packages()
    folder = files("motcua.project.demo").joinpath("catalogue")
    names = (one.name for one in folder.iterdir() if one.name.endswith(".yaml") and not one.name.startswith("_"))
    texts = {name.removesuffix(".yaml"): folder.joinpath(name) for name in names}
    short = {code: text for code, text in texts.items() if code not in packages}
    found = {code: definition_from(yaml.safe_load(text.read_text(encoding="utf-8"))) for code, text in short.items()}
    return tuple(definition for _, definition in sorted({**found, **packages}.items()))


@cache
def shipped_packages() -> Mapping[str, Definition]:
    """The packages that ship with the program, by code; raises Invalid for a broken one."""
    folder = files("motcua.project").joinpath("packages")
    if not folder.is_dir():
        return {}
    whole = [one for one in folder.iterdir() if one.is_dir() and one.joinpath(PROCEDURE_FILE).is_file()]
    return {one.name: definition_from_files(files_in_resource(one)) for one in whole}


@cache
def _handling() -> Mapping[str, Mapping[str, str]]:
    text = files("motcua.project.demo").joinpath("catalogue", "_handling.yaml").read_text(encoding="utf-8")
    return dict(yaml.safe_load(text))


def load_catalogue(*, at: datetime) -> None:
    """Publish every procedure of the catalogue, in force since the two-tier government began."""
    with transaction.atomic():
        for definition in definitions():
            import_definition(actor=SYSTEM, definition=definition, at=at, valid_from=SINCE)


def offer_everywhere(communes: Iterable[str], *, at: datetime) -> None:
    """Let the communes and the departments offer what the law gives to their tier; what is offered already stays."""
    units = {unit.slug: unit for unit in Unit.objects.filter(valid_to__isnull=True)}
    known = set(Offering.objects.values_list("procedure__code", "agency_id"))
    wanted = [*_of_departments(units), *_of_communes(units, communes)]
    for code, agency, handling in wanted:
        if (code, agency.pk) not in known:
            offer(
                actor=SYSTEM,
                code=code,
                agency_id=agency.pk,
                handling_unit_id=handling.pk,
                at=at,
                valid_from=max(SINCE, agency.valid_from),
            )


def _of_communes(units: Mapping[str, Unit], communes: Iterable[str]) -> Iterator[tuple[str, Unit, Unit]]:
    for slug in communes:
        for definition in definitions():
            if definition.level == Level.COMMUNE:
                division = units.get(f"{slug}-{_place(definition)['commune']}")
                if division is not None:
                    yield definition.code, units[slug], division


def _of_departments(units: Mapping[str, Unit]) -> Iterator[tuple[str, Unit, Unit]]:
    for definition in definitions():
        place = _place(definition)
        if definition.level == Level.PROVINCE and "division" in place:
            yield definition.code, units[place["province"]], units[f"{place['province']}-{place['division']}"]


def _place(definition: Definition) -> Mapping[str, str]:
    return _handling()[definition.domain.code]
