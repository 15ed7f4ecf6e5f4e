"""How fast papers are signed, beside the raw key."""
