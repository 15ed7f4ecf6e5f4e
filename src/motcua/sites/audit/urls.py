"""Addresses of the auditor's site, in unaccented Vietnamese."""

from django.urls import path

from motcua.sites.audit.views import behalf, checking, evidence, journal, lists, readings, replay

app_name = "audit"

urlpatterns = [
    path("", journal.journal, name="journal"),
    path("nhat-ky.<str:kind>", journal.export, name="journal_export"),
    path("ho-so/<str:code>/", replay.replay, name="replay"),
    path("ho-so/<str:code>/mo/", replay.open_dossier, name="open"),
    path("bang-chung/", evidence.evidence, name="evidence"),
    path("kiem-tra/", checking.check, name="check"),
    path("luot-xem/", readings.readings, name="readings"),
    path("luot-xem.xlsx", readings.export, name="readings_export"),
    path("qua-han/", lists.overdue, name="overdue"),
    path("qua-han/<slug:slug>/", lists.overdue_agency, name="overdue_agency"),
    path("bo-sung-lan-hai/", lists.supplements, name="supplements"),
    path("dinh-chinh/", lists.corrections, name="corrections"),
    path("nhap-sau/", lists.backdated, name="backdated"),
    path("uy-quyen/", behalf.delegations, name="delegations"),
    path("uy-quyen/<int:delegation_id>/", behalf.delegation, name="delegation"),
    path("nop-thay/", behalf.helpers, name="helpers"),
]
