"""What signed papers hear of other rooms."""

from datetime import datetime

from motcua.signing.actions.archive_papers import keep_for_archive
from motcua.trust.actions.await_completion import complete_paper
from motcua.trust.events import PaperAwaitsCompletion


def on_paper_awaits_completion(event: PaperAwaitsCompletion, at: datetime) -> None:
    """A service answers again: let the archive give the paper its proofs and timestamp; say so once it has."""
    row = keep_for_archive(sha256=event.sha256, at=at)
    if row.current_id:
        complete_paper(waiting_id=event.waiting_id, completed_sha256=row.current_id, at=at)
