"""Who is told when a paper is revoked: its holder, those who looked, officers whose dossiers lean on it."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from motcua.dossiers.rules.application import ComponentFacts, FileRef
from motcua.dossiers.terms import Act, Digitised
from motcua.dossiers.tests.stages import perform, submitted
from motcua.dossiers.tests.world import OWNER, World
from motcua.identity.models import Account
from motcua.identity.terms import Actor
from motcua.journal.actions.deliver import deliver_pending
from motcua.notifications.models import Delivery, Notice
from motcua.results.actions.consent import consent_online
from motcua.results.actions.represent import Represents, confirm_representation
from motcua.results.actions.reuse import reuse_papers
from motcua.results.actions.revoke import revoke_paper
from motcua.results.actions.share import end_share, look_at_share, share_paper
from motcua.results.models import StoredPaper
from motcua.results.queries.shares import secret_of, shown_by
from motcua.results.rules.sharing import Wish
from motcua.results.terms import RepresentedBy, ShareTo, Standing
from motcua.results.tests.test_store import put
from motcua.results.tests.world import LATER, holder, issued

WISH = Wish(ShareTo.ANYONE, "Nhập học cho con", LATER + timedelta(days=7))


@pytest.fixture
def hoa(world: World) -> Actor:
    return holder()


def revoked(world: World, paper: StoredPaper) -> None:
    decision: dict[str, Any] = {"decision_number": "9/QĐ", "decided_on": date(2026, 3, 5), "reason": "Cấp sai người"}
    revoke_paper(actor=world.chair, paper_id=paper.pk, at=LATER, **decision)
    deliver_pending(at=LATER)
    deliver_pending(at=LATER)


def told(actor: Actor) -> list[Notice]:
    return list(Notice.objects.filter(account_id=actor.account_id or 0, key__startswith="paper.revoked"))


def test_the_holder_hears_the_reason(world: World, hoa: Actor) -> None:
    found = issued(world)
    revoked(world, found)
    (notice,) = told(hoa)
    assert notice.subject == "Giấy tờ bị thu hồi: Giấy khai sinh số 12/GKS"
    assert "Lý do: Cấp sai người" in notice.body
    assert notice.link == f"/kho-giay-to/{found.pk}/"


def test_a_holder_without_an_account_is_written_to(world: World) -> None:
    revoked(world, issued(world))
    messages = Delivery.objects.filter(key__startswith="paper.revoked")
    assert OWNER.phone in {one.address for one in messages}


def test_everybody_who_acts_for_an_organisation_hears_it(world: World, hoa: Actor) -> None:
    found = put(world, owner_personal_id="", owner_tax_code="0100109106")
    said = Represents("0100109106", "Công ty", OWNER.personal_id, RepresentedBy.LEGAL, "GCN")
    confirm_representation(actor=world.clerk, said=said, at=LATER)
    revoked(world, found)
    assert len(told(hoa)) == 1


def test_whoever_looked_through_an_open_share_hears_it_and_sees_it(world: World, hoa: Actor) -> None:
    found = issued(world)
    share = share_paper(actor=hoa, paper_id=found.pk, wish=WISH, at=LATER)
    over = share_paper(actor=hoa, paper_id=found.pk, wish=replace(WISH, purpose="Khác"), at=LATER)
    other = holder(personal_id="022190009999", name="Người xem")
    for one, actor in ((share, other), (over, world.stranger)):
        look_at_share(actor=actor, share_id=one.pk, secret=secret_of(one), at=LATER)
    end_share(actor=hoa, share_id=over.pk, at=LATER)
    revoked(world, found)
    (notice,) = told(other)
    assert "Cấp sai người" not in notice.body
    assert told(world.stranger) == []
    seen = look_at_share(actor=other, share_id=share.pk, secret=secret_of(share), at=LATER)
    assert shown_by(seen, at=LATER).standing == Standing.REVOKED


def test_the_officers_of_an_open_dossier_are_warned(world: World, hoa: Actor) -> None:
    found = issued(world)
    file = found.files.get()
    facts = ComponentFacts("to-khai", files=(FileRef(file.blob_id, file.name),), digitised=Digitised.RESULT_REUSED)
    dossier = submitted(world, at=LATER, components=(facts,), confirmed_duplicate=True)
    consent = consent_online(actor=hoa, purpose="Khai sinh", at=LATER)
    reuse_papers(actor=hoa, dossier=dossier, picks={"to-khai": [found.pk]}, consent=consent, at=LATER)
    revoked(world, found)
    (notice,) = told(world.clerk)
    assert dossier.code in notice.subject
    assert notice.link == f"/mot-cua/ho-so/{dossier.code}/"


def test_officers_of_one_that_is_over_are_not(world: World, hoa: Actor) -> None:
    found = issued(world)
    file = found.files.get()
    facts = ComponentFacts("to-khai", files=(FileRef(file.blob_id, file.name),), digitised=Digitised.RESULT_REUSED)
    dossier = submitted(world, at=LATER, components=(facts,), confirmed_duplicate=True)
    consent = consent_online(actor=hoa, purpose="Khai sinh", at=LATER)
    reuse_papers(actor=hoa, dossier=dossier, picks={"to-khai": [found.pk]}, consent=consent, at=LATER)
    perform(world, Act.REFUSE, dossier, at=LATER)
    revoked(world, found)
    assert told(world.clerk) == []


def test_an_account_that_nobody_vouched_for_hears_nothing(world: World) -> None:
    claimed = holder(level="")
    revoked(world, issued(world))
    assert told(claimed) == []
    assert Account.objects.filter(pk=claimed.account_id).exists()
