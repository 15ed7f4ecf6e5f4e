"""Addresses of the tax office's site, in unaccented Vietnamese."""

from django.urls import path

from motcua.sites.tax import views

app_name = "tax"

urlpatterns = [
    path("", views.home, name="home"),
    path("phieu/<int:sheet_id>/", views.sheet, name="sheet"),
    path("phieu/<int:sheet_id>.pdf", views.sheet_pdf, name="sheet_pdf"),
    path("phieu/<int:sheet_id>/tra-loi/", views.answer, name="answer"),
    path("phieu/<int:sheet_id>/tra-lai/", views.give_back, name="return"),
    path("thong-bao/<int:notice_id>/da-nop/", views.paid, name="paid"),
    path("tien/", views.money, name="money"),
    path("tien/<int:handover_id>/", views.money_list, name="money_list"),
    path("tien/<int:handover_id>.pdf", views.money_pdf, name="money_pdf"),
]
