"""Printing forms and papers."""
