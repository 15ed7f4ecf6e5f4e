"""Addresses of the log for programs."""

from django.urls import path

from motcua.evidence.web import views

app_name = "evidence"

urlpatterns = [
    path("dau-so.json", views.head, name="head"),
    path("dau-so.txt", views.note, name="note"),
    path("noi-tiep.json", views.growth, name="growth"),
    path("da-giu.json", views.held, name="held"),
    path("nhan/", views.offer, name="offer"),
]
