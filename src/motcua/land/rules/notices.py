"""What a tax office answers, and what has been paid of it."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from motcua.dossiers.rules.application import FileRef
from motcua.kernel.errors import Problem

_MOST = 10**13
_LONGEST = 60


@dataclass(frozen=True, slots=True)
class NoticeFacts:
    """One notice as typed: number, day, budget item, đồng, until when, the signed file."""

    number: str
    issued_on: date | None
    item_code: str
    amount: int
    pay_until: date | None
    item_name: str = ""
    file: FileRef | None = None


def notices_problems(notices: Sequence[NoticeFacts], *, note: str, today: date) -> list[Problem]:
    """Everything that is wrong with an answer; without a notice a note must say why nothing is due."""
    if not notices and not note:
        message = "Hãy ghi ít nhất một thông báo, hoặc nêu lý do không phát sinh nghĩa vụ tài chính."
        return [Problem("no_notice", message, "note")]
    problems = [one for place, notice in enumerate(notices) for one in _problems(notice, place, today)]
    pairs = Counter((one.number, one.item_code) for one in notices)
    if any(times > 1 for times in pairs.values()):
        problems.append(Problem("notice_twice", "Một số thông báo ghi hai lần cùng một tiểu mục."))
    return problems


def _problems(notice: NoticeFacts, place: int, today: date) -> list[Problem]:
    problems = []
    if not notice.number or len(notice.number) > _LONGEST:
        problems.append(Problem("number", "Chưa có số thông báo, hoặc số dài quá 60 ký tự.", f"{place}.number"))
    if notice.issued_on is None or notice.issued_on > today:
        problems.append(Problem("issued_on", "Ngày thông báo còn trống hoặc ở tương lai.", f"{place}.issued_on"))
    if not notice.item_code:
        problems.append(Problem("item_code", "Chưa chọn tiểu mục.", f"{place}.item_code"))
    if not 0 < notice.amount <= _MOST:
        problems.append(Problem("amount", "Số tiền phải lớn hơn 0.", f"{place}.amount"))
    if notice.pay_until is None or notice.pay_until < today:
        problems.append(Problem("pay_until", "Hạn nộp còn trống hoặc đã qua.", f"{place}.pay_until"))
    return problems
