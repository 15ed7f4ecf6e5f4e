"""Addresses of the auditor's site, in unaccented Vietnamese."""

app_name = "audit"

urlpatterns: list[object] = []
