"""How far a procedure is: what it has, what is done at the centre, how many days were cut off the law's term."""

from dataclasses import dataclass
from datetime import date

from motcua.procedures.terms import Definition
from motcua.processes.rules.lengths import HOURS_A_DAY, hours_of
from motcua.processes.terms import Step, TermSpec


@dataclass(frozen=True, slots=True)
class Readiness:
    """What a definition has. `centre_steps`: of the five steps (tiếp nhận, thẩm định, phê duyệt, đóng dấu, trả kết
    quả) those that are done at the desk; `days_cut`: working days between the law's longest term and the promised
    one (the most of all cases and channels), None where the law's term is not known.
    """

    service_level: str
    has_form: bool
    has_steps: bool
    has_papers: bool
    has_tests: bool
    flags: int
    centre_steps: int
    is_four_at_centre: bool
    is_sealed_at_centre: bool
    promised_hours: int
    law_hours: int | None
    reviewed_on: date | None

    @property
    def days_cut(self) -> float | None:
        """Working days cut off the law's term."""
        return None if self.law_hours is None else (self.law_hours - self.promised_hours) / HOURS_A_DAY


_CENTRE_RIGHTS = ("handle", "lead_agency", "seal")


def readiness_of(definition: Definition) -> Readiness:
    """Return how far the definition is."""
    at_desk = {step.right for step in definition.steps if step.at == "desk"}
    ends = sum(1 for step in definition.steps if _is_end(step))
    promised, law = _terms(definition)
    return Readiness(
        service_level=definition.service_level,
        has_form=bool(definition.form and any(definition.form.fields())),
        has_steps=bool(definition.steps),
        has_papers=bool(definition.papers),
        has_tests=bool(definition.tests),
        flags=len(definition.flags),
        centre_steps=min(ends, 2) + sum(1 for right in _CENTRE_RIGHTS if right in at_desk),
        is_four_at_centre={"handle", "lead_agency"} <= at_desk,
        is_sealed_at_centre={"handle", "lead_agency", "seal"} <= at_desk,
        promised_hours=promised,
        law_hours=law,
        reviewed_on=definition.reviewed_on,
    )


def _is_end(step: Step) -> bool:
    return step.right == "receive" and step.at == "desk"


def _terms(definition: Definition) -> tuple[int, int | None]:
    """The promised and the law's hours of the case and channel where most was cut."""
    found: list[tuple[int, int]] = []
    for case in definition.cases:
        for channel, law in case.law_terms.items():
            promised: TermSpec | None = case.terms.get(channel) or case.terms.get("any") or case.terms.get("in_person")
            if promised is not None:
                found.append((hours_of(promised), hours_of(law)))
    if not found:
        return max((hours_of(term) for case in definition.cases for term in case.terms.values()), default=0), None
    return max(found, key=lambda pair: pair[1] - pair[0])
