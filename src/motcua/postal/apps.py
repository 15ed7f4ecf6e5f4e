"""The Django app of the room."""

from django.apps import AppConfig


class PostalConfig(AppConfig):
    name = "motcua.postal"
    label = "postal"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = "Bưu chính công ích"
