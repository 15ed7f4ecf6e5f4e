"""Under which title somebody signs for a unit."""

from collections.abc import Sequence

from motcua.identity.rules.delegations import signing_lines
from motcua.identity.terms import Actor


def signing_title(actor: Actor, *, unit_ids: Sequence[int]) -> str:
    """Return the title under the actor's name: that of their post in the first of the units where they have one.

    Who signs for somebody else has two lines, joined here: "KT. CHỦ TỊCH / PHÓ CHỦ TỊCH" (Nghị định 30/2020/NĐ-CP).
    """
    if (mandate := actor.mandate) is not None:
        own = actor.postings[0].post_title
        return " / ".join(signing_lines(mandate.kind, mandate.giver_title, own))
    mine = [post for post in actor.postings if post.mandate is None]
    titles = {post.unit_id: post.post_title for post in reversed(mine)}
    wanted = [*unit_ids, *(post.unit_id for post in mine)]
    return next((titles[unit_id] for unit_id in wanted if unit_id in titles), "")
