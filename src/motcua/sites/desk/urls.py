"""Addresses of the officers' site, in unaccented Vietnamese."""

from django.urls import path

from motcua.sites.desk.views import dossier, intake, work

app_name = "desk"

urlpatterns = [
    path("", work.work, name="home"),
    path("phe-duyet/", work.approvals, name="approvals"),
    path("tim/", work.search, name="find"),
    path("tiep-nhan/", intake.choose, name="intake"),
    path("tiep-nhan/<str:code>/", intake.intake, name="intake_form"),
    path("ho-so/<str:code>/", dossier.dossier, name="dossier"),
    path("ho-so/<str:code>/bien-nhan/", dossier.receipt, name="receipt"),
    path("ho-so/<str:code>/giay/<int:paper_id>.pdf", dossier.paper, name="paper"),
    path("ho-so/<str:code>/tep/<int:file_id>", dossier.file, name="file"),
    path("ho-so/<str:code>/tep/<int:file_id>/xem/", dossier.look, name="look"),
    path("ho-so/<str:code>/<slug:slug>/", dossier.act, name="act"),
]
