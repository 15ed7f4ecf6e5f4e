"""Objects of models by questions whose SQL is made once a process (`kernel/asking.py`)."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any, Generic, TypeVar

from django.db import connection
from django.db.models import Model, QuerySet
from django.db.models.query import get_related_populators

from motcua.kernel.asking import Asked, Row

M = TypeVar("M", bound=Model)


class Rows(Asked, Generic[M]):
    """A `Question` whose rows are objects: `Rows(lambda pk: Dossier.objects.filter(pk=pk), pk=int)(pk=7)`.

    What `select_related`, `only` and `annotate` bring comes too; what `prefetch_related` brings does not.
    """

    def __init__(self, build: "Callable[..., QuerySet[M]]", **kinds: Any) -> None:
        super().__init__(build, **kinds)

    def __call__(self, **values: Any) -> list[M]:
        """Return the objects for these values (one query)."""
        plan = self.plan(values)
        return list(plan.reader.objects(plan.rows(values))) if plan else []

    def first(self, **values: Any) -> M | None:
        """Return the first object for these values, None when there is none (one query)."""
        return next(iter(self(**values)), None)

    def _reader_of(self, compiler: Any) -> "_Reader":
        return _Reader(compiler)


class _Reader:
    """Makes objects of rows as Django's own querysets do, from what their compiler found out."""

    def __init__(self, compiler: Any) -> None:
        select, about = compiler.select, compiler.klass_info
        fields = about["select_fields"]
        self._model: type[Model] = about["model"]
        self._columns = slice(fields[0], fields[-1] + 1)
        self._names = [column.target.attname for column, *_ in select[self._columns]]
        self._related = get_related_populators(about, select, connection.alias)  # type: ignore[call-arg]  # stubs of a later Django
        self._annotated = list((compiler.annotation_col_map or {}).items())
        self._converters = list(compiler.get_converters([column for column, *_ in select]).items())

    def objects(self, rows: Iterable[Row]) -> Iterator[Any]:
        """Yield an object for each row."""
        for row in rows:
            columns = self._converted(row)
            found = self._model.from_db(connection.alias, self._names, columns[self._columns])
            for one in self._related:
                one.populate(columns, found)
            for name, place in self._annotated:
                setattr(found, name, columns[place])
            yield found

    def _converted(self, row: Row) -> list[Any]:
        columns = list(row)
        for place, (converters, column) in self._converters:
            for convert in converters:
                columns[place] = convert(columns[place], column, connection)
        return columns
