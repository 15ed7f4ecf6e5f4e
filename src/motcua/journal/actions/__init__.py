from motcua.journal.actions.emit import emit
from motcua.journal.actions.record import record

__all__ = ["emit", "record"]
