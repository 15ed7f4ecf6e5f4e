"""The Django app of the room."""

from django.apps import AppConfig


class ScanningConfig(AppConfig):
    name = "motcua.scanning"
    label = "scanning"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = "Số hóa giấy tờ"
