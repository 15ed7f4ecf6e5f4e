"""A paper to be made, and what is to show on it where: all of a signature that needs the paper, but no database.

Values that go to another process: the paper is set there, its places are looked for there, its stamps are set there.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Protocol

import pikepdf

from motcua.kernel.errors import Problem, RuleBroken
from motcua.signing.appearance.blanks import filled_rooms
from motcua.signing.appearance.places import field_place
from motcua.signing.appearance.stamps import Size
from motcua.signing.pades.lots import Job
from motcua.signing.terms import SignaturePlan


class Paper(Protocol):
    """What gives the PDF."""

    def made(self) -> bytes:
        """Return it; raises MotCuaError."""


@dataclass(frozen=True, slots=True)
class Whole:
    """A paper that is made already."""

    pdf: bytes

    def made(self) -> bytes:
        """Return it."""
        return self.pdf


class Stamp(Protocol):
    """What sets the picture of a signature, as large as its place."""

    def __call__(self, *, size: Size) -> bytes:
        """Return it; `size` in points."""


@dataclass(frozen=True, slots=True)
class SignatureWish:
    """A signature whose place and picture depend on the paper: `plan` says the rest, `stamp` sets the picture.

    `rooms`: what is written into the rooms of an initialled paper, by what they are named.
    """

    plan: SignaturePlan
    stamp: Stamp
    size: Size | None = None
    rooms: Mapping[str, str] = field(default_factory=dict)

    def on(self, pdf: bytes, *, empty: bool = False) -> SignaturePlan:
        """Return the whole plan; `empty`: of a field that is only made ready. Raises RuleBroken for a closed PDF."""
        try:
            place, size = field_place(pdf, self.plan.role, field=self.plan.name, size=self.size)
        except pikepdf.PdfError as error:
            message = "Tệp PDF đính kèm bị khóa hoặc hỏng nên không ký số được; hãy trả lại để đính kèm bản khác."
            raise RuleBroken(Problem("pdf_closed", message)) from error
        if empty:
            return replace(self.plan, placement=place)
        blanks = filled_rooms(pdf, self.rooms) if self.rooms else ()
        return replace(self.plan, placement=place, appearance=self.stamp(size=size), blanks=blanks)


@dataclass(frozen=True, slots=True)
class PaperToSign:
    """A paper, the signature that it gets now, and those that come later (`signing.pades.lots.Recipe`)."""

    paper: Paper
    now: SignatureWish
    later: tuple[SignatureWish, ...] = ()

    def made(self) -> Job:
        """Make the paper and find the places; raises MotCuaError."""
        pdf = self.paper.made()
        return Job(pdf, self.now.on(pdf), tuple(one.on(pdf, empty=True) for one in self.later))
