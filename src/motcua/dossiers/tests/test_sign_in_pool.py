"""A batch whose papers are made and signed in other processes, which have no database."""

import io
from datetime import timedelta
from pathlib import Path

import pikepdf
import pytest
from django.conf import settings

from motcua.dossiers.models import Dossier, Result
from motcua.dossiers.tests.keys import agency_key, officer_key, press_seal, press_sign
from motcua.dossiers.tests.stages import AT, bring
from motcua.dossiers.tests.world import World
from motcua.files.queries import open_blob
from motcua.files.rules.places import incoming_dir
from motcua.signing.actions import presses
from motcua.signing.actions.offices import office_of
from motcua.signing.actions.work_signing import work_signing
from motcua.signing.models import SigningBatch, SigningItem
from motcua.trust.models import WaitingPaper

COUNT = 10


def work(batch: SigningBatch) -> SigningBatch:
    at = AT + timedelta(minutes=1)
    return work_signing(
        batch_id=batch.pk, office=office_of(batch), presses=presses.ServerPresses(None, processes=2), at=at
    )


def test_results_are_made_signed_and_sealed_elsewhere_and_the_acts_done_here(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(presses, "_ALONE_BELOW", COUNT)
    dossiers = [bring(world, "deciding", confirmed_duplicate=True) for _ in range(COUNT)]
    done = work(press_sign(world.chair, dossiers, officer_key(world.chair, world.ward, AT), AT))
    assert set(done.items.values_list("state", flat=True)) == {SigningItem.State.APPLIED}
    sealed = work(press_seal(world.sealer, list(Dossier.objects.order_by("pk")), agency_key(world.ward, AT), AT))
    assert set(sealed.items.values_list("state", flat=True)) == {SigningItem.State.APPLIED}
    numbers = set()
    for result in Result.objects.select_related("scan"):
        assert result.scan is not None
        with open_blob(result.scan.blob_id) as content, pikepdf.open(io.BytesIO(content.read())) as pdf:
            fields = pdf.Root.AcroForm.Fields
            assert sorted(str(one.T) for one in fields if "/V" in one) == ["seal-1", "signer-1"]
            numbers |= {str(one.V.Reason).removeprefix("Ban hành ") for one in fields if one.T == "seal-1"}
            assert str(result) in numbers
    assert len(numbers) == COUNT
    assert not list(incoming_dir(Path(settings.DATA_DIR)).iterdir()), "nothing is left over"
    assert WaitingPaper.objects.count() == 2 * COUNT, "signed without stamps, to be completed"
