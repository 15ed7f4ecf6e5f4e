"""Addresses of the officers' site, in unaccented Vietnamese."""

from django.urls import path

from motcua.sites.desk.views import batches, dossier, intake, lists, purpose, work

app_name = "desk"

urlpatterns = [
    path("", work.work, name="home"),
    path("danh-sach/in/", work.printed, name="printed"),
    path("danh-sach.xlsx", work.export, name="export"),
    path("tim.xlsx", work.export_found, name="find_export"),
    path("bo-loc/", lists.saved, name="saved"),
    path("tiep-nhan/ua-dung/", lists.favourite, name="favourite"),
    path("phe-duyet/", batches.approvals, name="approvals"),
    path("theo-lo/<slug:slug>/", batches.batch, name="batch"),
    path("lo/<int:batch_id>/", batches.batch_outcome, name="batch_outcome"),
    path("tim/", work.search, name="find"),
    path("tiep-nhan/", intake.choose, name="intake"),
    path("tiep-nhan/<str:code>/", intake.intake, name="intake_form"),
    path("ho-so/<str:code>/", dossier.dossier, name="dossier"),
    path("ho-so/<str:code>/muc-dich/", purpose.purpose, name="purpose"),
    path("ho-so/<str:code>/bien-nhan/", dossier.receipt, name="receipt"),
    path("ho-so/<str:code>/giay/<int:paper_id>.pdf", dossier.paper, name="paper"),
    path("ho-so/<str:code>/tep/<int:file_id>", dossier.file, name="file"),
    path("ho-so/<str:code>/tep/<int:file_id>/xem/", dossier.look, name="look"),
    path("ho-so/<str:code>/<slug:slug>/", dossier.act, name="act"),
]
