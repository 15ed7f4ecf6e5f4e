"""Requests to certificate authorities: the acts with the database."""

from datetime import timedelta
from pathlib import Path

import pytest

from motcua.dossiers.tests.checks import codes, refused
from motcua.dossiers.tests.world import World
from motcua.kernel.errors import Conflict, Invalid, NotPermitted, RuleBroken
from motcua.trust.actions.carry_request import answer_in_words, answer_with_certificate, carry_request
from motcua.trust.actions.open_request import cancel_request, request_about, request_issue
from motcua.trust.actions.register_certificate import HolderIds
from motcua.trust.models import Certificate, CertificateRequest
from motcua.trust.papers import request_letter
from motcua.trust.pki.folder import DEMO_PIN, make, open_folder, pki_folder
from motcua.trust.rules.certificates import read_file
from motcua.trust.terms import (
    KeyPlace,
    RequestKind,
    RequestState,
)
from motcua.trust.tests.scene import AT, DAY, demo, holder_of, register, world

__all__ = ["demo", "world"]
pytestmark = pytest.mark.django_db


def _ask(world: World, kind: RequestKind, row: Certificate, authority: str, **facts) -> CertificateRequest:
    facts = {"actor": world.admin, "at": AT, "reason": "Theo kế hoạch", **facts}
    if kind == RequestKind.REVOKE:
        facts.setdefault("revocation_code", "superseded")
    return request_about(kind=kind, certificate_id=row.pk, authority=authority, **facts)


def test_the_demo_authority_issues_renews_and_revokes(world: World, demo: Path):
    ids = HolderIds(world.ward.pk, world.chair.account_id)
    first = request_issue(actor=world.admin, at=AT, holder=ids, authority="demo", reason="Nhận việc")
    carry_request(request_id=first.pk, at=AT)
    carry_request(request_id=first.pk, at=AT + DAY)
    first.refresh_from_db()
    issued = first.outcome
    assert issued is not None
    assert (first.state, first.attempts, issued.account_id) == (RequestState.DONE, 1, world.chair.account_id)
    assert read_file((demo / issued.key_where).read_bytes(), pin=DEMO_PIN).certificate.content == bytes(issued.content)
    second = _ask(world, RequestKind.RENEW, issued, "demo")
    refused(Conflict, lambda: _ask(world, RequestKind.RENEW, issued, "demo"))
    carry_request(request_id=second.pk, at=AT)
    assert Certificate.objects.count() == 2
    third = _ask(world, RequestKind.REVOKE, issued, "demo")
    carry_request(request_id=third.pk, at=AT)
    issued.refresh_from_db()
    assert (issued.revoked_at, issued.revoked_reason) == (AT, "superseded")
    revoked = open_folder(pki_folder(demo)).issuers["officers"].revoked
    assert int(issued.serial, 16) in revoked
    refused(RuleBroken, lambda: _ask(world, RequestKind.RENEW, issued, "demo"))


def test_a_dead_authority_is_asked_again_later(world: World, demo: Path):
    ids = HolderIds(world.ward.pk, world.chair.account_id)
    row = request_issue(actor=world.admin, at=AT, holder=ids, authority="demo", reason="Nhận việc")
    hidden = pki_folder(demo) / "officers.pem"
    content = hidden.read_bytes()
    hidden.unlink()
    carry_request(request_id=row.pk, at=AT)
    row.refresh_from_db()
    assert (row.state, row.attempts) == (RequestState.SENDING, 1)
    assert row.last_error
    hidden.write_bytes(content)
    carry_request(request_id=row.pk, at=AT + timedelta(minutes=1))
    carry_request(request_id=row.pk, at=AT + timedelta(minutes=6))
    row.refresh_from_db()
    assert (row.state, row.attempts) == (RequestState.DONE, 2)


def test_a_letter_waits_for_the_file(world: World):
    ids = HolderIds(world.ward.pk, world.chair.account_id)
    row = request_issue(actor=world.admin, at=AT, holder=ids, authority="letter", reason="Nhận việc")
    carry_request(request_id=row.pk, at=AT)
    row.refresh_from_db()
    assert row.state == RequestState.WAITING
    assert request_letter(row, at=AT).startswith(b"%PDF")
    holder = holder_of(world)
    facts = {"actor": world.admin, "at": AT, "request_id": row.pk, "key_place": KeyPlace.AGENT}
    refused(Invalid, lambda: answer_with_certificate(**facts, content=b"x"))
    made = answer_with_certificate(**facts, content=holder.der)
    row.refresh_from_db()
    assert (row.state, row.outcome_id) == (RequestState.DONE, made.pk)
    refused(RuleBroken, lambda: answer_with_certificate(**facts, content=holder.der))
    refused(RuleBroken, lambda: cancel_request(actor=world.admin, at=AT, request_id=row.pk, reason="x"))


def test_a_letter_to_revoke_ends_with_a_moment(world: World):
    certificate = register(world)
    row = _ask(world, RequestKind.REVOKE, certificate, "letter")
    carry_request(request_id=row.pk, at=AT)
    assert request_letter(row, at=AT).startswith(b"%PDF")
    facts = {"actor": world.admin, "at": AT, "request_id": row.pk, "words": "CV 12", "done": True}
    assert codes(refused(Invalid, lambda: answer_in_words(**facts))) == [("required", "revoked_at")]
    refused(Invalid, lambda: answer_in_words(**facts, revoked_at=AT + DAY))
    answer_in_words(**facts, revoked_at=AT - DAY)
    certificate.refresh_from_db()
    assert certificate.revoked_at == AT - DAY


def test_a_request_may_be_refused_or_cancelled(world: World):
    certificate = register(world)
    row = _ask(world, RequestKind.RENEW, certificate, "letter")
    answer_in_words(actor=world.admin, at=AT, request_id=row.pk, done=False, words="Thiếu giấy tờ")
    other = _ask(world, RequestKind.RENEW, certificate, "letter")
    refused(Invalid, lambda: cancel_request(actor=world.admin, at=AT, request_id=other.pk, reason=""))
    refused(NotPermitted, lambda: cancel_request(actor=world.clerk, at=AT, request_id=other.pk, reason="x"))
    cancel_request(actor=world.admin, at=AT, request_id=other.pk, reason="Không cần nữa")
    states = CertificateRequest.objects.order_by("id").values_list("state", flat=True)
    assert list(states) == [RequestState.REFUSED, RequestState.CANCELLED]


def test_outside_a_demo_there_is_no_demo_authority(world: World, tmp_path: Path, settings):
    make(pki_folder(tmp_path))
    settings.DATA_DIR, settings.DEMO = tmp_path, False
    certificate = register(world)
    error = refused(Invalid, lambda: _ask(world, RequestKind.RENEW, certificate, "demo"))
    assert codes(error) == [("no_authority", "authority")]
    error = refused(Invalid, lambda: _ask(world, RequestKind.REVOKE, certificate, "letter", revocation_code="x"))
    assert codes(error) == [("required", "revocation_code")]
