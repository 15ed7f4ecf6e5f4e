"""Whom the rule about the second factor binds, and from when on nothing opens without one."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.db.models import TextChoices

from motcua.agencies.terms import Right
from motcua.kernel.checks import reason_problems
from motcua.kernel.errors import Problem

MOST_GRACE_DAYS: Final = 90


class FactorGroup(TextChoices):
    """Whom a rule about the second factor may name."""

    ADMINISTRATORS = "administrators", "Người quản trị"
    SIGNERS = "signers", "Người ký duyệt, đóng dấu (lãnh đạo phòng, lãnh đạo cơ quan, văn thư)"
    OFFICERS = "officers", "Mọi cán bộ"


_OF: Final[Mapping[FactorGroup, frozenset[Right]]] = {
    FactorGroup.ADMINISTRATORS: frozenset({Right.ADMIN}),
    #: Whose decisions carry a name on paper.
    FactorGroup.SIGNERS: frozenset({Right.LEAD_DIVISION, Right.LEAD_AGENCY, Right.SEAL}),
    FactorGroup.OFFICERS: frozenset(Right),
}


@dataclass(frozen=True, slots=True)
class Duty:
    """What the rule says: which groups, since when, with how many days to get ready."""

    groups: frozenset[FactorGroup]
    set_at: datetime
    grace_days: int

    @property
    def rights(self) -> frozenset[Right]:
        """The rights whose holders it binds."""
        return frozenset[Right]().union(*(_OF[group] for group in self.groups))

    def binds(self, rights: Collection[Right | str]) -> bool:
        """Return whether it binds an officer whose posts give these rights (an officer without a post never)."""
        return bool(self.rights & set(rights))

    def until(self, created_at: datetime | None) -> datetime:
        """Return the moment from which nothing opens without a second factor; a newcomer has all the days too."""
        begins = self.set_at if created_at is None else max(self.set_at, created_at)
        return begins + timedelta(days=self.grace_days)


def rule_problems(groups: Iterable[str], grace_days: int, reason: str) -> list[Problem]:
    """Return everything that is wrong with a rule."""
    problems = []
    if unknown := set(groups) - set(FactorGroup.values):
        problems.append(Problem("factor_group_unknown", f"Không có nhóm «{', '.join(sorted(unknown))}».", "groups"))
    if not 0 <= grace_days <= MOST_GRACE_DAYS:
        message = f"Số ngày chuẩn bị phải từ 0 đến {MOST_GRACE_DAYS}."
        problems.append(Problem("factor_grace", message, "grace_days"))
    return problems + reason_problems(reason)
