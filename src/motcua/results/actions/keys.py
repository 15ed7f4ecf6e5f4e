"""Đăng ký khóa ký mã QR kết quả."""

from datetime import datetime

from cryptography.hazmat.primitives.asymmetric import ec
from django.db import transaction

from motcua.identity.terms import SYSTEM
from motcua.journal.actions import record
from motcua.results.models import ResultKey
from motcua.results.providers.key import point_of, private_key
from motcua.results.rules.qr import kid_of


@transaction.atomic
def key_in_use(*, at: datetime) -> tuple[ec.EllipticCurvePrivateKey, ResultKey]:
    """Đăng ký khóa: return the key that signs now, its public half registered; the one before is retired.

    Old QR codes stay genuine: a retired key signs no more, but it still checks.
    """
    private = private_key()
    point = point_of(private)
    found = ResultKey.objects.filter(kid=kid_of(point), retired_at__isnull=True).first()
    if found is not None:
        return private, found
    ResultKey.objects.filter(retired_at__isnull=True).update(retired_at=at)
    key, is_new = ResultKey.objects.update_or_create(
        kid=kid_of(point), defaults={"point": point, "registered_at": at, "retired_at": None}
    )
    record(SYSTEM, "result_key.registered", key, at=at, data={"kid": key.kid, "point": point.hex()}, is_new=is_new)
    return private, key
