"""The jobs of the night: each runs, and runs again; how much a night reads."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.utils import timezone
from procrastinate.contrib.django import app

from motcua.files.actions.store import store_paper
from motcua.files.jobs import drop_old_uploads, read_files_back, scan_files, tidy_files
from motcua.files.models import Blob
from motcua.files.queries import path_of
from motcua.files.tests.clamd import little_clamd

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("data_dir")]


@pytest.mark.parametrize("job", [drop_old_uploads, read_files_back, scan_files, tidy_files])
def test_a_job_may_run_twice(job: Any) -> None:
    store_paper(b"%PDF-1.7", name="a.pdf", at=timezone.now())
    for _twice in range(2):
        job(0)
    assert Blob.objects.count() == 1


def test_months_of_nights(settings: Any, data_dir: Path) -> None:
    """A content nobody holds is read back, put away and removed; one that is gone is found in the same night."""
    settings.QUARANTINE_DAYS, settings.KEEP_UNUSED_DAYS = 30, 14
    start = timezone.now()
    names = [store_paper(b"%%PDF-1.7 %d" % one, name="a.pdf", at=start).sha256 for one in range(2)]
    path_of(names[1]).unlink()
    for day in range(46):
        with time_machine.travel(start + timedelta(days=day), tick=False):
            tidy_files(0)
            read_files_back(0)
            if day == 0:
                assert Blob.objects.get(pk=names[1]).fault == "missing"
                assert Blob.objects.get(pk=names[0]).checked_at == timezone.now()
    assert not Blob.objects.exists()


def test_the_queue_scans_what_was_taken_in_unseen(settings: Any) -> None:
    kept = store_paper(b"%PDF-1.7", name="a.pdf", at=timezone.now())
    with little_clamd() as server:
        settings.CLAMD = server.url
        scan_files(0)
    assert Blob.objects.get(pk=kept.sha256).scanned_at is not None


def test_reading_back_happens_at_night_in_viet_nam() -> None:
    task = next(one for one in app.periodic_registry.periodic_tasks.values() if one.task.name == "files.read_back")
    at, hours = datetime(2026, 11, 22, tzinfo=UTC).timestamp(), []
    for _round in range(48):
        at = task.croniter.get_next(ret_type=float, start_time=at)
        hours.append(timezone.localtime(datetime.fromtimestamp(at, UTC)).hour)
    assert set(hours) == {1, 2, 3, 4}
