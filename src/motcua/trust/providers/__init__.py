"""Foreign systems: authorities of time, answers about revocation, certificate authorities."""
