"""Phi địa giới: four states from what is known already."""

import pytest

from motcua.dossiers.rules.boundary import Boundary, boundary_of
from motcua.dossiers.terms import Status


@pytest.mark.parametrize(
    ("status", "at_desk", "is_untaken", "state"),
    [
        (Status.SUBMITTED, True, False, None),
        (Status.REFUSED, True, False, None),
        (Status.WITHDRAWN, False, False, None),
        (Status.RECEIVED, True, False, Boundary.RECEIVED),
        (Status.PROCESSING, True, False, Boundary.RECEIVED),
        (Status.PROCESSING, False, True, Boundary.AWAITED),
        (Status.PROCESSING, False, False, Boundary.PROCESSING),
        (Status.SUPPLEMENT_REQUESTED, False, False, Boundary.PROCESSING),
        (Status.FINISHED, True, True, Boundary.PROCESSING),
        (Status.FINISHED, False, True, Boundary.PROCESSING),
        (Status.DELIVERED, True, True, Boundary.RETURNED),
    ],
)
def test_states(status: Status, *, at_desk: bool, is_untaken: bool, state: Boundary | None) -> None:
    assert boundary_of(status, at_desk=at_desk, is_untaken=is_untaken) == state
