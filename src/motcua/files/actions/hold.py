"""Giữ và thôi giữ một tệp."""

from django.db import transaction
from django.db.models import F

from motcua.files.models import Blob
from motcua.kernel.errors import Conflict, NotFound, Problem


def hold(sha256: str) -> None:
    """Giữ tệp: one more place refers to the blob. Call it in the transaction that writes the reference.

    Raises NotFound, and TransactionManagementError outside a transaction.
    """
    _demand_transaction()
    if not Blob.objects.filter(pk=sha256).update(references=F("references") + 1):
        raise NotFound(Problem("file_missing", "Không tìm thấy tệp này trong kho lưu trữ. Hãy tải tệp lên lần nữa."))


def release(sha256: str) -> None:
    """Thôi giữ tệp: one place fewer refers to the blob. Nothing is deleted; unused blobs are a later job's business.

    Raises Conflict when nobody holds it, and TransactionManagementError outside a transaction.
    """
    _demand_transaction()
    if not Blob.objects.filter(pk=sha256, references__gt=0).update(references=F("references") - 1):
        raise Conflict(Problem("file_not_held", "Tệp này không còn được dùng ở đâu nữa."))


def _demand_transaction() -> None:
    if not transaction.get_connection().in_atomic_block:
        raise transaction.TransactionManagementError("hold and release belong into the transaction of the reference")
