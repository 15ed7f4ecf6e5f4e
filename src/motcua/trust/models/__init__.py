from motcua.trust.models.certificate import Certificate
from motcua.trust.models.request import CertificateRequest
from motcua.trust.models.service import Outage, TrustRule, TrustService
from motcua.trust.models.waiting import WaitingPaper

__all__ = ["Certificate", "CertificateRequest", "Outage", "TrustRule", "TrustService", "WaitingPaper"]
