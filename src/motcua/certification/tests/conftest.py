from typing import Any

import pytest

from motcua.certification.terms import CODE
from motcua.dossiers.tests.world import World, definition

STEPS: list[dict[str, Any]] = [
    {"key": "receive", "name": "Tiếp nhận", "right": "receive", "at": "desk", "forward": ["appraise"]},
    {"key": "appraise", "name": "Đối chiếu", "right": "handle", "at": "handling", "forward": ["approve"]},
    {
        "key": "approve",
        "name": "Ký chứng thực",
        "right": "lead_agency",
        "at": "agency",
        "forward": ["seal"],
        "back": ["appraise"],
    },
    {"key": "seal", "name": "Đóng dấu", "right": "seal", "at": "agency", "forward": ["deliver"]},
    {"key": "deliver", "name": "Trả bản sao", "right": "receive", "at": "desk"},
]
CASES: list[dict[str, Any]] = [
    {
        "key": "default",
        "name": "Thông thường",
        "terms": {"any": {"unit": "same_day"}},
        "fees": [
            {"name": "Trang thứ nhất và thứ hai", "kind": "fee", "amount": 2000, "per": "trang"},
            {"name": "Từ trang thứ ba", "kind": "fee", "amount": 1000, "per": "trang"},
        ],
        "large_set": {"from_pages": 200, "from_copies": 50, "extra": {"amount": 2, "unit": "working_day"}},
    }
]
PAPERS: list[dict[str, Any]] = [
    {"key": "ban-chinh", "name": "Bản chính", "originals": 1},
    {"key": "ban-sao", "name": "Bản sao", "copies": 1, "required": False},
]


def copies_world() -> World:
    """A ward that certifies copies."""
    return World(definition(code=CODE, steps=STEPS, cases=CASES, components=PAPERS)).build()


@pytest.fixture
def world(db: None) -> World:
    return copies_world()
