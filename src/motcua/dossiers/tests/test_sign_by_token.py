"""Tokens by PKCS#11 through whole batches: a leader's and the agency's, pulled out in the middle and put back."""

import io
from collections.abc import Iterator, Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from cryptography.hazmat.primitives.serialization import pkcs12
from django.conf import settings

from motcua.dossiers.actions.sign_results import resume_signing
from motcua.dossiers.models import Dossier, Result
from motcua.dossiers.terms import Status
from motcua.dossiers.tests.keys import agency_key, officer_key, press_seal, press_sign
from motcua.dossiers.tests.stages import AT, bring
from motcua.dossiers.tests.world import World
from motcua.files.queries import open_blob
from motcua.journal.models import Entry
from motcua.kernel.errors import Invalid
from motcua.signing.actions.offices import office_of
from motcua.signing.actions.presses import ServerPresses
from motcua.signing.actions.work_signing import work_signing
from motcua.signing.models import SigningBatch, SigningItem
from motcua.signing.providers.pkcs11 import Pkcs11Key
from motcua.signing.tests.tokens import PIN, SoftToken, pull_out, soft_token
from motcua.trust.models import Certificate
from motcua.trust.terms import KeyPlace
from tests.pki import Holder, demo_pki

LATER = AT + timedelta(minutes=1)
COUNT = 4
Held, State = SigningBatch.Held, SigningItem.State


@pytest.fixture
def token(tmp_path: Path) -> Iterator[SoftToken]:
    with soft_token(tmp_path / "softhsm") as made:
        yield made


def on_token(token: SoftToken, ref: str, key_id: bytes, label: str) -> str:
    """Move the key of a row of the register onto the token."""
    row = Certificate.objects.get(pk=ref)
    content = (Path(settings.DATA_DIR) / row.key_where).read_bytes()
    key, certificate, chain = pkcs12.load_key_and_certificates(content, PIN.encode())
    token.put(Holder(certificate, key, tuple(chain)), key_id, label)  # type: ignore[arg-type]  # a key for signing
    row.key_place = KeyPlace.PKCS11
    row.key_where = f"pkcs11:token={token.label};object={label}?module-path={token.module}"
    row.save()
    return ref


class Watched:
    """Every digest that a token signed, and after how many it is pulled out."""

    def __init__(self) -> None:
        self.signed, self.left, self.module = list[bytes](), 10**6, ""

    def sign(self, key: Pkcs11Key, digests: Sequence[bytes], *, hash_name: str = "sha256") -> list[bytes]:
        return self.own(key, self._given(digests), hash_name=hash_name)  # type: ignore[no-any-return]  # the real one

    def _given(self, digests: Sequence[bytes]) -> Iterator[bytes]:
        for digest in digests:
            if self.left == 0:
                pull_out(self.module)
            else:
                self.signed.append(digest)
            self.left -= 1
            yield digest

    own: Any = staticmethod(Pkcs11Key.sign)


@pytest.fixture
def watched(monkeypatch: pytest.MonkeyPatch, token: SoftToken) -> Watched:
    watch = Watched()
    watch.module = token.module
    monkeypatch.setattr(Pkcs11Key, "sign", lambda key, *a, **b: watch.sign(key, *a, **b))  # noqa: PLW0108 (binds)
    return watch


def work(batch: SigningBatch, minutes: int = 0) -> SigningBatch:
    at = LATER + timedelta(minutes=minutes)
    presses = ServerPresses(lambda: demo_pki().stamper(at=at), processes=2)
    return work_signing(batch_id=batch.pk, office=office_of(batch), presses=presses, at=at)


def states(batch: SigningBatch) -> dict[str, int]:
    found = list(batch.items.values_list("state", flat=True))
    return {state: found.count(state) for state in set(found)}


def fields_of(blob_id: str) -> list[str]:
    with open_blob(blob_id) as content, pikepdf.open(io.BytesIO(content.read())) as pdf:
        return sorted(str(one.T) for one in pdf.Root.AcroForm.Fields if "/V" in one)


@pytest.mark.parametrize("at", [2])
def test_pulled_out_and_put_back_while_signing_and_while_sealing(
    world: World, token: SoftToken, watched: Watched, at: int
) -> None:
    dossiers = [bring(world, "deciding", confirmed_duplicate=True) for _ in range(COUNT)]
    leader = on_token(token, officer_key(world.chair, world.ward, AT), b"\1", "ca-nhan")
    seal = on_token(token, agency_key(world.ward, AT), b"\2", "con-dau")
    batch = press_sign(world.chair, dossiers, leader, AT)
    _interrupted(batch, world.chair, watched, at, 6)
    results = list(Result.objects.order_by("pk"))
    assert [fields_of(one.signed.blob_id) for one in results if one.signed] == [["signer-1"]] * COUNT

    signed = list(Dossier.objects.order_by("pk"))
    batch = press_seal(world.sealer, signed, seal, AT + timedelta(minutes=15))
    _interrupted(batch, world.sealer, watched, at, 16)
    scans = [one.scan.blob_id for one in Result.objects.select_related("scan").order_by("pk") if one.scan]
    assert [fields_of(one) for one in scans] == [["seal-1", "signer-1"]] * COUNT
    assert Dossier.objects.filter(status=Status.FINISHED).count() == COUNT
    for verb in ("dossier.approved", "dossier.result_sealed"):
        assert Entry.objects.filter(verb=verb).count() == COUNT
    assert len(Result.objects.values_list("number", "symbol").distinct()) == COUNT


def _interrupted(batch: SigningBatch, actor: Any, watched: Watched, at: int, since: int) -> None:
    """Pull the token out after `at` signatures; put it back, with the PIN; everything is done, nothing twice."""
    watched.left, watched.signed = at, []
    held = work(batch, since)
    assert states(held) == {
        state: count for state, count in ((State.APPLIED, at), (State.WAITING, COUNT - at)) if count
    }
    assert (held.held_for, held.secret) == (Held.KEY_GONE, None)
    done = dict(held.items.filter(state=State.APPLIED).values_list("pk", "signed_id"))
    work(batch, since + 1)
    assert len(watched.signed) == at, "without the PIN nothing goes on by itself"
    watched.left = 10**6
    again = AT + timedelta(minutes=since + 2)
    with pytest.raises(Invalid):
        resume_signing(actor=actor, batch_id=batch.pk, pin="00000000", at=again)
    resume_signing(actor=actor, batch_id=batch.pk, pin=PIN, at=again)
    work(batch, since + 3)
    assert states(batch) == {State.APPLIED: COUNT}
    assert len(watched.signed) == len(set(watched.signed)) == COUNT
    assert done.items() <= dict(batch.items.values_list("pk", "signed_id")).items()


def test_a_token_that_is_away_from_the_start_holds_the_batch(
    world: World, token: SoftToken, watched: Watched, tmp_path: Path
) -> None:
    dossiers = [bring(world, "deciding", confirmed_duplicate=True) for _ in range(2)]
    leader = on_token(token, officer_key(world.chair, world.ward, AT), b"\1", "ca-nhan")
    batch = press_sign(world.chair, dossiers, leader, AT)
    pull_out(token.module)
    here, away = tmp_path / "softhsm" / "tokens", tmp_path / "softhsm" / "away"
    here.rename(away)
    here.mkdir()
    held = work(batch)
    assert held.held_for in {Held.KEY_GONE, Held.PIN_NEEDED}
    assert "thiết bị" in held.held_detail.lower()
    assert states(held) == {State.WAITING: 2}
    pull_out(token.module)
    here.rmdir()
    away.rename(here)
    resume_signing(actor=world.chair, batch_id=batch.pk, pin=PIN, at=LATER)
    assert states(work(batch)) == {State.APPLIED: 2}
    assert len(watched.signed) == 2
