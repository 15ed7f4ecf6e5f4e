"""A private hierarchy of certificates for demo, drill and tests; pure of the database (ADR 0017)."""
