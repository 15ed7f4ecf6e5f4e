"""For the people who keep the installation running: alive, ready, figures."""

import contextlib

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.utils import DatabaseError
from django.http import HttpRequest, HttpResponse, HttpResponseForbidden, JsonResponse
from django.template.exceptions import TemplateDoesNotExist
from django.template.loader import get_template
from django.utils import timezone
from prometheus_client import CONTENT_TYPE_LATEST

from motcua.files.queries import fault_warning
from motcua.project.backup.age import warning
from motcua.project.backup.settings import backup_settings
from motcua.project.runtime.installation import Installation
from motcua.project.web.metrics import exposition

_LOOPBACK = {"127.0.0.1", "::1", ""}


def health(_request: HttpRequest) -> HttpResponse:
    """`GET /healthz`: 200 only when every migration is done and a page can be made; warns of backups and files."""
    reasons = _reasons_not_healthy()
    answer = {"ok": not reasons, "reasons": reasons, "warnings": _warnings()}
    return JsonResponse(answer, status=503 if reasons else 200)


def ready(_request: HttpRequest) -> HttpResponse:
    """`GET /readyz`: 200 when the database answers; warns of old backups and of lost or damaged files."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return JsonResponse({"ok": False}, status=503)
    return JsonResponse({"ok": True, "warnings": _warnings()})


def _warnings() -> list[str]:
    """What somebody should look at, though pages go on."""
    installation = Installation(settings.DATA_DIR)
    found = [warning(installation, backup_settings(installation), now=timezone.now())]
    with contextlib.suppress(DatabaseError):  # said by the page itself
        found.append(fault_warning())
    return [one for one in found if one]


def metrics(request: HttpRequest) -> HttpResponse:
    """`GET /metrics`: Prometheus text, for this machine only."""
    if request.META.get("REMOTE_ADDR", "") not in _LOOPBACK:
        return HttpResponseForbidden("Chỉ mở cho chính máy chủ này.")
    return HttpResponse(exposition(), content_type=CONTENT_TYPE_LATEST)


def _reasons_not_healthy() -> list[str]:
    try:
        executor = MigrationExecutor(connection)
        waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
        get_template("portal/home.html")
    except (DatabaseError, ImproperlyConfigured, TemplateDoesNotExist) as error:
        return [type(error).__name__]
    return [f"migration {migration.app_label}.{migration.name}" for migration, _backwards in waiting]
