"""What a citizen has begun and not yet handed in."""

from typing import Final

from django.db.models import QuerySet
from django.utils.crypto import constant_time_compare, salted_hmac

from motcua.dossiers.models import Draft, DraftFile
from motcua.identity.terms import Actor
from motcua.kernel.errors import NotFound, Problem

_DIGITS: Final = 6
_LONGEST_ID: Final = 18


def drafts_of(actor: Actor) -> QuerySet[Draft]:
    """Return the actor's own drafts, the last saved first, procedures loaded."""
    if actor.account_id is None:
        return Draft.objects.none()
    return Draft.objects.filter(account_id=actor.account_id).select_related("procedure").order_by("-saved_at")


def draft_of(actor: Actor, draft_id: int) -> Draft:
    """Return one draft of the actor's; raises NotFound when it is not theirs or was handed in."""
    found = drafts_of(actor).filter(pk=draft_id).first()
    if found is None:
        raise NotFound(Problem("no_draft", "Không tìm thấy hồ sơ đang soạn này; có thể bạn đã nộp hoặc đã xóa nó."))
    return found


def draft_files(draft: Draft) -> list[DraftFile]:
    """Return the files of a draft in the order they came, blobs loaded."""
    return list(draft.files.select_related("blob").order_by("id"))


def draft_file(actor: Actor, draft_id: int, file_id: int) -> DraftFile:
    """Return one file of a draft of the actor's; raises NotFound."""
    found = draft_of(actor, draft_id).files.filter(pk=file_id).select_related("blob").first()
    if found is None:
        raise NotFound(Problem("no_file", "Hồ sơ đang soạn không có tệp này."))
    return found


def counter_code(draft: Draft) -> str:
    """Return the code by which its owner lets a clerk take the draft over: "1532-840271"; it ends with the draft."""
    mark = salted_hmac("dossiers.draft", f"{draft.pk}:{draft.submission_key}").digest()
    return f"{draft.pk}-{int.from_bytes(mark[:8], 'big') % 10**_DIGITS:0{_DIGITS}d}"


def draft_by_code(code: str) -> Draft:
    """Return the draft of a code that its owner gave away, procedure and account loaded; raises NotFound."""
    number = code.strip().partition("-")[0]
    found = None
    if number.isascii() and number.isdigit() and len(number) <= _LONGEST_ID:
        found = Draft.objects.select_related("procedure", "account").filter(pk=int(number)).first()
    if found is None or not constant_time_compare(counter_code(found), code.strip()):
        raise NotFound(Problem("no_draft", "Không có bản soạn sẵn mang mã này; hãy hỏi lại người nộp.", "draft_code"))
    return found
