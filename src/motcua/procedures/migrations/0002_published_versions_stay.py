"""The database itself keeps a published version as it was published; only its end may still be set."""

from django.db import migrations

_FORWARD = """
CREATE FUNCTION procedures_keep_published() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.published_at IS NULL THEN
        RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
    END IF;
    IF TG_OP = 'UPDATE' AND (
        NEW.id, NEW.procedure_id, NEW.number, NEW.definition, NEW.valid_from, NEW.published_at, NEW.published_by_id,
        NEW.created_at, NEW.name_fold, NEW.keywords_fold, NEW.summary_fold
    ) IS NOT DISTINCT FROM (
        OLD.id, OLD.procedure_id, OLD.number, OLD.definition, OLD.valid_from, OLD.published_at, OLD.published_by_id,
        OLD.created_at, OLD.name_fold, OLD.keywords_fold, OLD.summary_fold
    ) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'a published version of a procedure is never changed or removed'
        USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER procedures_version_keep_published BEFORE UPDATE OR DELETE ON procedures_procedureversion
    FOR EACH ROW EXECUTE FUNCTION procedures_keep_published();
"""
_BACKWARD = """
DROP TRIGGER procedures_version_keep_published ON procedures_procedureversion;
DROP FUNCTION procedures_keep_published();
"""


class Migration(migrations.Migration):
    dependencies = [("procedures", "0001_initial")]
    operations = [migrations.RunSQL(_FORWARD, _BACKWARD)]
