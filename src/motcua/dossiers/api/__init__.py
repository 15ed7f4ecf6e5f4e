"""The acts as JSON: every route translates, calls one act and answers."""

from ninja import Router

from motcua.dossiers.api import acts, decisions, intake, reading, uploads

router = Router(tags=["Hồ sơ"])
for part in (intake, acts, decisions, reading, uploads):
    router.add_router("", part.router)
