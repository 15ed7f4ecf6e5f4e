"""Figures for Prometheus: how long pages take, what was done, what waits."""

import os
import time
from collections import Counter as Tally
from collections.abc import Callable, Iterator
from datetime import timedelta

from django.db import models
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from prometheus_client import CollectorRegistry, Histogram, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.multiprocess import MultiProcessCollector

from motcua.files.queries import Condition, condition
from motcua.files.terms import Fault
from motcua.journal.models import Entry, OutboxEvent
from motcua.journal.queries import latest_anchor

_SECONDS = Histogram(
    "motcua_request_seconds",
    "Seconds to answer a request",
    ["view", "method", "status"],
    buckets=(0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10),
)
#: A line of the journal is counted only when every act that began before it has surely ended.
_SETTLED = timedelta(seconds=60)
_STORE_SECONDS = 300.0


class MetricsMiddleware:
    """Measure every request under the name of its view; addresses that lead nowhere are one name."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        began = time.perf_counter()
        answer = self.get_response(request)
        match = request.resolver_match
        view = match.view_name if match and match.view_name else "none"
        method = request.method if request.method in {"GET", "POST", "HEAD"} else "other"
        _SECONDS.labels(view, method, f"{answer.status_code // 100}xx").observe(time.perf_counter() - began)
        return answer


class JournalFigures:
    """Acts by kind and events that wait, read from the database: the same in every process.

    The journal's newest mark has counted nearly all of it; each further line is counted once here.
    """

    def __init__(self) -> None:
        self._acts: Tally[str] = Tally()
        self._last = 0

    def collect(self) -> Iterator[Metric]:
        """Yield the figures (four short queries)."""
        self._count_on()
        acts = CounterMetricFamily("motcua_acts", "Acts done, by kind", labels=["verb"])
        for verb, count in sorted(self._acts.items()):
            acts.add_metric([verb], count)
        yield acts
        waiting = OutboxEvent.objects.filter(delivered_at__isnull=True)
        found = waiting.aggregate(count=models.Count("pk"), oldest=models.Min("at"))
        yield GaugeMetricFamily("motcua_outbox_waiting", "Events not yet delivered", value=found["count"])
        age = (timezone.now() - found["oldest"]).total_seconds() if found["oldest"] else 0.0
        yield GaugeMetricFamily("motcua_outbox_oldest_seconds", "Age of the oldest such event", value=max(age, 0.0))

    def _count_on(self) -> None:
        anchor = latest_anchor()
        if anchor is not None and anchor.last_entry_id > self._last:
            self._acts, self._last = Tally(anchor.verbs), anchor.last_entry_id
        new = Entry.objects.filter(pk__gt=self._last, recorded_at__lt=timezone.now() - _SETTLED)
        rows = new.values_list("verb").annotate(count=models.Count("pk"), last=models.Max("pk")).order_by()
        for verb, count, last in rows:
            self._acts[verb] += count
            self._last = max(self._last, last)


class StoreFigures:
    """How the kept files are: asked of the database at most every `_STORE_SECONDS`, for it counts all of them."""

    def __init__(self) -> None:
        self._seen: tuple[float, Condition] | None = None

    def collect(self) -> Iterator[Metric]:
        """Yield the figures."""
        found = self._condition()
        faults = GaugeMetricFamily("motcua_files_faulty", "Kept files with a fault", labels=["fault"])
        for fault in Fault:
            faults.add_metric([fault.value], found.faults.get(fault.value, 0))
        yield faults
        figures = {
            "motcua_files": ("Kept files", found.contents),
            "motcua_files_bytes": ("Bytes of the kept files", found.bytes),
            "motcua_files_quarantined": ("Kept files that nobody holds, in quarantine", found.quarantined),
            "motcua_files_not_scanned": ("Kept files never scanned for malware", found.not_scanned),
            "motcua_files_not_read_back": ("Kept files never read back", found.not_checked),
        }
        for name, (about, value) in figures.items():
            yield GaugeMetricFamily(name, about, value=value)
        age = (timezone.now() - found.oldest_check).total_seconds() if found.oldest_check else 0.0
        yield GaugeMetricFamily(
            "motcua_files_oldest_read_seconds", "Since the oldest reading back", value=max(age, 0.0)
        )

    def _condition(self) -> Condition:
        now = time.monotonic()
        if self._seen is None or now - self._seen[0] > _STORE_SECONDS:
            self._seen = now, condition()
        return self._seen[1]


_FIGURES = JournalFigures()
_STORE = StoreFigures()


def exposition() -> bytes:
    """Return everything in Prometheus' text format; with several processes the sum of all of them."""
    registry = CollectorRegistry()
    registry.register(_FIGURES)
    registry.register(_STORE)
    if os.environ.get("PROMETHEUS_MULTIPROC_DIR"):
        MultiProcessCollector(registry)  # type: ignore[no-untyped-call]  # the library has no types here
        return generate_latest(registry)
    return generate_latest(registry) + generate_latest()
