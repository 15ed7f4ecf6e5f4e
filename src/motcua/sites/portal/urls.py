"""Addresses of the citizen portal, in unaccented Vietnamese."""

from django.urls import path

from motcua.sites.portal.home import home
from motcua.sites.portal.style_page import style_guide

app_name = "portal"

urlpatterns = [
    path("", home, name="home"),
    path("kieu-dang/", style_guide, name="style_guide"),
]
