"""Gộp hồ sơ vào một lượt nộp: one person, one visit, one receipt for all."""

from datetime import datetime

from django.db import transaction

from motcua.agencies.terms import Right
from motcua.dossiers.access import visible_to
from motcua.dossiers.actions.issue_paper import issue_group_receipt
from motcua.dossiers.models import Dossier, DossierGroup
from motcua.dossiers.rules.groups import Visit, problems_of_joining
from motcua.identity.terms import Actor
from motcua.journal.actions import record
from motcua.kernel.errors import NotFound, NotPermitted, Problem, RuleBroken


@transaction.atomic
def join_group(*, actor: Actor, dossier_id: int, after_id: int, at: datetime) -> DossierGroup:
    """Gộp hồ sơ vào lượt nộp: the dossier joins the visit of `after_id`, and the receipt for all is issued anew.

    Raises NotFound, NotPermitted for somebody who does not receive at that desk, RuleBroken for another person,
    another desk or another visit. Joining again changes nothing.
    """
    dossier, other = _locked(actor, dossier_id, after_id)
    if not actor.has(Right.RECEIVE, unit_id=dossier.desk_id):
        raise NotPermitted(Problem("not_your_desk", "Bạn không tiếp nhận hồ sơ tại nơi này."))
    if problems := problems_of_joining(_visit(dossier), _visit(other)):
        raise RuleBroken(problems)
    group = other.group or _opened(actor, other, at)
    if dossier.group_id == group.pk:
        return group
    dossier.group = group
    dossier.save(update_fields=["group"])
    record(actor, "group.joined", group, at=at, data={"code": dossier.code})
    members = Dossier.objects.filter(group=group).select_related("owner", "submitter", "procedure")
    issue_group_receipt(actor, list(members.prefetch_related("components").order_by("received_at", "id")), at=at)
    return group


def _locked(actor: Actor, dossier_id: int, after_id: int) -> tuple[Dossier, Dossier]:
    """Lock both in the order of their ids."""
    wanted = visible_to(actor).filter(pk__in=[dossier_id, after_id]).select_related("submitter", "group")
    found = {one.pk: one for one in wanted.select_for_update(of=("self",)).order_by("pk")}
    if dossier_id == after_id or len(found) != len({dossier_id, after_id}):
        raise NotFound(Problem("no_dossier", "Không tìm thấy hồ sơ của lượt nộp này."))
    return found[dossier_id], found[after_id]


def _opened(actor: Actor, first: Dossier, at: datetime) -> DossierGroup:
    group = DossierGroup.objects.create(
        desk_id=first.desk_id, submitter_id=first.submitter_id, opened_at=at, opened_by_id=actor.known_id
    )
    first.group = group
    first.save(update_fields=["group"])
    record(actor, "group.opened", group, at=at, data={"code": first.code}, is_new=True)
    return group


def _visit(dossier: Dossier) -> Visit:
    submitter = dossier.submitter
    return Visit(
        name=submitter.name,
        personal_id=submitter.personal_id,
        tax_code=submitter.tax_code,
        desk_id=dossier.desk_id,
        is_received=dossier.is_received,
        group_id=dossier.group_id,
    )
