"""Delegations as rows and pages: for those who give and get them, the administrator and the auditor alike."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db.models import Q, QuerySet

from motcua.agencies.models import Post
from motcua.agencies.terms import Right
from motcua.dossiers.models import Move
from motcua.dossiers.queries.delegated import acts_by, counts_by, kinds_of_acts_by
from motcua.dossiers.terms import act_label
from motcua.identity.actions.delegate import may_revoke
from motcua.identity.models import Delegation
from motcua.identity.queries import basis_text
from motcua.identity.terms import SIGNING_MARKS, Actor, DelegationKind
from motcua.kernel.errors import NotFound, Problem
from motcua.kernel.paging import Page, decode_cursor, encode_cursor, reading_cursor
from motcua.procedures.models import Domain, Procedure

PAGE_SIZE: Final = 40
_RELATED = ("giver", "from_post", "from_unit", "to_account", "to_post__unit", "to_unit", "revoked_by")
#: State → its words and the tone of its tag.
STATES: Final[Mapping[str, tuple[str, str]]] = {
    "now": ("Đang có hiệu lực", "good"),
    "later": ("Chưa đến hạn", "warn"),
    "over": ("Đã hết hạn", ""),
    "revoked": ("Đã chấm dứt", "bad"),
}


@dataclass(frozen=True, slots=True)
class Row:
    """One delegation in words, with what was done by it."""

    delegation: Delegation
    state: str
    kind: str
    giver: str
    receiver: str
    rights: str
    scope: str
    basis: str
    acts: int
    last_at: datetime | None
    may_revoke: bool

    @property
    def state_text(self) -> str:
        """The state in words."""
        return STATES[self.state][0]

    @property
    def tone(self) -> str:
        """The class of the tag of the state."""
        return STATES[self.state][1]

    @property
    def ends_at(self) -> datetime | None:
        """When it ends or ended."""
        ends, revoked = self.delegation.ends_at, self.delegation.revoked_at
        return min(ends, revoked) if ends and revoked else revoked or ends


def state_of(delegation: Delegation, at: datetime) -> str:
    """Return the state of the delegation at the moment: a key of STATES."""
    if delegation.revoked_at is not None and delegation.revoked_at <= at:
        return "revoked"
    if delegation.ends_at is not None and delegation.ends_at <= at:
        return "over"
    return "later" if delegation.starts_at > at else "now"


def rows_of(found: Iterable[Delegation], actor: Actor, at: datetime) -> list[Row]:
    """Return delegations as rows (three queries, and one for each that the actor might end)."""
    rows = list(found)
    counts = counts_by(one.pk for one in rows)
    domains = dict(Domain.objects.filter(code__in=_codes(rows, "domains")).values_list("code", "name"))
    names = dict(Procedure.objects.filter(code__in=_codes(rows, "procedures")).values_list("code", "name"))
    made = []
    for one in rows:
        state = state_of(one, at)
        number, last = counts.get(one.pk, (0, None))
        kind = DelegationKind(one.kind)
        made.append(
            Row(
                delegation=one,
                state=state,
                kind=" ".join(filter(None, [SIGNING_MARKS.get(kind), kind.label])),
                giver=giver_text(one),
                receiver=receiver_text(one),
                rights=", ".join(Right(right).label for right in one.rights),
                scope=_scope_text(one, domains, names),
                basis=basis_text(one.basis_number, one.basis_date),
                acts=number,
                last_at=last,
                may_revoke=state in {"now", "later"} and may_revoke(actor, one, at),
            )
        )
    return made


def _codes(rows: Iterable[Delegation], name: str) -> set[str]:
    return {code for row in rows for code in getattr(row, name)}


def _scope_text(one: Delegation, domains: Mapping[str, str], names: Mapping[str, str]) -> str:
    parts = [f"lĩnh vực {domains.get(code, code)}" for code in one.domains]
    parts += [names.get(code, code) for code in one.procedures]
    return "; ".join(parts) or "mọi thủ tục"


def giver_text(one: Delegation) -> str:
    """Return who gives: person and post, the post, or the agency."""
    title = one.from_post.title if one.from_post else ""
    name = one.giver.full_name if one.giver else ""
    return ", ".join(filter(None, [name, title, one.from_unit.name]))


def receiver_text(one: Delegation) -> str:
    """Return who gets it: a person, a post with its unit, or those who lead a unit."""
    if one.to_account:
        return str(one.to_account.full_name)
    if one.to_post:
        return f"{one.to_post.title}, {one.to_post.unit.name}"
    return f"Lãnh đạo {one.to_unit.name}" if one.to_unit else ""


def given_by(actor: Actor) -> QuerySet[Delegation]:
    """Return what the actor gave, or a post that they hold gives."""
    posts = [post.post_id for post in actor.postings if post.mandate is None]
    mine = Q(giver_id=actor.account_id) | Q(giver__isnull=True, from_post_id__in=posts)
    return Delegation.objects.filter(mine).select_related(*_RELATED).order_by("-starts_at", "-pk")


def given_to(actor: Actor) -> QuerySet[Delegation]:
    """Return what was given to the actor, to a post they hold, or to a unit they lead."""
    own = [post for post in actor.postings if post.mandate is None]
    leads = [post.unit_id for post in own if post.rights & {Right.LEAD_DIVISION, Right.LEAD_AGENCY}]
    mine = (
        Q(to_account_id=actor.account_id) | Q(to_post_id__in=[post.post_id for post in own]) | Q(to_unit_id__in=leads)
    )
    return Delegation.objects.filter(mine).select_related(*_RELATED).order_by("-starts_at", "-pk")


def given_in(unit_ids: Iterable[int]) -> QuerySet[Delegation]:
    """Return what is given in the units at or below these, the last first."""
    inside = Q(from_unit__path__overlap=sorted(unit_ids))
    return Delegation.objects.filter(inside).select_related(*_RELATED).order_by("-pk")


def page_of(found: QuerySet[Delegation], cursor: str) -> Page[Delegation]:
    """Return a page, newest first; raises Invalid for a cursor that is not ours."""
    if cursor:
        with reading_cursor():
            found = found.filter(pk__lt=int(decode_cursor(cursor, length=1)[0]))
    rows = list(found.order_by("-pk")[: PAGE_SIZE + 1])
    return Page(rows[:PAGE_SIZE], encode_cursor([rows[PAGE_SIZE - 1].pk]) if len(rows) > PAGE_SIZE else "")


def one_of(found: QuerySet[Delegation], delegation_id: int) -> Delegation:
    """Return the delegation if it is among those; raises NotFound."""
    one = found.filter(pk=delegation_id).first()
    if one is None:
        raise NotFound(Problem("no_delegation", "Không tìm thấy việc giao quyền này."))
    return one


@dataclass(frozen=True, slots=True)
class Done:
    """What was done by a delegation: numbers by kind of act, and a page of acts."""

    kinds: list[tuple[str, int]]
    moves: list[tuple[Move, str]]
    more: bool


def done_by(delegation: Delegation, *, limit: int = 100) -> Done:
    """Return what was done by the delegation, the last first (two queries)."""
    moves = list(acts_by(delegation.pk)[: limit + 1])
    kinds = [(act_label(act), number) for act, number in kinds_of_acts_by(delegation.pk)]
    return Done(kinds, [(move, act_label(move.act)) for move in moves[:limit]], len(moves) > limit)


def delegable(post: Post) -> list[Right]:
    """Return the rights of the post that may be lent."""
    return [right for right in Right if right in post.rights and right not in {Right.ADMIN, Right.OVERSEE}]
