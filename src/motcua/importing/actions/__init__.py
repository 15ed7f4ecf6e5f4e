"""Acts of the room."""

from motcua.importing.actions.import_file import import_file
from motcua.importing.actions.import_record import import_record

__all__ = ["import_file", "import_record"]
