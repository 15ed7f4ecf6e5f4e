"""Let codes be as long as provinces write them, and levels tell of ministries and of districts before 01/7/2025."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("procedures", "0002_published_versions_stay")]

    operations = [
        # PostgreSQL widens a varchar in its catalogue only: no row is written anew.
        migrations.SeparateDatabaseAndState(
            database_operations=[
                migrations.RunSQL(
                    "-- squawk-ignore changing-column-type\n"
                    "ALTER TABLE procedures_procedure ALTER COLUMN code TYPE varchar(40);",
                    reverse_sql=migrations.RunSQL.noop,
                )
            ],
            state_operations=[
                migrations.AlterField("procedure", "code", models.CharField(max_length=40, unique=True))
            ],
        ),
        migrations.AlterField(
            "procedure",
            "level",
            models.CharField(
                choices=[
                    ("ministry", "Cấp bộ"),
                    ("province", "Cấp tỉnh"),
                    ("district", "Cấp huyện"),
                    ("commune", "Cấp xã"),
                ],
                max_length=10,
            ),
        ),
    ]
