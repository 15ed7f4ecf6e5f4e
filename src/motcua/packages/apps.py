"""The Django app of the room."""

from django.apps import AppConfig


class PackagesConfig(AppConfig):
    name = "motcua.packages"
    label = "packages"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = "Gói thủ tục"
