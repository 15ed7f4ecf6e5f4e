"""What a citizen has begun and not yet handed in."""

from django.db.models import QuerySet

from motcua.dossiers.models import Draft, DraftFile
from motcua.identity.terms import Actor
from motcua.kernel.errors import NotFound, Problem


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
