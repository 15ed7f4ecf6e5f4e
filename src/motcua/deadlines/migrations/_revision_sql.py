"""The triggers that renew the revision token, whoever writes and by whatever way."""

WATCHED = ("deadlines_calendarexception", "deadlines_clocksetting")

FORWARD = """
INSERT INTO deadlines_calendarrevision (token) VALUES (gen_random_uuid());
CREATE FUNCTION deadlines_touch() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE deadlines_calendarrevision SET token = gen_random_uuid();
    RETURN NULL;
END $$;
""" + "".join(
    f"""
CREATE TRIGGER {table}_touch AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON {table}
    FOR EACH STATEMENT EXECUTE FUNCTION deadlines_touch();
"""
    for table in WATCHED
)

BACKWARD = "".join(f"DROP TRIGGER {table}_touch ON {table};\n" for table in WATCHED) + (
    "DROP FUNCTION deadlines_touch();\nDELETE FROM deadlines_calendarrevision;\n"
)
