"""Words of the room: kinds of accounts, and the Actor every act is done by."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from types import MappingProxyType
from typing import Literal, Self

from django.db.models import TextChoices

from motcua.agencies.terms import Right
from motcua.kernel.errors import NotPermitted, Problem


class AccountKind(TextChoices):
    """Who signs in: somebody who applies, or somebody who works in a unit."""

    CITIZEN = "citizen", "Công dân, tổ chức"
    OFFICER = "officer", "Cán bộ, công chức"


class LinkPurpose(TextChoices):
    """What a one-time link is for."""

    ACTIVATE = "activate", "Kích hoạt tài khoản"
    RESET = "reset", "Đặt lại mật khẩu"


ActorKind = Literal["citizen", "officer", "system", "anonymous"]


class DelegationKind(TextChoices):
    """How one acts with rights of somebody else (Nghị định 30/2020/NĐ-CP, Điều 13; Luật 72/2025/QH15)."""

    KT = "kt", "Ký thay"
    TL = "tl", "Thừa lệnh"
    TUQ = "tuq", "Thừa ủy quyền"
    PHAN_CAP = "phan_cap", "Phân cấp"
    LEAVE = "leave", "Làm thay khi vắng mặt"


#: Kinds by which somebody signs for the giver, and the mark before the giver's title on papers.
SIGNING_MARKS = {DelegationKind.KT: "KT.", DelegationKind.TL: "TL.", DelegationKind.TUQ: "TUQ."}


@dataclass(frozen=True, slots=True)
class Scope:
    """For which procedures a delegation holds: codes of domains and of procedures; both empty = for all."""

    domains: frozenset[str] = frozenset()
    procedures: frozenset[str] = frozenset()

    @property
    def is_everything(self) -> bool:
        """Whether nothing is left out."""
        return not (self.domains or self.procedures)

    def covers(self, *, procedure: str, domain: str) -> bool:
        """Whether the procedure of that domain is inside."""
        return self.is_everything or procedure in self.procedures or domain in self.domains


EVERYTHING = Scope()


@dataclass(frozen=True, slots=True)
class Mandate:
    """The delegation that rights rest on: who gave them ("" = the post or the agency), on which paper, how long.

    `stands_for`: the absent officer whose dossiers are worked on.
    """

    delegation_id: int
    kind: DelegationKind
    giver_name: str
    giver_title: str
    basis: str
    since: datetime
    until: datetime | None
    scope: Scope = EVERYTHING
    stands_for: int | None = None

    def holds_at(self, moment: datetime) -> bool:
        """Whether the delegation is in force at the moment."""
        return self.since <= moment and (self.until is None or moment < self.until)

    @property
    def giver(self) -> str:
        """Who gave it, in words: "Chủ tịch Hoàng Mạnh Cường"."""
        return " ".join(filter(None, [self.giver_title, self.giver_name]))

    @property
    def words(self) -> str:
        """In which capacity one acts: "ký thay Chủ tịch Hoàng Mạnh Cường"."""
        if self.kind == DelegationKind.PHAN_CAP:
            return f"theo phân cấp của {self.giver}"
        verb = "làm thay" if self.kind == DelegationKind.LEAVE else self.kind.label.lower()
        return f"{verb} {self.giver}"


@dataclass(frozen=True, slots=True)
class ActorPosting:
    """One post the actor holds: where, and what it lets them do. `unit_path`: ids from the root to the unit.

    With a `mandate` the rights are somebody else's: unit and agency are the giver's, `post_title` is the actor's own.
    """

    post_id: int
    post_title: str
    unit_id: int
    agency_id: int
    unit_path: tuple[int, ...]
    rights: frozenset[Right]
    unit_name: str = ""
    mandate: Mandate | None = None

    @property
    def scope(self) -> Scope:
        """For which procedures the rights hold."""
        return self.mandate.scope if self.mandate else EVERYTHING


@dataclass(frozen=True, slots=True)
class Actor:
    """Whoever acts. Holds nothing but values: safe to keep for the length of a request or a job.

    `prefers`: the delegation to act by when an act is possible in several capacities (None: by one's own rights).
    """

    account_id: int | None
    name: str
    kind: ActorKind
    postings: tuple[ActorPosting, ...] = ()
    prefers: int | None = None

    @property
    def title(self) -> str:
        """Posts in words, for the journal: "Chuyên viên – Phòng Văn hóa – Xã hội; …".

        Of an actor in one delegated capacity: "Phó Chủ tịch – UBND phường, ký thay Chủ tịch Hoàng Mạnh Cường".
        """
        if (mandate := self.mandate) is not None:
            return f"{_words(self.postings[0])}, {mandate.words}"
        return "; ".join(_words(post) for post in self.postings if post.mandate is None)

    # Capacities

    @property
    def mandates(self) -> tuple[Mandate, ...]:
        """The delegations the actor may act by, each once."""
        return tuple(dict.fromkeys(post.mandate for post in self.postings if post.mandate is not None))

    @property
    def mandate(self) -> Mandate | None:
        """The one delegation that all rights of this actor rest on; None for one's own rights."""
        first = self.postings[0].mandate if self.postings else None
        return first if all(post.mandate == first for post in self.postings) else None

    @property
    def stands_for(self) -> frozenset[int]:
        """Ids of the absent officers whose dossiers the actor works on."""
        return frozenset(one.stands_for for one in self.mandates if one.stands_for is not None)

    def at(self, moment: datetime) -> Self:
        """The actor with the delegations that are in force at the moment."""
        if not self.mandates:
            return self
        return self.holding(post for post in self.postings if post.mandate is None or post.mandate.holds_at(moment))

    def within(self, *, procedure: str, domain: str) -> Self:
        """The actor with the rights that hold for that procedure; what was scoped to it holds without scope now."""
        if all(post.scope.is_everything for post in self.postings):
            return self
        return self.holding(
            post if post.mandate is None else replace(post, mandate=replace(post.mandate, scope=EVERYTHING))
            for post in self.postings
            if post.scope.covers(procedure=procedure, domain=domain)
        )

    def preferring(self, delegation_id: int | None) -> Self:
        """The actor who acts by that delegation where they can."""
        return replace(self, prefers=delegation_id)

    def capacities(self) -> list[Self]:
        """The actor once for each capacity, the preferred one first, else their own rights."""
        if not self.mandates:
            return [self]
        kinds = (None, *self.mandates)
        found = [self.holding(post for post in self.postings if post.mandate == mandate) for mandate in kinds]
        ids = [mandate.delegation_id if mandate else None for mandate in kinds]
        order = sorted(range(len(found)), key=lambda place: (ids[place] != self.prefers, place))
        return [found[place] for place in order]

    def holding(self, postings: Iterable[ActorPosting]) -> Self:
        """The same person with these posts and no others."""
        return replace(self, postings=tuple(postings))

    def as_house(self) -> Self:
        """The house acting in this person's name, for what follows by law from an act that was theirs to do."""
        return replace(self, kind="system")

    # What holds of all of them together

    @property
    def is_system(self) -> bool:
        """Whether the house itself acts."""
        return self.kind == "system"

    @property
    def is_signed_in(self) -> bool:
        """Whether a person with an account acts."""
        return self.account_id is not None

    @property
    def known_id(self) -> int:
        """The account's id where an act must be a person's; raises NotPermitted for the system and strangers."""
        if self.account_id is None:
            raise NotPermitted(Problem("person_needed", "Việc này phải do một người có tài khoản thực hiện."))
        return self.account_id

    def has(
        self,
        right: Right | str,
        *,
        unit_id: int | None = None,
        agency_id: int | None = None,
        procedure: str = "",
        domain: str = "",
    ) -> bool:
        """Whether a post of the actor gives the right (in that very unit, of that agency, when named).

        A right that was delegated for some procedures counts when nothing is named at all ("anywhere, for anything?"),
        and for a named place only when the procedure (its code, or that of its domain) is named and inside its scope.
        The system has every right.
        """
        if self.is_system:
            return True
        anything = unit_id is None and agency_id is None and not (procedure or domain)
        return any(
            unit_id in (None, post.unit_id) and agency_id in (None, post.agency_id)
            for post in self.postings
            if right in post.rights and (anything or post.scope.covers(procedure=procedure, domain=domain))
        )

    def reaches(self, right: Right | str, path: Sequence[int]) -> bool:
        """Whether the actor has the right in a unit of the path, thus in the unit the path leads to."""
        return self.is_system or any(post.unit_id in path for post in self._with(right))

    def oversees(self, path: Sequence[int]) -> bool:
        """Whether the actor oversees the unit the path leads to."""
        return self.reaches(Right.OVERSEE, path)

    def units_with(self, right: Right | str) -> frozenset[int]:
        """Ids of the units in which a post gives the right for every procedure."""
        return frozenset(post.unit_id for post in self._with(right))

    def agencies_with(self, right: Right | str) -> frozenset[int]:
        """Ids of the agencies for which a post gives the right for every procedure."""
        return frozenset(post.agency_id for post in self._with(right))

    def _with(self, right: Right | str) -> list[ActorPosting]:
        return [post for post in self.postings if right in post.rights and post.scope.is_everything]


def _words(post: ActorPosting) -> str:
    return f"{post.post_title} – {post.unit_name}".rstrip(" –")


#: The house itself: nightly work, imports at installation.
SYSTEM = Actor(account_id=None, name="Hệ thống", kind="system")

#: Somebody who has not signed in.
ANONYMOUS = Actor(account_id=None, name="Khách", kind="anonymous")

#: What may change in the second factor of an account, in words.
FACTOR_CHANGES: Mapping[str, str] = MappingProxyType(
    {
        "totp_activated": "Đặt ứng dụng tạo mã",
        "totp_deactivated": "Gỡ ứng dụng tạo mã",
        "webauthn_added": "Thêm khóa bảo mật",
        "webauthn_removed": "Gỡ khóa bảo mật",
        "recovery_codes_generated": "Lấy bộ mã dự phòng mới",
        "removed_by_administrator": "Người quản trị gỡ bảo mật hai lớp",
    }
)
