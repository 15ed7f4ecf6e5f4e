"""PostgreSQL's log is read right, and the script for pgbench keeps every parameter."""

from benchmarks.intake.capture import Statement, statements_in
from benchmarks.intake.floor import Script, Varying
from benchmarks.intake.load import Measured, body

LOG = """2026-03-02 09:00:00.000 UTC [7] LOG:  statement: BEGIN
2026-03-02 09:00:00.001 UTC [7] LOG:  execute _pg3_1: INSERT INTO "dossiers_party" ("name", "phone", "email")
\tVALUES ($1, $2, $3) RETURNING "dossiers_party"."id"
2026-03-02 09:00:00.001 UTC [7] DETAIL:  Parameters: $1 = 'Nguyễn ''Văn'' Zulu', $2 = '0900000001', $3 = NULL
"""
VARYING = Varying("H49.1-1", "1000", "2000", "022000000001", "0900000001", "key", "token", "Zulu", ("1", "2"))


def test_statements_of_a_log() -> None:
    begin, insert = statements_in(LOG)
    assert begin == Statement("BEGIN")
    assert insert.changes
    assert insert.values == ("Nguyễn 'Văn' Zulu", "0900000001", None)


def test_the_script_varies_what_must_vary() -> None:
    script = Script(statements_in(LOG), VARYING)
    assert script.lines[-2] == "BEGIN;"
    assert script.lines[-1].endswith("RETURNING id AS party \\gset")
    assert ":phone::text" in script.lines[-1]
    assert "('G' || :word::text)" in script.lines[-1]
    assert script.values == {"p0": "Nguyễn 'Văn' "}


def test_percentiles() -> None:
    assert Measured(latencies=[3.0, 1.0, 2.0]).percentile(0.5) == 2.0
    assert Measured().percentile(0.99) == 0.0
    assert b'"receive": true' in body(1, __import__("random").Random(1))
