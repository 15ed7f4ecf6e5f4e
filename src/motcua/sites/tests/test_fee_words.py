"""What a fee costs, in words."""

import pytest

from motcua.procedures.terms import Fee
from motcua.sites.kit.words import fee_text


@pytest.mark.parametrize(
    ("fee", "words"),
    [
        (Fee(name="Phí", kind="fee", amount=2000, per="trang"), "2.000 đồng/trang"),
        (Fee(name="Phí", kind="fee", amount=0), "Không thu"),
        (Fee(name="Phí", kind="fee", amount=0, unverified=True, note="Theo Nghị quyết"), "Theo quy định"),
        (Fee(name="Phí", kind="fee", amount=5000, unverified=True), "5.000 đồng"),
    ],
)
def test_free_is_not_the_same_as_set_elsewhere(fee: Fee, words: str) -> None:
    assert fee_text(fee) == words
