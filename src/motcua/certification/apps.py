"""The Django app of the room."""

from django.apps import AppConfig


class CertificationConfig(AppConfig):
    name = "motcua.certification"
    label = "certification"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = "Chứng thực"

    def ready(self) -> None:
        """Let batches of signatures find how electronic copies are made."""
        from motcua.certification.actions.sign_copies import wire

        wire()
