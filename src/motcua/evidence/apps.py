"""The Django app of the room."""

from django.apps import AppConfig


class EvidenceConfig(AppConfig):
    name = "motcua.evidence"
    label = "evidence"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = "Bằng chứng"
