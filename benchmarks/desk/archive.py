"""An archive of any size: dossiers that went through the real acts, copied with other ids, codes, people and wards.

One dossier is taken through its whole life, act by act; others stop on the way. Their rows, as the acts left them, are
the patterns; `fill` writes them again and again by COPY. So every copied row has the shape of a real one. What is not
copied: the outbox and the stored replies (no page reads them). What is not true of copies: the journal's hashes, and
moments lie where the pattern's lay, except those an inbox is ordered by.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

import psycopg
from django.db import connection
from django.db.models import Model

from benchmarks.people import CODE, PAPERS, somebody
from benchmarks.province import Ward
from motcua.agencies.terms import Right
from motcua.dossiers import models
from motcua.dossiers.actions.appraise import appraise_dossier
from motcua.dossiers.actions.approve import approve_dossier
from motcua.dossiers.actions.assign import assign_dossier
from motcua.dossiers.actions.deliver_result import Collection, deliver_result
from motcua.dossiers.actions.forward import forward_dossier
from motcua.dossiers.actions.seal import seal_result
from motcua.dossiers.actions.take_in import take_in_dossier
from motcua.dossiers.models import Dossier
from motcua.dossiers.rules.application import Application, ComponentFacts, PartyFacts
from motcua.dossiers.rules.search import search_keys
from motcua.dossiers.terms import Channel, Collector
from motcua.journal.models import Entry

STAGES = 8  # of the life: 0 = taken in, 7 = handed over
#: Open dossiers of a ward, whatever the size of the archive.
OPEN_IN_WARD = 40
_MODELS: tuple[type[Model], ...] = (
    models.Party,
    models.Dossier,
    models.DossierComponent,
    models.Move,
    models.IssuedPaper,
    models.DraftResult,
    models.Result,
    models.Delivery,
    Entry,
)
_UNITS = {"agency_id", "handling_unit_id", "desk_id", "unit_id", "from_unit_id", "to_unit_id"}
_ACCOUNTS = {"holder_id", "actor_id", "to_holder_id", "author_id", "approved_by_id", "sealed_by_id", "delivered_by_id"}
_CHUNK = 20_000
Fields = list[str]


def live(ward: Ward, stage: int, number: int, at: datetime) -> Dossier:
    """Take a dossier in and through the first `stage` of the seven acts that follow, `at` and the hours after."""
    person = somebody(number, Random(number))
    facts = PartyFacts(name=person.name, personal_id=person.personal_id, phone=person.phone, address=person.address)
    papers = tuple(ComponentFacts(key, originals=1) for key in PAPERS)
    application = Application(
        procedure_code=CODE,
        agency_id=ward.agency.pk,
        case_key="default",
        channel=Channel.IN_PERSON,
        owner=facts,
        components=papers,
        abstract="Khai sinh cho con",
    )
    clerk, head = ward.people[Right.RECEIVE], ward.people[Right.LEAD_DIVISION]
    handler, chair, sealer = (ward.people[right] for right in (Right.HANDLE, Right.LEAD_AGENCY, Right.SEAL))
    dossier = take_in_dossier(actor=clerk, application=application, at=at)
    hour, which = timedelta(hours=1), dossier.pk
    handed = Collection(Collector.OWNER, signed_by_hand=True)
    acts = [
        lambda: forward_dossier(actor=clerk, dossier_id=which, at=at + hour),
        lambda: assign_dossier(actor=head, dossier_id=which, at=at + 2 * hour, to_account_id=handler.known_id),
        lambda: appraise_dossier(actor=handler, dossier_id=which, at=at + 3 * hour, opinion="Đủ", text="Dự thảo"),
        lambda: forward_dossier(actor=head, dossier_id=which, at=at + 4 * hour),
        lambda: approve_dossier(actor=chair, dossier_id=which, at=at + 5 * hour, draft_number=1),
        lambda: seal_result(actor=sealer, dossier_id=which, at=at + 6 * hour, number=str(number), symbol="GKS"),
        lambda: deliver_result(actor=clerk, dossier_id=which, at=at + 7 * hour, collection=handed),
    ]
    for act in acts[:stage]:
        act()
    return Dossier.objects.select_related("owner").get(pk=which)


@dataclass
class Pattern:
    """A dossier and its rows by model, each the fields that COPY writes, in the order of the columns."""

    dossier: Dossier
    rows: dict[type[Model], list[Fields]]


class Archive:
    """Writes copies of patterns for the wards."""

    def __init__(self, wards: list[Ward], at: datetime) -> None:
        self.wards, self.at = wards, at
        self.columns = {model: columns_of(model) for model in _MODELS}
        lived = [live(wards[0], stage, 1000 + stage, at - timedelta(days=2)) for stage in range(STAGES)]
        self.patterns = [self._pattern(dossier) for dossier in lived]
        self.next_id = {model: _last_id(model) + 1 for model in _MODELS}
        self.made = 0

    def fill(self, rows: int) -> None:
        """Write dossiers until `rows` copies are there: first the open ones, then the archive."""
        with _fast_connection() as fast, fast.cursor() as cursor:
            while self.made < rows:
                self.write(cursor, min(self.made + _CHUNK, rows))
                fast.commit()
            for model, following in self.next_id.items():
                table = model._meta.db_table
                fast.execute(f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), {following})".encode())
            fast.execute(b"ANALYZE")
            fast.commit()

    def write(self, cursor: Any, until: int) -> None:
        """Write copies up to that number by COPY."""
        random = Random(until)
        parts: dict[type[Model], list[str]] = {model: [] for model in _MODELS}
        for number in range(self.made, until):
            self._write(number, random, parts)
        for model, lines in parts.items():
            with cursor.copy(f'COPY "{model._meta.db_table}" FROM STDIN') as copy:
                copy.write("".join(lines))
        self.made = until

    def _pattern(self, dossier: Dossier) -> Pattern:
        found: dict[type[Model], list[Fields]] = {}
        for model in _MODELS:
            where = _where(model, dossier)
            with connection.cursor() as cursor:
                sql = f'COPY (SELECT * FROM "{model._meta.db_table}" WHERE {where}) TO STDOUT'  # noqa: S608 (own names)
                copied = b"".join(_copied(cursor, sql))
            found[model] = [line.split("\t") for line in copied.decode().splitlines()]
        return Pattern(dossier, found)

    def _write(self, number: int, random: Random, parts: dict[type[Model], list[str]]) -> None:
        is_open = number < OPEN_IN_WARD * len(self.wards)
        pattern = self.patterns[number // len(self.wards) % (STAGES - 1) if is_open else -1]
        home, ward, old = self.wards[0], self.wards[number % len(self.wards)], pattern.dossier
        units = {str(getattr(home, name).pk): str(getattr(ward, name).pk) for name in ("agency", "desk", "division")}
        people = {str(home.people[right].account_id): str(ward.people[right].account_id) for right in home.people}
        person = somebody(number, random)
        code = f"{ward.agency.agency_code}-26{number % 12 + 1:02d}01-{number:07d}"
        words = [
            (old.code, code),
            (old.owner.name, person.name),
            (old.owner.personal_id, person.personal_id),
            (old.owner.phone, person.phone),
            (old.owner.address, person.address),
            (old.tracking_token, f"t{number:011d}"),
        ]
        keys = search_keys(code=code, names=[person.name], numbers=[person.phone, person.personal_id])
        fresh: dict[str, Any] = {
            "search_keys": "{" + ",".join(f'"{key}"' for key in keys) + "}",
            "due_at": (self.at + timedelta(minutes=random.randrange(-3000, 12000))).isoformat() if is_open else None,
            "number_of_result": str(number + 10_000),
        }
        ids = self._ids(pattern)
        for model, rows in pattern.rows.items():
            parts[model] += list(self._lines(model, rows, ids, (units, people), words, fresh))

    def _ids(self, pattern: Pattern) -> dict[tuple[str, str], str]:
        """New ids for every row of the pattern: (table, old) → new."""
        found = {}
        for model, rows in pattern.rows.items():
            for row in rows:
                found[model.__name__, row[0]] = str(self.next_id[model])
                self.next_id[model] += 1
        return found

    def _lines(
        self,
        model: type[Model],
        rows: list[Fields],
        ids: dict[tuple[str, str], str],
        maps: tuple[dict[str, str], dict[str, str]],
        words: list[tuple[str, str]],
        fresh: dict[str, Any],
    ) -> Iterator[str]:
        columns, (units, people) = self.columns[model], maps
        own = {column: {old: new for (of, old), new in ids.items() if of == name} for column, name in _OWN.items()}
        known = {name: units for name in _UNITS} | {name: people for name in _ACCOUNTS} | own
        for row in rows:
            new = [known.get(column, {}).get(value, value) for column, value in zip(columns, row, strict=True)]
            new[0] = ids[model.__name__, row[0]]
            for column, value in fresh.items():
                if value and column in columns and new[columns.index(column)] != "\\N":
                    new[columns.index(column)] = value
            if model is models.Result and new[columns.index("number")]:
                new[columns.index("number")] = fresh["number_of_result"]
            line = "\t".join(new)
            for before, after in words:
                line = line.replace(before, after)
            yield line + "\n"


_OWN = {
    "owner_id": "Party",
    "submitter_id": "Party",
    "dossier_id": "Dossier",
    "object_id": "Dossier",
    "draft_id": "DraftResult",
}


def columns_of(model: type[Model]) -> list[str]:
    """Return the columns of a table in the order in which COPY writes them."""
    with connection.cursor() as cursor:
        return [column.name for column in connection.introspection.get_table_description(cursor, model._meta.db_table)]


def _where(model: type[Model], dossier: Dossier) -> str:
    if model is models.Party:
        return f"id = {dossier.owner_id}"
    if model is models.Dossier:
        return f"id = {dossier.pk}"
    if model is Entry:
        return f"object_type = 'dossiers.dossier' AND object_id = '{dossier.pk}'"
    return f"dossier_id = {dossier.pk}"


def _copied(cursor: Any, sql: str) -> Iterator[bytes]:
    with cursor.copy(sql) as copy:
        for block in copy:
            yield bytes(block)


def _last_id(model: type[Model]) -> int:
    last: int = model._default_manager.order_by("-pk").values_list("pk", flat=True).first() or 0
    return last


def _fast_connection() -> "psycopg.Connection[Any]":
    """A connection of the superuser that does not check foreign keys row by row: patterns keep them."""
    settings = connection.settings_dict
    fast = psycopg.connect("", host=settings["HOST"], user="postgres", dbname=settings["NAME"])
    fast.execute(b"SET session_replication_role = replica")
    return fast


def now() -> datetime:
    """The moment of the benchmark."""
    return datetime.now(UTC)
