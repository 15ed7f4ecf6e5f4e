from motcua.journal.actions.emit import emit
from motcua.journal.actions.note_reading import note_reading
from motcua.journal.actions.record import record

__all__ = ["emit", "note_reading", "record"]
