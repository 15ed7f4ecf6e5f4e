"""Work of the queue for files. Every job may run twice, and be killed at any moment."""

import logging

from django.conf import settings
from django.utils import timezone
from procrastinate.contrib.django import app

from motcua.files.actions.check_contents import compare_places, read_back
from motcua.files.actions.check_counts import check_counts
from motcua.files.actions.quarantine import tidy
from motcua.files.actions.receive_pieces import drop_uploads
from motcua.files.actions.scan import scan_waiting

_SCANNED_BYTES = 200 * 1024 * 1024
_log = logging.getLogger(__name__)


@app.periodic(cron="17 * * * *")
@app.task(name="files.drop_uploads", queueing_lock="files.drop_uploads")
def drop_old_uploads(timestamp: int) -> None:  # noqa: ARG001 (the queue says when; late runs look at now)
    """Bỏ các tệp gửi dở quá hạn."""
    drop_uploads(at=timezone.now())


@app.periodic(cron="25 17 * * *")  # UTC: 0:25 in Vietnam
@app.task(name="files.tidy", queueing_lock="files.tidy")
def tidy_files(timestamp: int) -> None:  # noqa: ARG001 (as above)
    """Dọn kho tệp: cách ly, bỏ hẳn những tệp không nơi nào giữ; đối chiếu tệp, dòng và số nơi giữ."""
    at = timezone.now()
    tidy(at=at)
    _log.info("files and rows compared: %s", compare_places(at=at))
    check_counts(at=at)


@app.periodic(cron="*/5 18-21 * * *")  # UTC: 1:00 to 4:55 in Vietnam
@app.task(name="files.read_back", queueing_lock="files.read_back")
def read_files_back(timestamp: int) -> None:  # noqa: ARG001 (as above)
    """Đọc lại kho tệp ban đêm: mỗi lượt một ít, lượt sau đọc tiếp."""
    done = read_back(at=timezone.now(), most_bytes=settings.CHECK_BYTES)
    if done.contents:
        _log.info("read back %d files, %d bytes; faulty: %s", done.contents, done.bytes, done.faulty)


@app.periodic(cron="*/10 * * * *")
@app.task(name="files.scan", queueing_lock="files.scan")
def scan_files(timestamp: int) -> None:  # noqa: ARG001 (as above)
    """Quét mã độc những tệp đã nhận mà chưa quét."""
    scan_waiting(at=timezone.now(), most_bytes=_SCANNED_BYTES)
