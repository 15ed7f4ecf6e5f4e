"""Thu hồi giấy tờ điện tử."""

from datetime import date, datetime

from django.db import transaction

from motcua.deadlines.terms import VIET_NAM
from motcua.dossiers.rules.causes import decision_problems
from motcua.identity.terms import Actor
from motcua.journal.actions import emit, record
from motcua.kernel.errors import Invalid, RuleBroken
from motcua.kernel.text import clean
from motcua.results.access import lock_paper_of_agency
from motcua.results.events import PaperRevoked
from motcua.results.models import Revocation, StoredPaper
from motcua.results.rules.standing import problems_of_revoking


@transaction.atomic
def revoke_paper(
    *, actor: Actor, paper_id: int, at: datetime, decision_number: str, decided_on: date | None, reason: str
) -> StoredPaper:
    """Thu hồi giấy tờ điện tử: by a decision of the leader of the agency that issued it; it stays to be seen, revoked.

    Raises NotFound, NotPermitted, Invalid when the decision is not named, RuleBroken for one revoked before.
    """
    paper = lock_paper_of_agency(actor, paper_id)
    decision_number, reason = clean(decision_number), clean(reason, keep_lines=True)
    problems = decision_problems(decision_number, decided_on, reason, today=at.astimezone(VIET_NAM).date())
    if problems or decided_on is None:
        raise Invalid(problems)
    if problems := problems_of_revoking(paper.facts(), decided_on=decided_on, issued_on=paper.issued_on):
        raise RuleBroken(problems)
    Revocation.objects.create(
        paper=paper,
        decision_number=decision_number,
        decided_on=decided_on,
        reason=reason,
        revoked_at=at,
        revoked_by_id=actor.account_id,
        revoked_by_name=actor.name,
    )
    emit(PaperRevoked(paper_id=paper.pk, decision_number=decision_number, reason=reason), at=at)
    data = {"decision_no": decision_number, "on": decided_on.isoformat(), "reason": reason}
    record(actor, "paper.revoked", paper, at=at, data=data)
    return paper
