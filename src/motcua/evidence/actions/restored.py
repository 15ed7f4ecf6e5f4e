"""Xác nhận sổ lùi lại sau khi khôi phục."""

from datetime import datetime

from django.db import transaction

from motcua.evidence.actions.make_head import make_head
from motcua.evidence.actions.sequence import sequence_all
from motcua.evidence.models import Head
from motcua.evidence.providers.keys import forget, remembered
from motcua.evidence.queries.tree import latest_head, tree_size
from motcua.evidence.rules.notes import digest_of, read_note
from motcua.journal.actions import record
from motcua.journal.terms import Recorder
from motcua.kernel.errors import Problem, RuleBroken
from motcua.kernel.text import clean


def accept_restored(*, actor: Recorder, reason: str, at: datetime) -> Head:
    """Xác nhận sổ lùi lại: after a restore the log is behind what was signed; say so in the log itself and sign on.

    Nothing is hidden: the note that was signed stands in the journal, and whoever keeps it sees that acts are gone.
    Raises RuleBroken when the log is not behind, or without a reason.
    """
    note, before = remembered(), latest_head()
    sequence_all(at=at)
    if not note or before is None or digest_of(note) == digest_of(before.note):
        raise RuleBroken(
            Problem("not_behind", "Sổ không lùi lại so với đầu sổ đã ký gần nhất: không có gì để xác nhận.")
        )
    reason = clean(reason)
    if not reason:
        raise RuleBroken(Problem("reason_missing", "Phải ghi lý do.", "reason"))
    signed_size = read_note(note)[0].size
    with transaction.atomic():
        locked = Head.objects.select_for_update().get(pk=before.pk)
        data = {"reason": reason, "note": note, "signed_leaves": signed_size, "leaves": tree_size()}
        record(actor, "evidence.restored", locked, at=at, data=data)
    forget()
    sequence_all(at=at)
    made = make_head(at=at)
    if made is None:
        raise RuleBroken(Problem("log_contradicts", "Sổ không khớp đầu sổ còn giữ; hãy chạy «motcua evidence check»."))
    return made
