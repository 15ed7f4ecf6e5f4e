"""The database itself refuses to change or remove what was issued, deposited, revoked, agreed to or used again."""

from django.db import migrations

_TABLES = (
    "results_storedpaper",
    "results_paperfile",
    "results_revocation",
    "results_issuedresult",
    "results_consent",
    "results_reuse",
)
_FUNCTION = """
CREATE FUNCTION results_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'rows of % are never changed or removed', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;
"""
_TRIGGER = """
CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table}
    FOR EACH ROW EXECUTE FUNCTION results_refuse_change();
"""
_FORWARD = _FUNCTION + "".join(_TRIGGER.format(table=table) for table in _TABLES)
_BACKWARD = (
    "".join(f"DROP TRIGGER {table}_append_only ON {table};" for table in _TABLES)
    + "DROP FUNCTION results_refuse_change();"
)


class Migration(migrations.Migration):
    dependencies = [("results", "0001_papers_results_shares_consents")]
    operations = [migrations.RunSQL(_FORWARD, _BACKWARD)]
