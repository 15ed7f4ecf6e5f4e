"""Addresses of files on their way, under /tep/."""

from django.urls import path

from motcua.files.web import pieces

urlpatterns = [
    path("", pieces.begin, name="upload_begin"),
    path("<uuid:upload_id>/", pieces.piece, name="upload_piece"),
]
