"""The store of files: how it is, and which files are lost, damaged or infected, with the dossiers they belong to."""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from motcua.files.queries import condition, faulty_blobs, where_used
from motcua.identity.requests import actor_in
from motcua.kernel.errors import NotPermitted, Problem
from motcua.sites.backoffice.reach import administers_all
from motcua.sites.kit.words import size_text
from motcua.sites.office.shell import office_page

_MOST_SHOWN = 100


@dataclass(frozen=True, slots=True)
class FaultyFile:
    """A file with a fault: its hash, what is wrong since when, and where it is used, in words."""

    sha256: str
    fault: str
    found_at: datetime | None
    size: str
    uses: list[str]


@require_safe
def store(request: HttpRequest) -> HttpResponse:
    """`GET /quan-tri/kho-tep/`: for administrators of the whole installation, because files know no unit."""
    if not administers_all(actor_in(request)):
        raise NotPermitted(Problem("whole_house_only", "Chỉ quản trị viên toàn hệ thống xem được kho tệp."))
    state = condition()
    faulty = list(faulty_blobs()[:_MOST_SHOWN])
    uses = where_used([one.pk for one in faulty])
    context = {
        "state": state,
        "bytes": size_text(state.bytes),
        "faulty": [
            FaultyFile(
                one.pk,
                one.get_fault_display(),
                one.fault_found_at,
                size_text(one.size),
                [_words(row) for row in uses[one.pk]],
            )
            for one in faulty
        ],
        "faulty_count": sum(state.faults.values()),
        "scans": bool(settings.CLAMD),
        "unused_days": settings.KEEP_UNUSED_DAYS,
        "quarantine_days": settings.QUARANTINE_DAYS,
    }
    return office_page(request, "backoffice/store.html", context)


def _words(row: models.Model) -> str:
    dossier = getattr(row, "dossier", None)
    return f"{row}, hồ sơ {dossier.code}" if dossier is not None else f"{row._meta.verbose_name} {row}"
