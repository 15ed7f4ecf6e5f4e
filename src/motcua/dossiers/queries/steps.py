"""What kind of step each step of each version is: read once a process, published versions never change."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from django.db.models import Q

from motcua.dossiers.rules.flow import is_assigning, is_deciding
from motcua.procedures.models import ProcedureVersion
from motcua.procedures.rules.selection import last_step
from motcua.procedures.terms import Definition
from motcua.processes.terms import Step


class StepKind(StrEnum):
    """What is done at a step."""

    INTAKE = "intake"
    ASSIGN = "assign"
    HANDLE = "handle"
    REVIEW = "review"
    DECIDE = "decide"
    SEAL = "seal"
    DELIVER = "deliver"


@dataclass(frozen=True, slots=True)
class StepInfo:
    """One step of one version; `right` is the right of whoever works there."""

    name: str
    kind: StepKind
    right: str


Steps = Mapping[int, Mapping[str, StepInfo]]
#: Key, kind and right of each step, the same in every version that has it.
Table = tuple[tuple[str, StepKind, str], ...]
_KNOWN: dict[int, Mapping[str, StepInfo]] = {}


def steps_of(version_ids: Iterable[int]) -> Steps:
    """Return version id → step key → what the step is (a query only for versions never met before)."""
    wanted = set(version_ids)
    for version in ProcedureVersion.objects.filter(pk__in=wanted - _KNOWN.keys()) if wanted - _KNOWN.keys() else ():
        definition = version.content
        _KNOWN[version.pk] = {
            step.key: StepInfo(step.name, kind_of(definition, step), step.right) for step in definition.steps
        }
    return {version_id: _KNOWN[version_id] for version_id in wanted}


def kind_of(definition: Definition, step: Step) -> StepKind:
    """Return what is done at the step."""
    if step.key == last_step(definition).key:
        return StepKind.DELIVER
    if is_assigning(definition, step):
        return StepKind.ASSIGN
    if is_deciding(definition, step):
        return StepKind.DECIDE
    by_right = {"receive": StepKind.INTAKE, "handle": StepKind.HANDLE, "seal": StepKind.SEAL}
    return by_right.get(step.right, StepKind.REVIEW)


def table_of(steps: Steps) -> Table | None:
    """Return what each key of a step means, None when it does not mean the same in all these versions."""
    meant: dict[str, tuple[StepKind, str]] = {}
    for known in steps.values():
        for key, info in known.items():
            if meant.setdefault(key, (info.kind, info.right)) != (info.kind, info.right):
                return None
    return tuple(sorted((key, *what) for key, what in meant.items()))


def at_step(steps: Steps | Table, kind: StepKind, right: str = "") -> Q:
    """Return the condition that a dossier of these versions is at a step of that kind (and right, when named)."""
    if not isinstance(steps, Mapping):
        return Q(
            step_key__in=[key for key, its_kind, its_right in steps if its_kind == kind and right in {"", its_right}]
        )
    by_key: dict[str, list[int]] = {}
    for version_id, known in steps.items():
        for key, info in known.items():
            if info.kind == kind and right in {"", info.right}:
                by_key.setdefault(key, []).append(version_id)
    found = Q(pk__in=[])
    for key, versions in sorted(by_key.items()):
        found |= Q(step_key=key, version_id__in=sorted(versions))
    return found
