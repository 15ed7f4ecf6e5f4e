"""The one small language of conditions, computed values and checks; no models."""
