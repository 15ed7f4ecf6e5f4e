"""Tables of the room."""

from motcua.importing.models.source import SourceRecord

__all__ = ["SourceRecord"]
