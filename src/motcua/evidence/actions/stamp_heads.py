"""Đóng dấu thời gian cho đầu sổ."""

from datetime import datetime
from typing import Protocol

from motcua.evidence.models import Head, Stamp
from motcua.evidence.rules.notes import digest_of
from motcua.trust.terms import TrustStoppedError, UnstampedError


class Stamping(Protocol):
    """A time-stamping authority: the DER of a TimeStampToken over a SHA-256."""

    def stamp(self, digest: bytes, *, hash_name: str = "sha256") -> bytes: ...


def stamp_heads(stamper: Stamping, *, at: datetime, most: int = 20) -> int:
    """Đóng dấu thời gian: stamp heads that have none yet, the newest first; return how many were stamped.

    When no authority answers they wait for the next round. Must not be called in a transaction.
    """
    done = 0
    for head in Head.objects.filter(stamps=None).order_by("-id")[:most]:
        try:
            token = stamper.stamp(bytes.fromhex(digest_of(head.note)))
        except (UnstampedError, TrustStoppedError):
            break
        Stamp.objects.create(head=head, token=token, at=at)
        done += 1
    return done
