"""What conditions of a process may read of a dossier: every fact asked for when, and only when, it is read."""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any

from motcua.agencies.queries import unit as unit_by_id
from motcua.deadlines.queries import calendar_of
from motcua.deadlines.rules.calendar import working_time_between
from motcua.deadlines.terms import VIET_NAM
from motcua.dossiers.access.money import money_of
from motcua.dossiers.models import Consultation, Dossier, DossierComponent, FormAnswers, Move
from motcua.dossiers.terms import ENDED, ONLINE_CHANNELS, Channel, ResultChannel, Status
from motcua.forms.rules.answers import from_json
from motcua.identity.terms import Actor
from motcua.processes.terms import FACTS

_DONE = sorted(ENDED | {Status.FINISHED})


class ProcessFacts(Mapping[str, object]):
    """The facts of `processes.terms.FACTS` for one dossier at one moment; each costs at most one query, once.

    A process without conditions reads none, and costs nothing.
    """

    def __init__(self, dossier: Dossier, at: datetime, actor: Actor | None) -> None:
        self.dossier, self.at, self.actor = dossier, at, actor
        self.revision = dossier.revision
        self._known: dict[str, object] = {}

    def __getitem__(self, name: str) -> object:
        if name not in self._known:
            self._known[name] = _READ[name](self)
        return self._known[name]

    def __iter__(self) -> Iterator[str]:
        return iter(FACTS)

    def __len__(self) -> int:
        return len(FACTS)


def process_facts(dossier: Dossier, at: datetime, actor: Actor | None = None) -> ProcessFacts:
    """Return the facts of the dossier at `at`; `actor`: whose roles they are (None: nobody's).

    Asked again for the same moment and the same revision they are not read anew.
    """
    found = dossier.__dict__.get("process_facts")
    if isinstance(found, ProcessFacts) and (found.at, found.actor, found.revision) == (at, actor, dossier.revision):
        return found
    made = dossier.__dict__["process_facts"] = ProcessFacts(dossier, at, actor)
    return made


def arrived_at(dossier: Dossier) -> datetime:
    """Return when the dossier came to the step it is at (one query)."""
    came = Move.objects.filter(dossier_id=dossier.pk, to_step=dossier.step_key).exclude(from_step=dossier.step_key)
    last = came.order_by("-number").values_list("at", flat=True).first()
    return last or dossier.submitted_at


def _owed(facts: ProcessFacts) -> int:
    return money_of(facts.dossier.pk).owed_now


def _agency(facts: ProcessFacts) -> str:
    agency = unit_by_id(facts.dossier.agency_id)
    return agency.agency_code or agency.slug


def _components(facts: ProcessFacts) -> list[str]:
    given = DossierComponent.objects.filter(dossier_id=facts.dossier.pk, is_present=True).order_by("position")
    return list(given.values_list("key", flat=True))


def _copies(facts: ProcessFacts) -> int:
    bulk = facts.dossier.due_working.get("bulk")
    return int(bulk["copies"]) if bulk and "copies" in bulk else facts.dossier.set_count


def _done(facts: ProcessFacts) -> list[str]:
    moves = Move.objects.filter(dossier_id=facts.dossier.pk).order_by("number").values_list("from_step", "to_step")
    return list(dict.fromkeys(before for before, after in moves if before and before != after))


def _waiting_hours(facts: ProcessFacts) -> int:
    calendar = calendar_of(facts.dossier.unit_id, on=facts.at.astimezone(VIET_NAM).date())
    return int(working_time_between(arrived_at(facts.dossier), facts.at, calendar) / timedelta(hours=1))


def _roles(facts: ProcessFacts) -> list[str]:
    postings = facts.actor.postings if facts.actor else ()
    return sorted({str(right) for post in postings for right in post.rights})


def _open_opinions(facts: ProcessFacts) -> int:
    mine = Consultation.objects.filter(dossier_id=facts.dossier.pk, is_required=True)
    return mine.filter(answered_at__isnull=True, cancelled_at__isnull=True).count()


def _open_parts(facts: ProcessFacts) -> int:
    optional = [linked.procedure for linked in facts.dossier.definition.linked if not linked.required]
    parts = Dossier.objects.filter(parent_id=facts.dossier.pk).exclude(status__in=_DONE)
    return parts.exclude(procedure__code__in=optional).count()


def _form(facts: ProcessFacts) -> Mapping[str, object]:
    form = facts.dossier.definition.form
    if form is None:
        return {}
    values: Any = FormAnswers.objects.filter(dossier_id=facts.dossier.pk).values_list("values", flat=True).first()
    return from_json(form, values or {})


def _by_post(facts: ProcessFacts) -> bool:
    return facts.dossier.channel == Channel.POST or facts.dossier.result_channel == ResultChannel.POST


_READ: Mapping[str, Callable[[ProcessFacts], object]] = {
    "paid": lambda facts: facts["owed"] == 0,
    "owed": _owed,
    "online": lambda facts: facts.dossier.channel in ONLINE_CHANNELS,
    "channel": lambda facts: str(facts.dossier.channel),
    "by_post": _by_post,
    "agency": _agency,
    "procedure": lambda facts: facts.dossier.definition.code,
    "case": lambda facts: facts.dossier.case_key,
    "components": _components,
    "copies": _copies,
    "open_parts": _open_parts,
    "open_opinions": _open_opinions,
    "done": _done,
    "step": lambda facts: facts.dossier.step_key,
    "roles": _roles,
    "waiting_hours": _waiting_hours,
    "supplement_asked": lambda facts: facts.dossier.supplement_count > 0,
    "supplement_count": lambda facts: facts.dossier.supplement_count,
    "withdrawal_asked": lambda facts: facts.dossier.status == Status.WITHDRAWN,
    "form": _form,
    "today": lambda facts: facts.at.astimezone(VIET_NAM).date(),
}
