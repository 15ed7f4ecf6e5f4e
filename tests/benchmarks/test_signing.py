"""What is measured are sound signatures, with the levels that the table names."""

from benchmarks.signing import scene
from benchmarks.signing.__main__ import _archived, _signed
from motcua.signing.tests.pades.scene import sound
from motcua.trust.terms import Level, Role


def test_the_papers_that_are_measured_are_signed_sealed_and_archived() -> None:
    signed = _signed(scene.papers(2), scene.in_file("p256")(), Level.T)
    sealed = [scene.jobs([pdf], Role.SEAL, Level.B)[0] for pdf in signed]
    assert [job.plan.name for job in sealed] == ["seal-1", "seal-1"]
    for pdf in signed:
        sound(pdf, 1)
    for pdf in _archived(signed):
        sound(pdf, 1)
        assert b"/ETSI.RFC3161" in pdf
