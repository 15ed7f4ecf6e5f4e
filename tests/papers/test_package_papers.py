"""Every paper of the packages that ship is archival and accessible, before it is signed and after."""

import pytest

from motcua.dossiers.papers.templates_of import paper_of, papers_open
from motcua.dossiers.tests.world import World
from motcua.files.rules.pdfa import flaws_of, revisions_of
from motcua.project.demo.offerings import shipped_packages
from motcua.project.tests.test_package_papers import CODES, MOMENT, at_every_step
from motcua.trust.terms import Role
from tests.papers.signing import signed


@pytest.mark.parametrize("code", CODES)
def test_the_papers_of_a_shipped_package_conform_before_and_after_signing(db: None, code: str) -> None:
    definition = shipped_packages()[code]
    world = World(definition).build()
    examined: set[str] = set()
    for test in definition.tests:
        if test.expect.problems != ():
            continue
        dossier = at_every_step(world, definition, test)
        for key in sorted({paper.key for paper in papers_open(dossier, at=MOMENT)} - examined):
            paper = paper_of(dossier, key, at=MOMENT)
            after = signed(paper, (Role.SIGNER, Role.SEAL))
            for revision in (paper, *revisions_of(after)):
                assert flaws_of(revision) == [], (test.key, key)
            examined.add(key)
    assert examined == {paper.key for paper in definition.papers if paper.kind != "declaration"}
