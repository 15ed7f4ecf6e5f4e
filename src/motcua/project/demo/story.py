"""One dossier's invented life: real acts, done by the people who may do them, at plausible moments."""

from collections.abc import Callable, Collection, Sequence
from datetime import datetime, timedelta
from random import Random

from motcua.agencies.models import Unit
from motcua.agencies.terms import Right
from motcua.deadlines.queries import calendar_of
from motcua.deadlines.rules.calendar import add_working, align, working_time_between
from motcua.deadlines.terms import VIET_NAM
from motcua.dossiers.actions.submit import submit_dossier
from motcua.dossiers.actions.take_in import take_in_dossier
from motcua.dossiers.models import Dossier
from motcua.dossiers.rules.application import Application, ComponentFacts, FileRef, PartyFacts
from motcua.dossiers.terms import ONLINE_CHANNELS, Channel, ResultChannel, Source, Status
from motcua.identity.terms import Actor
from motcua.kernel.errors import MotCuaError
from motcua.procedures.models import Offering
from motcua.procedures.rules.selection import components_for
from motcua.procedures.terms import Definition
from motcua.project.demo.answers import Declared, declare
from motcua.project.demo.cast import Cast, invented_party, organisation_of, party_of
from motcua.project.demo.money import fees_said
from motcua.project.demo.offerings import SINCE, definitions
from motcua.project.demo.samples import sample_scan
from motcua.project.demo.scenes import SCENES, Scene
from motcua.project.demo.units import MAIN_WARD

SEED = 20260701
_YEAR = timedelta(days=360)
_RECENT = timedelta(days=12)
_LATE_SHARE = 0.04
_ON_PAPER_SHARE = 0.4
_MAX_ACTS = 30
_RESTING_SHARE, _LATEST_REST = 0.7, 5
_CHANNELS = ((Channel.IN_PERSON, 48), (Channel.ONLINE, 44), (Channel.VNEID, 4), (Channel.POST, 4))


class Story:
    """Tells dossiers: number n is the same each time, up to the moment `now`."""

    def __init__(self, communes: Sequence[str], *, now: datetime) -> None:
        self.now = now
        self.cast = Cast(now.astimezone(VIET_NAM).date())
        self.scan: FileRef = sample_scan(at=now)
        self.units = {unit.slug: unit for unit in Unit.objects.filter(valid_to__isnull=True)}
        self.communes = [self.units[slug].pk for slug in communes]
        self.by_code = {definition.code: definition for definition in definitions()}
        offerings = Offering.objects.filter(valid_to__isnull=True).select_related("procedure")
        self.offered: dict[int, list[Offering]] = {}
        for offering in offerings.order_by("agency_id", "procedure__code"):
            self.offered.setdefault(offering.agency_id, []).append(offering)

    def tell(self, number: int, *, recent: bool) -> Dossier | None:
        """Make dossier `number`; None when its invention broke a rule (a duplicate, say)."""
        random = Random(f"{SEED}:{number}")  # noqa: S311 (invented, no secret)
        offering = self._offering(random, recent=recent)
        at = self._start(random, offering.agency_id, recent=recent)
        try:
            actor, dossier = self._hand_in(random, offering, at, recent=recent)
        except MotCuaError:
            return None
        scene = Scene(cast=self.cast, scan=self.scan, random=random, applicant=actor)
        rests = random.randint(0, _LATEST_REST) if recent and random.random() < _RESTING_SHARE else _MAX_ACTS
        self._live(dossier, scene, random, rests)
        return dossier

    def _offering(self, random: Random, *, recent: bool) -> Offering:
        main = self.units[MAIN_WARD].pk
        if random.random() < (0.7 if recent else 0.12):
            agency = main
        elif random.random() < (0.0 if recent else 0.15):
            agency = random.choice([key for key in self.offered if key not in set(self.communes)])
        else:
            agency = random.choice(self.communes)
        common = [one for one in self.offered[agency] if one.procedure.code in _COMMON]
        return random.choice(common if common and random.random() < 0.7 else self.offered[agency])  # noqa: PLR2004

    def _start(self, random: Random, agency_id: int, *, recent: bool) -> datetime:
        span = _RECENT if recent else _YEAR
        since = datetime(SINCE.year, SINCE.month, SINCE.day, 7, tzinfo=VIET_NAM)
        at = max(self.now - span * random.random() ** (1.6 if recent else 1.0), since)
        opened = align(at, calendar_of(agency_id, on=at.astimezone(VIET_NAM).date()))
        while opened > self.now:
            at -= timedelta(hours=random.randint(6, 20))
            opened = align(at, calendar_of(agency_id, on=at.astimezone(VIET_NAM).date()))
        return opened

    def _hand_in(self, random: Random, offering: Offering, at: datetime, *, recent: bool) -> tuple[Actor, Dossier]:
        definition = self.by_code[offering.procedure.code]
        channel = _weighted(random, _CHANNELS)
        online = channel in ONLINE_CHANNELS
        account = random.choice(self.cast.citizens[:1] if recent and random.random() < 0.15 else self.cast.citizens)  # noqa: PLR2004
        citizen = self.cast.actor(account.pk)
        owner, submitter, source = self._people(random, definition, online=online, party=party_of(account))
        case = random.choice(definition.cases).key if random.random() < 0.3 else definition.cases[0].key  # noqa: PLR2004
        declared = self._declared(definition, case, submitter or owner, channel, at)
        application = Application(
            procedure_code=definition.code,
            agency_id=offering.agency_id,
            case_key=case,
            channel=channel,
            source=source,
            relation="Giấy ủy quyền có chứng thực của UBND cấp xã" if source == Source.PROXY else "",
            owner=owner,
            submitter=submitter,
            components=self.papers(definition, case, online=online, besides=declared.papers),
            form=declared.typed,
            result_channel=ResultChannel.POST if channel == Channel.POST else ResultChannel.IN_PERSON,
            result_place=owner.address if channel == Channel.POST else "",
            confirmed_duplicate=True,
        )
        if online:
            return citizen, submit_dossier(actor=citizen, application=application, at=at)
        desk = self._desk_of(offering)
        receiver = self.cast.officer(desk, Right.RECEIVE, random)
        fees = fees_said(definition, application.case_key, random)
        return receiver, take_in_dossier(actor=receiver, application=application, at=at, fees=fees)

    def _people(
        self, random: Random, definition: Definition, *, online: bool, party: PartyFacts
    ) -> tuple[PartyFacts, PartyFacts | None, Source]:
        someone = party if online else invented_party(random)
        if "organisation" in definition.applicants and random.random() < 0.35:  # noqa: PLR2004
            firms = [one for one in self.cast.citizens if one.organisation_name]
            return organisation_of(random.choice(firms)), someone, Source.REPRESENTATIVE
        if random.random() < 0.12:  # noqa: PLR2004
            return invented_party(random), someone, random.choice((Source.PROXY, Source.HIRED))
        return someone, None, Source.SELF

    def _declared(
        self, definition: Definition, case: str, person: PartyFacts, channel: Channel, at: datetime
    ) -> Declared:
        """Answers to the e-form; at the desk some people bring the declaration on paper."""
        own = Random(f"{SEED}:{person.personal_id}:{at}")  # noqa: S311 (so that nothing else is thrown otherwise)
        if channel not in ONLINE_CHANNELS and own.random() < _ON_PAPER_SHARE:
            return Declared({})
        return declare(definition, case, person, channel=channel, at=at, random=own)

    def papers(
        self, definition: Definition, case: str, *, online: bool, besides: Collection[str] = ()
    ) -> tuple[ComponentFacts, ...]:
        """Return every required paper of a case as people hand it in: a scan online, sheets at the desk.

        `besides`: keys of papers that are not required of everybody, but here.
        """
        given = []
        for one in components_for(definition, case):
            paper = one.component
            if one.required or paper.key in besides:
                files = (self.scan,) if online else ()
                copies = paper.copies if paper.originals or paper.copies else 1
                given.append(ComponentFacts(paper.key, originals=paper.originals, copies=copies, files=files))
        return tuple(given)

    def _desk_of(self, offering: Offering) -> int:
        slug = next(slug for slug, unit in self.units.items() if unit.pk == offering.agency_id)
        own = self.units.get(f"{slug}-pvhcc")
        return (own or self.units["tinh-quang-ninh-pvhcc"]).pk

    def _live(self, dossier: Dossier, scene: Scene, random: Random, rests: int) -> None:
        """Let act follow act until the dossier ends or the next act would lie in the future.

        After `rests` acts it stays on somebody's desk, as long as it is not late there.
        """
        pace = random.uniform(1.1, 1.6) if random.random() < _LATE_SHARE else random.uniform(0.25, 0.9)
        calendar = calendar_of(dossier.agency_id, on=self.now.astimezone(VIET_NAM).date())
        at = dossier.last_act_at
        for number in range(_MAX_ACTS):
            play = _next_scene(dossier, scene)
            if play is None or (number >= rests and (dossier.due_at is None or dossier.due_at > self.now)):
                return
            at = add_working(at, _pause(dossier, pace, random, calendar_of(dossier.agency_id)), calendar)
            if at >= self.now:
                return
            play(dossier, scene, at)
            dossier = Dossier.objects.select_related("version", "owner", "submitter").get(pk=dossier.pk)


def _next_scene(dossier: Dossier, scene: Scene) -> Callable[[Dossier, Scene, datetime], None] | None:
    return next((play for fits, play in SCENES if fits(dossier, scene)), None)


def _pause(dossier: Dossier, pace: float, random: Random, calendar: object) -> timedelta:
    if dossier.due_at is None or dossier.received_at is None:
        return timedelta(minutes=random.randint(15, 360))
    if dossier.status == Status.FINISHED:
        return timedelta(minutes=random.randint(10, 900))
    total = working_time_between(dossier.received_at, dossier.due_at, calendar)  # type: ignore[arg-type]
    share = total * pace / max(len(dossier.definition.steps) - 1, 1)
    return max(share * random.uniform(0.5, 1.5), timedelta(minutes=3))


def _weighted(random: Random, weights: Sequence[tuple[Channel, int]]) -> Channel:
    return random.choices([one for one, _ in weights], [weight for _, weight in weights])[0]


#: What most people come for.
_COMMON = frozenset({"1.001193", "1.000656", "1.000894", "1.004873", "2.000635", "2.000815", "1.001612", "2.000884"})
