"""Which term, fees, papers and steps hold for one dossier."""

from dataclasses import dataclass

from motcua.kernel.errors import Invalid, Problem
from motcua.procedures.terms import CHANNEL_FALLBACKS, Case, Component, Definition, Fee
from motcua.processes.terms import Step, TermSpec


@dataclass(frozen=True, slots=True)
class NeededComponent:
    """A paper of one case, and whether the dossier is incomplete without it."""

    component: Component
    required: bool


def case_of(definition: Definition, case_key: str) -> Case:
    """Return the case; raises Invalid when the procedure has none of that key."""
    found = definition.case(case_key)
    if found is None:
        raise Invalid(Problem("unknown_case", "Thủ tục không có trường hợp đã chọn.", "case_key"))
    return found


def term_for(definition: Definition, case_key: str, channel: str) -> TermSpec:
    """Return the term of a case for a way of submitting.

    `channel`: in_person, post, proxy_service, online, online_portal or vneid. A channel without a term of its own
    has that of "any", then that of in_person. Raises Invalid for an unknown case or channel, or a case without term.
    """
    terms = case_of(definition, case_key).terms
    for key in CHANNEL_FALLBACKS.get(channel, ()):
        if key in terms:
            return terms[key]
    raise Invalid(Problem("no_term", "Thủ tục chưa có thời hạn cho cách nộp này.", "channel"))


def fees_for(definition: Definition, case_key: str, channel: str = "any") -> tuple[Fee, ...]:
    """Return the fees of a case, those of other channels left out; with "any" all of them."""
    fees = case_of(definition, case_key).fees
    if channel == "any":
        return fees
    own = CHANNEL_FALLBACKS.get(channel, ("any",))[0]
    return tuple(fee for fee in fees if not fee.channels or own in fee.channels or "any" in fee.channels)


def components_for(definition: Definition, case_key: str) -> tuple[NeededComponent, ...]:
    """Return the papers of a case in their order, each with whether it is required."""
    case_of(definition, case_key)
    return tuple(
        NeededComponent(component, _is_required(component, case_key))
        for component in definition.components
        if not component.cases or case_key in component.cases
    )


def _is_required(component: Component, case_key: str) -> bool:
    return case_key in component.required_in if component.required_in else component.required


def step_of(definition: Definition, key: str) -> Step:
    """Return the step; raises Invalid when there is none of that key."""
    found = next((step for step in definition.steps if step.key == key), None)
    if found is None:
        raise Invalid(Problem("unknown_step", "Quy trình không có bước này.", "step"))
    return found


def first_step(definition: Definition) -> Step:
    """Return the step a dossier starts at."""
    return step_of(definition, "receive")


def last_step(definition: Definition) -> Step:
    """Return the step a dossier ends at."""
    return step_of(definition, "deliver")


def forward_steps(definition: Definition, key: str) -> tuple[Step, ...]:
    """Return the steps a dossier may go on to."""
    return tuple(step_of(definition, target) for target in step_of(definition, key).forward_keys)


def back_steps(definition: Definition, key: str) -> tuple[Step, ...]:
    """Return the steps a dossier may be sent back to."""
    return tuple(step_of(definition, target) for target in step_of(definition, key).back_keys)


def next_step(definition: Definition, key: str) -> Step | None:
    """Return the usual next step (the first of `forward`), None after the last."""
    following = forward_steps(definition, key)
    return following[0] if following else None
