"""Addresses of the procedure studio, in unaccented Vietnamese."""

from django.urls import path

from motcua.sites.studio.views import (
    drafts,
    form,
    home,
    items,
    packages,
    papers,
    process,
    publishing,
    sheets,
    simulating,
    tests,
    trying,
)

app_name = "studio"

urlpatterns = [
    path("", home.home, name="home"),
    path("danh-sach.xlsx", sheets.export, name="export"),
    path("nhap-excel/", sheets.take_in, name="import"),
    path("moi/", drafts.begin, name="begin"),
    path("goi/", packages.upload, name="upload"),
    path("<str:code>.zip", packages.download, name="download"),
    path("<str:code>/", drafts.draft, name="draft"),
    path("<str:code>/thong-tin/", drafts.general, name="general"),
    path("<str:code>/phan/<slug:page>/", items.part, name="part"),
    path("<str:code>/them/<path:path>/", items.add, name="add"),
    path("<str:code>/sua/<path:path>/", items.item, name="item"),
    path("<str:code>/xoa/<path:path>/", items.delete, name="delete"),
    path("<str:code>/xep/", items.arrange, name="arrange"),
    path("<str:code>/bieu-mau/ten/", form.head, name="form_head"),
    path("<str:code>/quy-trinh/mau/", process.chain, name="chain"),
    path("<str:code>/quy-trinh/bpmn/", process.bpmn_in, name="bpmn_in"),
    path("<str:code>/mo-phong/", simulating.simulation, name="simulate"),
    path("<str:code>/quy-trinh.bpmn", process.bpmn_out, name="bpmn_out"),
    path("<str:code>/van-ban/<slug:key>.pdf", papers.preview, name="paper"),
    path("<str:code>/chay-thu/", tests.run, name="tests_run"),
    path("<str:code>/thu/", trying.begin, name="try"),
    path("<str:code>/thu/khai/<slug:page>/", trying.fill, name="try_fill"),
    path("<str:code>/thu/ket-qua/", trying.outcome, name="try_outcome"),
    path("<str:code>/thu/to-khai.pdf", trying.declaration, name="try_paper"),
    path("<str:code>/thu/giai-quyet/", trying.work, name="try_work"),
    path("<str:code>/thu/luu-bai-thu/", trying.keep, name="try_keep"),
    path("<str:code>/thu/xong/", trying.end, name="try_end"),
    path("<str:code>/so-sanh/", publishing.compare, name="compare"),
    path("<str:code>/xin-cong-bo/", publishing.propose, name="propose"),
    path("<str:code>/duyet/", publishing.approve, name="approve"),
    path("<str:code>/tra-lai/", publishing.give_back, name="return"),
    path("<str:code>/bo-ban-thao/", publishing.discard, name="discard"),
    path("<str:code>/nhan-ban/", drafts.clone, name="clone"),
]
