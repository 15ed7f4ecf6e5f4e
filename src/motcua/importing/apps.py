"""The Django app of the room."""

from django.apps import AppConfig


class ImportingConfig(AppConfig):
    name = "motcua.importing"
    label = "importing"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = "Nhập dữ liệu"
