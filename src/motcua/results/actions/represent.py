"""Xác nhận, chấm dứt đại diện của tổ chức."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from motcua.agencies.terms import Right
from motcua.deadlines.terms import VIET_NAM
from motcua.identity.models import Account
from motcua.identity.terms import AccountKind, Actor
from motcua.journal.actions import record
from motcua.kernel.checks import tidy_number
from motcua.kernel.errors import Conflict, Invalid, NotFound, NotPermitted, Problem
from motcua.kernel.text import clean
from motcua.results.access import represents
from motcua.results.models import Representation
from motcua.results.rules.representing import problems_of_representation
from motcua.results.terms import RepresentedBy


@dataclass(frozen=True, slots=True)
class Represents:
    """What the officer wrote down: whose organisation, who acts for it, by which paper, until when."""

    tax_code: str
    organisation_name: str
    personal_id: str
    as_what: RepresentedBy
    evidence: str
    valid_to: date | None = None


@transaction.atomic
def confirm_representation(*, actor: Actor, said: Represents, at: datetime) -> Representation:
    """Xác nhận người đại diện: an officer at a desk saw by which paper a verified person acts for an organisation.

    From now on the person opens the organisation's store. Raises NotPermitted for nobody's desk, Invalid with every
    problem, Conflict when the person acts for it already.
    """
    desks = sorted(actor.agencies_with(Right.RECEIVE))
    if not desks:
        raise NotPermitted(Problem("receivers_only", "Chỉ cán bộ tiếp nhận xác nhận được người đại diện của tổ chức."))
    today = at.astimezone(VIET_NAM).date()
    tax_code, number = tidy_number(said.tax_code), tidy_number(said.personal_id)
    name, evidence = clean(said.organisation_name), clean(said.evidence)
    problems = problems_of_representation(
        tax_code=tax_code, name=name, personal_id=number, evidence=evidence, as_what=said.as_what,
        valid_to=said.valid_to, today=today,
    )  # fmt: skip
    verified = Account.objects.filter(kind=AccountKind.CITIZEN, personal_id=number).exclude(identity_level="")
    account = verified.filter(is_active=True).first() if number else None
    if account is None and not problems:
        message = "Người này chưa có tài khoản đã xác thực định danh nên chưa mở kho của tổ chức được."
        problems.append(Problem("not_verified", message, "personal_id"))
    if problems or account is None:
        raise Invalid(problems)
    _end_what_ran_out(tax_code, account, today, at)
    if Representation.objects.filter(tax_code=tax_code, account=account, ended_at__isnull=True).exists():
        raise Conflict(Problem("represented_before", f"{account.full_name} đang là đại diện của tổ chức này."))
    made = Representation.objects.create(
        tax_code=tax_code,
        organisation_name=name,
        account=account,
        as_what=said.as_what,
        evidence=evidence,
        valid_from=today,
        valid_to=said.valid_to,
        confirmed_at=at,
        confirmed_by_id=actor.known_id,
        confirmed_by_name=actor.name,
        agency_id=desks[0],
    )
    data = {"tax_code": tax_code, "person": account.full_name, "as": said.as_what, "evidence": evidence}
    record(actor, "representation.confirmed", made, at=at, data=data, is_new=True)
    return made


@transaction.atomic
def end_representation(*, actor: Actor, representation_id: int, at: datetime) -> Representation:
    """Chấm dứt đại diện: by the person, by the legal representative of the organisation, by an officer of a desk there.

    The store closes at once; shares made stay until somebody of the organisation ends them. A second time changes
    nothing. Raises NotFound.
    """
    found = Representation.objects.select_for_update().filter(pk=representation_id).first()
    if found is None or not _may_end(actor, found, at):
        raise NotFound(Problem("no_representation", "Không có người đại diện này."))
    if found.ended_at is None:
        found.ended_at, found.ended_by_name = at, actor.name
        found.save(update_fields=["ended_at", "ended_by_name"])
        record(actor, "representation.ended", found, at=at)
    return found


def _may_end(actor: Actor, found: Representation, at: datetime) -> bool:
    if found.account_id == actor.account_id or actor.has(Right.RECEIVE, agency_id=found.agency_id):
        return True
    today = at.astimezone(VIET_NAM).date()
    return any(
        one.tax_code == found.tax_code and one.as_what == RepresentedBy.LEGAL
        for one in represents(actor.account_id, today)
    )


def _end_what_ran_out(tax_code: str, account: Account, today: date, at: datetime) -> None:
    over = Representation.objects.filter(tax_code=tax_code, account=account, ended_at__isnull=True, valid_to__lt=today)
    over.update(ended_at=at, ended_by_name="Hết thời hạn")
