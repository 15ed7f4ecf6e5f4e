"""Screens of e-forms, for every front door."""
