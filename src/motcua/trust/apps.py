"""The Django app of the room."""

from django.apps import AppConfig


class TrustConfig(AppConfig):
    name = "motcua.trust"
    label = "trust"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = "Tin cậy chữ ký"
