"""Whether dossiers are what the journal says that acts made of them; for `motcua evidence check` and bundles."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from django.db import connection
from django.db.models import DateTimeField, Field, Max

from motcua.dossiers.models import Apology, Delivery, Dossier, Move, Result, SupplementRequest, Suspension
from motcua.dossiers.models.attested import Attested
from motcua.dossiers.rules.attesting import OWN, Difference, Line, differences, is_told_whole
from motcua.evidence.rules.wording import moment_words, sentence
from motcua.evidence.terms import Finding, FindingKind

#: Rows that belong to a dossier, beside its own.
PARTS: Final[tuple[type[Attested], ...]] = (Move, Suspension, SupplementRequest, Apology, Result, Delivery)
_MODELS: Final[tuple[type[Attested], ...]] = (Dossier, *PARTS)
_AT_ONCE: Final = 500
_TYPE: Final = Dossier._meta.label_lower
#: As `journal.rules.chain.moment_text` writes moments.
_MOMENT: Final = """to_char({} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"+00:00"')"""
_GONE: Final = """
SELECT object_id, max(data ->> 'code'), (array_agg(json_build_object('verb', verb, 'actor', actor_name,
    'at', at) ORDER BY id DESC))[1]
FROM journal_entry e WHERE object_type = %s
AND NOT EXISTS (SELECT 1 FROM dossiers_dossier d WHERE d.id::text = e.object_id) GROUP BY object_id ORDER BY 1
"""


@dataclass(frozen=True, slots=True)
class Standing:
    """A dossier in one moment: its rows, and every line of the journal about it."""

    pk: int
    code: str
    rows: Mapping[str, Mapping[str, Any]]
    lines: tuple[Line, ...]
    last_line: int


def standings(code: str = "") -> Iterator[Standing]:
    """Yield every dossier, or the one with that code; each as of one moment, whoever acts meanwhile."""
    last = Dossier.objects.aggregate(last=Max("pk"))["last"] or 0
    for start in range(0, last + 1, _AT_ONCE):
        with connection.cursor() as cursor:
            cursor.execute(_sql(), [_TYPE, start, min(start + _AT_ONCE - 1, last), code, code])
            rows = cursor.fetchall()
        for pk, found, own, parts, lines in rows:
            said = [(one[0], Line(_about(pk, found, *one[1:4]), one[4])) for one in lines or []]
            together = {OWN: own, **{name: row for part in parts for name, row in (part or {}).items()}}
            yield Standing(pk, found, together, tuple(line for _pk, line in said), said[-1][0] if said else 0)


def check_dossiers() -> Iterator[Finding]:
    """Yield each row and column of a dossier that is not what the acts in the journal made of it."""
    for one in standings():
        if not one.lines:
            facts = {"code": one.code, "thing": "hồ sơ"}
            yield Finding(FindingKind.ROW_ADDED, sentence(FindingKind.ROW_ADDED, facts), facts)
        for found in differences(one.lines, one.rows):
            yield _finding(one.code, found)
    with connection.cursor() as cursor:
        cursor.execute(_GONE, [_TYPE])
        for pk, code, act in cursor.fetchall():
            facts = {"code": code or pk, "thing": "hồ sơ", **act, "object": f"{_TYPE} {pk}"}
            yield Finding(FindingKind.ROW_GONE, sentence(FindingKind.ROW_GONE, facts), facts)


def untold() -> int:
    """Return how many dossiers are older than this: no line of the journal tells their rows yet."""
    return sum(1 for one in standings() if one.lines and not is_told_whole(one.lines))


def tell_rows(code: str) -> Iterator[dict[str, Any]]:
    """Yield what an evidence bundle says of the rows, for the stand-alone verifier."""
    for one in standings(code):
        yield {"object": f"{_TYPE} {one.pk}", "code": one.code, "last": one.last_line, "rows": one.rows}


def row_words() -> dict[str, str]:
    """Return the names of rows and columns: {"move": …, "move.at": …}."""
    found = {}
    for model in _MODELS:
        name = str(model._meta.model_name)
        found[name] = str(model._meta.verbose_name)
        found |= {f"{name}.{one.attname}": str(one.verbose_name) for one in _fields(model)}
    return found


def _finding(code: str, found: Difference) -> Finding:
    model, _, number = found.row.partition(" ")
    words, choices = row_words(), _choices()
    name = f"{model}.{found.column}"
    facts = {
        "code": code,
        "thing": f"{words.get(model, model)} {number}".strip(),
        "column": f"«{words.get(name, found.column)}»",
        "said": _value(found.said, choices.get(name, {})),
        "now": _value(found.now, choices.get(name, {})),
        **found.about,
    }
    return Finding(found.kind, sentence(found.kind, facts), {**facts, "field": name})


def _value(value: Any, choices: Mapping[Any, str]) -> str:
    if value in (None, ""):
        return "trống"
    if isinstance(value, bool):
        return "có" if value else "không"
    return (
        f"«{choices.get(value) or moment_words(str(value))}»"
        if isinstance(value, str)
        else choices.get(value, str(value))
    )


def _about(pk: int, code: str, verb: str, actor: str, at: str) -> dict[str, Any]:
    return {"verb": verb, "object": f"{_TYPE} {pk}", "code": code, "actor": actor, "at": at}


@cache
def _choices() -> dict[str, dict[Any, str]]:
    return {
        f"{model._meta.model_name}.{one.attname}": {key: str(label) for key, label in one.flatchoices}
        for model in _MODELS
        for one in _fields(model)
        if one.choices
    }


def _fields(model: type[Attested]) -> "list[Field[Any, Any]]":
    by_name = {one.attname: one for one in model._meta.concrete_fields}
    return [by_name[name] for name in model.ATTESTED]


@cache
def _sql() -> str:
    parts = ", ".join(
        f"(SELECT json_object_agg('{model._meta.model_name} ' || r.id, {_object(model, 'r')}) "  # noqa: S608 (our own names)
        f"FROM {model._meta.db_table} r WHERE r.dossier_id = d.id)"
        for model in PARTS
    )
    return (
        f"SELECT d.id, d.code, {_object(Dossier, 'd')}, json_build_array({parts}), "  # noqa: S608 (our own names)
        "(SELECT json_agg(json_build_array(e.id, e.verb, e.actor_name, e.at, e.data -> 'rows') ORDER BY e.id) "
        "FROM journal_entry e WHERE e.object_type = %s AND e.object_id = d.id::text) "
        f"FROM {Dossier._meta.db_table} d WHERE d.id BETWEEN %s AND %s AND (%s = '' OR d.code = %s) ORDER BY d.id"
    )


def _object(model: type[Attested], alias: str) -> str:
    columns = []
    for one in _fields(model):
        name = f"{alias}.{one.column}"
        columns.append(f"'{one.attname}', {_MOMENT.format(name) if isinstance(one, DateTimeField) else name}")
    return f"json_build_object({', '.join(columns)})"
