"""Bản sao giấy: many at one press — compared, signed by hand, sealed — each dossier an act of its own."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db import transaction

from motcua.certification.models import CertificationEntry
from motcua.certification.queries import most_recent_draft
from motcua.certification.terms import SYMBOLS, BookKind
from motcua.dossiers.actions.appraise import appraise_dossier
from motcua.dossiers.actions.approve import approve_dossier
from motcua.dossiers.actions.open_batch import Chosen
from motcua.dossiers.actions.seal import seal_result
from motcua.dossiers.terms import Act
from motcua.identity.terms import Actor
from motcua.kernel.errors import Invalid, MotCuaError, Problem, RuleBroken

#: More than a ward certifies in a morning; each takes a twentieth of a second.
MOST_PAPERS: Final = 100
_COMPARED: Final = "Đã đối chiếu bản sao với bản chính, ghi lời chứng."
_DRAFT: Final = "Chứng thực bản sao đúng với bản chính."


@dataclass(frozen=True, slots=True)
class Worked:
    """What became of a press: how many are done, and for the others their code and why."""

    done: int
    refused: tuple[tuple[str, str], ...]


def work_papers(*, actor: Actor, act: Act, items: Sequence[Chosen], at: datetime) -> Worked:
    """Đối chiếu (`APPRAISE`), ký tay (`APPROVE`), đóng dấu (`SEAL`) many dossiers of paper copies.

    What is done stays done; one that may not be done, or changed since it was shown, keeps its reason and stops no
    other. Raises Invalid for none or too many.
    """
    if not items:
        raise Invalid(Problem("none_chosen", "Chưa chọn hồ sơ nào; hãy đánh dấu ít nhất một hồ sơ.", "items"))
    if len(items) > MOST_PAPERS:
        raise Invalid(Problem("too_many", f"Mỗi lần nhiều nhất {MOST_PAPERS} hồ sơ; hãy bỏ bớt.", "items"))
    done, refused = 0, []
    for one in items:
        try:
            with transaction.atomic():
                _DEEDS[act](actor, one, at)
            done += 1
        except MotCuaError as refusal:
            said = " ".join(dict.fromkeys(problem.message for problem in refusal.problems))
            refused.append((str(one.facts.get("code", one.dossier_id)), said))
    return Worked(done, tuple(refused))


def _compare(actor: Actor, one: Chosen, at: datetime) -> None:
    appraise_dossier(
        actor=actor, dossier_id=one.dossier_id, at=at, opinion=_COMPARED, text=_DRAFT, revision=one.revision
    )


def _sign(actor: Actor, one: Chosen, at: datetime) -> None:
    draft = most_recent_draft(one.dossier_id)
    approve_dossier(actor=actor, dossier_id=one.dossier_id, at=at, draft_number=draft, revision=one.revision)


def _seal(actor: Actor, one: Chosen, at: datetime) -> None:
    lines = CertificationEntry.objects.filter(dossier_id=one.dossier_id, book__kind=BookKind.COPY)
    numbers = list(lines.order_by("number").values_list("number", flat=True))
    if not numbers:
        raise RuleBroken(Problem("not_in_book", "Hồ sơ chưa có số trong sổ chứng thực."))
    number = str(numbers[0]) if len(numbers) == 1 else f"{numbers[0]}-{numbers[-1]}"
    symbol = SYMBOLS[BookKind.COPY]
    seal_result(actor=actor, dossier_id=one.dossier_id, at=at, number=number, symbol=symbol, revision=one.revision)


_DEEDS: Mapping[Act, Callable[[Actor, Chosen, datetime], None]] = {
    Act.APPRAISE: _compare,
    Act.APPROVE: _sign,
    Act.SEAL: _seal,
}
