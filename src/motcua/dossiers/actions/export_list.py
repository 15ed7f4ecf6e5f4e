"""Xuất danh sách hồ sơ."""

from datetime import datetime

from django.db import transaction

from motcua.agencies.terms import Right
from motcua.identity.models import Account
from motcua.identity.terms import Actor
from motcua.journal.actions.record import record
from motcua.kernel.errors import NotPermitted, Problem

_SEES_PEOPLE = (Right.RECEIVE, Right.LEAD_DIVISION, Right.LEAD_AGENCY)


def may_export_people(actor: Actor) -> bool:
    """Whether numbers, phones and addresses may leave in a file: those who answer for them, receivers and leaders."""
    return any(actor.has(right) for right in _SEES_PEOPLE)


@transaction.atomic
def note_export(*, actor: Actor, what: str, query: str, people: bool, at: datetime) -> None:
    """Xuất danh sách: write down who takes which list away, and whether with personal data (Luật 91/2025/QH15).

    Raises NotPermitted for personal data without the right.
    """
    if people and not may_export_people(actor):
        raise NotPermitted(Problem("no_people", "Bạn không có quyền xuất dữ liệu cá nhân ra tệp."))
    account = Account.objects.select_for_update().get(pk=actor.known_id)
    record(actor, "list.exported", account, at=at, data={"list": what, "query": query, "personal_data": people})
