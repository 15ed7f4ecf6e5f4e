"""The demo's own certificates: a private hierarchy, a key file for everybody who signs and every agency that seals."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from cryptography.hazmat.primitives.serialization import Encoding

from motcua.agencies.models import Unit
from motcua.agencies.terms import Right
from motcua.identity.models import Posting
from motcua.identity.terms import SYSTEM
from motcua.trust.actions.register_certificate import HolderIds, register_certificate
from motcua.trust.actions.set_service import declare_service
from motcua.trust.models import Certificate
from motcua.trust.pki.folder import DEMO_BASE, issue_file, make, pki_folder, write_private
from motcua.trust.pki.hierarchy import Hierarchy, addresses_below, demo_holder_name
from motcua.trust.terms import KeyPlace, ServiceKind

#: Who signs something: decides, initials, seals, digitises.
_SIGNING = (Right.LEAD_AGENCY, Right.LEAD_DIVISION, Right.SEAL, Right.RECEIVE)
_BEFORE, _AFTER = timedelta(days=365), timedelta(days=730)
#: Two who must renew soon, so that the alarms have something to say: user name → days left.
_ENDING = {"kinhte": 25, "giamdocso": 55}


@dataclass(frozen=True, slots=True)
class Signer:
    """Somebody, or an agency, who gets a key file."""

    ids: HolderIds
    name: str
    agency: str
    title: str
    file: str


def make_demo_pki(data: Path, *, at: datetime, near: Collection[str] = ()) -> int:
    """Make what is missing: the hierarchy, its services, key files below DATA/keys; return how many files are new.

    `near`: only for agencies with these slugs (empty: for all). May be stopped anywhere and called again.
    """
    made = make(pki_folder(data))
    _declare_services(at)
    (data / "keys").mkdir(mode=0o700, exist_ok=True)
    done = 0
    for signer in _signers(near):
        _give(data, made, signer, at)
        done += 1
    return done


def _declare_services(at: datetime) -> None:
    """The authorities of time; whom to ask about those authorities and about the issuing ones."""
    asked = [
        (ServiceKind.TSA, f"Dấu thời gian {number} của bản trình diễn", f"{DEMO_BASE}/tsa/{number}", number)
        for number in (1, 2)
    ]
    above = addresses_below(DEMO_BASE)
    for key, name in (("root", "CA gốc của bản trình diễn"), ("stamping", "CA cấp cho nơi đóng dấu thời gian")):
        asked.append((ServiceKind.OCSP, f"Kiểm tra trực tuyến (OCSP) – {name}", above[key].ocsp, 1))
        asked.append((ServiceKind.CRL, f"Danh sách thu hồi (CRL) – {name}", above[key].crl, 1))
    for kind, name, url, position in asked:
        reason = "Bản trình diễn dùng dịch vụ của chính nó."
        declare_service(actor=SYSTEM, at=at, kind=kind, name=name, url=url, position=position, reason=reason)


def _give(data: Path, made: Hierarchy, signer: Signer, at: datetime) -> None:
    is_agency = signer.ids.account_id is None
    issuer = made.issuers["agencies" if is_agency else "officers"]
    subject = demo_holder_name(signer.name, agency=signer.agency, title=signer.title)
    days = _ENDING.get(signer.file.removeprefix("can-bo-"))
    end = at + (timedelta(days=days) if days else _AFTER)
    certificate, file = issue_file(issuer, subject, valid_from=at - _BEFORE, valid_to=end)
    where = f"keys/{signer.file}.p12"
    write_private(data / where, file)
    content = certificate.public_bytes(Encoding.PEM) + issuer.certificate.public_bytes(Encoding.PEM)
    register_certificate(
        actor=SYSTEM, at=at, holder=signer.ids, content=content, key_place=KeyPlace.PKCS12, key_where=where
    )


def _signers(near: Collection[str]) -> Iterator[Signer]:
    """Everybody who signs and every agency that seals, without a certificate yet."""
    held = Posting.objects.filter(
        valid_to__isnull=True,
        post__valid_to__isnull=True,
        account__is_demo=True,
        post__rights__overlap=[right.value for right in _SIGNING],
    )
    held = held | Posting.objects.filter(account__is_demo=True, account__username="phochutich")
    if near:
        held = held.filter(post__unit__agency__slug__in=near)
    have = set(Certificate.objects.values_list("account_id", flat=True))
    rows = held.select_related("account", "post__unit__agency").order_by("account_id", "id").distinct("account_id")
    for row in rows:
        if row.account_id not in have:
            agency = row.post.unit.agency
            ids = HolderIds(agency.pk, row.account_id)
            yield Signer(ids, row.account.full_name, agency.name, row.post.title, f"can-bo-{row.account.username}")
    sealed = held.filter(post__rights__contains=[Right.SEAL.value]).values("post__unit__agency_id")
    agencies = Unit.objects.filter(pk__in=sealed).exclude(
        pk__in=Certificate.objects.filter(account=None).values("unit_id")
    )
    for agency in agencies.order_by("pk"):
        yield Signer(HolderIds(agency.pk), agency.name, agency.name, "", f"co-quan-{agency.slug}")
