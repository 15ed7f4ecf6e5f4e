from django.apps import AppConfig


class ProjectConfig(AppConfig):
    name = "motcua.project"
    label = "project"
    verbose_name = "Hệ thống"
