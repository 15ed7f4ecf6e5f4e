"""Người nộp thay: who acts at the desk, who types for whom, and how many one helper may have."""

from datetime import date, datetime, time, timedelta

from django.db import connection
from django.db.models import Q, QuerySet

from motcua.agencies.terms import Right
from motcua.deadlines.terms import VIET_NAM
from motcua.dossiers.models import Dossier
from motcua.dossiers.queries.assistance import limit_of
from motcua.dossiers.rules.application import Application, PartyFacts
from motcua.dossiers.rules.helping import LIMITED, problems_of_limit
from motcua.dossiers.rules.search import number_key
from motcua.dossiers.terms import OPEN, Source
from motcua.identity.models import Account
from motcua.identity.terms import AccountKind, Actor
from motcua.kernel.errors import RuleBroken

_ONE_AT_A_TIME = "SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))"


def at_desk(actor: Actor, application: Application, *, domain: str, desk_id: int, at: datetime) -> Actor | None:
    """Return the actor in the capacity in which they take dossiers in at the desk; None when they may not."""
    able = actor.at(at).within(procedure=application.procedure_code, domain=domain)
    return next((one for one in able.capacities() if one.has(Right.RECEIVE, unit_id=desk_id)), None)


def refuse_over_limit(actor: Actor, application: Application, *, desk_id: int, at: datetime) -> None:
    """Raise RuleBroken when the helper has handed in as many as one may have at this desk.

    One helper's dossiers are opened one at a time, so that two at once do not both take the last place.
    """
    if application.source not in LIMITED:
        return
    assisted = application.source == Source.ASSISTED
    helper = application.submitter or application.owner
    name = actor.name if assisted else helper.name
    key = f"account {actor.account_id}" if assisted else helper.personal_id or helper.tax_code or helper.phone
    if not key:
        return
    with connection.cursor() as cursor:
        cursor.execute(_ONE_AT_A_TIME, [f"dossiers.helper.{desk_id}.{key}"])
    today = at.astimezone(VIET_NAM).date()
    theirs = _handed_in_by(actor, helper, application.source).filter(desk_id=desk_id)
    problems = problems_of_limit(
        limit_of(desk_id, application.source, on=today),
        today=theirs.filter(submitted_at__gte=_midnight(today), submitted_at__lt=_midnight(today, 1)).count(),
        opened=theirs.filter(status__in=sorted(OPEN)).count(),
        who=name,
    )
    if problems:
        raise RuleBroken(problems)


def _handed_in_by(actor: Actor, helper: PartyFacts, source: Source) -> QuerySet[Dossier]:
    if source == Source.ASSISTED:
        return Dossier.objects.filter(assisted_by_id=actor.account_id)
    number = helper.personal_id or helper.tax_code or helper.phone
    same = Q(submitter__personal_id=number) | Q(submitter__tax_code=number) | Q(submitter__phone=number)
    return Dossier.objects.filter(same, source=source, search_keys__contains=[number_key(number)])


def _midnight(day: date, later: int = 0) -> datetime:
    return datetime.combine(day + timedelta(days=later), time.min, VIET_NAM)


def own_account(application: Application) -> int | None:
    """Return the account of the citizen an officer types for, so that the dossier shows among theirs; None: no account.

    Citizens see what is filed in their name, whoever typed it.
    """
    number = application.owner.personal_id
    if application.source != Source.ASSISTED or not number:
        return application.owner.account_id
    found = Account.objects.filter(kind=AccountKind.CITIZEN, personal_id=number, is_active=True)
    return found.values_list("pk", flat=True).first()
