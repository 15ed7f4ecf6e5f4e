from datetime import datetime
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import hashes
from django.conf import settings

from motcua.agencies.models import Unit
from motcua.dossiers.models import Dossier
from motcua.dossiers.rules.application import ComponentFacts
from motcua.dossiers.tests.world import MONDAY, World, definition
from motcua.files.actions.store import store_paper
from motcua.files.terms import StoredFile
from motcua.identity.models import Account
from motcua.identity.terms import Actor
from motcua.trust.models import Certificate
from motcua.trust.terms import HolderKind, KeyPlace
from tests import scans
from tests.pki import PIN, demo_pki

COMPONENTS = [
    {"key": "to-khai", "name": "Tờ khai", "originals": 1},
    {
        "key": "giay-chung-sinh",
        "name": "Giấy chứng sinh",
        "originals": 1,
        "required": False,
        "fields": [
            {"key": "number", "label": "Số", "anchors": ["Số"], "pattern": "[0-9][0-9A-Z./-]{0,30}"},
            {"key": "mother", "label": "Họ và tên mẹ", "kind": "name", "anchors": ["Họ và tên mẹ"], "required": True},
            {"key": "mother_id", "label": "Số định danh", "kind": "personal_id", "anchors": ["Số định danh"]},
            {"key": "born", "label": "Ngày sinh", "kind": "date", "anchors": ["Đã sinh con vào lúc"]},
        ],
    },
]
PAPERS = (ComponentFacts("to-khai", originals=1), ComponentFacts("giay-chung-sinh", originals=1))


@pytest.fixture
def world(db: None) -> World:
    return World(definition(components=COMPONENTS)).build()


@pytest.fixture
def dossier(world: World) -> Dossier:
    return world.received(components=PAPERS)


def stored(content: bytes, name: str = "quet.pdf", at: datetime = MONDAY) -> StoredFile:
    """A file that came in and was checked."""
    kind = "application/pdf" if name.endswith(".pdf") else "image/jpeg"
    return store_paper(content, name=name, at=at, media_type=kind)


def small_stack(*pages: int) -> StoredFile:
    """A quick stack: that many pages with nothing on them but their number, as PDF."""
    count = pages[0] if pages else 2
    return stored(scans.stack([scans.numbered(place) for place in range(1, count + 1)]))


def key_of(actor: Actor, agency: Unit, *, of_agency: bool = False) -> str:
    """Give an officer, or their agency, a key on the server, in the register; return its reference."""
    holder = demo_pki().officer(actor.name, agency.name)
    folder = Path(settings.DATA_DIR) / "keys"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{actor.account_id}.p12").write_bytes(demo_pki().pkcs12(holder, PIN))
    certificate = holder.certificate
    row = Certificate.objects.create(
        unit=agency,
        account=None if of_agency else Account.objects.get(pk=actor.account_id),
        holder_kind=HolderKind.AGENCY if of_agency else HolderKind.OFFICER,
        name=actor.name,
        subject=certificate.subject.rfc4514_string(),
        issuer=certificate.issuer.rfc4514_string(),
        issuer_name="Thử nghiệm",
        serial=f"{certificate.serial_number:x}",
        fingerprint=certificate.fingerprint(hashes.SHA256()).hex(),
        key="p256",
        digest="sha256",
        valid_from=certificate.not_valid_before_utc,
        valid_to=certificate.not_valid_after_utc,
        key_place=KeyPlace.PKCS12,
        key_where=f"keys/{actor.account_id}.p12",
        content=holder.der,
        chain=list(holder.chain_der),
        registered_at=MONDAY,
    )
    return str(row.pk)
