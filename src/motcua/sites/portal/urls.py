"""Addresses of the citizen portal, in unaccented Vietnamese."""

from django.urls import path

from motcua.sites.portal.views import (
    apply,
    declare,
    dossiers,
    figures,
    groups,
    home,
    my_data,
    notices,
    paying,
    postal,
    procedures,
    renewing,
    requests,
    style_page,
    tracking,
)

app_name = "portal"

_APPLY = "thu-tuc/<str:code>/nop/"
_DRAFT = f"{_APPLY}<int:draft_id>/"
_DOSSIER = "ho-so/<str:code>/"

urlpatterns = [
    path("", home.home, name="home"),
    path("thu-tuc/", procedures.procedure_list, name="procedures"),
    path("thu-tuc/<str:code>/", procedures.procedure_page, name="procedure"),
    path(_APPLY, apply.start, name="apply"),
    path(f"{_DRAFT}giay-to/", apply.papers, name="apply_papers"),
    path(f"{_DRAFT}giay-to/<int:file_id>/", apply.paper_file, name="apply_file"),
    path(f"{_DRAFT}xem-lai/", apply.review, name="apply_review"),
    path(f"{_DRAFT}xoa/", apply.discard, name="apply_discard"),
    path(f"{_DRAFT}to-khai.pdf", declare.draft_pdf, name="apply_form_pdf"),
    path(f"{_DRAFT}to-khai/<slug:page>/", declare.page, name="apply_form"),
    path(f"{_DRAFT}<slug:page>/", apply.page, name="apply_page"),
    path("ho-so/", dossiers.mine, name="dossiers"),
    path(_DOSSIER, dossiers.dossier_page, name="dossier"),
    path(f"{_DOSSIER}da-nop/", dossiers.submitted, name="submitted"),
    path(f"{_DOSSIER}to-khai.pdf", declare.dossier_pdf, name="declaration"),
    path(f"{_DOSSIER}giay/<int:paper_id>/", dossiers.paper, name="paper"),
    path(f"{_DOSSIER}tep/<int:file_id>/", dossiers.attachment, name="attachment"),
    path(f"{_DOSSIER}gom/", postal.pick_up, name="pick_up"),
    path(f"{_DOSSIER}bo-sung/", requests.supplement, name="supplement"),
    path(f"{_DOSSIER}bien-lai/<int:receipt_id>/", paying.receipt, name="money_receipt"),
    path(f"{_DOSSIER}thanh-toan/", paying.pay, name="pay"),
    path(f"{_DOSSIER}rut/", requests.withdraw, name="withdraw"),
    path(f"{_DOSSIER}nop-lai/", renewing.renew, name="renew"),
    path("so-lieu/", figures.figures, name="figures"),
    path("tra-cuu/", tracking.track, name="track"),
    path("tra-cuu/<str:code>/<str:token>/", tracking.tracked, name="tracked"),
    path("du-lieu-cua-toi/", my_data.page, name="my_data"),
    path("du-lieu-cua-toi/tai/", my_data.download, name="my_data_file"),
    path("luot-nop/<int:group_id>/", groups.group, name="group"),
    path("xac-minh/<str:mark>/", groups.verify, name="verify"),
    path("thong-bao/", notices.notices, name="notices"),
    path("kieu-dang/", style_page.style_guide, name="style_guide"),
]
