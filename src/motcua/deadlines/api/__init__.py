"""JSON for machines: the router of the room."""

from motcua.deadlines.api.compute import router

__all__ = ["router"]
