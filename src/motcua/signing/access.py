"""Whose keys somebody may look at and change: their own, and those of agencies whose seal they keep."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from motcua.agencies.access import require_admin
from motcua.agencies.models import Unit
from motcua.agencies.terms import Right
from motcua.identity.terms import Actor
from motcua.kernel.errors import NotFound, NotPermitted, Problem
from motcua.signing.models import KeyOffer, SigningService
from motcua.trust.access import administers_all
from motcua.trust.actions.register_certificate import HolderIds, holder_of_account
from motcua.trust.models import Certificate
from motcua.trust.terms import HolderKind


@dataclass(frozen=True, slots=True)
class Keeper:
    """Whose keys: an officer's own (`account_id`), or the seals of an agency; `name` says it to people."""

    agency_id: int
    account_id: int | None
    name: str

    @property
    def ids(self) -> HolderIds:
        """The holder as the register names it."""
        return HolderIds(self.agency_id, self.account_id)

    @property
    def is_seal(self) -> bool:
        """Whether these are seals of an agency."""
        return self.account_id is None

    @property
    def slug(self) -> str:
        """How addresses name it: "toi", or the number of the agency."""
        return str(self.agency_id) if self.is_seal else "toi"

    def certificates(self) -> QuerySet[Certificate]:
        """Return what the register holds of this keeper."""
        if self.account_id is None:
            return Certificate.objects.filter(unit_id=self.agency_id, holder_kind=HolderKind.AGENCY)
        return Certificate.objects.filter(account_id=self.account_id, holder_kind=HolderKind.OFFICER)

    def offers(self) -> QuerySet[KeyOffer]:
        """Return the keys that were put in for this keeper."""
        if self.account_id is None:
            return KeyOffer.objects.filter(unit_id=self.agency_id, account__isnull=True)
        return KeyOffer.objects.filter(account_id=self.account_id)


def may_set_seal(actor: Actor, agency_id: int) -> Unit:
    """Return the agency when the actor may register its seal; raises NotFound, NotPermitted."""
    agency = Unit.objects.filter(pk=agency_id).first()
    if agency is None or agency.agency_id != agency.pk:
        raise NotFound(Problem("agency_unknown", "Không tìm thấy cơ quan có con dấu này.", "agency"))
    if not (actor.has(Right.SEAL, agency_id=agency.pk) or actor.reaches(Right.ADMIN, agency.path)):
        message = "Chỉ văn thư giữ dấu hoặc người quản trị của cơ quan được đăng ký mẫu dấu."
        raise NotPermitted(Problem("not_seal_holder", message))
    return agency


def keeper_of(actor: Actor, agency_id: int | None, *, at: datetime) -> Keeper:
    """Return whose keys are meant: the actor's own, or an agency's. Raises NotFound, NotPermitted."""
    if agency_id is not None:
        agency = may_set_seal(actor, agency_id)
        return Keeper(agency.pk, None, agency.name)
    if actor.kind != "officer" or actor.account_id is None:
        raise NotPermitted(Problem("officers_only", "Chỉ cán bộ, công chức có khóa ký ở đây."))
    return Keeper(holder_of_account(actor.account_id, at).agency_id, actor.account_id, actor.name)


def certificate_kept(keeper: Keeper, certificate_id: int) -> Certificate:
    """Return a certificate of this keeper, locked; raises NotFound."""
    found = keeper.certificates().select_for_update(of=("self",)).filter(pk=certificate_id).first()
    if found is None:
        raise NotFound(Problem("no_key", "Không tìm thấy khóa ký này trong các khóa của bạn."))
    return found


def offers_visible_to(actor: Actor) -> QuerySet[KeyOffer]:
    """Return the keys put in for units that the actor administers."""
    found = KeyOffer.objects.select_related("unit", "account", "offered_by")
    if administers_all(actor):
        return found
    return found.filter(unit__path__overlap=sorted(actor.units_with(Right.ADMIN)))


def lock_offer(actor: Actor, offer_id: int) -> KeyOffer:
    """The offer, locked, if the actor administers its agency; raises NotFound, NotPermitted."""
    rows = KeyOffer.objects.select_for_update(of=("self",)).select_related("unit", "account", "offered_by")
    found = rows.filter(pk=offer_id).first()
    if found is None:
        raise NotFound(Problem("no_offer", "Không tìm thấy khóa chờ xác nhận này."))
    require_admin(actor, found.unit.path)
    return found


def service_for(actor: Actor, service_id: int) -> SigningService:
    """Return a service in use, to administrators of the installation; raises NotPermitted, NotFound."""
    require_admin(actor, ())
    found = SigningService.objects.filter(pk=service_id, ended_at__isnull=True).first()
    if found is None:
        raise NotFound(Problem("service_unknown", "Không tìm thấy dịch vụ ký số từ xa này."))
    return found
