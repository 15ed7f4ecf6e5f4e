"""Giữ và thôi giữ một tệp."""

from django.db import transaction
from django.db.models import F

from motcua.files.actions.shelves import take_back
from motcua.files.models import Blob
from motcua.files.terms import Fault
from motcua.kernel.errors import Conflict, NotFound, Problem, RuleBroken


def hold(sha256: str) -> None:
    """Giữ tệp: one more place refers to the blob. Call it in the transaction that writes the reference.

    A blob in quarantine comes back. Raises NotFound, RuleBroken for one with malware inside, and
    TransactionManagementError outside a transaction.
    """
    _demand_transaction()
    ready = Blob.objects.filter(pk=sha256, quarantined_at__isnull=True).exclude(fault=Fault.INFECTED)
    if not ready.update(references=F("references") + 1, unowned_since=None):
        _hold_again(sha256)


def release(sha256: str) -> None:
    """Thôi giữ tệp: one place fewer refers to the blob. Nothing is deleted; `quarantine.py` looks at unused blobs.

    Raises Conflict when nobody holds it, and TransactionManagementError outside a transaction.
    """
    _demand_transaction()
    if not Blob.objects.filter(pk=sha256, references__gt=0).update(references=F("references") - 1):
        raise Conflict(Problem("file_not_held", "Tệp này không còn được dùng ở đâu nữa."))


def _hold_again(sha256: str) -> None:
    blob = Blob.objects.select_for_update().filter(pk=sha256).first()
    if blob is not None and blob.fault == Fault.INFECTED:
        raise RuleBroken(Problem("file_infected", "Tệp này có mã độc nên đã bị chặn. Hãy gửi tệp khác."))
    if blob is None or not take_back(sha256):
        raise NotFound(Problem("file_missing", "Không tìm thấy tệp này trong kho lưu trữ. Hãy tải tệp lên lần nữa."))
    blob.references, blob.unowned_since, blob.quarantined_at = blob.references + 1, None, None
    blob.save(update_fields=["references", "unowned_since", "quarantined_at"])


def _demand_transaction() -> None:
    if not transaction.get_connection().in_atomic_block:
        raise transaction.TransactionManagementError("hold and release belong into the transaction of the reference")
