"""Stacks brought in and read, for the tests of the acts."""

from typing import Any

from motcua.dossiers.models import Dossier
from motcua.dossiers.tests.world import MONDAY, World
from motcua.files.terms import StoredFile
from motcua.scanning.actions.open_stack import open_stack
from motcua.scanning.actions.read_stack import read_pages
from motcua.scanning.models import Stack
from motcua.scanning.papers.sheets import separator_sheets
from motcua.scanning.terms import SheetMark
from tests import scans


def opened(world: World, dossier: Dossier, *files: StoredFile, **more: Any) -> Stack:
    facts = {"actor": world.clerk, "at": MONDAY} | more
    return open_stack(dossier_id=dossier.pk, files=files, **facts)


def read(world: World, dossier: Dossier, *files: StoredFile, **more: Any) -> Stack:
    stack = opened(world, dossier, *files, **more)
    return read_pages(stack_id=stack.pk, at=MONDAY)


def sheet(dossier: Dossier, key: str) -> Any:
    """The printed separator sheet as it comes out of the scanner."""
    name = dossier.components.get(key=key).name
    pdf = separator_sheets([(SheetMark(dossier.code, key), name)], owner=dossier.owner.name, at=MONDAY)
    return scans.scanned(scans.drawn(pdf), skew=2, turn=180)


def whole_stack(dossier: Dossier) -> bytes:
    """A form of two pages and a birth certificate with an empty back, each behind its sheet."""
    form = scans.drawn(scans.proxy_paper())
    birth = scans.drawn(scans.birth_certificate())
    return scans.stack(
        [
            sheet(dossier, "to-khai"),
            scans.scanned(form, skew=1),
            scans.scanned(form, turn=180),
            sheet(dossier, "giay-chung-sinh"),
            scans.scanned(birth, skew=-1.5),
            scans.back(),
        ]
    )
