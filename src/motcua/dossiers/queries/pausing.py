"""Which kinds of waiting stop the clock, by the rules kept as data."""

from datetime import date

from django.db.models import F, Q, QuerySet

from motcua.dossiers.models import SuspensionRule
from motcua.dossiers.rules.causes import PauseRule
from motcua.dossiers.terms import OF_OTHER_ACTS, SuspensionKind


def rules_on(day: date) -> QuerySet[SuspensionRule]:
    """Return the rules that hold on the day, those of one procedure before the general ones, the newest first."""
    held = Q(valid_from__lte=day) & (Q(valid_to__isnull=True) | Q(valid_to__gt=day))
    own_first = F("procedure_id").desc(nulls_last=True)
    return SuspensionRule.objects.filter(held).order_by(own_first, "-valid_from", "-id")


def rule_for(kind: str, procedure_id: int, day: date) -> SuspensionRule | None:
    """Return the rule for a pause of that kind: the procedure's own, else the general one; None when there is none."""
    fitting = Q(procedure_id=procedure_id) | Q(procedure__isnull=True)
    return rules_on(day).filter(fitting, kind=kind).first()


def pause_rule_of(rule: SuspensionRule | None) -> PauseRule | None:
    """Return the rule as plain values."""
    return PauseRule(rule.stops_clock, rule.most_days) if rule else None


def stopping_kinds(procedure_id: int, day: date) -> list[tuple[SuspensionKind, SuspensionRule]]:
    """Return the kinds of pause that a leader may choose for the procedure on that day, each with its rule."""
    known: dict[str, SuspensionRule] = {}
    for rule in rules_on(day).filter(Q(procedure_id=procedure_id) | Q(procedure__isnull=True)):
        known.setdefault(rule.kind, rule)
    chosen = [kind for kind in SuspensionKind if kind not in OF_OTHER_ACTS and kind in known]
    return [(kind, known[kind]) for kind in chosen if known[kind].stops_clock]
