"""Ghi nhận nội dung có lỗi: missing, damaged or infected, and whole again."""

from datetime import datetime

from motcua.files.models import Blob
from motcua.files.terms import Fault
from motcua.identity.terms import SYSTEM
from motcua.journal.actions import record


def note_fault(blob: Blob, fault: Fault, *, at: datetime, detail: str = "") -> bool:
    """Ghi nhận lỗi: write it to the row and the journal, once; return whether it is new.

    The caller holds the lock of the row. Malware outweighs what else may be wrong.
    """
    if blob.fault in {fault, Fault.INFECTED}:
        return False
    blob.fault, blob.fault_found_at = fault, at
    blob.save(update_fields=["fault", "fault_found_at"])
    data = {"fault": fault.value, "size": blob.size, "references": blob.references, "detail": detail}
    record(SYSTEM, "blob.faulty", blob, at=at, data=data)
    return True


def clear_fault(blob: Blob, *, at: datetime, how: str) -> None:
    """Ghi nhận đã lành: the content is whole again; `how` is an English word. The caller holds the lock of the row."""
    was = blob.fault
    blob.fault, blob.fault_found_at = "", None
    blob.save(update_fields=["fault", "fault_found_at"])
    record(SYSTEM, "blob.mended", blob, at=at, data={"fault": was, "how": how})
