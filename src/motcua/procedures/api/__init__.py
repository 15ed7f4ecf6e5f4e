"""JSON for machines."""

from motcua.procedures.api.procedures import router

__all__ = ["router"]
