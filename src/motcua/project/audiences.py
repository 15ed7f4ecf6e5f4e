"""Who may open an address: the audiences of the permission table."""

from collections.abc import Mapping
from enum import StrEnum

from motcua.agencies.terms import Right
from motcua.identity.terms import Actor


class Audience(StrEnum):
    """Who may open a URL; finer rights (which dossier, which act) are asked by the rooms themselves."""

    PUBLIC = "public"
    SIGNED_IN = "signed_in"
    CITIZEN = "citizen"  # officers hand their own dossiers in with an account of their own as citizens
    OFFICER = "officer"  # holds at least one post
    DESK = "desk"  # holds a post that works on dossiers
    RECEIVER = "receiver"  # holds a post that takes dossiers in
    POST_CLERK = "post_clerk"  # holds a post at a post office
    CARRIER = "carrier"  # gives to the post or takes from it: post clerks and desks
    HANDLER = "handler"  # holds a post that works on content: land offices, tax offices
    LEADER = "leader"  # leads a division or an agency, or oversees
    ADMIN = "admin"
    OVERSEER = "overseer"


_RIGHTS: Mapping[Audience, frozenset[Right]] = {
    Audience.DESK: frozenset(
        {Right.RECEIVE, Right.HANDLE, Right.LEAD_DIVISION, Right.LEAD_AGENCY, Right.SEAL, Right.OVERSEE}
    ),
    Audience.RECEIVER: frozenset({Right.RECEIVE}),
    Audience.POST_CLERK: frozenset({Right.POST_OFFICE}),
    Audience.CARRIER: frozenset({Right.POST_OFFICE, Right.RECEIVE}),
    Audience.HANDLER: frozenset({Right.HANDLE}),
    Audience.LEADER: frozenset({Right.LEAD_DIVISION, Right.LEAD_AGENCY, Right.OVERSEE}),
    Audience.ADMIN: frozenset({Right.ADMIN}),
    Audience.OVERSEER: frozenset({Right.OVERSEE}),
}


def may_open(audience: Audience, actor: Actor) -> bool:
    """Return whether the actor belongs to the audience."""
    match audience:
        case Audience.PUBLIC:
            return True
        case Audience.SIGNED_IN:
            return actor.kind in {"citizen", "officer"}
        case Audience.CITIZEN:
            return actor.kind == "citizen"
        case Audience.OFFICER:
            return bool(actor.postings)
        case _:
            return any(actor.has(right) for right in _RIGHTS[audience])
