"""The Django app of the room."""

from django.apps import AppConfig


class DeadlinesConfig(AppConfig):
    name = "motcua.deadlines"
    label = "deadlines"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = "Thời hạn, lịch làm việc"
