"""Processes that tests are made of."""

from typing import Any

from motcua.processes.terms import Step

Raw = dict[str, Any]


def raw(key: str, forward: list[Any], **facts: Any) -> Raw:
    """A step as YAML would give it."""
    at_desk = key in ("receive", "deliver")
    base = {"key": key, "name": f"Bước {key}", "right": "receive" if at_desk else "handle"}
    return {**base, "at": "desk" if at_desk else "handling", "forward": forward, **facts}


def steps_of(*steps: Raw) -> tuple[Step, ...]:
    """The steps as values."""
    return tuple(Step.model_validate(step) for step in steps)


def hours(amount: int) -> Raw:
    """A term in working hours."""
    return {"amount": amount, "unit": "working_hour"}


def plain(**of_appraise: Any) -> tuple[Step, ...]:
    """Take in, appraise, approve, seal, hand out; `of_appraise` adds to the step in the middle."""
    return steps_of(
        raw("receive", ["appraise"], term=hours(2)),
        raw("appraise", **{"forward": ["approve"], "back": ["receive"], "term": hours(8), **of_appraise}),
        raw("approve", ["seal"], right="lead_agency", at="agency", back=["appraise"], term=hours(4)),
        raw("seal", ["deliver"], right="seal", at="agency", term=hours(2)),
        raw("deliver", [], term=hours(1)),
    )


def rich() -> tuple[Step, ...]:
    """A process that uses everything the words of the room know."""
    return steps_of(
        raw(
            "receive", ["appraise"], term={"amount": 4, "unit": "working_hour", "unverified": True, "note": "tạm tính"}
        ),
        raw(
            "appraise",
            [
                {"to": "tax", "when": "form.area >= 100", "label": "Chuyển cơ quan thuế"},
                {"to": "approve", "when": "form.area < 100\nand 'to-khai' in components"},
                {"to": "approve", "when": "empty(form.area)", "label": 'Trình ký "ngay" & luôn'},
            ],
            back=[{"to": "receive", "label": "Trả một cửa"}],
            term={"amount": 5, "unit": "working_day"},
            gates=["paid", "opinions"],
            gates_when="not by_post",
            consults=[
                {
                    "key": "phong-tnmt",
                    "unit": "phong-kinh-te",
                    "question": "Thửa đất có tranh chấp không?\nNêu rõ căn cứ.",
                    "term": {"amount": 3, "unit": "working_day"},
                    "when": "case == 'default'",
                },
                {"key": "cong-an", "unit": "H49.10", "question": "Xác minh cư trú", "required": False},
            ],
            timers=[
                {"key": "nhac", "after": hours(16), "do": "remind"},
                {
                    "key": "bao-lanh-dao",
                    "after": {"amount": 4, "unit": "working_day"},
                    "do": "escalate",
                    "when": "paid",
                },
                {"key": "tra-lai", "after": {"amount": 20, "unit": "day"}, "do": "move", "to": "receive"},
            ],
            note="Thẩm định tại thực địa\n  khi cần.",
        ),
        raw("tax", ["approve"], at="unit", unit="chi-cuc-thue", clock="stop"),
        raw(
            "approve",
            ["seal"],
            right="lead_agency",
            at="agency",
            back=[{"to": "appraise", "when": "copies > 1"}],
            clock="run",
        ),
        raw("seal", ["deliver"], right="seal", at="agency", term={"amount": 0, "unit": "same_day"}),
        raw("deliver", [], back=["seal"]),
    )
