"""Large sets (chứng thực số lượng lớn): when a term is longer because there is much of the same work."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from motcua.kernel.errors import Problem
from motcua.procedures.terms import Case
from motcua.processes.terms import TermSpec

_UNITS = {"working_day": "ngày làm việc", "day": "ngày", "working_hour": "giờ làm việc"}
_MOST_AGREED = 60


class Counted(Protocol):
    """A paper with its pages and copies."""

    @property
    def pages(self) -> int: ...
    @property
    def copies(self) -> int: ...


@dataclass(frozen=True, slots=True)
class Bulk:
    """How much there is: `pages` to do in all (pages × copies), number of `copies`; days agreed on in writing.

    `agreed_days`: working days both sides agreed on beyond what the law gives, `agreement` the number and day of it.
    """

    pages: int = 0
    copies: int = 0
    agreed_days: int = 0
    agreement: str = ""

    def as_json(self) -> dict[str, Any]:
        """Return what is kept with the working of the due moment."""
        return {
            "pages": self.pages,
            "copies": self.copies,
            "agreed_days": self.agreed_days,
            "agreement": self.agreement,
        }

    @classmethod
    def from_json(cls, raw: Mapping[str, Any]) -> "Bulk":
        """Return what `as_json` wrote."""
        return cls(**raw)


def bulk_of(papers: Sequence[Counted]) -> Bulk:
    """Return how much the papers of a dossier come to: every page in every copy."""
    pages, copies = sum(one.pages for one in papers), sum(one.copies for one in papers)
    return Bulk(pages * copies, copies)


def is_large(case: Case, bulk: Bulk) -> bool:
    """Whether the case knows large sets and this is one."""
    rule = case.large_set
    return rule is not None and (bulk.pages >= rule.from_pages or bulk.copies >= rule.from_copies)


def longer_term(case: Case, term: TermSpec, bulk: Bulk) -> tuple[TermSpec, str]:
    """Return the term with what a large set adds, and why in words; the term itself and "" for an ordinary one."""
    rule = case.large_set
    if rule is None or not is_large(case, bulk):
        return term, ""
    extra = rule.extra
    if bulk.agreed_days > extra.amount:
        extra = replace_amount(extra, bulk.agreed_days)
    amount = extra.amount + (term.amount if term.unit == extra.unit else 0)
    longer = replace_amount(extra, amount)
    why = f"số lượng lớn ({bulk.copies} bản, {bulk.pages} trang), kéo dài {extra.amount} {_UNITS[extra.unit]}"
    agreed = f" theo thỏa thuận {bulk.agreement}" if bulk.agreed_days == extra.amount and bulk.agreement else ""
    return longer, why + agreed


def bulk_problems(case: Case, bulk: Bulk) -> list[Problem]:
    """What is wrong with what was agreed: no large set, too long, or nothing in writing."""
    if not bulk.agreed_days:
        return []
    problems = []
    if not is_large(case, bulk):
        problems.append(Problem("not_large", "Chỉ thỏa thuận kéo dài khi chứng thực số lượng lớn.", "agreed_days"))
    if not 0 < bulk.agreed_days <= _MOST_AGREED:
        problems.append(Problem("agreed_days", f"Số ngày thỏa thuận từ 1 đến {_MOST_AGREED}.", "agreed_days"))
    if not bulk.agreement:
        message = "Kéo dài theo thỏa thuận phải có văn bản; hãy ghi số, ngày của văn bản."
        problems.append(Problem("agreement", message, "agreement", "Nghị định 23/2015/NĐ-CP"))
    return problems


def replace_amount(term: TermSpec, amount: int) -> TermSpec:
    """Return the term with another amount."""
    return term.model_copy(update={"amount": amount})
