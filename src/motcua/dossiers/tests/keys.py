"""Keys for tests: a certificate in the register, its PKCS#12 file below DATA, and what a token pulled out does."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from django.conf import settings

from motcua.agencies.models import Unit
from motcua.dossiers.actions.open_batch import Chosen
from motcua.dossiers.actions.sign_results import Pressed, seal_results, sign_results
from motcua.dossiers.models import Dossier
from motcua.identity.terms import Actor
from motcua.signing.actions.offices import office_of
from motcua.signing.actions.presses import ServerPresses, server_keys
from motcua.signing.actions.work_signing import work_signing
from motcua.signing.models import SigningBatch
from motcua.signing.pades.many import KeyFactory
from motcua.signing.terms import KeyGoneError, SigningKey
from motcua.trust.models import Certificate
from motcua.trust.rules.certificates import facts_of
from motcua.trust.terms import HolderKind, KeyPlace
from tests.pki import PIN, Holder, demo_pki


def officer_key(actor: Actor, unit: Unit, at: datetime) -> str:
    """Give an officer a certificate whose key lies below DATA; return its reference."""
    return _registered(demo_pki().officer(actor.name, unit.name), unit, actor.account_id, at)


def agency_key(unit: Unit, at: datetime) -> str:
    """Give an agency a certificate whose key lies below DATA; return its reference."""
    return _registered(demo_pki().agency(unit.name), unit, None, at)


def _registered(holder: Holder, unit: Unit, account_id: int | None, at: datetime) -> str:
    where = f"keys/{holder.serial}.p12"
    path = Path(settings.DATA_DIR) / where
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(demo_pki().pkcs12(holder))
    facts = facts_of(holder.certificate)
    row = Certificate.objects.create(
        unit=unit,
        account_id=account_id,
        holder_kind=HolderKind.OFFICER if account_id else HolderKind.AGENCY,
        name=facts.name,
        subject=facts.subject,
        issuer=facts.issuer,
        issuer_name=facts.issuer_name,
        serial=facts.serial,
        fingerprint=facts.fingerprint,
        key=facts.key,
        digest=facts.digest,
        valid_from=facts.valid_from,
        valid_to=facts.valid_to,
        key_place=KeyPlace.PKCS12,
        key_where=where,
        content=facts.content,
        chain=list(holder.chain_der),
        registered_at=at,
    )
    return str(row.pk)


def shown(*dossiers: Dossier, draft: int = 1) -> list[Chosen]:
    """The dossiers as a page showed them."""
    return [Chosen(one.pk, one.revision, {"draft_number": draft}) for one in dossiers]


def press_sign(actor: Actor, dossiers: Sequence[Dossier], ref: str, at: datetime, **more: str) -> SigningBatch:
    """Press once for these dossiers."""
    pressed = Pressed(**{"key": "lan-1", "key_ref": ref, "pin": PIN, **more})
    return sign_results(actor=actor, items=shown(*dossiers), pressed=pressed, at=at)


def press_seal(actor: Actor, dossiers: Sequence[Dossier], ref: str, at: datetime, **more: str) -> SigningBatch:
    """Press once for these dossiers."""
    pressed = Pressed(**{"key": "dau-1", "key_ref": ref, "pin": PIN, **more})
    return seal_results(actor=actor, items=shown(*dossiers), pressed=pressed, at=at)


def work(batch: SigningBatch, at: datetime, token: "Token | None" = None) -> SigningBatch:
    """Do what the worker does with a batch."""
    presses = ServerPresses(lambda: demo_pki().stamper(at=at), keys=token.keys if token else server_keys)
    return work_signing(batch_id=batch.pk, office=office_of(batch), presses=presses, at=at)


@dataclass
class Token:
    """A token that is pulled out after so many signatures; `signed` holds every digest it ever signed."""

    after: int
    signed: list[bytes] = field(default_factory=list)

    def keys(self, row: Certificate, pin: str) -> KeyFactory:
        """Open the key of the row behind this token."""
        return lambda: _Loose(self, server_keys(row, pin)())


class _Loose:
    def __init__(self, token: Token, key: SigningKey) -> None:
        self._token, self._key = token, key
        self.certificate, self.chain, self.algorithm = key.certificate, key.chain, key.algorithm

    def sign(self, digests: Sequence[bytes], *, hash_name: str = "sha256") -> list[bytes]:
        left = self._token.after - len(self._token.signed)
        done = self._key.sign(digests[:left], hash_name=hash_name)
        self._token.signed += digests[:left]
        if left < len(digests):
            raise KeyGoneError("Không còn thấy token.", done)
        return done

    def close(self) -> None:
        self._key.close()
