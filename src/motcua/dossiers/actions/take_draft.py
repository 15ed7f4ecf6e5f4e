"""Nhận bản soạn sẵn của người dân tại quầy."""

from datetime import datetime

from django.db import transaction

from motcua.agencies.terms import Right
from motcua.dossiers.models import Draft
from motcua.dossiers.queries.drafts import draft_by_code
from motcua.identity.terms import Actor
from motcua.journal.actions import record
from motcua.kernel.errors import NotPermitted, Problem


@transaction.atomic
def take_draft(*, actor: Actor, code: str, at: datetime) -> Draft:
    """Nhận bản soạn sẵn: a clerk opens what a citizen prepared at home, by the code that the citizen gives.

    The draft stays the citizen's; who opened it is recorded. Raises NotPermitted for somebody without a desk, NotFound.
    """
    if not actor.units_with(Right.RECEIVE):
        raise NotPermitted(Problem("no_desk", "Chỉ người tiếp nhận tại Bộ phận Một cửa mở được bản soạn sẵn."))
    draft = draft_by_code(code)
    Draft.objects.select_for_update().get(pk=draft.pk)
    record(actor, "draft.taken", draft, at=at, data={"procedure": draft.procedure.code})
    return draft
