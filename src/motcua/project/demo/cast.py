"""Who acts in the demo: the officers of each unit as actors, the applicants with their facts."""

from collections import defaultdict
from datetime import date
from random import Random

from motcua.agencies.terms import Right
from motcua.dossiers.rules.application import PartyFacts
from motcua.dossiers.terms import PartyKind
from motcua.identity.models import Account, Posting
from motcua.identity.queries import actor_of
from motcua.identity.terms import Actor
from motcua.project.demo.names import invent_name
from motcua.project.demo.people import citizens

_STREETS = ("Lê Thánh Tông", "Trần Phú", "Nguyễn Văn Cừ", "Hạ Long", "Cao Thắng", "Kênh Liêm", "Bãi Muối", "Vườn Đào")


class Cast:
    """The officers by unit and right, and the citizens with accounts."""

    def __init__(self, on: date) -> None:
        self.on = on
        self._officers: dict[tuple[int, Right], list[int]] = defaultdict(list)
        rows = Posting.objects.filter(valid_to__isnull=True, account__is_demo=True).order_by("id")
        for account_id, unit_id, agency_id, rights in rows.values_list(
            "account_id", "post__unit_id", "post__unit__agency_id", "post__rights"
        ):
            for right in rights:
                place = agency_id if right in {Right.LEAD_AGENCY, Right.SEAL} else unit_id
                self._officers[place, Right(right)].append(account_id)
        self._accounts = Account.objects.in_bulk()
        self._actors: dict[int, Actor] = {}
        self.citizens = citizens()

    def officer(self, place: int, right: Right, random: Random) -> Actor:
        """Return one of the officers who hold the right in a unit (for leaders and the seal: in an agency)."""
        return self.actor(random.choice(self._officers[place, right]))

    def actor(self, account_id: int) -> Actor:
        """Return the account as an actor."""
        if account_id not in self._actors:
            self._actors[account_id] = actor_of(self._accounts[account_id], self.on)
        return self._actors[account_id]


def party_of(account: Account) -> PartyFacts:
    """Return a citizen's account as the party of a dossier."""
    return PartyFacts(
        name=account.full_name,
        personal_id=account.personal_id,
        born=account.born,
        phone=account.phone,
        address=account.address,
        account_id=account.pk,
    )


def invented_party(random: Random) -> PartyFacts:
    """Return somebody without an account, as people who come to the desk are."""
    name = invent_name(random)
    born = date(random.randint(1950, 2006), random.randint(1, 12), random.randint(1, 28))
    century = 2 if born.year >= 2000 else 0  # noqa: PLR2004 (the century's digit of the number)
    number = f"022{century + int(name.is_woman)}{born.year % 100:02d}{random.randint(0, 899999):06d}"
    return PartyFacts(
        name=str(name),
        personal_id=number,
        born=born,
        phone=f"0900{random.randint(300000, 999999)}",
        address=f"Số {random.randint(1, 250)} {random.choice(_STREETS)}, Quảng Ninh",
    )


def organisation_of(account: Account) -> PartyFacts:
    """Return the organisation behind an account as a party."""
    return PartyFacts(
        name=account.organisation_name,
        kind=PartyKind.ORGANISATION,
        tax_code=account.tax_code,
        phone=account.phone,
        address=account.address,
        representative=account.full_name,
    )
