"""Who may look at certificates and change the register, and the gates that lock what is changed."""

from django.db.models import QuerySet

from motcua.agencies.access import require_admin, root_ids
from motcua.agencies.terms import Right
from motcua.identity.terms import Actor
from motcua.kernel.errors import NotFound, Problem
from motcua.trust.models import Certificate, CertificateRequest


def administers_all(actor: Actor) -> bool:
    """Whether the actor administers the installation: only they change windows and services."""
    return actor.is_system or any(actor.reaches(Right.ADMIN, [root]) for root in root_ids())


def visible_to(actor: Actor) -> QuerySet[Certificate]:
    """Return the certificates of the units the actor administers."""
    found = Certificate.objects.select_related("unit", "account")
    if administers_all(actor):
        return found
    return found.filter(unit__path__overlap=sorted(actor.units_with(Right.ADMIN)))


def requests_visible_to(actor: Actor) -> QuerySet[CertificateRequest]:
    """Return the requests about units the actor administers."""
    found = CertificateRequest.objects.select_related("unit", "account", "certificate", "outcome", "asked_by")
    if administers_all(actor):
        return found
    return found.filter(unit__path__overlap=sorted(actor.units_with(Right.ADMIN)))


def certificate_for(actor: Actor, certificate_id: int) -> Certificate:
    """Return a certificate the actor may look at; raises NotFound."""
    found = visible_to(actor).filter(pk=certificate_id).first()
    if found is None:
        raise NotFound(Problem("certificate_unknown", "Không tìm thấy chứng thư này."))
    return found


def request_for(actor: Actor, request_id: int) -> CertificateRequest:
    """Return a request the actor may look at; raises NotFound."""
    found = requests_visible_to(actor).filter(pk=request_id).first()
    if found is None:
        raise NotFound(Problem("request_unknown", "Không tìm thấy đề nghị này."))
    return found


def lock_certificate(actor: Actor, certificate_id: int) -> Certificate:
    """The certificate, locked, if the actor administers its agency; raises NotFound, NotPermitted."""
    found = Certificate.objects.select_for_update(of=("self",)).select_related("unit").filter(pk=certificate_id).first()
    if found is None:
        raise NotFound(Problem("certificate_unknown", "Không tìm thấy chứng thư này."))
    if not actor.is_system:
        require_admin(actor, found.unit.path)
    return found


def lock_request(actor: Actor, request_id: int) -> CertificateRequest:
    """The request, locked, if the actor administers its agency; raises NotFound, NotPermitted."""
    rows = CertificateRequest.objects.select_for_update(of=("self",)).select_related("unit", "account", "certificate")
    found = rows.filter(pk=request_id).first()
    if found is None:
        raise NotFound(Problem("request_unknown", "Không tìm thấy đề nghị này."))
    if not actor.is_system:
        require_admin(actor, found.unit.path)
    return found
