"""`python -m benchmarks.certified [--seconds N] [--papers N] [--clerks N]`: the fast lane of certified copies.

Clerks of as many wards press without a pause for the given time, each in a thread of its own: one person with some
papers each time. The table shows dossiers and numbers a minute, what a dossier costs in processor time (this process)
and in statements, and that no book has a gap.
"""

import argparse
import threading
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from random import Random
from typing import TYPE_CHECKING, Any

from benchmarks import machine
from benchmarks.ground import ground

if TYPE_CHECKING:
    from benchmarks.province import Ward

_STEPS = (
    ("receive", "Tiếp nhận", "receive", "desk", ["appraise"]),
    ("appraise", "Đối chiếu", "handle", "handling", ["approve"]),
    ("approve", "Ký chứng thực", "lead_agency", "agency", ["seal"]),
    ("seal", "Vào sổ, đóng dấu", "seal", "agency", ["deliver"]),
    ("deliver", "Trả bản sao", "receive", "desk", []),
)
_PAPERS = ("Bằng tốt nghiệp", "Căn cước công dân", "Học bạ", "Giấy khai sinh", "Hợp đồng", "Sổ bảo hiểm")


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.certified", description=__doc__)
    parser.add_argument("--seconds", type=float, default=20)
    parser.add_argument("--papers", type=int, default=4, help="papers a person")
    parser.add_argument("--clerks", type=int, default=2)
    options = parser.parse_args(arguments)
    print(machine.description())
    with ground(durable=True):
        from benchmarks.province import build

        wards = build(options.clerks, at=datetime.now(UTC))
        _offer(wards)
        statements = _statements(wards[0], options.papers)
        began, cpu = time.monotonic(), time.process_time()
        made = _press(wards, options.seconds, options.papers)
        elapsed, cpu = time.monotonic() - began, time.process_time() - cpu
        gaps = _gaps()
    print(f"{made} dossiers, {made * options.papers} numbers in {elapsed:.1f} s, {options.clerks} clerks")
    print(f"{made / elapsed * 60:.0f} dossiers a minute, {made * options.papers / elapsed * 60:.0f} numbers a minute")
    print(f"{cpu / max(made, 1) * 1000:.1f} ms of processor a dossier, {statements} statements a dossier, {gaps} gaps")
    return 1 if gaps else 0


def _offer(wards: "list[Ward]") -> None:
    from benchmarks.province import LAID, SINCE
    from motcua.certification.terms import CODE
    from motcua.identity.terms import SYSTEM
    from motcua.procedures.actions import import_definition, offer
    from motcua.procedures.terms import Definition

    fees = [
        {"name": "Trang thứ nhất và thứ hai", "kind": "fee", "amount": 2000, "per": "trang"},
        {"name": "Từ trang thứ ba", "kind": "fee", "amount": 1000, "per": "trang"},
    ]
    large = {"from_pages": 200, "from_copies": 50, "extra": {"amount": 2, "unit": "working_day"}}
    case = {
        "key": "default",
        "name": "Thông thường",
        "terms": {"any": {"unit": "same_day"}},
        "fees": fees,
        "large_set": large,
    }
    content: dict[str, Any] = {
        "code": CODE,
        "name": "Chứng thực bản sao từ bản chính",
        "domain": {"code": "CT", "name": "Chứng thực"},
        "level": "commune",
        "service_level": "partial",
        "cases": [case],
        "components": [
            {"key": "ban-chinh", "name": "Bản chính", "originals": 1},
            {"key": "ban-sao", "name": "Bản sao", "copies": 1, "required": False},
        ],
        "results": [{"name": "Bản sao chứng thực"}],
        "legal_basis": [{"number": "23/2015/NĐ-CP", "name": "Nghị định về chứng thực"}],
        "steps": [
            {"key": key, "name": name, "right": right, "at": at, "forward": forward}
            for key, name, right, at, forward in _STEPS
        ],
    }
    import_definition(actor=SYSTEM, definition=Definition.model_validate(content), at=LAID, valid_from=SINCE)
    for ward in wards:
        offer(
            actor=SYSTEM,
            code=CODE,
            agency_id=ward.agency.pk,
            handling_unit_id=ward.division.pk,
            at=LAID,
            valid_from=SINCE,
        )


def _take_in(ward: "Ward", random: Random, papers: int) -> None:
    from motcua.agencies.terms import Right
    from motcua.certification.actions.take_in_copies import Copies, take_in_copies
    from motcua.certification.rules.fees import CopyRow
    from motcua.dossiers.rules.application import PartyFacts

    number = f"022190{random.randrange(10**6):06d}"
    person = PartyFacts(name=f"Nguyễn Văn {random.randrange(10**6)}", personal_id=number, phone="0912345678")
    rows = [CopyRow(random.choice(_PAPERS), random.randint(1, 6), random.randint(1, 4)) for _ in range(papers)]
    take_in_copies(
        actor=ward.people[Right.RECEIVE],
        agency_id=ward.agency.pk,
        desk_id=ward.desk.pk,
        copies=Copies(person, rows),
        at=datetime.now(UTC),
    )


def _statements(ward: "Ward", papers: int) -> int:
    """Statements of one dossier when everything is warm."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    for _ in range(10):
        _take_in(ward, Random(), papers)
    with CaptureQueriesContext(connection) as caught:
        _take_in(ward, Random(), papers)
    return len(caught)


def _press(wards: "list[Ward]", seconds: float, papers: int) -> int:
    made, stop = [0] * len(wards), time.monotonic() + seconds

    def clerk(place: int) -> None:
        from django.db import connection

        random = Random(place)
        while time.monotonic() < stop:
            _take_in(wards[place], random, papers)
            made[place] += 1
        connection.close()

    threads = [threading.Thread(target=clerk, args=(place,)) for place in range(len(wards))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(made)


def _gaps() -> int:
    """How many numbers the books say were given and no line has."""
    from motcua.certification.models import CertificationBook

    return sum(book.last - book.entries.count() for book in CertificationBook.objects.all())


if __name__ == "__main__":
    raise SystemExit(main())
