"""The demo's own authorities: whoever checks a paper of the demo may ask every one of them."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from motcua.project.demo.pki import make_demo_pki
from motcua.trust.pki.folder import DEMO_BASE
from motcua.trust.queries import services
from motcua.trust.terms import ServiceKind

AT = datetime(2026, 3, 2, 1, tzinfo=UTC)


@pytest.mark.django_db
def test_authorities_of_time_and_those_above_may_be_asked_about_revocation(tmp_path: Path) -> None:
    assert make_demo_pki(tmp_path, at=AT, near=["khong-co"]) == 0
    make_demo_pki(tmp_path, at=AT, near=["khong-co"])
    assert [one.url for one in services(ServiceKind.TSA)] == [f"{DEMO_BASE}/tsa/1", f"{DEMO_BASE}/tsa/2"]
    assert {one.url for one in services(ServiceKind.OCSP)} == {f"{DEMO_BASE}/ocsp/{ca}" for ca in ("root", "stamping")}
    assert {one.url for one in services(ServiceKind.CRL)} == {
        f"{DEMO_BASE}/crl/{ca}.crl" for ca in ("root", "stamping")
    }
