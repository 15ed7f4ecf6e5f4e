"""Standard chains of steps, so that a catalogue file can say `chain: commune` instead of seven steps.

Chains seen in running one-stop systems: tiếp nhận → thẩm định → phê duyệt → đóng dấu → trả kết quả ("5 tại chỗ"),
with an assignment and a review by the division's head where a division works on the dossier.
"""

from collections.abc import Mapping
from typing import Any

from motcua.processes.rules.lengths import total_hours

_RECEIVE = {"key": "receive", "name": "Tiếp nhận hồ sơ", "right": "receive", "at": "desk"}
_ASSIGN = {"key": "assign", "name": "Phân công thụ lý", "right": "lead_division", "at": "handling"}
_APPRAISE = {"key": "appraise", "name": "Thẩm định hồ sơ", "right": "handle", "at": "handling"}
_REVIEW = {"key": "review", "name": "Soát xét, trình ký", "right": "lead_division", "at": "handling"}
_APPROVE = {"key": "approve", "name": "Phê duyệt kết quả", "right": "lead_agency", "at": "agency"}
_SEAL = {"key": "seal", "name": "Vào sổ, đóng dấu", "right": "seal", "at": "agency"}
_DELIVER = {"key": "deliver", "name": "Trả kết quả", "right": "receive", "at": "desk"}

CHAINS: Mapping[str, tuple[dict[str, str], ...]] = {
    "desk": (_RECEIVE, _APPRAISE, _APPROVE, _SEAL, _DELIVER),
    "division": (_RECEIVE, _ASSIGN, _APPRAISE, _REVIEW, _APPROVE, _SEAL, _DELIVER),
}
_BACK = {"appraise": ("receive",), "review": ("appraise",), "approve": ("appraise",)}
#: Share of the total, in percent, that each step may take; the appraisal gets the rest.
_SHARES = {"receive": 5, "assign": 5, "review": 10, "approve": 10, "seal": 5, "deliver": 5}


def steps_of(chain: str, total: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return the steps of a standard chain; their terms, in working hours, add up to the total's hours.

    Raises KeyError for a chain that does not exist.
    """
    chosen = CHAINS[chain]
    hours = max(total_hours(total), len(chosen))
    parts = {step["key"]: max(hours * _SHARES.get(step["key"], 0) // 100, 1) for step in chosen}
    parts["appraise"] = max(hours - sum(part for key, part in parts.items() if key != "appraise"), 1)
    following = [step["key"] for step in chosen[1:]]
    return [
        {
            **step,
            "term": {"amount": parts[step["key"]], "unit": "working_hour"},
            "forward": following[place : place + 1],
            "back": list(_BACK.get(step["key"], ())),
        }
        for place, step in enumerate(chosen)
    ]
