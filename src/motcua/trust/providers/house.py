"""Which anchors, addresses and hierarchy this installation has."""

import functools
from collections.abc import Iterable
from pathlib import Path

from django.conf import settings

from motcua.trust.models import TrustService
from motcua.trust.pki.folder import DEMO_BASE, anchors_folder, pki_folder
from motcua.trust.store import TrustStore


def house_store() -> TrustStore:
    """Return the roots this installation believes: those shipped, those in DATA/trust, the demo's in demo mode only."""
    data = Path(settings.DATA_DIR)
    demo = [anchors_folder(pki_folder(data))] if settings.DEMO else []
    return _loaded(tuple(str(one) for one in [data / "trust", *demo]), _stamp([data / "trust", *demo]))


def _stamp(folders: Iterable[Path]) -> tuple[int, ...]:
    files = [folder / "anchors.yaml" for folder in folders]
    return tuple(one.stat().st_mtime_ns if one.is_file() else 0 for one in files)


@functools.lru_cache(maxsize=2)
def _loaded(folders: tuple[str, ...], _changed: tuple[int, ...]) -> TrustStore:
    return TrustStore.load(*(Path(one) for one in folders))


def asked_at(url: str) -> str:
    """Return where an address is asked: those of the demo's own hierarchy at this house, wherever it runs now."""
    if settings.DEMO and url.startswith(f"{DEMO_BASE}/"):
        return f"{settings.DEMO_PKI_URL}{url.removeprefix(DEMO_BASE)}"
    return url


def reachable(rows: Iterable[TrustService]) -> dict[str, str]:
    """Return address as certificates name it → address that is asked."""
    return {row.url: asked_at(row.url) for row in rows}
