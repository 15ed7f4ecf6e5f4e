"""Acts of the room: one file an act."""

from motcua.procedures.actions.approve import approve_version, return_draft
from motcua.procedures.actions.clone import clone_procedure, discard_draft
from motcua.procedures.actions.draft import create_draft_version
from motcua.procedures.actions.import_definition import ImportOutcome, import_definition
from motcua.procedures.actions.offer import offer, stop_offering
from motcua.procedures.actions.propose import propose_definition, propose_version
from motcua.procedures.actions.publish import publish_version
from motcua.procedures.actions.retire import retire

__all__ = [
    "ImportOutcome",
    "approve_version",
    "clone_procedure",
    "create_draft_version",
    "discard_draft",
    "import_definition",
    "offer",
    "propose_definition",
    "propose_version",
    "publish_version",
    "retire",
    "return_draft",
    "stop_offering",
]
