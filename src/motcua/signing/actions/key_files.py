"""Giữ tệp khóa: PKCS#12 files in the database, closed by their holders' PINs and closed again by the house."""

from datetime import datetime

from django.conf import settings

from motcua.signing.models import KeyFile
from motcua.signing.rules.secrets import FILE_PURPOSE, lock_up_bytes, new_nonce, take_out_bytes
from motcua.signing.rules.wheres import kept_number, kept_where
from motcua.signing.terms import KeyGoneError


def keep_file(content: bytes, *, fingerprint: str, at: datetime) -> str:
    """Keep a key file as it was given and return where it is, as the register writes it."""
    nonce = new_nonce()
    locked = lock_up_bytes(content, master=settings.SECRET_KEY, nonce=nonce, purpose=FILE_PURPOSE)
    row = KeyFile.objects.create(fingerprint=fingerprint, content=locked, nonce=nonce, kept_at=at)
    return kept_where(row.pk)


def content_of_file(number: int) -> bytes:
    """Return a key file as its holder gave it; raises KeyGoneError when it is not there or cannot be read."""
    row = KeyFile.objects.filter(pk=number).first()
    if row is None:
        raise KeyGoneError("Tệp khóa không còn trên máy chủ.")
    secret, nonce = settings.SECRET_KEY, bytes(row.nonce)
    found = take_out_bytes(bytes(row.content), master=secret, nonce=nonce, purpose=FILE_PURPOSE)
    if found is None:
        raise KeyGoneError("Không đọc được tệp khóa: khóa bí mật của hệ thống đã đổi. Hãy đưa tệp khóa vào lại.")
    return found


def let_go_of_file(where: str) -> None:
    """Remove the key file that a line of the register names; nothing when it names something else."""
    if (number := kept_number(where)) is not None:
        KeyFile.objects.filter(pk=number).delete()
