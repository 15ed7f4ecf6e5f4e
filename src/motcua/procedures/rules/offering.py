"""May this agency offer this procedure, with this unit working on it?"""

from collections.abc import Sequence
from dataclasses import dataclass

from motcua.kernel.errors import Problem


@dataclass(frozen=True, slots=True)
class OfferFacts:
    """What the rule needs to know; paths hold ids from the root down to the unit itself."""

    is_listed: bool
    agency_id: int
    agency_is_agency: bool
    agency_holds: bool
    handling_path: Sequence[int]
    handling_holds: bool


def problems_before_offer(facts: OfferFacts) -> list[Problem]:
    """Return everything that forbids the offering."""
    found = []
    if not facts.is_listed:
        found.append(Problem("not_in_force", "Thủ tục chưa công bố hoặc đã bãi bỏ.", "procedure"))
    if not facts.agency_is_agency:
        found.append(Problem("not_an_agency", "Chỉ cơ quan có con dấu mới được tiếp nhận thủ tục.", "agency"))
    if not facts.agency_holds:
        found.append(Problem("agency_gone", "Cơ quan không hoạt động vào ngày này.", "agency"))
    if facts.agency_id not in facts.handling_path:
        found.append(Problem("handled_elsewhere", "Đơn vị thụ lý phải thuộc cơ quan tiếp nhận.", "handling_unit"))
    if not facts.handling_holds:
        found.append(Problem("handling_unit_gone", "Đơn vị thụ lý không hoạt động vào ngày này.", "handling_unit"))
    return found
