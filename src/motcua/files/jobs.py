"""Work of the queue for files. Every job may run twice."""

from django.utils import timezone
from procrastinate.contrib.django import app

from motcua.files.actions.receive_pieces import drop_uploads


@app.periodic(cron="17 * * * *")
@app.task(name="files.drop_uploads", queueing_lock="files.drop_uploads")
def drop_old_uploads(timestamp: int) -> None:  # noqa: ARG001 (the queue says when; late runs look at now)
    """Bỏ các tệp gửi dở quá hạn."""
    drop_uploads(at=timezone.now())
