"""Certificate authorities behind one port: who issues, renews and revokes."""

from collections.abc import Mapping
from pathlib import Path

from django.conf import settings

from motcua.trust.pki.folder import exists, pki_folder
from motcua.trust.providers.ca.demo import DemoAuthority
from motcua.trust.providers.ca.letter import ByLetter
from motcua.trust.providers.ca.port import CertificateAuthority


def authorities() -> Mapping[str, CertificateAuthority]:
    """Return the adapters of this installation by name: the demo's own authority in demo mode only."""
    found: dict[str, CertificateAuthority] = {}
    data = Path(settings.DATA_DIR)
    if settings.DEMO and exists(pki_folder(data)):
        found["demo"] = DemoAuthority(data)
    found["letter"] = ByLetter()
    return found
