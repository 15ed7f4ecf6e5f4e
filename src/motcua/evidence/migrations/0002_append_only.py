"""The database refuses to change leaves and heads, and says which files came."""

from django.db import migrations

_TABLES = ("leaf", "head", "stamp", "witnessed", "alarm")
_FORWARD = "".join(
    f"""
CREATE TRIGGER evidence_{table}_append_only BEFORE UPDATE OR DELETE ON evidence_{table}
    FOR EACH ROW EXECUTE FUNCTION journal_refuse_change();
CREATE TRIGGER evidence_{table}_no_truncate BEFORE TRUNCATE ON evidence_{table}
    FOR EACH STATEMENT EXECUTE FUNCTION journal_refuse_change();
"""
    for table in _TABLES
)
_BACKWARD = "".join(
    f"""
DROP TRIGGER evidence_{table}_no_truncate ON evidence_{table};
DROP TRIGGER evidence_{table}_append_only ON evidence_{table};
"""
    for table in _TABLES
)
#: Hashes cannot be compressed: no time is spent on trying.
_PLAIN = "ALTER TABLE evidence_tile ALTER COLUMN hashes SET STORAGE EXTERNAL;"
_BLOBS = """
CREATE FUNCTION evidence_note_blob() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO evidence_newblob (sha256) VALUES (NEW.sha256) ON CONFLICT DO NOTHING;
    RETURN NULL;
END $$;
CREATE TRIGGER evidence_blob_came AFTER INSERT ON files_blob
    FOR EACH ROW EXECUTE FUNCTION evidence_note_blob();
INSERT INTO evidence_newblob (sha256) SELECT sha256 FROM files_blob;
"""
_NO_BLOBS = """
DROP TRIGGER evidence_blob_came ON files_blob;
DROP FUNCTION evidence_note_blob();
"""


class Migration(migrations.Migration):
    dependencies = [("evidence", "0001_log"), ("files", "0001_initial"), ("journal", "0005_seals")]
    operations = [
        migrations.RunSQL(_FORWARD, _BACKWARD),
        migrations.RunSQL(_PLAIN, migrations.RunSQL.noop),
        migrations.RunSQL(_BLOBS, _NO_BLOBS),
    ]
