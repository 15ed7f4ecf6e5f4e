"""Mở khóa ở dịch vụ ký số từ xa: services as this house declared them, credentials as the register names them."""

from django.conf import settings

from motcua.kernel.errors import Problem, RuleBroken
from motcua.signing.models import SigningService
from motcua.signing.providers.csc import CscKey, CscService, credential
from motcua.signing.rules.secrets import SERVICE_PURPOSE, take_out
from motcua.signing.rules.wheres import remote_place, secrets_of


def service_at(row: SigningService) -> CscService:
    """Return how the service of a row is called; raises RuleBroken when its secret cannot be read any more."""
    nonce = bytes(row.nonce)
    secret = take_out(bytes(row.secret), master=settings.SECRET_KEY, nonce=nonce, purpose=SERVICE_PURPOSE)
    if secret is None:
        message = "Không đọc được mật khẩu ứng dụng của dịch vụ ký số từ xa; quản trị viên cần nhập lại."
        raise RuleBroken(Problem("service_secret", message))
    return CscService(row.url, row.client_id, secret, row.name, row.token_url)


def open_remote(where: str, secret: str) -> CscKey:
    """Return the key that a line of the register names, with what the signer typed (`rules/wheres.py: typed`).

    Nothing is authorised yet. Raises RuleBroken for a line, a service or a way of proof that does not serve,
    NotPermitted when the service does not know us, Invalid for a credential that ended, KeyGoneError when it is silent.
    """
    place = remote_place(where)
    row = SigningService.objects.filter(pk=place.service, ended_at__isnull=True).first() if place else None
    if place is None or row is None:
        message = "Dịch vụ ký số từ xa của khóa này không còn được dùng; hãy báo người quản trị."
        raise RuleBroken(Problem("no_signing_service", message))
    service = service_at(row)
    token = service.token()
    known = credential(service, place.credential, token=token)
    if words := known.refusal():
        raise RuleBroken(Problem("proof_unknown", words))
    return CscKey(service, known, token=token, secrets=secrets_of(secret, place))
