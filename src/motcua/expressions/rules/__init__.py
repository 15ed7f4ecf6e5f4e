"""Reading, checking and evaluating expressions: pure functions on plain values."""
