"""The register, windows kept as rows, papers that wait, alarms: the acts with the database."""

from datetime import timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from motcua.dossiers.tests.checks import codes, refused
from motcua.dossiers.tests.world import World
from motcua.journal.models import Entry, OutboxEvent
from motcua.kernel.errors import Conflict, Invalid, NotFound, NotPermitted, RuleBroken
from motcua.notifications.models import Notice
from motcua.trust.access import certificate_for, visible_to
from motcua.trust.actions.await_completion import await_completion, complete_paper, tell_waiting
from motcua.trust.actions.check_revocation import check_revocation, require_signable
from motcua.trust.actions.note_services import begin_outage, end_outage, note_service
from motcua.trust.actions.open_services import open_client, open_fetcher, open_stamper
from motcua.trust.actions.register_certificate import HolderIds, holder_of_account, move_key
from motcua.trust.actions.remind_of_ending import remind_of_ending
from motcua.trust.actions.set_rule import set_trust_rule
from motcua.trust.actions.set_service import declare_service, end_service
from motcua.trust.jobs import watch_services
from motcua.trust.models import Certificate, Outage, TrustService, WaitingPaper
from motcua.trust.pki.folder import open_folder, pki_folder
from motcua.trust.queries import amounts, window, windows_now
from motcua.trust.terms import (
    KeyPlace,
    RuleKind,
    ServiceKind,
    Standing,
    TrustStoppedError,
    UnstampedError,
    WindowKind,
)
from motcua.trust.tests.scene import AT, DAY, HOUR, demo, holder_of, register, world
from tests.pki import BASE, demo_pki

__all__ = ["demo", "world"]
pytestmark = pytest.mark.django_db
# -- the register


def test_a_certificate_is_registered_with_what_it_says(world: World):
    holder = holder_of(world)
    row = register(world, holder, key_where="keys/x.p12")
    assert (row.serial, row.key, row.holder_kind, row.noted) == (f"{holder.serial:x}", "P-256", "officer", {})
    assert bytes(row.content) == holder.der
    assert [bytes(one) for one in row.chain] == list(holder.chain_der)
    assert row.is_good(AT)
    entry = Entry.objects.latest("id")
    assert (entry.verb, entry.data["serial"]) == ("certificate.registered", row.serial)
    assert set(TrustService.objects.values_list("kind", "url")) == {
        ("ocsp", f"{BASE}/ocsp/officers"),
        ("crl", f"{BASE}/crl/officers.crl"),
        ("ocsp", f"{BASE}/ocsp/root"),
        ("crl", f"{BASE}/crl/root.crl"),
    }, "of the officer's certificate and of the authority above it"
    assert refused(Conflict, lambda: register(world, holder))


def test_what_does_not_fit_needs_a_reason(world: World):
    stranger = demo_pki().officer("Trần Văn A", "Sở Tư pháp", expired=True)
    error = refused(Invalid, lambda: register(world, stranger))
    assert codes(error) == [
        ("other_name", "holder"), ("other_agency", "holder"), ("expired", "file"), ("required", "reason"),
    ]  # fmt: skip
    row = register(world, stranger, reason="Đổi tên theo quyết định")
    assert len(row.noted["doubts"]) == 3
    assert not row.is_good(AT)


def test_what_is_weak_is_refused_whatever_the_reason(world: World):
    authority = demo_pki().trusted.issuers["officers"].certificate.public_bytes(Encoding.PEM)
    error = refused(Invalid, lambda: register(world, content=authority, reason="Cứ ghi"))
    assert codes(error) == [("authority", "file")]
    assert codes(refused(Invalid, lambda: register(world, content=b"x"))) == [("unreadable", "file")]
    assert codes(refused(Invalid, lambda: register(world, pin="0"))) == [("unreadable", "file")]
    assert codes(refused(Invalid, lambda: register(world, key_where="x" * 301))) == [("too_long", "key_where")]


def test_only_administrators_of_the_agency_register(world: World):
    for actor in (world.chair, world.clerk, world.citizen, world.overseer, world.stranger):
        refused(NotPermitted, lambda one=actor: register(world, actor=one))
    assert Certificate.objects.count() == 0


def test_one_sees_the_certificates_of_ones_own_units(world: World):
    row = register(world)
    assert certificate_for(world.admin, row.pk) == row
    assert list(visible_to(world.stranger)) == []
    with pytest.raises(NotFound):
        certificate_for(world.stranger, row.pk)


def test_an_officer_stands_in_the_agency_of_the_post(world: World):
    assert holder_of_account(world.chair.known_id, AT) == HolderIds(world.ward.pk, world.chair.account_id)
    with pytest.raises(NotFound):
        holder_of_account(world.citizen.known_id, AT)


def test_an_agency_has_certificates_without_an_account(world: World):
    seal = demo_pki().agency(world.ward.name)
    row = register(world, seal, holder=HolderIds(world.ward.pk))
    assert (row.holder_kind, row.account_id) == ("agency", None)


def test_the_key_may_move(world: World):
    row = register(world)
    moved = move_key(
        actor=world.admin, at=AT, certificate_id=row.pk, key_place=KeyPlace.AGENT, key_where="", reason="Đổi sang token"
    )
    assert moved.key_place == KeyPlace.AGENT
    facts = {"actor": world.admin, "at": AT, "certificate_id": row.pk, "key_place": KeyPlace.CSC, "key_where": ""}
    assert codes(refused(Invalid, lambda: move_key(**facts, reason=""))) == [("required", "reason")]
    refused(NotPermitted, lambda: move_key(**{**facts, "actor": world.clerk}, reason="x"))
    refused(NotFound, lambda: move_key(**{**facts, "certificate_id": 0}, reason="x"))


# -- revocation


def test_what_authorities_say_goes_into_the_register(world: World):
    holder = holder_of(world)
    row = register(world, holder)
    checked = check_revocation(certificate_id=row.pk, at=AT, fetcher=demo_pki().fetcher(at=AT))
    assert (checked.said.revoked_at, checked.standing) == (None, Standing.WELL)
    demo_pki().revoke(holder, at=AT + HOUR, reason=x509.ReasonFlags.key_compromise)
    later = AT + 2 * HOUR
    fetcher = demo_pki().fetcher(at=later)
    fetcher.no_ocsp = True
    check_revocation(certificate_id=row.pk, at=later, fetcher=fetcher)
    row.refresh_from_db()
    assert (row.revoked_at, row.revoked_reason, row.checked_at) == (AT + HOUR, "keyCompromise", later)
    assert Entry.objects.filter(verb="certificate.revoked").count() == 1
    assert OutboxEvent.objects.filter(name="trust.certificate_revoked").count() == 1
    with pytest.raises(RuleBroken):
        require_signable(certificate_id=row.pk, at=later, fetcher=fetcher)
    assert Entry.objects.filter(verb="certificate.revoked").count() == 1


def test_when_nobody_says_anything_signing_goes_on_and_then_stops(world: World):
    row = register(world)
    dead = demo_pki().fetcher(at=AT)
    dead.no_ocsp = dead.no_crl = True
    assert require_signable(certificate_id=row.pk, at=AT, fetcher=dead) is Standing.GOING_ON
    assert require_signable(certificate_id=row.pk, at=AT + 23 * HOUR, fetcher=dead) is Standing.GOING_ON
    with pytest.raises(TrustStoppedError):
        require_signable(certificate_id=row.pk, at=AT + DAY, fetcher=dead)
    assert Outage.objects.get().began_at == AT
    late = AT + 25 * HOUR
    assert require_signable(certificate_id=row.pk, at=late, fetcher=demo_pki().fetcher(at=late)) is Standing.WELL
    assert Outage.objects.get().ended_at == late


def test_an_ended_certificate_may_not_sign(world: World):
    row = register(world, holder_of(world, expired=True), reason="Lưu để tra cứu")
    with pytest.raises(RuleBroken):
        require_signable(certificate_id=row.pk, at=AT, fetcher=demo_pki().fetcher(at=AT))


# -- windows, services, rules


def test_the_first_failure_opens_the_window_and_an_answer_closes_it(world: World):
    for hours in (0, 1, 5):
        begin_outage(WindowKind.STAMP, error="tắt", at=AT + hours * HOUR)
    assert window(WindowKind.STAMP).stops_at == AT + DAY
    assert {one.window.standing(AT + DAY) for one in windows_now() if one.kind == "stamp"} == {Standing.STOPPED}
    assert end_outage(WindowKind.STAMP, at=AT + DAY) is not None
    assert end_outage(WindowKind.STAMP, at=AT + DAY) is None
    assert window(WindowKind.STAMP).since is None
    assert list(Entry.objects.order_by("id").values_list("verb", flat=True))[-2:] == ["outage.began", "outage.ended"]


def test_a_rule_holds_at_once_and_keeps_who_and_why(world: World):
    begin_outage(WindowKind.STAMP, error="tắt", at=AT)
    facts = {"actor": world.admin, "at": AT, "kind": RuleKind.STAMP_WINDOW}
    set_trust_rule(**facts, amount=2, reason="Thử nghiệm")
    assert window(WindowKind.STAMP).stops_at == AT + 2 * HOUR
    set_trust_rule(**facts, amount=4, reason="Kéo dài")
    assert amounts()[RuleKind.STAMP_WINDOW] == 4
    assert Entry.objects.latest("id").data == {"kind": "stamp_window", "from": 2, "to": 4, "reason": "Kéo dài"}
    assert codes(refused(Invalid, lambda: set_trust_rule(**facts, amount=999, reason=""))) == [
        ("reason_missing", "reason"), ("amount", "amount"),
    ]  # fmt: skip
    order = {**facts, "kind": RuleKind.ALARM_LAST, "amount": 31, "reason": "x"}
    assert codes(refused(Invalid, lambda: set_trust_rule(**order))) == [("alarm_order", "amount")]
    refused(NotPermitted, lambda: set_trust_rule(**{**facts, "actor": world.overseer}, amount=3, reason="x"))


def test_services_are_declared_and_ended(world: World):
    facts = {"actor": world.admin, "at": AT, "kind": ServiceKind.TSA, "name": "TSA", "reason": "Hợp đồng"}
    row = declare_service(**facts, url="https://tsa.example.vn/a")
    end = {"actor": world.admin, "at": AT, "reason": "Hết hợp đồng"}
    refused(RuleBroken, lambda: end_service(**end, service_id=row.pk))
    other = declare_service(**facts, url="https://tsa.example.vn/b", position=2)
    end_service(**end, service_id=row.pk)
    assert [one.url for one in open_client().services] == [other.url]
    refused(NotFound, lambda: end_service(**end, service_id=row.pk))
    back = declare_service(**facts, url="https://tsa.example.vn/a", position=3)
    assert (back.pk, back.ended_at, back.position) == (row.pk, None, 3)
    for url in ("", "ftp://a/b", "https://", "javascript:x", "https://u:p@a/b", "http://[x"):
        assert codes(refused(Invalid, lambda one=url: declare_service(**facts, url=one)))[-1] == ("bad_address", "url")
    bad = {**facts, "url": "https://a.vn/x", "pinned": b"x"}
    assert codes(refused(Invalid, lambda: declare_service(**bad))) == [("unreadable", "pinned")]
    refused(NotPermitted, lambda: declare_service(**{**facts, "actor": world.clerk}, url="https://a.vn/x"))


def test_it_is_noted_since_when_a_service_fails(world: World):
    facts = {"actor": world.admin, "at": AT, "kind": ServiceKind.TSA, "name": "TSA", "reason": "Hợp đồng"}
    row = declare_service(**facts, url="http://127.0.0.1:9/tsa")
    note_service(ServiceKind.TSA, row.url, error="tắt", at=AT)
    note_service(ServiceKind.TSA, row.url, error="vẫn tắt", at=AT + HOUR)
    row.refresh_from_db()
    assert (row.failing_since, row.last_failed_at, row.last_error) == (AT, AT + HOUR, "vẫn tắt")
    note_service(ServiceKind.TSA, row.url, error="", at=AT + 2 * HOUR)
    row.refresh_from_db()
    assert (row.failing_since, row.last_answered_at) == (None, AT + 2 * HOUR)


def test_a_stamper_nobody_answers_writes_it_down(world: World):
    facts = {"actor": world.admin, "at": AT, "kind": ServiceKind.TSA, "name": "TSA", "reason": "Hợp đồng"}
    declare_service(**facts, url="http://127.0.0.1:9/tsa")
    stamper = open_stamper(clock=lambda: AT)
    for _ in range(2):
        with pytest.raises(UnstampedError):
            stamper.stamp(b"\0" * 32)
    assert Outage.objects.get().began_at == AT
    with pytest.raises(TrustStoppedError):
        open_stamper(clock=lambda: AT + DAY).stamp(b"\0" * 32)
    watch_services(at=AT + DAY)
    assert Outage.objects.get().ended_at is None


def test_only_addresses_in_use_are_asked(world: World):
    register(world)
    fetcher = open_fetcher()
    above = {f"{BASE}/ocsp/root", f"{BASE}/crl/root.crl"}
    assert set(fetcher.allowed) == {f"{BASE}/ocsp/officers", f"{BASE}/crl/officers.crl"} | above
    assert fetcher.crl("http://127.0.0.1:9/other.crl") is None
    assert TrustService.objects.filter(last_failed_at__isnull=False).count() == 0
    TrustService.objects.filter(url=f"{BASE}/crl/officers.crl").update(url="http://127.0.0.1:9/x.crl")
    assert open_fetcher(fresh=True).crl("http://127.0.0.1:9/x.crl") is None
    assert TrustService.objects.get(url="http://127.0.0.1:9/x.crl").failing_since is not None


# -- papers that wait


def test_a_paper_waits_until_it_is_completed(world: World):
    facts = {"kind": WindowKind.STAMP, "subject_type": "dossier", "subject_id": 5, "sha256": "a" * 64, "title": "QĐ 5"}
    row = await_completion(**facts, signed_at=AT)
    assert await_completion(**facts, signed_at=AT).pk == row.pk
    assert tell_waiting(kind=WindowKind.REVOCATION, at=AT) == 0
    assert tell_waiting(kind=WindowKind.STAMP, at=AT) == 1
    assert tell_waiting(kind=WindowKind.STAMP, at=AT + timedelta(minutes=1)) == 0
    assert tell_waiting(kind=WindowKind.STAMP, at=AT + HOUR) == 1
    event = OutboxEvent.objects.filter(name="trust.paper_awaits_completion").latest("id")
    assert event.payload["waiting_id"] == row.pk
    assert complete_paper(waiting_id=row.pk, completed_sha256="b" * 64, at=AT + HOUR)
    assert not complete_paper(waiting_id=row.pk, completed_sha256="c" * 64, at=AT + HOUR)
    assert tell_waiting(kind=WindowKind.STAMP, at=AT + DAY) == 0
    assert WaitingPaper.objects.get().completed_sha256 == "b" * 64


# -- alarms


def test_each_alarm_rings_once_for_holder_and_administrators(world: World):
    row = register(world, holder_of(world, valid=(AT - DAY, AT + 59 * DAY)))
    people = {world.chair.account_id, world.admin.account_id}
    for at, rung in (
        (AT - 2 * DAY, 0),
        (AT, 1),
        (AT + DAY, 1),
        (AT + 29 * DAY, 2),
        (AT + 53 * DAY, 3),
        (AT + 60 * DAY, 3),
    ):
        remind_of_ending(at=at, days=amounts())
        assert Notice.objects.count() == rung * len(people), at
    assert set(Notice.objects.values_list("account_id", flat=True)) == people
    to_admin = Notice.objects.filter(account_id=world.admin.account_id).first()
    assert to_admin is not None
    assert to_admin.link == f"/quan-tri/chung-thu/{row.pk}/"
    assert "59 ngày" in to_admin.subject


def test_a_seal_is_told_of_to_who_keeps_it(world: World):
    seal = demo_pki().agency(world.ward.name, valid=(AT - DAY, AT + 5 * DAY))
    register(world, seal, holder=HolderIds(world.ward.pk))
    assert remind_of_ending(at=AT, days=amounts()) == 1
    assert Notice.objects.filter(account_id=world.sealer.account_id).count() == 1


def test_who_has_renewed_is_left_alone(world: World):
    register(world, holder_of(world, valid=(AT - DAY, AT + 5 * DAY)))
    register(world)
    assert remind_of_ending(at=AT, days=amounts()) == 0


def test_the_anchor_of_the_demo_is_believed_in_a_demo_only(demo: Path, settings):
    from motcua.trust.providers.house import house_store

    root = open_folder(pki_folder(demo)).root.certificate.public_bytes(Encoding.DER)
    assert root in {one.certificate for one in house_store().anchors}
    settings.DEMO = False
    assert root not in {one.certificate for one in house_store().anchors}
