"""A leader's morning: seventy dossiers of civil status wait for a signature, a few of them out of the ordinary."""

from collections.abc import Callable
from datetime import datetime, timedelta
from random import Random

from motcua.agencies.models import Unit
from motcua.agencies.terms import Right
from motcua.deadlines.queries import calendar_of
from motcua.deadlines.rules.calendar import align
from motcua.deadlines.terms import VIET_NAM
from motcua.dossiers.actions.appraise import appraise_dossier
from motcua.dossiers.actions.correct import correct_dossier
from motcua.dossiers.actions.send_back import send_back_dossier
from motcua.dossiers.actions.take_in import take_in_dossier
from motcua.dossiers.models import Dossier, Party
from motcua.dossiers.rules.application import Application
from motcua.dossiers.rules.flow import is_deciding
from motcua.dossiers.terms import Channel, Status
from motcua.project.demo.answers import declare
from motcua.project.demo.cast import invented_party
from motcua.project.demo.money import fees_said
from motcua.project.demo.scenes import SCENES, SMOOTH, Scene
from motcua.project.demo.story import Story
from motcua.project.demo.units import MAIN_WARD

#: So many dossiers wait in the morning.
MORNING = 72
#: Procedures whose draft goes straight to who signs, with terms of three and five working days.
#: Most come for the one that has a paper of its own: those drafts are by the template, word for word.
_PROCEDURES = (*["1.004873"] * 3, "1.004884", *["1.004873"] * 3, "1.004746", *["1.004873"] * 3)
_MOST_ACTS = 8
_STEP = timedelta(minutes=2)
_DAYS_LATE = 8
_PEOPLE = "people of the morning"


def tell_morning(story: Story, *, count: int = MORNING) -> None:
    """Bring `count` dossiers of the ward that is shown before its leaders; once. A quarter of a minute.

    The first five differ from the others: one is late, one is to be refused, one was sent back before, the draft of
    one is a file, of one a correction is open.
    """
    first = invented_party(Random(_PEOPLE))  # noqa: S311 (invented, no secret)
    if not Party.objects.filter(personal_id=first.personal_id, name=first.name).exists():
        _Morning(story).tell(count)


class _Morning:
    def __init__(self, story: Story) -> None:
        self.story, self.random = story, Random("morning")  # noqa: S311 (invented, no secret)
        self.people = Random(_PEOPLE)  # noqa: S311 (the same people each time)
        self.ward = Unit.objects.get(slug=MAIN_WARD)
        desk = Unit.objects.get(slug=f"{MAIN_WARD}-pvhcc")
        self.clerk = story.cast.officer(desk.pk, Right.RECEIVE, self.random)
        self.handler = story.cast.officer(Unit.objects.get(slug=f"{MAIN_WARD}-vanphong").pk, Right.HANDLE, self.random)
        self.chair = story.cast.officer(self.ward.pk, Right.LEAD_AGENCY, self.random)
        self.yesterday = self._opening(1)
        self.at = self.yesterday

    def tell(self, count: int) -> None:
        differing: tuple[Callable[[], None], ...] = (
            self._late,
            self._negative,
            self._sent_back,
            self._in_a_file,
            self._being_corrected,
        )
        for number in range(count):
            self.at = self.yesterday + number * timedelta(minutes=4)
            if number < len(differing):
                differing[number]()
            else:
                self._plain(number)

    def _plain(self, number: int, *, at: datetime | None = None, negative: bool = False) -> Dossier:
        self.at = at or self.at
        dossier = self._taken_in(_PROCEDURES[number % len(_PROCEDURES)])
        scene = self._scene()
        scene.fates["negative"] = negative
        return self._to_decision(dossier, scene)

    def _late(self) -> None:
        """Appraised long ago, and left lying."""
        self._plain(0, at=self._opening(_DAYS_LATE))

    def _negative(self) -> None:
        """What is asked for cannot be given."""
        self._plain(1, negative=True)

    def _sent_back(self) -> None:
        """The chair sent the first draft back, the second waits."""
        dossier = self._plain(2)
        reason = "Ghi rõ căn cứ xác nhận rồi trình lại."
        send_back_dossier(actor=self.chair, dossier_id=dossier.pk, at=self._next(), reason=reason)
        self._appraise(dossier, text=f"Bản sửa: căn cứ Luật Hộ tịch, xác nhận cho {dossier.owner.name}.")

    def _in_a_file(self) -> None:
        """The draft is a scan, nothing is typed."""
        dossier = self._before_appraisal(self._taken_in(_PROCEDURES[3]))
        opinion = "Hồ sơ đầy đủ, hợp lệ; dự thảo trong tệp kèm theo."
        appraise_dossier(
            actor=self.handler, dossier_id=dossier.pk, at=self._next(), opinion=opinion, file=self.story.scan
        )

    def _being_corrected(self) -> None:
        """The clerk asks to put an address right that was typed wrong."""
        dossier = self._plain(4)
        correct_dossier(
            actor=self.clerk,
            dossier_id=dossier.pk,
            at=self._next(),
            changes={"owner.address": "Số 15 phố Kênh Liêm, Quảng Ninh"},
            reason="Ghi nhầm số nhà so với tờ khai.",
        )

    def _appraise(self, dossier: Dossier, *, text: str) -> None:
        opinion = "Hồ sơ đầy đủ, hợp lệ; đủ điều kiện giải quyết."
        appraise_dossier(actor=self.handler, dossier_id=dossier.pk, at=self._next(), opinion=opinion, text=text)

    def _taken_in(self, code: str) -> Dossier:
        definition = self.story.by_code[code]
        case, owner = definition.cases[0].key, invented_party(self.people)
        declared = declare(definition, case, owner, channel=Channel.IN_PERSON, at=self.at, random=Random(owner.name))  # noqa: S311 (invented)
        application = Application(
            procedure_code=code,
            agency_id=self.ward.pk,
            case_key=case,
            channel=Channel.IN_PERSON,
            owner=owner,
            components=self.story.papers(definition, case, online=False),
            form=declared.typed,
            confirmed_duplicate=True,
        )
        fees = fees_said(definition, case, self.random)
        return take_in_dossier(actor=self.clerk, application=application, at=self.at, fees=fees)

    def _scene(self) -> Scene:
        scene = Scene(cast=self.story.cast, scan=self.story.scan, random=self.random, applicant=self.clerk)
        scene.fates |= dict.fromkeys(SMOOTH, False)
        return scene

    def _before_appraisal(self, dossier: Dossier) -> Dossier:
        return self._play(dossier, self._scene(), lambda one: one.step.right == "handle")

    def _to_decision(self, dossier: Dossier, scene: Scene) -> Dossier:
        return self._play(dossier, scene, lambda one: is_deciding(one.definition, one.step))

    def _play(self, dossier: Dossier, scene: Scene, arrived: Callable[[Dossier], bool]) -> Dossier:
        for _ in range(_MOST_ACTS):
            dossier = Dossier.objects.select_related("version", "owner", "submitter").get(pk=dossier.pk)
            if dossier.status == Status.PROCESSING and arrived(dossier):
                break
            play = next(play for fits, play in SCENES if fits(dossier, scene))
            play(dossier, scene, self._next())
        return dossier

    def _opening(self, days_ago: int) -> datetime:
        """Half past seven of the working day that lies so many working days back."""
        day, calendar = self.story.now.astimezone(VIET_NAM), calendar_of(self.ward.pk)
        while days_ago:
            day -= timedelta(days=1)
            morning = day.replace(hour=7, minute=30, second=0, microsecond=0)
            days_ago -= align(morning, calendar) == morning
        return morning

    def _next(self) -> datetime:
        self.at += _STEP
        return self.at
