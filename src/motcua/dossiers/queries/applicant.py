"""A dossier as its reader may see it: everything for the office, for the applicant what is theirs."""

from django.db.models import Q, QuerySet

from motcua.dossiers.access import sees_whole
from motcua.dossiers.access.opinions import may_answer_for
from motcua.dossiers.models import Attachment, Dossier, DraftResult, Move, Result
from motcua.dossiers.rules.openness import (
    NOTES_FOR_APPLICANT,
    OWN_PURPOSES,
    SHOWN_PURPOSES,
    SILENT_ACTS,
    result_is_open,
)
from motcua.dossiers.terms import AttachmentPurpose, ResultChannel, Status
from motcua.identity.terms import Actor
from motcua.kernel.errors import NotFound, Problem


def files_open_to(actor: Actor, dossier: Dossier) -> QuerySet[Attachment]:
    """Return the files the actor may read, blobs loaded, in the order they came.

    With its result the results of its parts, which the house itself put there, come open to the applicant.
    """
    files = dossier.attachments.select_related("blob").order_by("id")
    if actor.kind != "citizen":
        return files if sees_whole(actor, dossier) else files.filter(_needed(actor, dossier))
    result = result_open_to(actor, dossier)
    if result is None:
        return files.filter(purpose__in=SHOWN_PURPOSES)
    of_parts = Q(purpose=AttachmentPurpose.RESULT, added_by__isnull=True)
    return files.filter(Q(purpose__in=SHOWN_PURPOSES) | Q(pk=result.scan_id) | of_parts)


def _needed(actor: Actor, dossier: Dossier) -> Q:
    """What somebody may read who was only asked: the papers, and their own answer."""
    mine = [one.attachment_id for one in dossier.consultations.all() if may_answer_for(actor, one.unit_id)]
    return Q(purpose__in=OWN_PURPOSES) | Q(pk__in=[pk for pk in mine if pk is not None])


def file_open_to(actor: Actor, dossier: Dossier, file_id: int) -> Attachment:
    """Return one file the actor may read; raises NotFound for any other alike."""
    found = files_open_to(actor, dossier).filter(pk=file_id).first()
    if found is None:
        raise NotFound(Problem("no_file", "Hồ sơ không có tệp này."))
    return found


def result_open_to(actor: Actor, dossier: Dossier) -> Result | None:
    """Return the result, its draft loaded, when there is one and the actor may read it."""
    result = Result.objects.filter(dossier=dossier).select_related("draft").first()
    if result is None or actor.kind != "citizen":
        return result if result is None or sees_whole(actor, dossier) else None
    if dossier.status == Status.FINISHED and dossier.recalled_results.filter(reopened_at__isnull=True).exists():
        return None
    is_open = result_is_open(
        is_sealed=result.sealed_at is not None,
        is_delivered=dossier.status == Status.DELIVERED,
        wants_file=dossier.result_channel == ResultChannel.ONLINE,
    )
    return result if is_open else None


def drafts_open_to(actor: Actor, dossier: Dossier) -> QuerySet[DraftResult]:
    """Return the drafts, oldest first; none for the applicant."""
    drafts = dossier.drafts.order_by("number")
    return drafts if actor.kind != "citizen" and sees_whole(actor, dossier) else drafts.none()


def moves_open_to(actor: Actor, dossier: Dossier) -> list[Move]:
    """Return the timeline, oldest first; for the applicant without silent moves and without notes between officers."""
    moves = list(dossier.moves.select_related("to_unit", "to_holder").order_by("number"))
    if actor.kind != "citizen":
        return moves if sees_whole(actor, dossier) else []
    shown = [move for move in moves if move.act not in SILENT_ACTS]
    for move in shown:
        if move.act not in NOTES_FOR_APPLICANT:
            move.note = ""
    return shown
