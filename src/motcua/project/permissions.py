"""The permission table: every URL of the house and who may open it. What is not here is closed to everybody."""

from collections.abc import Mapping
from enum import StrEnum

from motcua.agencies.terms import Right
from motcua.identity.terms import Actor


class Audience(StrEnum):
    """Who may open a URL; finer rights (which dossier, which act) are asked by the rooms themselves."""

    PUBLIC = "public"
    SIGNED_IN = "signed_in"
    CITIZEN = "citizen"
    OFFICER = "officer"  # holds at least one post
    DESK = "desk"  # holds a post that works on dossiers
    RECEIVER = "receiver"  # holds a post that takes dossiers in
    ADMIN = "admin"
    OVERSEER = "overseer"


_RIGHTS: Mapping[Audience, frozenset[Right]] = {
    Audience.DESK: frozenset(
        {Right.RECEIVE, Right.HANDLE, Right.LEAD_DIVISION, Right.LEAD_AGENCY, Right.SEAL, Right.OVERSEE}
    ),
    Audience.RECEIVER: frozenset({Right.RECEIVE}),
    Audience.ADMIN: frozenset({Right.ADMIN}),
    Audience.OVERSEER: frozenset({Right.OVERSEE}),
}

TABLE: dict[str, Audience] = {
    "health": Audience.PUBLIC,
    "ready": Audience.PUBLIC,
    "metrics": Audience.PUBLIC,  # answers only to loopback
    "portal:style_guide": Audience.PUBLIC,
}


def audience_of(view_name: str) -> Audience | None:
    """Return who may open the URL of that name; None when the table does not name it."""
    return TABLE.get(view_name)


def may_open(audience: Audience, actor: Actor) -> bool:
    """Return whether the actor belongs to the audience."""
    match audience:
        case Audience.PUBLIC:
            return True
        case Audience.SIGNED_IN:
            return actor.kind in {"citizen", "officer"}
        case Audience.CITIZEN:
            return actor.kind in {"citizen", "officer"}
        case Audience.OFFICER:
            return bool(actor.postings)
        case _:
            return any(actor.has(right) for right in _RIGHTS[audience])
