"""Every address of the house."""

from django.urls import include, path

from motcua.project.api import api
from motcua.project.web import health

urlpatterns = [
    path("healthz", health.health, name="health"),
    path("readyz", health.ready, name="ready"),
    path("metrics", health.metrics, name="metrics"),
    path("api/v1/", api.urls),
    path("tai-khoan/", include("motcua.identity.web.urls")),
    path("mot-cua/", include("motcua.sites.desk.urls")),
    path("quan-tri/", include("motcua.sites.backoffice.urls")),
    path("giam-sat/", include("motcua.sites.audit.urls")),
    path("", include("motcua.sites.portal.urls")),
]

handler404 = "motcua.project.web.problems.page_not_found"
handler500 = "motcua.project.web.problems.server_error"
