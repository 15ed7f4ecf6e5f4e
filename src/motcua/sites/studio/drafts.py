"""The draft somebody works on: what it says, which revision, whether it may be changed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from motcua.identity.terms import Actor
from motcua.kernel.errors import NotFound, Problem
from motcua.procedures.access import require_catalogue
from motcua.procedures.actions import create_draft_version
from motcua.procedures.models import Drafting, Procedure, ProcedureVersion
from motcua.procedures.queries import draft_of, last_published, procedure_by_code, revision_of
from motcua.procedures.terms import Definition


@dataclass(frozen=True, slots=True)
class Work:
    """A procedure on the bench: its draft, or what was published last, from which the first change makes a draft."""

    procedure: Procedure
    definition: Definition
    revision: int
    draft: ProcedureVersion | None
    published: ProcedureVersion | None

    @property
    def drafting(self) -> Drafting | None:
        """Who writes the draft."""
        return getattr(self.draft, "drafting", None) if self.draft else None

    @property
    def waits(self) -> bool:
        """Whether the draft waits for its approver, so that nobody changes it."""
        return self.drafting is not None and self.drafting.is_proposed


def work_on(actor: Actor, code: str) -> Work:
    """Return the procedure with its draft (three queries); raises NotPermitted, NotFound."""
    require_catalogue(actor)
    draft, published = draft_of(code), last_published(code)
    shown = draft or published
    if shown is None:
        return _without_version(code)
    return Work(shown.procedure, shown.content, revision_of(draft), draft, published)


def _without_version(code: str) -> Work:
    """A procedure whose only draft was dropped begins anew with its name."""
    procedure = procedure_by_code(code)
    if procedure is None:
        raise NotFound(Problem("no_procedure", "Không có thủ tục hành chính mang mã này."))
    domain = {"code": procedure.domain.code, "name": procedure.domain.name}
    facts = {"code": code, "name": procedure.name, "domain": domain, "level": procedure.level}
    definition = Definition.model_validate(facts | {"service_level": "information"})
    return Work(procedure, definition, 0, None, None)


def save(actor: Actor, definition: Definition, *, revision: int, at: datetime) -> int:
    """Write the draft and return its revision; `revision` is the one its writer saw. Raises Conflict, RuleBroken."""
    draft = create_draft_version(actor=actor, definition=definition, at=at, revision=revision)
    return revision_of(draft)


def authors_of(work: Work) -> Sequence[int]:
    """Return the accounts that changed the draft or asked for its publication: none of them approves it."""
    return tuple(work.drafting.authors) if work.drafting else ()
