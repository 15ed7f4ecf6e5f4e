"""How a paper stands, and whether it may be used in place of a copy."""

from dataclasses import dataclass
from datetime import date

from motcua.kernel.errors import Problem
from motcua.results.terms import Standing

_BASIS = "Nghị định 45/2020/NĐ-CP"


@dataclass(frozen=True, slots=True)
class PaperFacts:
    """What the rules need to know of a paper."""

    name: str
    valid_from: date | None
    valid_to: date | None
    is_revoked: bool
    is_superseded: bool
    is_negative: bool = False
    has_file: bool = True


def standing_of(facts: PaperFacts, today: date) -> Standing:
    """Return how the paper stands on that day; what is worst comes first."""
    if facts.is_revoked:
        return Standing.REVOKED
    if facts.is_superseded:
        return Standing.SUPERSEDED
    if facts.valid_to is not None and today > facts.valid_to:
        return Standing.EXPIRED
    if facts.valid_from is not None and today < facts.valid_from:
        return Standing.NOT_YET
    return Standing.VALID


def problems_of_reuse(facts: PaperFacts, today: date, *, field: str = "") -> list[Problem]:
    """Return why the paper cannot take the place of a component; none when it can."""
    problems = []
    name, standing = facts.name, standing_of(facts, today)
    words = {
        Standing.REVOKED: f"«{name}» đã bị thu hồi nên không dùng lại được. Hãy nộp giấy tờ khác.",
        Standing.SUPERSEDED: f"«{name}» đã có bản mới thay thế. Hãy chọn bản mới nhất trong kho.",
        Standing.NOT_YET: f"«{name}» chưa đến ngày có hiệu lực.",
    }
    if facts.valid_to is not None and standing == Standing.EXPIRED:
        words[standing] = f"«{name}» đã hết hạn từ {facts.valid_to:%d/%m/%Y}. Hãy nộp giấy còn hạn."
    if standing != Standing.VALID:
        problems.append(Problem(f"paper_{standing.value}", words[standing], field, _BASIS))
    if facts.is_negative:
        problems.append(Problem("paper_negative", f"«{name}» là văn bản từ chối, không phải giấy tờ.", field))
    if not facts.has_file:
        problems.append(Problem("paper_without_file", f"«{name}» chưa có tệp điện tử.", field))
    return problems


def problems_of_revoking(facts: PaperFacts, *, decided_on: date, issued_on: date | None) -> list[Problem]:
    """Return why the paper cannot be revoked by that decision; one that was replaced can."""
    problems = []
    if facts.is_revoked:
        problems.append(Problem("revoked_before", f"«{facts.name}» đã bị thu hồi trước đó."))
    if issued_on is not None and decided_on < issued_on:
        message = "Ngày quyết định thu hồi sớm hơn ngày cấp giấy."
        problems.append(Problem("decided_before_issue", message, "decided_on"))
    return problems
