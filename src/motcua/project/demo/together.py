"""A few demo dossiers on which several units work: linked parts, an opinion asked for, a correction to decide."""

from datetime import datetime, timedelta
from random import Random

from motcua.agencies.models import Unit
from motcua.agencies.terms import Right
from motcua.dossiers.actions.consult import Question, consult
from motcua.dossiers.actions.correct import correct_dossier
from motcua.dossiers.actions.forward import forward_dossier
from motcua.dossiers.actions.hand_to_parent import hand_to_parent
from motcua.dossiers.actions.open_part import open_part
from motcua.dossiers.actions.shelve import shelve_dossier
from motcua.dossiers.actions.take_in import take_in_dossier
from motcua.dossiers.models import Dossier
from motcua.dossiers.rules.application import Application, ComponentFacts, PartyFacts
from motcua.dossiers.terms import Channel, Seen, Status
from motcua.project.demo.answers import declare
from motcua.project.demo.cast import invented_party, party_of
from motcua.project.demo.scenes import SCENES, SMOOTH, Scene
from motcua.project.demo.story import Story
from motcua.project.demo.units import MAIN_WARD

_BIRTH, _RESIDENCE, _CARD = "1.001193", "1.004222", "1.002759"
_MOST_ACTS = 12
_STEP = timedelta(minutes=20)


def tell_together(story: Story) -> None:
    """Make a birth with its two linked parts, and a dossier that waits for another unit and for its leader; once."""
    if Dossier.objects.filter(parent__isnull=False).exists():
        return
    _Together(story).tell()


class _Together:
    def __init__(self, story: Story) -> None:
        self.story, self.random = story, Random("together")  # noqa: S311 (invented, no secret)
        self.ward = Unit.objects.get(slug=MAIN_WARD)
        self.desk = Unit.objects.get(slug=f"{MAIN_WARD}-pvhcc")
        self.clerk = story.cast.officer(self.desk.pk, Right.RECEIVE, self.random)
        self.scene = Scene(cast=story.cast, scan=story.scan, random=self.random, applicant=self.clerk)
        self.scene.fates |= dict.fromkeys(SMOOTH, False)
        self.at = story.now - timedelta(days=2)

    def tell(self) -> None:
        self._linked()
        self._asked()

    def _linked(self) -> None:
        """A birth whose residence part is done and whose card is being made."""
        parent = self._taken_in(party_of(self.story.cast.citizens[0]))
        forward_dossier(actor=self.clerk, dossier_id=parent.pk, at=self._next())
        for code in (_RESIDENCE, _CARD):
            open_part(actor=self.clerk, dossier_id=parent.pk, at=self._next(), procedure_code=code)
        residence = parent.parts.get(procedure__code=_RESIDENCE)
        self._finish(residence)
        hand_to_parent(part_id=residence.pk, at=self._next())
        shelve_dossier(actor=self.clerk, dossier_id=parent.pk, at=self._next(), shelf="Kệ 3 – Ô 12")

    def _asked(self) -> None:
        """A birth about which the division of culture is asked, and of which a name was typed wrong."""
        dossier = self._taken_in(invented_party(self.random))
        forward_dossier(actor=self.clerk, dossier_id=dossier.pk, at=self._next())
        dossier.refresh_from_db()
        handler = self.story.cast.officer(dossier.unit_id, Right.HANDLE, self.random)
        other = Unit.objects.get(slug=f"{MAIN_WARD}-vhxh")
        question = Question(
            other.pk, "Gia đình có trong danh sách hộ nghèo năm nay không?", self.story.now + timedelta(days=2)
        )
        consult(actor=handler, dossier_id=dossier.pk, at=self._next(), questions=[question])
        correct_dossier(
            actor=self.clerk,
            dossier_id=dossier.pk,
            at=self._next(),
            changes={"owner.address": "Số 9 phố Hàng Nồi, Quảng Ninh"},
            reason="Ghi nhầm số nhà, theo tờ khai.",
        )

    def _taken_in(self, owner: PartyFacts) -> Dossier:
        at, definition = self._next(), self.story.by_code[_BIRTH]
        declared = declare(definition, "default", owner, channel=Channel.IN_PERSON, at=at, random=Random(owner.name))  # noqa: S311 (invented, no secret)
        application = Application(
            procedure_code=_BIRTH,
            agency_id=self.ward.pk,
            desk_id=self.desk.pk,
            case_key="default",
            channel=Channel.IN_PERSON,
            owner=owner,
            components=(
                ComponentFacts("to-khai", originals=1, files=(self.story.scan,), seen=Seen.ORIGINAL, pages=2),
                ComponentFacts("giay-chung-sinh", originals=1, seen=Seen.ORIGINAL, pages=1),
                ComponentFacts("tuy-than", copies=1, seen=Seen.ORIGINAL),
            ),
            form=declared.typed,
            confirmed_duplicate=True,
        )
        return take_in_dossier(actor=self.clerk, application=application, at=at)

    def _finish(self, part: Dossier) -> None:
        """Lead a part to its result."""
        for _ in range(_MOST_ACTS):
            part = Dossier.objects.select_related("version", "owner", "submitter").get(pk=part.pk)
            done = part.status == Status.FINISHED and part.step.right == "receive"
            play = None if done else next((play for fits, play in SCENES if fits(part, self.scene)), None)
            if play is None:
                return
            play(part, self.scene, self._next())

    def _next(self) -> datetime:
        self.at += _STEP
        return self.at
