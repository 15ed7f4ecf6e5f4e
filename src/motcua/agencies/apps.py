"""The Django app of the room."""

from django.apps import AppConfig


class AgenciesConfig(AppConfig):
    name = "motcua.agencies"
    label = "agencies"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = "Cơ quan, đơn vị"
