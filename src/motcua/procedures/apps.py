"""The Django app of the room."""

from django.apps import AppConfig


class ProceduresConfig(AppConfig):
    name = "motcua.procedures"
    label = "procedures"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = "Thủ tục hành chính"
