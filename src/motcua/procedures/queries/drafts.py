"""Reading drafts: what people write before it is published."""

from django.db.models import QuerySet

from motcua.procedures.models import ProcedureVersion

_PEOPLE = ("drafting__begun_by", "drafting__changed_by", "drafting__proposed_by", "drafting__returned_by")


def draft_of(code: str) -> ProcedureVersion | None:
    """Return the draft of the procedure with the people who write it, None when it has none (one query)."""
    drafts = ProcedureVersion.objects.filter(procedure__code=code, published_at__isnull=True)
    return drafts.select_related("procedure__domain", *_PEOPLE).first()


def revision_of(draft: ProcedureVersion | None) -> int:
    """Return the revision of a draft; 0 when there is none, or one written before drafts had revisions."""
    kept = getattr(draft, "drafting", None) if draft else None
    return int(kept.revision) if kept else 0


def last_published(code: str) -> ProcedureVersion | None:
    """Return the version of the procedure that was published last, None when none ever was (one query)."""
    published = ProcedureVersion.objects.filter(procedure__code=code, published_at__isnull=False)
    return published.select_related("procedure__domain", "published_by").order_by("-number").first()


def waiting_drafts() -> QuerySet[ProcedureVersion]:
    """Return the drafts that wait for their approver, the one that waits longest first."""
    waiting = ProcedureVersion.objects.filter(published_at__isnull=True, drafting__proposed_at__isnull=False)
    return waiting.select_related("procedure", *_PEOPLE).order_by("drafting__proposed_at")
