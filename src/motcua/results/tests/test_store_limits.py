"""A person's store: what ends, for whom a share is, how many there may be, looks by other doors."""

from dataclasses import replace

import pytest
import time_machine
from django.test import Client

from motcua.dossiers.tests.world import OWNER, World
from motcua.identity.actions.issue_token import issue_token
from motcua.identity.models import Account
from motcua.identity.terms import ANONYMOUS, Actor
from motcua.journal.queries import entries_about
from motcua.kernel.errors import Invalid, NotFound, NotPermitted, RuleBroken
from motcua.results.actions.consent import consent_online, end_consent
from motcua.results.actions.represent import Represents, confirm_representation
from motcua.results.actions.reuse import reuse_papers
from motcua.results.actions.share import MOST_SHARES, end_share, look_at_share, share_paper
from motcua.results.models import Share, StoredPaper
from motcua.results.queries.consents import consents_of
from motcua.results.queries.shares import looks_at, secret_of
from motcua.results.terms import RepresentedBy, ShareTo
from motcua.results.tests.test_store import WISH, in_dossier
from motcua.results.tests.world import LATER, holder, issued


@pytest.fixture
def hoa(world: World) -> Actor:
    return holder()


def test_a_consent_that_was_withdrawn_takes_nothing(world: World, hoa: Actor) -> None:
    found = issued(world)
    dossier = in_dossier(world, found)
    consent = consent_online(actor=hoa, purpose="Khai sinh", at=LATER)
    other = holder(personal_id="022190009999")
    with pytest.raises(NotFound):
        end_consent(actor=other, consent_id=consent.pk, at=LATER)
    end_consent(actor=hoa, consent_id=consent.pk, at=LATER)
    end_consent(actor=hoa, consent_id=consent.pk, at=LATER)
    with pytest.raises(NotPermitted, match="rút sự đồng ý"):
        reuse_papers(actor=hoa, dossier=dossier, picks={"to-khai": [found.pk]}, consent=consent, at=LATER)
    assert [one.verb for one in entries_about(consent)] == ["consent.given", "consent.ended"]
    (told,) = consents_of(OWNER.personal_id, [], at=LATER, most=10)
    assert not told.is_open
    assert consents_of("", [""], at=LATER, most=10) == []


def test_a_share_for_an_organisation_is_for_those_who_act_for_it(world: World, hoa: Actor) -> None:
    with pytest.raises(Invalid, match="mã số thuế"):
        share_paper(actor=hoa, paper_id=issued(world).pk, wish=replace(WISH, to=ShareTo.ORGANISATION), at=LATER)
    found = StoredPaper.objects.get()
    wish = replace(WISH, to=ShareTo.ORGANISATION, tax_code="0100109106")
    share = share_paper(actor=hoa, paper_id=found.pk, wish=wish, at=LATER)
    link = {"share_id": share.pk, "secret": secret_of(share), "at": LATER}
    banker = holder(personal_id="022190009999", name="Người của ngân hàng")
    Account.objects.filter(pk=banker.account_id).update(tax_code="0100109106")
    for actor in (ANONYMOUS, world.clerk, banker):
        with pytest.raises(NotPermitted, match="0100109106"):
            look_at_share(actor=actor, **link)
    said = Represents("0100109106", "Ngân hàng", "022190009999", RepresentedBy.LEGAL, "GCN")
    confirm_representation(actor=world.clerk, said=said, at=LATER)
    look_at_share(actor=banker, **link)
    assert looks_at([found])[0].actor_name == "Người của ngân hàng"


def test_there_are_only_so_many_shares(world: World, hoa: Actor) -> None:
    found = issued(world)
    first = share_paper(actor=hoa, paper_id=found.pk, wish=WISH, at=LATER)
    Share.objects.bulk_create(
        Share(paper=found, account_id=hoa.known_id, nonce=str(n), to="anyone", purpose="x", made_at=LATER,
              until=WISH.until, fields=[])
        for n in range(MOST_SHARES - 1)
    )  # fmt: skip
    with pytest.raises(RuleBroken, match="50 lượt"):
        share_paper(actor=hoa, paper_id=found.pk, wish=WISH, at=LATER)
    end_share(actor=hoa, share_id=first.pk, at=LATER)
    share_paper(actor=hoa, paper_id=found.pk, wish=WISH, at=LATER)


def test_an_officer_who_takes_a_file_by_the_api_is_told_to_the_holder(world: World, hoa: Actor) -> None:
    found = issued(world)
    dossier = in_dossier(world, found)
    consent = consent_online(actor=hoa, purpose="Khai sinh", at=LATER)
    reuse_papers(actor=hoa, dossier=dossier, picks={"to-khai": [found.pk]}, consent=consent, at=LATER)
    file = dossier.attachments.get(component__key="to-khai")
    with time_machine.travel(LATER, tick=False):
        token = issue_token(actor=world.clerk, account_id=world.clerk.known_id, name="Phần mềm", at=LATER)
        path = f"/api/v1/dossiers/{dossier.pk}/files/{file.pk}"
        answer = Client().get(path, headers={"Authorization": f"Bearer {token}", "X-Purpose": "Thu-ly"})
    assert answer.status_code == 200
    (look,) = looks_at([found])
    assert (look.actor_name, look.purpose) == (world.clerk.name, f"Giải quyết hồ sơ {dossier.code}")
    assert b"".join(answer.streaming_content).startswith(b"%PDF")
    answer.close()
