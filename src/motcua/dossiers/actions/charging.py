"""Tính phí, lệ phí của hồ sơ: what the acts on a dossier's money have in common."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from motcua.agencies.queries import unit as unit_by_id
from motcua.agencies.terms import Right
from motcua.dossiers.models import Dossier
from motcua.dossiers.rules.charges import Chosen, charges_of, chosen_problems
from motcua.dossiers.terms import Source
from motcua.identity.terms import Actor
from motcua.kernel.errors import Invalid, NotFound, Problem
from motcua.payments.actions.charge import charge
from motcua.payments.models import Bill, BillLine
from motcua.payments.queries.standing import bill_of, left_of_line
from motcua.payments.terms import Charge, Payer, Subject
from motcua.procedures.rules.selection import case_of

KIND = "dossier"


def charge_fees(actor: Actor, dossier: Dossier, chosen: Mapping[int, Chosen] | None, *, at: datetime) -> Bill | None:
    """Lập khoản phải nộp khi tiếp nhận: from the fees of the case; None when nothing is to be paid.

    Raises Invalid when what the clerk says of a fee is wrong.
    """
    definition, chosen = dossier.definition, chosen or {}
    if problems := chosen_problems(case_of(definition, dossier.case_key).fees, chosen):
        raise Invalid(problems)
    charges = charges_of(definition, dossier.case_key, dossier.channel, chosen)
    return add_charges(actor, dossier, charges, at=at) if charges else None


def add_charges(actor: Actor, dossier: Dossier, charges: Sequence[Charge], *, at: datetime) -> Bill:
    """Put charges on the dossier's bill; the submitter pays (by post the owner), the desk's agency collects."""
    payer = dossier.owner if dossier.source == Source.POST_OFFICE else dossier.submitter
    return charge(
        actor=actor,
        subject=Subject(KIND, dossier.pk, dossier.code),
        unit_id=unit_by_id(dossier.desk_id).agency_id,
        desk_id=dossier.desk_id,
        payer=Payer(payer.name, payer.address, payer.personal_id or payer.tax_code),
        what=dossier.definition.name,
        charges=charges,
        at=at,
    )


def bill_of_dossier(dossier: Dossier) -> Bill:
    """Return the dossier's bill; raises NotFound when it has none."""
    found = bill_of(KIND, dossier.pk)
    if found is None:
        raise NotFound(Problem("no_bill", "Hồ sơ không có khoản phải nộp."))
    return found


def line_of_bill(bill: Bill, number: int) -> BillLine:
    """Return the line of that number, with 0 the first of which something is left; raises NotFound."""
    lines = bill.lines.order_by("number")
    wanted = [line for line in lines if line.number == number or (not number and left_of_line(line))]
    if not wanted:
        raise NotFound(Problem("no_line", "Không tìm thấy khoản thu này.", "line"))
    return wanted[0]


def cash_desk_of(actor: Actor, dossier: Dossier) -> int:
    """Return the desk whose drawer the actor uses: the one that hands out the result, else the one that took it in."""
    if actor.has(Right.RECEIVE, unit_id=dossier.delivery_desk_id):
        return dossier.delivery_desk_id
    return dossier.desk_id
