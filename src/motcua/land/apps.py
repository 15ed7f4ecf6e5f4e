"""The Django app of the room."""

from django.apps import AppConfig


class LandConfig(AppConfig):
    name = "motcua.land"
    label = "land"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = "Hồ sơ đất đai"
