"""Territories for addresses."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from motcua.agencies.models import Territory
from motcua.agencies.terms import TerritoryKind
from motcua.forms.queries import places

pytestmark = pytest.mark.django_db
_SPLIT = date(2025, 7, 1)


def test_units_of_a_day_are_asked_for_once() -> None:
    province = Territory.objects.create(
        code="97", name="Tỉnh Ví Dụ", name_fold="tinh vi du", kind=TerritoryKind.PROVINCE, valid_from=date(2000, 1, 1)
    )
    for code, name, start, end in (("97001", "Xã Cũ", date(2000, 1, 1), _SPLIT), ("97002", "Xã Mới", _SPLIT, None)):
        Territory.objects.create(
            code=code,
            name=name,
            name_fold=name,
            kind=TerritoryKind.COMMUNE,
            parent=province,
            valid_from=start,
            valid_to=end,
        )
    found = places()
    assert found.provinces_on(_SPLIT)["97"] == "Tỉnh Ví Dụ"
    assert found.communes_of("97", date(2025, 6, 30)) == {"97001": "Xã Cũ"}
    assert found.communes_of("97", _SPLIT) == {"97002": "Xã Mới"}
    assert found.communes_of("x" * 300, _SPLIT) == {}
    with CaptureQueriesContext(
        connection,
    ) as asked:
        found.provinces_on(_SPLIT)
        found.communes_of("97", _SPLIT)
    assert len(asked) == 0
