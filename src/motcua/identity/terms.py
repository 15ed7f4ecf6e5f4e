"""Words of the room: kinds of accounts, and the Actor every act is done by."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

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


@dataclass(frozen=True, slots=True)
class ActorPosting:
    """One post the actor holds: where, and what it lets them do. `unit_path`: ids from the root to the unit."""

    post_id: int
    post_title: str
    unit_id: int
    agency_id: int
    unit_path: tuple[int, ...]
    rights: frozenset[Right]
    unit_name: str = ""


@dataclass(frozen=True, slots=True)
class Actor:
    """Whoever acts. Holds nothing but values: safe to keep for the length of a request or a job."""

    account_id: int | None
    name: str
    kind: ActorKind
    postings: tuple[ActorPosting, ...] = ()

    @property
    def title(self) -> str:
        """Posts in words, for the journal: "Chuyên viên – Phòng Văn hóa – Xã hội; …"."""
        return "; ".join(f"{post.post_title} – {post.unit_name}".rstrip(" –") for post in self.postings)

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

    def has(self, right: Right | str, *, unit_id: int | None = None, agency_id: int | None = None) -> bool:
        """Whether a post of the actor gives the right (in that very unit, of that agency, when named).

        The system has every right.
        """
        return self.is_system or any(
            unit_id in (None, post.unit_id) and agency_id in (None, post.agency_id) for post in self._with(right)
        )

    def reaches(self, right: Right | str, path: Sequence[int]) -> bool:
        """Whether the actor has the right in a unit of the path, thus in the unit the path leads to."""
        return self.is_system or any(post.unit_id in path for post in self._with(right))

    def oversees(self, path: Sequence[int]) -> bool:
        """Whether the actor oversees the unit the path leads to."""
        return self.reaches(Right.OVERSEE, path)

    def units_with(self, right: Right | str) -> frozenset[int]:
        """Ids of the units in which a post gives the right."""
        return frozenset(post.unit_id for post in self._with(right))

    def agencies_with(self, right: Right | str) -> frozenset[int]:
        """Ids of the agencies for which a post gives the right."""
        return frozenset(post.agency_id for post in self._with(right))

    def _with(self, right: Right | str) -> list[ActorPosting]:
        return [post for post in self.postings if right in post.rights]


#: The house itself: nightly work, imports at installation.
SYSTEM = Actor(account_id=None, name="Hệ thống", kind="system")

#: Somebody who has not signed in.
ANONYMOUS = Actor(account_id=None, name="Khách", kind="anonymous")
