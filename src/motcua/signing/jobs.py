"""What the house does by itself around signed papers. Every job may run twice."""

import logging
from datetime import datetime

from django.utils import timezone
from procrastinate.contrib.django import app

from motcua.signing.actions.archive_papers import Means, archive_due, keep_for_archive
from motcua.signing.pades.evidence import Book
from motcua.signing.providers.sunset import house_sunsets
from motcua.signing.queries.archive import due_papers, sealed_and_not_kept
from motcua.trust.actions.open_services import open_fetcher, open_stamper
from motcua.trust.providers.house import house_store

_log = logging.getLogger(__name__)
#: Papers of one run: it ends before the next begins.
_MOST = 500


@app.periodic(cron="*/10 * * * *")
@app.task(name="signing.archive", queueing_lock="signing.archive")
def archive(timestamp: int) -> None:  # noqa: ARG001 (the queue says when; late runs look at now)
    """Hoàn thiện chữ ký để lưu trữ lâu dài, gia hạn những giấy tờ đến hạn."""
    at = timezone.now()
    done = archive_everything_due(house_means(at), at=at)
    if done:
        _log.info("%d papers archived", done)


def house_means(at: datetime) -> Means:
    """Return the services of this installation."""
    stamper, fetcher = open_stamper(clock=lambda: at), open_fetcher(clock=lambda: at)
    return Means(stamper, Book(fetcher, house_store(), at), house_sunsets())


def archive_everything_due(means: Means, *, at: datetime) -> int:
    """Keep what was sealed, complete and renew what is due; returns how many were done."""
    for sha256 in sealed_and_not_kept(_MOST):
        keep_for_archive(sha256=sha256, at=at)
    return sum(archive_due(paper_id, means=means, at=at) for paper_id in due_papers(at, _MOST))
