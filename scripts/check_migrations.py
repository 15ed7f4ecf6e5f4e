"""Check the migrations: none is missing, and none locks a table of a running installation (squawk on their SQL)."""

import os
import re
import subprocess
import sys
import tempfile
from io import StringIO
from pathlib import Path

from motcua.project.runtime.postgres import EmbeddedPostgres

# Rules that do not fit us:
# prefer-*, require-timeout-settings: style and server settings, not safety; Django writes the column types.
# adding-foreign-key-constraint: Django adds them with a new column, null in every row, or with a new table.
# ban-drop-not-null: the only client is this program, which is upgraded with its tables.
# ban-drop-constraint, constraint-missing-not-valid: a check that changes is replaced in one transaction.
EXCLUDED = (
    "adding-foreign-key-constraint",
    "ban-drop-constraint",
    "ban-drop-not-null",
    "constraint-missing-not-valid",
    "prefer-bigint-over-int",
    "prefer-bigint-over-smallint",
    "prefer-identity",
    "prefer-robust-stmts",
    "prefer-text-field",
    "require-timeout-settings",
)


def main() -> int:
    """Return 0 when every migration is there and safe."""
    with tempfile.TemporaryDirectory(prefix="motcua-check-") as name:
        folder = Path(name)
        with EmbeddedPostgres(folder / "pg", durable=False) as server:
            os.environ["DATABASE_URL"] = server.url()
            os.environ["MOTCUA_DATA"] = str(folder / "data")
            os.environ["DJANGO_SETTINGS_MODULE"] = "motcua.project.settings"
            return _check(folder / "sql")


def _check(folder: Path) -> int:
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection
    from django.db.migrations.loader import MigrationLoader

    call_command("makemigrations", check=True, dry_run=True)
    folder.mkdir()
    for (app, migration), found in sorted(MigrationLoader(connection).disk_migrations.items()):
        if found.initial or not _is_ours(app):  # a first migration makes tables nobody uses yet
            continue
        sql = StringIO()
        call_command("sqlmigrate", app, migration, stdout=sql, no_color=True)
        (folder / f"{app}.{migration}.sql").write_text(_of_old_tables(sql.getvalue()))
    connection.close()
    files = sorted(map(str, folder.iterdir()))
    if not files:
        return 0
    command = [str(Path(sys.executable).with_name("squawk")), "--pg-version=15.0", f"--exclude={','.join(EXCLUDED)}"]
    return subprocess.run([*command, *files], check=False).returncode


def _of_old_tables(sql: str) -> str:
    """Return the SQL without what is done to tables that it makes itself: nobody uses those yet."""
    made = set(re.findall(r'CREATE TABLE "(\w+)"', sql))
    touched = re.compile(r'(?:ALTER TABLE|CREATE (?:UNIQUE )?INDEX "\w+" ON) "(\w+)"')
    lines = [line for line in sql.splitlines() if (found := touched.match(line)) is None or found[1] not in made]
    return "\n".join(lines)


def _is_ours(app: str) -> bool:
    from django.apps import apps

    return apps.get_app_config(app).name.startswith("motcua.")


if __name__ == "__main__":
    sys.exit(main())
