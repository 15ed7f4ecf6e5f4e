"""The database keeps how ready each version is, so that thousands are listed and counted at once."""

from django.db import migrations, models
from django.db.models import F, Func, Value

_PATHS = {
    "has_form": "$.form.pages[*].fields[*]",
    "has_steps": "$.steps[*]",
    "has_papers": "$.papers[*]",
    "has_tests": "$.tests[*]",
    "has_flags": "$.flags[*]",
    "has_law_terms": "$.cases[*].law_terms.*",
    "appraised_at_desk": '$.steps[*] ? (@.at == "desk" && @.right == "handle")',
    "approved_at_desk": '$.steps[*] ? (@.at == "desk" && @.right == "lead_agency")',
    "sealed_at_desk": '$.steps[*] ? (@.at == "desk" && @.right == "seal")',
}
_TEXTS = {"service_level": "service_level", "reviewed": "reviewed_on"}


def _columns():
    for name, key in _TEXTS.items():
        yield f"ADD COLUMN {name} text GENERATED ALWAYS AS (jsonb_extract_path_text(definition, '{key}')) STORED"
    for name, path in _PATHS.items():
        yield f"ADD COLUMN {name} boolean GENERATED ALWAYS AS (jsonb_path_exists(definition, '{path}')) STORED"


def _fields():
    for name, key in _TEXTS.items():
        expression = Func(
            F("definition"), Value(key), function="jsonb_extract_path_text", output_field=models.TextField()
        )
        yield name, models.GeneratedField(expression=expression, output_field=models.TextField(), db_persist=True)
    for name, path in _PATHS.items():
        expression = Func(F("definition"), Value(path), function="jsonb_path_exists", output_field=models.BooleanField())
        yield name, models.GeneratedField(expression=expression, output_field=models.BooleanField(), db_persist=True)


_ALTER = "ALTER TABLE procedures_procedureversion"
# One rewrite of a table of some thousand rows, once, while the program starts: no dossier waits for it longer than that.
_FORWARD = f"-- squawk-ignore adding-field-with-default\n{_ALTER} {', '.join(_columns())};"
_BACKWARD = f"{_ALTER} {', '.join(f'DROP COLUMN {name}' for name in (*_TEXTS, *_PATHS))};"


class Migration(migrations.Migration):
    dependencies = [("procedures", "0004_two_people_publish")]

    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunSQL(_FORWARD, _BACKWARD)],
            state_operations=[migrations.AddField("procedureversion", name, field) for name, field in _fields()],
        )
    ]
