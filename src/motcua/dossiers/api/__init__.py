"""The acts as JSON: every route translates, calls one act and answers."""

from motcua.dossiers.api import acts, clock, decisions, exchange, intake, money, reading, signing, uploads
from motcua.dossiers.api.routes import router

__all__ = ["acts", "clock", "decisions", "exchange", "intake", "money", "reading", "router", "signing", "uploads"]
