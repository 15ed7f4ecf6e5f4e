"""Whether a dossier's journal is whole, its end included."""

from collections import Counter

from motcua.dossiers.models import Dossier, Move
from motcua.journal.queries import entries_about, verify_chain
from motcua.kernel.errors import Problem


def chain_problems(dossier: Dossier) -> list[Problem]:
    """Return what is wrong with the journal of a dossier.

    A chain cannot say that its last lines are gone. The timeline can: each of its acts has a line of the same
    moment by the same person, and the dossier's revision counts them.
    """
    problems = verify_chain(dossier._meta.label_lower, str(dossier.pk))
    written = Counter(entries_about(dossier).values_list("at", "actor_id"))
    moves = list(Move.objects.filter(dossier_id=dossier.pk).order_by("number").values_list("number", "at", "actor_id"))
    for number, at, actor_id in moves:
        if not written[at, actor_id]:
            problems.append(Problem("entry_missing", f"Bước thứ {number} của hồ sơ không còn dòng nhật ký nào."))
        written[at, actor_id] -= 1
    if len(moves) != dossier.revision:
        message = f"Hồ sơ ghi {dossier.revision} bước nhưng tiến trình có {len(moves)} bước."
        problems.append(Problem("timeline_cut", message))
    return problems
