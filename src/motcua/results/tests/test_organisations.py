"""Kho của tổ chức: opened by whoever acts for it, while they do; its papers are used and shared as those of people."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from motcua.dossiers.rules.application import ComponentFacts, FileRef
from motcua.dossiers.terms import Digitised
from motcua.dossiers.tests.stages import submitted
from motcua.dossiers.tests.world import OWNER, World
from motcua.identity.models import Account
from motcua.identity.terms import ANONYMOUS, Actor
from motcua.journal.queries import entries_about
from motcua.kernel.errors import Conflict, Invalid, NotFound, NotPermitted
from motcua.procedures.rules.selection import components_for
from motcua.results.access import open_to, own_paper, papers_of, papers_of_organisation, represents
from motcua.results.actions.consent import consent_online
from motcua.results.actions.deposit import deposit
from motcua.results.actions.represent import Represents, confirm_representation, end_representation
from motcua.results.actions.reuse import reuse_papers
from motcua.results.actions.share import end_share, look_at_share, share_paper
from motcua.results.models import Consent, Representation, Reuse, StoredPaper
from motcua.results.queries.papers import fitting
from motcua.results.queries.shares import secret_of, shown_by
from motcua.results.rules.sharing import Wish
from motcua.results.terms import PaperKind, RepresentedBy, ShareTo
from motcua.results.tests.world import LATER, file, holder, paper

TAX = "0100109106"
SAID = Represents(TAX, "Công ty TNHH Hạ Long Xanh", OWNER.personal_id, RepresentedBy.LEGAL, "GCN ĐKKD 0100109106")
TODAY = LATER.date()


@pytest.fixture
def hoa(world: World) -> Actor:
    return holder()


@pytest.fixture
def licence(world: World) -> StoredPaper:
    """A paper of the company."""
    ref = file("giay-phep.pdf", content=b"%PDF-1.7 giay phep")
    return deposit(
        actor=world.sealer,
        at=LATER,
        owner_personal_id="",
        owner_tax_code=TAX,
        owner_name=SAID.organisation_name,
        kind=PaperKind.DIGITISED,
        name="Giấy phép kinh doanh",
        paper_code="KQ.G15.000031",
        blob=ref.sha256,
        file_name=ref.name,
    )


def confirmed(world: World, **changes: Any) -> Representation:
    return confirm_representation(actor=world.clerk, said=replace(SAID, **changes), at=LATER)


def test_the_representative_opens_the_store_of_the_organisation(world: World, hoa: Actor, licence: StoredPaper) -> None:
    with pytest.raises(NotFound):
        papers_of_organisation(hoa, TAX, TODAY)
    made = confirmed(world)
    assert list(papers_of_organisation(hoa, TAX, TODAY)) == [licence]
    assert list(papers_of(hoa)) == []
    assert list(open_to(hoa, TODAY)) == [licence]
    assert entries_about(made).get().verb == "representation.confirmed"


def test_a_tax_code_that_somebody_wrote_down_for_themselves_opens_nothing(world: World, licence: StoredPaper) -> None:
    claimed = holder(personal_id="022190009999")
    Account.objects.filter(pk=claimed.account_id).update(tax_code=TAX, organisation_name=SAID.organisation_name)
    assert list(open_to(claimed, TODAY)) == []
    with pytest.raises(NotFound):
        papers_of_organisation(claimed, TAX, TODAY)


def test_who_confirms_and_what_they_must_have_seen(world: World, hoa: Actor) -> None:
    for actor in (world.specialist, world.admin, hoa, ANONYMOUS):
        with pytest.raises(NotPermitted):
            confirm_representation(actor=actor, said=SAID, at=LATER)
    wrong = Represents("12", "", "1", RepresentedBy.AUTHORISED, "")
    with pytest.raises(Invalid) as caught:
        confirm_representation(actor=world.clerk, said=wrong, at=LATER)
    fields = [one.field for one in caught.value.problems]
    assert fields == ["tax_code", "organisation_name", "personal_id", "evidence", "valid_to"]
    with pytest.raises(Invalid, match="đã xác thực"):
        confirmed(world, personal_id="022190009999")
    with pytest.raises(Invalid, match="nhiều nhất một năm"):
        confirmed(world, as_what=RepresentedBy.AUTHORISED, valid_to=date(2028, 1, 1))
    confirmed(world)
    with pytest.raises(Conflict):
        confirmed(world)
    assert Representation.objects.count() == 1


def test_an_authorised_person_looks_until_their_last_day(world: World, hoa: Actor, licence: StoredPaper) -> None:
    confirmed(world, as_what=RepresentedBy.AUTHORISED, valid_to=date(2026, 3, 31))
    assert len(represents(hoa.account_id, date(2026, 3, 31))) == 1
    assert represents(hoa.account_id, date(2026, 4, 1)) == []
    again = confirm_representation(actor=world.clerk, said=SAID, at=LATER + timedelta(days=40))
    assert again.ended_at is None
    assert Representation.objects.filter(ended_at__isnull=True).count() == 1


def test_it_ends_at_once(world: World, hoa: Actor, licence: StoredPaper) -> None:
    made = confirmed(world)
    other = holder(personal_id="022190009999")
    for actor in (other, world.stranger, ANONYMOUS):
        with pytest.raises(NotFound):
            end_representation(actor=actor, representation_id=made.pk, at=LATER)
    end_representation(actor=world.clerk, representation_id=made.pk, at=LATER)
    end_representation(actor=world.clerk, representation_id=made.pk, at=LATER)
    assert list(open_to(hoa, TODAY)) == []
    assert [one.verb for one in entries_about(made)] == ["representation.confirmed", "representation.ended"]


def test_the_legal_representative_ends_those_they_authorised(world: World, hoa: Actor) -> None:
    confirmed(world)
    holder(personal_id="022190009999")
    lent = confirmed(world, personal_id="022190009999", as_what=RepresentedBy.AUTHORISED, valid_to=date(2026, 9, 1))
    assert end_representation(actor=hoa, representation_id=lent.pk, at=LATER).ended_by_name == hoa.name


def test_they_share_for_it_and_every_one_of_them_may_end_that(world: World, hoa: Actor, licence: StoredPaper) -> None:
    confirmed(world)
    second = holder(personal_id="022190009999")
    wish = Wish(ShareTo.ANYONE, "Đấu thầu", LATER + timedelta(days=7))
    share = share_paper(actor=hoa, paper_id=licence.pk, wish=wish, at=LATER)
    look = look_at_share(actor=ANONYMOUS, share_id=share.pk, secret=secret_of(share), at=LATER)
    assert TAX not in repr(shown_by(look, at=LATER))
    with pytest.raises(NotFound):
        end_share(actor=second, share_id=share.pk, at=LATER)
    confirmed(world, personal_id="022190009999")
    assert own_paper(second, licence.pk) == paper(licence.pk)
    assert end_share(actor=second, share_id=share.pk, at=LATER).ended_at == LATER


def test_its_papers_take_the_place_of_copies_in_its_own_dossiers(
    world: World, hoa: Actor, licence: StoredPaper
) -> None:
    component = world.definition.components[0].model_copy(update={"reuse": ("KQ.G15.000031",)})
    content = world.definition.model_copy(update={"components": (component, *world.definition.components[1:])})
    needed = components_for(content, "default")
    assert fitting(["", OWNER.personal_id], needed, today=TODAY) == {}
    assert fitting([], needed, today=TODAY, tax_codes=[TAX]) == {"to-khai": [licence]}
    with pytest.raises(NotPermitted):
        consent_online(actor=hoa, purpose="Cấp lại", at=LATER, tax_code=TAX)
    confirmed(world)
    consent = consent_online(actor=hoa, purpose="Cấp lại", at=LATER, tax_code=TAX)
    found = licence.files.get()
    facts = ComponentFacts("to-khai", files=(FileRef(found.blob_id, found.name),), digitised=Digitised.PAPER_REUSED)
    dossier = submitted(world, at=LATER, components=(facts,), confirmed_duplicate=True)
    picks = {"to-khai": [licence.pk]}
    with pytest.raises(NotPermitted, match="chủ hồ sơ"):
        reuse_papers(actor=hoa, dossier=dossier, picks=picks, consent=consent, at=LATER)
    owner = dossier.owner
    owner.tax_code = TAX
    owner.save()
    own = consent_online(actor=hoa, purpose="Cấp lại", at=LATER)
    with pytest.raises(NotFound):
        reuse_papers(actor=hoa, dossier=dossier, picks=picks, consent=own, at=LATER)
    reuse_papers(actor=hoa, dossier=dossier, picks=picks, consent=consent, at=LATER)
    assert Reuse.objects.get().consent_id == consent.pk
    assert Consent.objects.get(pk=consent.pk).holder_name == f"{SAID.organisation_name} (đại diện: {hoa.name})"
