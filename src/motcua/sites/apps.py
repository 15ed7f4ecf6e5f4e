"""The Django app of the front doors: templates, static files and template tags of every site."""

from django.apps import AppConfig


class SitesConfig(AppConfig):
    name = "motcua.sites"
    label = "sites"
    verbose_name = "Các cổng giao diện"
