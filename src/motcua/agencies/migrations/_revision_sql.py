"""The triggers that renew the revision token, whoever writes and by whatever way."""

WATCHED = ("agencies_unit", "agencies_formerstate", "agencies_unitsuccession", "agencies_workinghours")

FORWARD = """
INSERT INTO agencies_revision (id, token) VALUES (1, gen_random_uuid());
CREATE FUNCTION agencies_touch() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO agencies_revision (id, token) VALUES (1, gen_random_uuid())
        ON CONFLICT (id) DO UPDATE SET token = EXCLUDED.token;
    RETURN NULL;
END $$;
""" + "".join(
    f"""
CREATE TRIGGER {table}_touch AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON {table}
    FOR EACH STATEMENT EXECUTE FUNCTION agencies_touch();
"""
    for table in WATCHED
)

BACKWARD = "".join(f"DROP TRIGGER {table}_touch ON {table};\n" for table in WATCHED) + (
    "DROP FUNCTION agencies_touch();\nDELETE FROM agencies_revision;\n"
)
