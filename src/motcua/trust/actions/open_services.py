"""Mở dịch vụ tin cậy: what signing and verifying ask, with this installation's addresses, windows and notes."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.core.cache import cache
from django.utils import timezone

from motcua.trust.actions.note_services import begin_outage, end_outage, note_service
from motcua.trust.providers.house import asked_at, house_store, reachable
from motcua.trust.providers.revocation import HouseFetcher, NoCache
from motcua.trust.providers.tsa import StampingClient, StampingService
from motcua.trust.queries import services, window
from motcua.trust.terms import ServiceKind, TrustStoppedError, UnstampedError, WindowKind

Clock = Callable[[], datetime]


def open_stamper(*, clock: Clock = timezone.now) -> "HouseStamper":
    """Return the port `signing.terms.Stamper` of this installation: its authorities in order, its window."""
    return HouseStamper(open_client(clock=clock), clock)


def open_client(*, clock: Clock = timezone.now) -> StampingClient:
    """Return the client that goes to other processes; what it met is written down by `settle_stamping` afterwards."""
    rows = list(services(ServiceKind.TSA))
    asked = [StampingService(asked_at(row.url), row.name, bytes(row.pinned or b"")) for row in rows]
    urls = {asked_at(row.url): row.url for row in rows}
    client = StampingClient(asked, [one.certificate for one in house_store().anchors], window(WindowKind.STAMP), clock)

    def heard(service: StampingService, error: str) -> None:
        note_service(ServiceKind.TSA, urls[service.url], error=error, at=clock())

    client.heard = heard
    return client


def settle_stamping(*, answered: bool, error: str = "", at: datetime) -> None:
    """Ghi nhận lần xin dấu thời gian: the first time nobody answers opens the window, a good answer closes it."""
    if answered:
        end_outage(WindowKind.STAMP, at=at)
    else:
        begin_outage(WindowKind.STAMP, error=error or "Không dịch vụ nào trả lời.", at=at)


@dataclass(slots=True)
class HouseStamper:
    """A stamper that writes down when nobody answers and when somebody does again. In another process: the client."""

    client: StampingClient
    clock: Clock

    def stamp(self, digest: bytes, *, hash_name: str = "sha256") -> bytes:
        """Return the token (DER) over a digest; raises UnstampedError, TrustStoppedError."""
        was_away = self.client.window.since is not None
        try:
            token = self.client.stamp(digest, hash_name=hash_name)
        except (UnstampedError, TrustStoppedError) as error:
            if not was_away:
                settle_stamping(answered=False, error=str(error), at=self.clock())
            raise
        if was_away:
            settle_stamping(answered=True, at=self.clock())
        return token

    def stamp_many(self, digests: Sequence[bytes], *, hash_name: str = "sha256") -> list[bytes | None]:
        """Return a token for each digest, None for those that `stamp` is to be asked for."""
        was_away = self.client.window.since is not None
        tokens = self.client.stamp_many(digests, hash_name=hash_name)
        if was_away and any(tokens):
            settle_stamping(answered=True, at=self.clock())
        return tokens

    def __reduce__(self) -> tuple[object, ...]:
        return (_client_itself, (self.client,))


def _client_itself(client: StampingClient) -> StampingClient:
    return client


def open_fetcher(*, clock: Clock = timezone.now, fresh: bool = False) -> HouseFetcher:
    """Return the port `trust.terms.Fetcher` of this installation: addresses in use, answers kept (`fresh`: not)."""

    def heard(kind: ServiceKind, url: str, error: str) -> None:
        note_service(kind, url, error=error, at=clock())

    allowed = reachable(services(ServiceKind.OCSP, ServiceKind.CRL))
    return HouseFetcher(allowed, NoCache() if fresh else cache, heard, clock)


def ask_every_stamper(digest: bytes, *, at: datetime) -> list[str]:
    """Hỏi thử từng dịch vụ cấp dấu thời gian: return what was wrong with each, "" for a good answer."""
    client = open_client(clock=lambda: at)
    found: list[str] = []
    for service in client.services:
        error = client.probe(service, digest)
        found.append(f"{service.name}: {error}" if error else "")
    return found
