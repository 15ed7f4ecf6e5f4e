"""Pure rules on processes."""
