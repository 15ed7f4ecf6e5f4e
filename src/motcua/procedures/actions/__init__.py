"""Acts of the room: one file an act."""

from motcua.procedures.actions.draft import create_draft_version
from motcua.procedures.actions.import_definition import ImportOutcome, import_definition
from motcua.procedures.actions.offer import offer, stop_offering
from motcua.procedures.actions.publish import publish_version
from motcua.procedures.actions.retire import retire

__all__ = [
    "ImportOutcome",
    "create_draft_version",
    "import_definition",
    "offer",
    "publish_version",
    "retire",
    "stop_offering",
]
