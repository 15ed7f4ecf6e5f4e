"""JSON for machines."""

from motcua.agencies.api.agencies import router

__all__ = ["router"]
