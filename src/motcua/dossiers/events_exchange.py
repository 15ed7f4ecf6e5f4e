"""What happened between units that work on a dossier together, for other rooms to hear."""

from dataclasses import dataclass
from typing import ClassVar

from motcua.dossiers.events import DossierEvent


@dataclass(frozen=True, kw_only=True)
class OpinionAsked(DossierEvent):
    """`unit_ids`: the units asked, `numbers`: their questions, in the same order."""

    name: ClassVar[str] = "dossier.opinion_asked"
    unit_ids: list[int]
    numbers: list[int]


@dataclass(frozen=True, kw_only=True)
class OpinionGiven(DossierEvent):
    """`open_count`: how many questions are still open."""

    name: ClassVar[str] = "dossier.opinion_given"
    number: int
    open_count: int


@dataclass(frozen=True, kw_only=True)
class OpinionCancelled(DossierEvent):
    name: ClassVar[str] = "dossier.opinion_cancelled"
    number: int
    unit_id: int


@dataclass(frozen=True, kw_only=True)
class DossierTakenOver(DossierEvent):
    name: ClassVar[str] = "dossier.taken_over"
    unit_id: int


@dataclass(frozen=True, kw_only=True)
class HandOverRefused(DossierEvent):
    """`unit_id`: where it went back to."""

    name: ClassVar[str] = "dossier.hand_over_refused"
    unit_id: int
    account_id: int | None
    reason: str


@dataclass(frozen=True, kw_only=True)
class DossierTakenBack(DossierEvent):
    """`unit_id`: from which it was taken back."""

    name: ClassVar[str] = "dossier.taken_back"
    unit_id: int


@dataclass(frozen=True, kw_only=True)
class DossierTransferred(DossierEvent):
    """`unit_id`: the division that handles it from now on."""

    name: ClassVar[str] = "dossier.transferred"
    unit_id: int
    reason: str


@dataclass(frozen=True, kw_only=True)
class DossierRebased(DossierEvent):
    """The dossier goes on under another version of its procedure: `before` and `number` are their numbers."""

    name: ClassVar[str] = "dossier.rebased"
    before: int
    number: int
    reason: str


@dataclass(frozen=True, kw_only=True)
class PartOpened(DossierEvent):
    """`dossier_id`, `code`: the parent's."""

    name: ClassVar[str] = "dossier.part_opened"
    part_id: int
    part_code: str


@dataclass(frozen=True, kw_only=True)
class PartFinished(DossierEvent):
    """`dossier_id`, `code`: the parent's, which has now the result of the part."""

    name: ClassVar[str] = "dossier.part_finished"
    part_id: int
    part_code: str
    is_negative: bool
    open_parts: int


@dataclass(frozen=True, kw_only=True)
class PartHandedIn(DossierEvent):
    """A part gave its result to its parent and has ended."""

    name: ClassVar[str] = "dossier.part_handed_in"
    parent_id: int


@dataclass(frozen=True, kw_only=True)
class CorrectionProposed(DossierEvent):
    name: ClassVar[str] = "dossier.correction_proposed"
    correction_id: int


@dataclass(frozen=True, kw_only=True)
class CorrectionDecided(DossierEvent):
    name: ClassVar[str] = "dossier.correction_decided"
    correction_id: int
    is_approved: bool


@dataclass(frozen=True, kw_only=True)
class PapersChecked(DossierEvent):
    name: ClassVar[str] = "dossier.papers_checked"


@dataclass(frozen=True, kw_only=True)
class DossierShelved(DossierEvent):
    name: ClassVar[str] = "dossier.shelved"


@dataclass(frozen=True, kw_only=True)
class DossierFollowed(DossierEvent):
    """A unit was closed; its successor has the dossier now."""

    name: ClassVar[str] = "dossier.moved_to_successor"
    unit_id: int
