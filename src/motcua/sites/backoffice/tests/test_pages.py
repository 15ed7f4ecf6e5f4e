"""Every page × role; every page of the administrator within its ceiling of queries."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from motcua.deadlines.models import CalendarException
from motcua.dossiers.models import ReminderRule, SuspensionRule
from motcua.dossiers.tests.mandates import lend
from motcua.dossiers.tests.world import CODE, World
from motcua.identity.actions import issue_token
from motcua.identity.models import Account, ApiToken, Posting
from motcua.identity.terms import SYSTEM, DelegationKind
from motcua.sites.backoffice.certificate_urls import paths as certificate_paths
from motcua.sites.backoffice.tests.conftest import SignIn, text_of
from motcua.sites.backoffice.urls import urlpatterns

CEILING = 15
#: Where there is nothing to show yet, the page sends elsewhere or refuses.
_REFUSED = {"draft_publish": 409}


def arguments(world: World) -> dict[str, list[object]]:
    """Return for each URL that needs them its arguments."""
    issue_token(actor=SYSTEM, account_id=world.specialist.known_id, name="máy quét", at=world.received().received_at)
    day = CalendarException.objects.create(date="2026-09-02", kind="OFF", name="Quốc khánh")
    ward, person = [world.ward.slug], ["chuyen-vien"]
    posting = [Posting.objects.get(account_id=world.specialist.known_id).pk]
    by_name: dict[str, list[object]] = {
        name: ward for name in ("unit", "unit_rename", "unit_move", "unit_code", "unit_close", "unit_hours", "post_add")
    }
    head = Account.objects.get(pk=world.head.account_id)
    lent = lend(world, to=head, kind=DelegationKind.TL, until=None)
    by_name |= {"delegation": [lent.pk], "delegation_revoke": [lent.pk]}
    people = (
        "person",
        "person_details",
        "person_link",
        "person_assign",
        "person_lock",
        "person_unlock",
        "person_factors",
    )
    by_name |= {name: person for name in people}
    procedures = (
        "procedure_text",
        "procedure",
        "procedure_publish",
        "procedure_rebase",
        "draft_publish",
        "offer_one",
        "procedure_retire",
    )
    by_name |= {name: [CODE] for name in procedures}
    return by_name | {
        "post_end": [Posting.objects.get(account_id=world.clerk.known_id).post_id],
        "posting_end": posting,
        "posting_transfer": posting,
        "token_end": [ApiToken.objects.get().pk],
        "offer_stop": [CODE, world.ward.pk],
        "day_remove": [day.pk],
        "clock": ["tra-trong-ngay"],
        "pause_end": [SuspensionRule.objects.values_list("pk", flat=True).latest("pk")],
        "reminder_end": [ReminderRule.objects.values_list("pk", flat=True).latest("pk")],
    }


def test_every_page_opens_for_the_administrator_alone(world: World, sign_in: SignIn) -> None:
    known = arguments(world)
    clients = {"admin": sign_in(world.admin), "clerk": sign_in(world.clerk), "citizen": sign_in(world.citizen)}
    clients["overseer"] = sign_in(world.overseer)
    for pattern in (one for one in urlpatterns if one not in certificate_paths):  # see test_certificates
        address = reverse(f"backoffice:{pattern.name}", args=known.get(str(pattern.name), []))
        clients["admin"].get(address)
        with CaptureQueriesContext(connection) as queries:
            page = clients["admin"].get(address)
        assert page.status_code == _REFUSED.get(str(pattern.name), 200), address
        assert len(queries) <= CEILING, "\n".join([address, *(query["sql"][:160] for query in queries)])
        for role in ("clerk", "citizen", "overseer"):
            assert clients[role].get(address).status_code == 403, (role, address)
        assert Client().get(address).status_code == 302, address


def test_home_says_what_needs_doing(world: World, admin: Client) -> None:
    world.officer("moi", world.division, "Chuyên viên")
    Posting.objects.filter(account__username="moi").delete()
    page = text_of(admin.get("/quan-tri/"))
    assert "cán bộ chưa có vị trí việc làm" in page
    assert "cơ quan chưa đủ người" in page


def test_a_ward_administrator_sees_their_own(world: World, ward_admin: Client) -> None:
    world.stranger  # noqa: B018 (makes the officer of another ward)
    world.specialist  # noqa: B018
    page = text_of(ward_admin.get("/quan-tri/can-bo/"))
    assert "chuyen-vien" in page
    assert "nguoi-la" not in page
    assert ward_admin.get("/quan-tri/can-bo/ho-so/nguoi-la/").status_code == 404
    assert ward_admin.get(f"/quan-tri/don-vi/{world.other_ward.slug}/doi-ten/").status_code == 403
    assert ward_admin.get("/quan-tri/thu-tuc/moi/").status_code == 403
    assert ward_admin.get("/quan-tri/lich/gio-chung/").status_code == 403
    for address in ("/quan-tri/", "/quan-tri/don-vi/", "/quan-tri/lich/", "/quan-tri/thu-tuc/"):
        with CaptureQueriesContext(connection) as queries:
            assert ward_admin.get(address).status_code == 200
        assert len(queries) <= CEILING


@pytest.mark.parametrize("query", ["?ngay=xx", "?ngay=30/02/2026", "?loai=khong-co", "?q=%27%3B--"])
def test_odd_questions_are_answered(world: World, admin: Client, query: str) -> None:
    for path in ("/quan-tri/don-vi/", "/quan-tri/can-bo/", "/quan-tri/thu-tuc/", "/quan-tri/lich/"):
        assert admin.get(path + query).status_code == 200
