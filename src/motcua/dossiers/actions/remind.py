"""Nhắc hạn."""

from datetime import datetime

from django.db import transaction

from motcua.dossiers.events import DossierReminded
from motcua.dossiers.models import Dossier, Reminder, ReminderRule
from motcua.dossiers.queries.reminding import DueReminder
from motcua.journal.actions import emit


@transaction.atomic
def remind(due: DueReminder, *, at: datetime) -> bool:
    """Nhắc hạn: note that the rule was followed and let its people be told; False when it was followed before."""
    rule = ReminderRule.objects.get(pk=due.rule_id)
    facts = {"dossier_id": due.dossier_id, "rule": rule, "due_at": due.due_at}
    _row, is_new = Reminder.objects.get_or_create(**facts, defaults={"at": at})
    if is_new:
        code = Dossier.objects.values_list("code", flat=True).get(pk=due.dossier_id)
        event = DossierReminded(
            dossier_id=due.dossier_id, code=code, rule_id=rule.pk, to=rule.to, about=rule.about, due_at=due.due_at
        )
        emit(event, at=at)
    return is_new
