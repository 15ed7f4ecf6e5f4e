"""Errors, problems, text and checks shared by every room; no models."""
