"""The router of the room. One for all modules: two routers with the same path would hide each other's methods."""

from ninja import Router

router = Router(tags=["Hồ sơ"])
