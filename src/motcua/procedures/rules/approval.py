"""Who may change a draft, ask for its publication, approve it: two people, never the same account."""

from collections.abc import Collection
from dataclasses import dataclass

from motcua.kernel.errors import Problem


@dataclass(frozen=True, slots=True)
class DraftFacts:
    """What the rules need to know of a draft: its revision, who wrote in it, whether it waits for its approver."""

    revision: int = 0
    authors: Collection[int] = ()
    is_proposed: bool = False


def problems_before_change(facts: DraftFacts) -> list[Problem]:
    """Return what forbids changing the draft: it waits for its approver."""
    if not facts.is_proposed:
        return []
    message = "Bản thảo đang chờ duyệt công bố nên không sửa được; hãy trả lại (hoặc rút lại) trước khi sửa."
    return [Problem("draft_proposed", message)]


def problems_before_approval(facts: DraftFacts, account_id: int) -> list[Problem]:
    """Return what forbids this account to publish the draft.

    Whoever wrote anything of it, or asked for its publication, does not approve it: nobody publishes alone.
    """
    found = []
    if not facts.is_proposed:
        found.append(Problem("not_proposed", "Bản thảo chưa được xin công bố."))
    if account_id in facts.authors:
        message = "Người duyệt phải khác người soạn và người xin công bố; hãy nhờ một quản trị danh mục khác."
        found.append(Problem("own_draft", message))
    return found
