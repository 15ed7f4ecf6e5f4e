"""Looking among many values with one: `= ANY(array)`, the same SQL however many there are."""

from collections.abc import Collection
from typing import TYPE_CHECKING, Any

from django.db.models import Field, ForeignObject, Lookup, Q

if TYPE_CHECKING:
    _Lookup = Lookup[Any]
else:
    _Lookup = Lookup


@Field.register_lookup
@ForeignObject.register_lookup
class AnyOf(_Lookup):
    """`column__any=[…]` for numbers: as `__in`, with an array of PostgreSQL."""

    lookup_name = "any"
    prepare_rhs = False

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, Any]:
        left, parameters = self.process_lhs(compiler, connection)
        return f"{left} = ANY(%s::bigint[])", [*parameters, list(self.rhs)]


def any_of(name: str, numbers: Collection[int]) -> Q:
    """Return the condition that a column is one of the numbers; nothing fits when there are none."""
    return Q(**{f"{name}__any": sorted(numbers)}) if numbers else Q(pk__in=[])
