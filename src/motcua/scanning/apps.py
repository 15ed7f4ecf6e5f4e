"""The Django app of the room."""

from django.apps import AppConfig


class ScanningConfig(AppConfig):
    name = "motcua.scanning"
    label = "scanning"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = "Số hóa giấy tờ"

    def ready(self) -> None:
        """Let batches of signatures find how papers of stacks are made."""
        from motcua.scanning.actions.confirm_outside import wire

        wire()
