"""How many dossiers a second the desk takes in, beside PostgreSQL alone doing the same statements."""
