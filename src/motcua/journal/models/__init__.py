from motcua.journal.models.anchor import Anchor
from motcua.journal.models.entry import Entry
from motcua.journal.models.outbox import OutboxEvent
from motcua.journal.models.reading import Reading
from motcua.journal.models.reply import StoredReply

__all__ = ["Anchor", "Entry", "OutboxEvent", "Reading", "StoredReply"]
