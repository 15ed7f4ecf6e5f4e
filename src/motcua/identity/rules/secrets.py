"""How secrets are made and kept: 256 random bits, stored as their SHA-256."""

import hashlib
import secrets


def new_secret() -> str:
    """A new random secret of 43 URL-safe characters."""
    return secrets.token_urlsafe(32)


def hash_of(secret: str) -> str:
    """Hex SHA-256 of a secret. No salt or stretching: the secret is random, not chosen by a person."""
    return hashlib.sha256(secret.encode()).hexdigest()
