"""A paper that was signed without a timestamp is completed by the archive, and then waits no more."""

import pytest

from motcua.dossiers.tests.world import moment
from motcua.files.actions.store import store_paper
from motcua.journal.actions.deliver import deliver_pending
from motcua.project.subscriptions import wire
from motcua.signing.models import ArchivedPaper
from motcua.trust.actions.await_completion import await_completion, tell_waiting
from motcua.trust.models import WaitingPaper
from motcua.trust.terms import WindowKind

pytestmark = pytest.mark.django_db
AT, LATER = moment(4, 9), moment(4, 10)


def test_the_archive_completes_what_waits() -> None:
    wire()
    signed = store_paper(b"%PDF-1.7 signed without a timestamp", name="a.pdf", at=AT).sha256
    complete = store_paper(b"%PDF-1.7 with a timestamp", name="b.pdf", at=AT).sha256
    facts = {"kind": WindowKind.STAMP, "subject_type": "dossier", "subject_id": 5, "title": "QĐ", "signed_at": AT}
    await_completion(sha256=signed, **facts)
    assert tell_waiting(kind=WindowKind.STAMP, at=AT) == 1
    deliver_pending(at=AT)
    row = ArchivedPaper.objects.get()
    assert (row.issued_id, row.due_at, row.current_id) == (signed, AT, None)
    assert WaitingPaper.objects.get().completed_at is None
    ArchivedPaper.objects.update(current_id=complete, stamped_at=AT, stamp_ends=LATER, digest="sha256")
    assert tell_waiting(kind=WindowKind.STAMP, at=LATER) == 1
    deliver_pending(at=LATER)
    waiting = WaitingPaper.objects.get()
    assert (waiting.completed_at, waiting.completed_sha256) == (LATER, complete)
