"""The acts as JSON: every route translates, calls one act and answers."""

from motcua.dossiers.api import acts, decisions, intake, reading, uploads
from motcua.dossiers.api.routes import router

__all__ = ["acts", "decisions", "intake", "reading", "router", "uploads"]
