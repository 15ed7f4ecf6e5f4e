"""A ward that issues results with files, and a citizen whose store they are in."""

from datetime import datetime
from typing import Any

from motcua.dossiers.models import Dossier
from motcua.dossiers.rules.application import FileRef
from motcua.dossiers.terms import Act
from motcua.dossiers.tests.stages import bring, perform
from motcua.dossiers.tests.world import OWNER, World, moment
from motcua.files.actions.store import store_paper
from motcua.files.tests.conftest import pdf
from motcua.identity.models import Account
from motcua.identity.queries import actor_of
from motcua.identity.terms import Actor
from motcua.results.actions.issue import issue_result
from motcua.results.models import StoredPaper, with_all

SEALED = moment(3, 15)
LATER = moment(5, 9)


def file(name: str = "ket-qua.pdf", *, at: datetime = SEALED, content: bytes = b"") -> FileRef:
    """A PDF in the store of files."""
    kept = store_paper(content or pdf(), name=name, at=at)
    return FileRef(kept.sha256, kept.name)


def sealed(world: World, *, number: str = "12", scan: FileRef | None = None, **changes: Any) -> Dossier:
    """A dossier whose result was sealed with its file."""
    dossier = bring(world, "sealing", **changes)
    return perform(world, Act.SEAL, dossier, at=SEALED, number=number, symbol="GKS", scan=scan or file())


def issued(world: World, *, number: str = "12", scan: FileRef | None = None, **changes: Any) -> StoredPaper:
    """The paper of a sealed result, as the register has it."""
    dossier = sealed(world, number=number, scan=scan, **changes)
    entry = issue_result(dossier_id=dossier.pk, at=SEALED)
    assert entry is not None
    return paper(entry.paper_id)


def paper(pk: int) -> StoredPaper:
    """A paper with everything that belongs to it, read anew."""
    return with_all(StoredPaper.objects.filter(pk=pk)).get()


def holder(*, level: str = "2", personal_id: str = OWNER.personal_id, name: str = OWNER.name) -> Actor:
    """The owner of the dossiers with an account; `level` "": nobody vouched for it."""
    account = Account.objects.create(
        username=f"chu-{personal_id}-{level}",
        full_name=name,
        kind="citizen",
        personal_id=personal_id,
        identity_level=level,
    )
    return actor_of(account, LATER.date())
