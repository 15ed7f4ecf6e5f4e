"""Writing rows of hot tables: the models say the columns, the SQL is made once a process.

What `Model.save` does beside that (signals, a parent's table, the look at related objects) no model of ours needs; it
costs more than the statement itself. Only actions call this.
"""

from collections.abc import Sequence
from functools import cache
from typing import Any, TypeVar, cast

from django.db import DatabaseError, connection
from django.db.models import Field, Model

M = TypeVar("M", bound=Model)


def insert(row: M) -> M:
    """Write a new row and set its id. Foreign keys are taken from their `…_id`: related rows are written before."""
    insert_all([row])
    return row


def insert_unless_there(row: Model) -> None:
    """Write a new row unless a unique key says that it is there already; it gets no id."""
    with connection.cursor() as cursor:
        cursor.execute(_sql(type(row), 1, " ON CONFLICT DO NOTHING"), _values([row]))


def insert_all(rows: Sequence[M]) -> None:
    """Write new rows of one model in one statement, set their ids, and tell those that want to know (`written`)."""
    if not rows:
        return
    with connection.cursor() as cursor:
        cursor.execute(_sql(type(rows[0]), len(rows)), _values(rows))
        ids = cursor.fetchall()
    for row, (pk,) in zip(rows, ids, strict=True):
        row.pk = pk
        row._state.adding, row._state.db = False, connection.alias
        _tell(row)


def update(row: Model, *names: str) -> None:
    """Write these fields of a row, as `save(update_fields=…)` does; raises DatabaseError when the row is not there."""
    fields = _named(type(row), names)
    values = [field.get_db_prep_save(field.pre_save(row, add=False), connection) for field in fields]
    with connection.cursor() as cursor:
        cursor.execute(_update_sql(type(row), names), [*values, row.pk])
        if cursor.rowcount != 1:
            raise DatabaseError(f"{row._meta.label} {row.pk} is not there to be changed")
    _tell(row)


def _tell(row: Model) -> None:
    if (written := getattr(row, "written", None)) is not None:
        written()


def _values(rows: Sequence[Model]) -> list[Any]:
    fields = _fields(type(rows[0]))
    return [field.get_db_prep_save(field.pre_save(row, add=True), connection) for row in rows for field in fields]


@cache
def _fields(model: type[Model]) -> "tuple[Field[Any, Any], ...]":
    return tuple(field for field in model._meta.local_concrete_fields if not field.primary_key and not field.generated)


@cache
def _sql(model: type[Model], count: int, otherwise: str = "") -> str:
    quote = connection.ops.quote_name
    columns = ", ".join(quote(str(field.column)) for field in _fields(model))
    row = ", ".join(_placeholder(field) for field in _fields(model))
    table, key = quote(model._meta.db_table), quote(str(model._meta.pk.column))
    values = ", ".join([f"({row})"] * count)
    return f"INSERT INTO {table} ({columns}) VALUES {values}{otherwise} RETURNING {key}"  # noqa: S608 (names of our own models)


@cache
def _named(model: type[Model], names: tuple[str, ...]) -> "list[Field[Any, Any]]":
    return [cast("Field[Any, Any]", model._meta.get_field(name)) for name in names]


@cache
def _update_sql(model: type[Model], names: tuple[str, ...]) -> str:
    quote = connection.ops.quote_name
    changes = ", ".join(f"{quote(str(field.column))} = {_placeholder(field)}" for field in _named(model, names))
    table, key = quote(model._meta.db_table), quote(str(model._meta.pk.column))
    return f"UPDATE {table} SET {changes} WHERE {key} = %s"  # noqa: S608 (names of our own models)


def _placeholder(field: "Field[Any, Any]") -> str:
    """An array says its type, so that an empty one is understood."""
    is_array = field.get_internal_type() == "ArrayField"
    return f"%s::{field.db_type(connection)}" if is_array else "%s"
