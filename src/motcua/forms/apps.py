"""The Django app of the room."""

from django.apps import AppConfig


class FormsConfig(AppConfig):
    name = "motcua.forms"
    label = "forms"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = "Biểu mẫu điện tử"
