"""The floor: pgbench running the statements of one receipt, prepared, with other people and numbers each time.

Everything a statement was given is a parameter, as it is for the application. What must differ from one receipt to
the next (ids, code, numbers of the person, key of the reply) is made of the id that the server just gave out or of a
random number; the words of a name vary too, so that the search index grows as it does in use.
"""

import re
import subprocess
import tempfile
from dataclasses import dataclass

from benchmarks.ground import Ground
from benchmarks.intake.capture import Statement

_TABLE = re.compile(r'INSERT INTO "?(\w+)"?')
_KEPT_IDS = {"dossiers_party": "party", "dossiers_dossier": "dossier", "dossiers_codecounter": "number"}
_RANDOM = (
    r"\set personal random(100000000000, 999999999999)",
    r"\set phone random(1000000000, 9999999999)",
    r"\set key random(1, 4000000000000000000)",
    r"\set agency random(0, {last})",
    r"\set word random(1, 600)",
)


@dataclass(frozen=True)
class Varying:
    """Texts of the captured receipt that differ in every other: what they were."""

    code: str
    dossier_id: str
    party_id: str
    personal_id: str
    phone: str
    key: str
    token: str
    given: str
    agency_ids: tuple[str, ...]


class Script:
    """A script for pgbench and the values of its parameters."""

    def __init__(self, statements: list[Statement], varying: Varying) -> None:
        self.values: dict[str, str] = {}
        self._varying = varying
        self.lines = [line.format(last=len(varying.agency_ids) - 1) for line in _RANDOM]
        self.lines += [self._line(statement) for statement in statements]

    @property
    def text(self) -> str:
        return "\n".join(self.lines) + "\n"

    def _line(self, statement: Statement) -> str:
        values = statement.values

        def place(found: re.Match[str]) -> str:
            return self._place(values[int(found[1]) - 1], found[2] or "")

        sql = re.sub(r"\$(\d+)(::[\w\[\]]+)?", place, statement.sql)
        sql = " ".join(sql.split())
        table = _TABLE.match(sql)
        if table and table[1] in _KEPT_IDS:
            name = _KEPT_IDS[table[1]]
            if name == "number":
                sql = re.sub(
                    r"VALUES \(:\w+",
                    f"VALUES (('{{{','.join(self._varying.agency_ids)}}}'::bigint[])[:agency + 1]",
                    sql,
                )
            returned = sql.rindex("RETURNING")
            return f"{sql[:returned]}RETURNING {'last' if name == 'number' else 'id'} AS {name} \\gset"
        return sql + ";"

    def _place(self, value: str | None, cast: str) -> str:
        if value is None:
            return "NULL"
        varying = self._varying
        if value == varying.dossier_id:
            return ":dossier" if not cast else f":dossier{cast}"
        if value == varying.party_id:
            return ":party"
        parts = {
            varying.code: "('P' || :agency::text || '-' || :number::text)",
            varying.code.lower(): "('p' || :agency::text || '-' || :number::text)",
            varying.personal_id: ":personal::text",
            varying.phone: ":phone::text",
            varying.key: ":key::text",
            varying.token: ":key::text",
            varying.given: "('G' || :word::text)",
            varying.given.lower(): "('g' || :word::text)",
            f'"id": {varying.dossier_id}': "('\"id\": ' || :dossier::text)",
        }
        found = re.split("(" + "|".join(re.escape(part) for part in sorted(parts, key=len, reverse=True)) + ")", value)
        if len(found) == 1:
            return self._constant(value) + cast
        made = " || ".join(parts.get(piece) or f"{self._constant(piece)}::text" for piece in found if piece)
        return f"({made}){cast or _cast_of(value)}"

    def _constant(self, value: str) -> str:
        if not value:
            return "''"  # pgbench takes no empty variable
        name = f"p{len(self.values)}"
        known = next((known for known, other in self.values.items() if other == value), name)
        self.values[known] = value
        return f":{known}"


def _cast_of(value: str) -> str:
    if value.startswith('{"'):
        return "::jsonb"
    return "::text[]" if value.startswith("{") else ""


def run(here: Ground, script: Script, *, clients: int, seconds: float) -> float:
    """Run the script; returns transactions a second. Raises RuntimeError with what pgbench said."""
    with tempfile.NamedTemporaryFile("w", suffix=".sql", encoding="utf-8") as file:
        file.write(script.text)
        file.flush()
        command = [here.program("pgbench"), "-n", "-M", "prepared", "-f", file.name, "-c", str(clients), "-j", "2"]
        command += ["-T", str(max(int(seconds), 1)), "-h", str(here.postgres.socket_dir), "-U", "motcua"]
        for name, value in script.values.items():
            command += ["-D", f"{name}={value}"]
        done = subprocess.run([*command, "motcua"], capture_output=True, text=True, check=False)
    found = re.search(r"tps = ([\d.]+)", done.stdout)
    if done.returncode or not found or "number of failed transactions: 0 " not in done.stdout:
        raise RuntimeError(done.stderr[-2000:] + done.stdout[-500:])
    return float(found[1])
