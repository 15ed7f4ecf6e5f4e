"""The state of a dossier as the rules see it, in one query."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db.models import (
    Case,
    Count,
    Exists,
    F,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    TextField,
    Value,
    When,
)
from django.db.models.functions import Coalesce

from motcua.dossiers.access.money import MONEY, money_from
from motcua.dossiers.access.process_facts import process_facts
from motcua.dossiers.models import (
    Apology,
    Consultation,
    Correction,
    Dossier,
    DraftResult,
    Move,
    SupplementRequest,
    Suspension,
)
from motcua.dossiers.rules.acts import Facts
from motcua.dossiers.terms import BESIDE, ENDED, NOT_HANDED_OVER, Status, SuspensionKind
from motcua.identity.terms import Actor
from motcua.kernel.asking import Question
from motcua.procedures.queries.newer import newer_versions

_DONE = ENDED | {Status.FINISHED}
_WITHOUT_RESULT = sorted(ENDED - {Status.DELIVERED})
#: Moves by which a dossier was given from one unit to another.
HANDED_OVER = Q(from_unit__isnull=False) & ~Q(from_unit=F("to_unit")) & ~Q(act__in=sorted(NOT_HANDED_OVER))


def facts_of(dossier: Dossier, at: datetime, actor: Actor | None = None) -> Facts:
    """Return the state of the dossier at `at`; `actor`: whose roles conditions of its process see."""
    return facts_of_all([dossier], at, actor)[dossier.pk]


def facts_of_all(dossiers: Sequence[Dossier], at: datetime, actor: Actor | None = None) -> dict[int, Facts]:
    """Return the state of many dossiers at `at`, by their ids; what conditions read is asked for when they do."""
    names = ("pk", *_AROUND)
    around = {row[0]: dict(zip(names, row, strict=True)) for row in _ASKED(ids=sorted({one.pk for one in dossiers}))}
    return {one.pk: _facts(one, around[one.pk], at, actor) for one in dossiers}


def _facts(dossier: Dossier, around: Mapping[str, Any], at: datetime, actor: Actor | None) -> Facts:
    return Facts(
        status=Status(dossier.status),
        definition=dossier.definition,
        step=dossier.step,
        is_received=dossier.is_received,
        has_open_request=around["open_requests"] > 0,
        supplement_count=dossier.supplement_count,
        draft_number=around["last_draft"],
        at=at,
        due_at=dossier.due_at,
        answer_until=around["answer_until"],
        suspended_for=SuspensionKind(around["suspended_for"]) if around["suspended_for"] else None,
        extension_count=dossier.extension_count,
        is_untaken=bool(around["handed_over_by"]),
        handed_over_by=around["handed_over_by"] or "",
        open_consultations=around["open_consultations"],
        opinions_awaited=around["opinions_awaited"],
        open_parts=open_parts_of(dossier) if around["open_parts"] else 0,
        has_open_correction=around["open_correction"],
        has_parent=dossier.parent_id is not None,
        promised_at=around["promised_at"],
        has_successor=around["successor"],
        newer_since=around["newer_since"],
        money=money_from(around["money"]),
        process=process_facts(dossier, at, actor),
    )


def open_parts_of(dossier: Dossier) -> int:
    """Return how many unfinished parts the parent waits for: not those that its procedure calls optional."""
    optional = [linked.procedure for linked in dossier.definition.linked if not linked.required]
    return dossier.parts.exclude(status__in=sorted(_DONE)).exclude(procedure__code__in=optional).count()


def _mine(found: QuerySet[Any]) -> QuerySet[Any]:
    return found.filter(dossier=OuterRef("pk")).order_by()


def _number_of(found: QuerySet[Any]) -> Coalesce:
    counted = found.values(one=F("dossier_id")).annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)


_PARTS = Dossier.objects.filter(parent=OuterRef("pk")).exclude(status__in=sorted(_DONE)).order_by()
_OPEN_REQUESTS = _mine(SupplementRequest.objects.filter(answered_at__isnull=True))
_AROUND: dict[str, Any] = {
    "open_requests": _number_of(_OPEN_REQUESTS),
    "answer_until": Subquery(_OPEN_REQUESTS.values("answer_until")[:1]),
    "last_draft": Coalesce(Subquery(_mine(DraftResult.objects.all()).order_by("-number").values("number")[:1]), 0),
    "suspended_for": Subquery(_mine(Suspension.objects.filter(until__isnull=True)).values("kind")[:1]),
    "handed_over_by": Subquery(
        _mine(Move.objects.exclude(act__in=sorted(BESIDE)))
        .order_by("-number")
        .annotate(by=Case(When(HANDED_OVER, then=F("act")), default=Value("", output_field=TextField())))
        .values("by")[:1]
    ),
    "open_consultations": _number_of(
        _mine(Consultation.objects.filter(answered_at__isnull=True, cancelled_at__isnull=True))
    ),
    "opinions_awaited": _number_of(
        _mine(Consultation.objects.filter(answered_at__isnull=True, cancelled_at__isnull=True, is_required=True))
    ),
    "open_parts": Coalesce(
        Subquery(_PARTS.values(one=F("parent_id")).annotate(n=Count("pk")).values("n"), output_field=IntegerField()),
        0,
    ),
    "money": MONEY,
    "promised_at": Subquery(
        _mine(Apology.objects.filter(signed_at__isnull=False, extends=False))
        .order_by("-number")
        .values("promised_at")[:1]
    ),
    "successor": Exists(Dossier.objects.filter(predecessor=OuterRef("pk")).exclude(status__in=_WITHOUT_RESULT)),
    "newer_since": Subquery(
        newer_versions(OuterRef("procedure_id"), OuterRef("version__number")).values("valid_from")[:1]
    ),
    "open_correction": Exists(_mine(Correction.objects.filter(decided_at__isnull=True))),
}
_ASKED = Question(
    lambda ids: Dossier.objects.filter(pk__in=ids).order_by().annotate(**_AROUND).values_list("pk", *_AROUND),
    ids=list[int],
)
