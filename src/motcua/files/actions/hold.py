"""Giữ và thôi giữ nội dung tệp."""

from django.db.models import F

from motcua.files.models import Blob
from motcua.kernel.errors import Invalid, Problem


def hold_blob(sha256: str) -> None:
    """Giữ tệp: count one more holder, in the holder's transaction; raises Invalid when there is no such content."""
    if not Blob.objects.filter(pk=sha256).update(references=F("references") + 1):
        raise Invalid(Problem("no_file", "Tệp đính kèm không còn trên hệ thống; hãy tải lên lại.", "files"))


def release_blob(sha256: str) -> None:
    """Thôi giữ tệp: count one holder less; the content itself stays."""
    Blob.objects.filter(pk=sha256, references__gt=0).update(references=F("references") - 1)
