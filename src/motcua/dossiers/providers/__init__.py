"""Registers outside the house from which an e-form may take first values."""
