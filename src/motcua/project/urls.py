"""Every address of the house."""

from django.urls import include, path

from motcua.project.api import api
from motcua.project.web import health, idle
from motcua.sites.office import images

urlpatterns = [
    path("healthz", health.health, name="health"),
    path("readyz", health.ready, name="ready"),
    path("metrics", health.metrics, name="metrics"),
    path("api/v1/", api.urls),
    path("tai-khoan/khoa/", idle.lock, name="screen_lock"),
    path("tai-khoan/mo-khoa/", idle.unlock, name="screen_unlock"),
    path("tai-khoan/con-day/", idle.awake, name="screen_awake"),
    path("tai-khoan/doi-nguoi/", idle.switch, name="screen_switch"),
    path("tai-khoan/chu-ky/", images.signature_image, name="signature_image"),
    path("tai-khoan/chu-ky/bo/", images.drop_signature, name="signature_image_drop"),
    path("tai-khoan/chu-ky/anh.png", images.signature_image_file, name="signature_image_file"),
    path("tai-khoan/con-dau/<int:agency_id>/", images.seal_image, name="seal_image"),
    path("tai-khoan/con-dau/<int:agency_id>/anh.png", images.seal_image_file, name="seal_image_file"),
    path("tai-khoan/khoa-ky/", include("motcua.sites.office.key_urls")),
    path("tai-khoan/", include("motcua.identity.web.urls")),
    path("tep/", include("motcua.files.web.urls")),
    path("pki-mau/", include("motcua.trust.web.urls")),
    path("bang-chung/", include("motcua.evidence.web.urls")),
    path("thanh-toan/", include("motcua.payments.web.urls")),
    path("mot-cua/", include("motcua.sites.desk.urls")),
    path("quan-tri/xuong/", include("motcua.sites.studio.urls")),
    path("quan-tri/", include("motcua.sites.backoffice.urls")),
    path("giam-sat/", include("motcua.sites.audit.urls")),
    path("buu-chinh/", include("motcua.sites.post.urls")),
    path("thue/", include("motcua.sites.tax.urls")),
    path("", include("motcua.sites.portal.urls")),
]

handler404 = "motcua.project.web.problems.page_not_found"
handler500 = "motcua.project.web.problems.server_error"
