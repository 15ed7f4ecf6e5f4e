"""Addresses of the post's site, in unaccented Vietnamese."""

from django.urls import path

from motcua.sites.post.views import home, money, orders, sheets, take_in, taxes

app_name = "post"

urlpatterns = [
    path("", home.home, name="home"),
    path("mot-cua/", home.desk, name="desk"),
    path("nhan-ho-so/", take_in.choose, name="take_in"),
    path("nhan-ho-so/<str:code>/", take_in.take_in, name="take_in_form"),
    path("don/<int:order_id>/", orders.order, name="order"),
    path("don/<int:order_id>/phieu/", take_in.taken_in, name="taken_in"),
    path("don/<int:order_id>/<slug:slug>/", orders.act, name="order_act"),
    path("bang-ke/", sheets.sheets, name="sheets"),
    path("bang-ke/lap/<slug:kind>/", sheets.make, name="sheet_make"),
    path("bang-ke/<int:sheet_id>/", sheets.sheet, name="sheet"),
    path("bang-ke/<int:sheet_id>/huy/", sheets.drop, name="sheet_drop"),
    path("bang-ke/<int:sheet_id>.pdf", sheets.pdf, name="sheet_pdf"),
    path("tien/", money.money, name="money"),
    path("tien/chot/<slug:purpose>/<int:to_unit_id>/", money.close, name="money_close"),
    path("tien/<int:handover_id>/", money.handover, name="money_list"),
    path("tien/<int:handover_id>.pdf", money.handover_pdf, name="money_pdf"),
    path("chung-tu/<int:receipt_id>.pdf", money.receipt_pdf, name="receipt"),
    path("thue/", taxes.taxes, name="taxes"),
    path("thue/<int:notice_id>/", taxes.collect, name="tax"),
]
