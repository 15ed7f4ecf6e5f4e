"""What is true of a signed file: a pure engine over bytes, without database, clock or settings."""
