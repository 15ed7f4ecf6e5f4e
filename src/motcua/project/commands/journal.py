"""`motcua journal check`."""

from __future__ import annotations

from motcua.project.commands.shell import inside
from motcua.project.runtime.console import complain, say
from motcua.project.runtime.installation import Installation


def check(installation: Installation) -> int:
    """Check the journal behind every mark and the chain of every object; return 1 when something is not what it was."""
    with inside(installation):
        from django.utils import timezone

        from motcua.identity.terms import SYSTEM
        from motcua.journal.actions.check_journal import check_journal

        found = check_journal(actor=SYSTEM, at=timezone.now(), chains=True)
        for problem in found.problems:
            complain(problem.message)
        if found.mark is not None:
            mark = found.mark
            say(f"Mốc gần nhất: {timezone.localtime(mark.at):%H:%M %d/%m/%Y}, {mark.entries} dòng, mã {mark.digest}.")
        say(f"{found.after_mark} dòng chưa vào mốc.")
    say(f"Có {len(found.problems)} chỗ sai khác." if found.problems else "Nhật ký nguyên vẹn.")
    return 1 if found.problems else 0
