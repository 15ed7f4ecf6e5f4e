from django.apps import AppConfig


class ProjectConfig(AppConfig):
    name = "motcua.project"
    label = "project"
    verbose_name = "Hệ thống"

    def ready(self) -> None:
        """Connect the rooms: every event to its handlers."""
        from motcua.project.subscriptions import wire

        wire()
