from motcua.journal.models.entry import Entry
from motcua.journal.models.outbox import OutboxEvent
from motcua.journal.models.reply import StoredReply

__all__ = ["Entry", "OutboxEvent", "StoredReply"]
