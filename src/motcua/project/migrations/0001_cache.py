"""The table of Django's database cache: shared by all processes, lost in a crash without harm."""

from django.db import migrations


class Migration(migrations.Migration):
    initial = True
    dependencies = []
    operations = [
        migrations.RunSQL(
            "CREATE UNLOGGED TABLE IF NOT EXISTS motcua_cache "
            "(cache_key varchar(255) PRIMARY KEY, value text NOT NULL, expires timestamptz NOT NULL);"
            "CREATE INDEX IF NOT EXISTS motcua_cache_expires ON motcua_cache (expires);",
            "DROP TABLE motcua_cache;",
        )
    ]
