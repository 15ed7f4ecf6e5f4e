"""Facts of the room other rooms may hear of."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from motcua.journal.terms import Event


@dataclass(frozen=True, kw_only=True)
class PostEnded(Event):
    """An officer no longer holds a post; open work in the unit goes to the successor (None: back to the unit).

    Emitted for every post that ends: singly, by moving, by deactivation.
    """

    name: ClassVar[str] = "identity.post_ended"
    account_id: int
    post_id: int
    unit_id: int
    successor_id: int | None
    on: date


@dataclass(frozen=True, kw_only=True)
class OfficerDeactivated(Event):
    """An officer can no longer sign in; comes after one PostEnded for each post they held."""

    name: ClassVar[str] = "identity.officer_deactivated"
    account_id: int
    successor_id: int | None


@dataclass(frozen=True, kw_only=True)
class CitizenRegistered(Event):
    """A citizen has an account now; the past dossiers of that person may be shown in it."""

    name: ClassVar[str] = "identity.citizen_registered"
    account_id: int
    is_verified: bool


@dataclass(frozen=True, kw_only=True)
class DelegationGranted(Event):
    """Rights were lent, or an officer declared an absence; `account_ids`: giver and receivers."""

    name: ClassVar[str] = "identity.delegation_granted"
    delegation_id: int
    account_ids: tuple[int, ...]


@dataclass(frozen=True, kw_only=True)
class DelegationRevoked(Event):
    """Rights that were lent are taken back before their end; `account_ids`: giver and receivers."""

    name: ClassVar[str] = "identity.delegation_revoked"
    delegation_id: int
    account_ids: tuple[int, ...]


@dataclass(frozen=True, kw_only=True)
class SecondFactorChanged(Event):
    """A way to confirm who one is was set or taken away; `change` is a key of `FACTOR_CHANGES`."""

    name: ClassVar[str] = "identity.second_factor_changed"
    account_id: int
    change: str
