"""The copied archive has the shape of dossiers that went through the acts."""

from collections import Counter
from datetime import datetime
from typing import Any

import pytest
from django.db import connection
from django.db.models import Model

from benchmarks.desk.archive import STAGES, Archive, live
from benchmarks.province import build
from motcua.deadlines.terms import VIET_NAM
from motcua.dossiers.models import Delivery, Dossier, DossierComponent, DraftResult, IssuedPaper, Move, Result
from motcua.journal.queries import entries_about

MONDAY = datetime(2026, 3, 2, 9, 0, tzinfo=VIET_NAM)
WARDS = 2
_HANGING: tuple[type[Model], ...] = (DossierComponent, Move, IssuedPaper, DraftResult, Result, Delivery)


def shape_of(row: Model) -> dict[str, Any]:
    """Return what is filled of a row, the keys of its JSON, and its plain words that no copy changes."""
    values = {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}
    return {
        name: sorted(value) if isinstance(value, dict) else (type(value).__name__, value is None, value == "")
        for name, value in values.items()
    }


def shapes_of(dossier: Dossier) -> dict[str, Any]:
    found: dict[str, Any] = {"dossier": shape_of(dossier), "owner": shape_of(dossier.owner)}
    for model in _HANGING:
        rows = model._default_manager.filter(dossier=dossier).order_by("pk")
        found[model.__name__] = [shape_of(row) for row in rows]
    found["journal"] = [(shape_of(row), row.verb) for row in entries_about(dossier).order_by("pk")]
    return found


@pytest.mark.django_db
def test_copies_have_the_shape_of_what_the_acts_write() -> None:
    wards = build(WARDS, at=MONDAY)
    archive = Archive(wards, MONDAY)
    first = max(archive.patterns[-1].dossier.pk, 0) + 1
    with connection.cursor() as cursor:
        archive.write(cursor, 100)
    copies = Dossier.objects.filter(pk__gte=first).order_by("pk")
    assert copies.count() == 100
    assert Counter(copies.values_list("agency_id", flat=True)) == {ward.agency.pk: 50 for ward in wards}
    for copy in (copies[number] for number in (0, 1, 2, 3, 99)):
        pattern = next(one.dossier for one in archive.patterns if one.dossier.moves.count() == copy.moves.count())
        assert shapes_of(copy) == shapes_of(pattern)
        assert copy.code != pattern.code
        assert copy.owner.name.split()[0].lower() not in {"", pattern.code}


@pytest.mark.django_db
def test_patterns_end_where_the_acts_end() -> None:
    (ward,) = build(1, at=MONDAY)
    dossier = live(ward, STAGES - 1, 1, MONDAY)
    assert (dossier.status, dossier.moves.count(), entries_about(dossier).count()) == (10, 8, 8)
