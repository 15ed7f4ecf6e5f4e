"""A person's store: what is put in, for whom it is opened, who looked, what is used again."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from motcua.dossiers.rules.application import ComponentFacts, FileRef
from motcua.dossiers.terms import Digitised
from motcua.dossiers.tests.stages import submitted
from motcua.dossiers.tests.world import OWNER, World, moment
from motcua.files.queries import recount
from motcua.identity.models import Account
from motcua.identity.queries import actor_of
from motcua.identity.terms import ANONYMOUS, SYSTEM, Actor
from motcua.journal.models import Reading
from motcua.journal.queries import entries_about
from motcua.kernel.errors import Invalid, NotFound, NotPermitted, RuleBroken
from motcua.procedures.rules.selection import components_for
from motcua.results.access import own_paper, papers_of
from motcua.results.actions.consent import consent_by_code, consent_online, consent_signed, make_code
from motcua.results.actions.deposit import deposit
from motcua.results.actions.reuse import reuse_papers
from motcua.results.actions.revoke import revoke_paper
from motcua.results.actions.share import end_share, look_at_share, share_paper
from motcua.results.models import Consent, Reuse, Share, StoredPaper
from motcua.results.queries.papers import fitting
from motcua.results.queries.shares import looks_at, secret_of, shown_by
from motcua.results.rules.sharing import Wish
from motcua.results.terms import PaperKind, ShareField, ShareTo
from motcua.results.tests.world import LATER, file, holder, issued, paper

WISH = Wish(ShareTo.ANYONE, "Nhập học cho con", LATER + timedelta(days=7))


@pytest.fixture
def hoa(world: World) -> Actor:
    return holder()


def put(world: World, **changes: Any) -> StoredPaper:
    ref = file("ban-sao.pdf", content=b"%PDF-1.7 ban sao")
    facts: dict[str, Any] = {
        "actor": world.sealer,
        "at": LATER,
        "owner_personal_id": OWNER.personal_id,
        "owner_name": OWNER.name,
        "kind": PaperKind.CERTIFIED_COPY,
        "name": "Bằng tốt nghiệp",
        "number": "45",
        "issuer": world.ward.name,
        "agency_id": world.ward.pk,
        "issued_on": date(2026, 3, 5),
        "blob": ref.sha256,
        "file_name": ref.name,
    }
    return deposit(**facts | changes)


# Putting in


def test_a_certified_copy_is_kept_once(world: World, hoa: Actor) -> None:
    first, second = put(world), put(world)
    assert first.pk == second.pk
    assert [one.name for one in papers_of(hoa)] == ["Bằng tốt nghiệp"]
    assert [one.verb for one in entries_about(first)] == ["paper.deposited"]
    assert recount() == []


def test_a_newer_deposit_replaces_the_old_one(world: World, hoa: Actor) -> None:
    old = put(world)
    put(world, replaces_id=old.pk, blob=file(content=b"%PDF-1.7 moi").sha256)
    newer, older = papers_of(hoa)
    assert (newer.version, older.pk, older.is_superseded) == (2, old.pk, True)


def test_what_is_wrong_with_a_deposit(world: World) -> None:
    with pytest.raises(Invalid) as caught:
        put(world, name=" ", owner_personal_id="", kind=PaperKind.RESULT)
    assert [one.code for one in caught.value.problems] == ["required", "owner_unknown", "not_a_deposit"]
    with pytest.raises(NotPermitted):
        put(world, actor=world.citizen)
    assert not StoredPaper.objects.exists()


# Whose store it is


def test_results_are_in_the_store_of_their_owner_only(world: World, hoa: Actor) -> None:
    found = issued(world)
    assert [one.pk for one in papers_of(hoa)] == [found.pk]
    other = holder(personal_id="022190009999", name="Nguyễn Thị Khác")
    assert list(papers_of(other)) == []
    with pytest.raises(NotFound):
        own_paper(other, found.pk)


def test_a_number_that_nobody_vouched_for_opens_nothing(world: World) -> None:
    issued(world)
    claimed = holder(level="")
    for actor in (claimed, world.clerk, ANONYMOUS, SYSTEM):
        with pytest.raises(NotPermitted):
            papers_of(actor)


# Sharing


def test_a_looker_sees_what_the_holder_opened_and_the_holder_sees_who_looked(world: World, hoa: Actor) -> None:
    found = issued(world)
    wish = replace(WISH, fields=frozenset({ShareField.HOLDER, ShareField.NUMBER}))
    share = share_paper(actor=hoa, paper_id=found.pk, wish=wish, at=LATER)
    seen = look_at_share(actor=world.other_citizen, share_id=share.pk, secret=secret_of(share), at=LATER)
    shown = shown_by(seen, at=LATER)
    assert (shown.holder, shown.number) == (OWNER.name, "12/GKS")
    assert OWNER.personal_id not in repr(shown)
    assert (shown.issued_on, shown.valid_to, shown.file) == (None, None, None)
    (look,) = looks_at([found])
    assert (look.actor_name, look.purpose) == (world.other_citizen.name, "Được chia sẻ: Nhập học cho con")


def test_without_fields_names_are_masked(world: World, hoa: Actor) -> None:
    share = share_paper(actor=hoa, paper_id=issued(world).pk, wish=WISH, at=LATER)
    shown = shown_by(look_at_share(actor=ANONYMOUS, share_id=share.pk, secret=secret_of(share), at=LATER), at=LATER)
    assert (shown.holder, shown.personal_id, shown.number) == ("N. T. Hoà", "•••••••••234", "")
    everything = replace(WISH, fields=frozenset(ShareField))
    share = share_paper(actor=hoa, paper_id=share.paper_id, wish=everything, at=LATER)
    shown = shown_by(look_at_share(actor=ANONYMOUS, share_id=share.pk, secret=secret_of(share), at=LATER), at=LATER)
    assert (shown.personal_id, shown.issued_on) == (OWNER.personal_id, date(2026, 3, 3))
    assert shown.file is not None


def test_the_holders_own_look_is_not_told(world: World, hoa: Actor) -> None:
    share = share_paper(actor=hoa, paper_id=issued(world).pk, wish=WISH, at=LATER)
    look_at_share(actor=hoa, share_id=share.pk, secret=secret_of(share), at=LATER)
    assert not Reading.objects.exists()


def test_a_share_ends_at_once_and_by_itself(world: World, hoa: Actor) -> None:
    share = share_paper(actor=hoa, paper_id=issued(world).pk, wish=WISH, at=LATER)
    link = {"actor": ANONYMOUS, "share_id": share.pk, "secret": secret_of(share)}
    look_at_share(**link, at=LATER + timedelta(days=6))
    with pytest.raises(RuleBroken):
        look_at_share(**link, at=LATER + timedelta(days=7))
    end_share(actor=hoa, share_id=share.pk, at=LATER)
    end_share(actor=hoa, share_id=share.pk, at=LATER)
    with pytest.raises(RuleBroken):
        look_at_share(**link, at=LATER)
    verbs = [one.verb for one in entries_about(share.paper)]
    assert verbs == ["result.issued", "paper.shared", "paper.share_ended"]


def test_a_wrong_link_shows_nothing(world: World, hoa: Actor) -> None:
    share = share_paper(actor=hoa, paper_id=issued(world).pk, wish=WISH, at=LATER)
    for share_id, secret in ((share.pk, "x" * 22), (share.pk, ""), (share.pk + 1, secret_of(share)), (share.pk, "é")):
        with pytest.raises(NotFound):
            look_at_share(actor=ANONYMOUS, share_id=share_id, secret=secret, at=LATER)
    assert not Reading.objects.exists()


def test_a_share_for_a_person_is_for_nobody_else(world: World, hoa: Actor) -> None:
    wish = replace(WISH, to=ShareTo.PERSON, personal_id="022190009999")
    share = share_paper(actor=hoa, paper_id=issued(world).pk, wish=wish, at=LATER)
    link = {"share_id": share.pk, "secret": secret_of(share), "at": LATER}
    claimed = holder(personal_id="022190009999", level="", name="Người mạo nhận")
    for actor in (ANONYMOUS, world.clerk, claimed):
        with pytest.raises(NotPermitted):
            look_at_share(actor=actor, **link)
    Account.objects.filter(pk=claimed.account_id).update(identity_level="2")
    assert look_at_share(actor=claimed, **link) == share


def test_a_share_for_an_agency_is_for_its_officers(world: World, hoa: Actor) -> None:
    wish = replace(WISH, to=ShareTo.AGENCY, unit_id=world.other_ward.pk)
    share = share_paper(actor=hoa, paper_id=issued(world).pk, wish=wish, at=LATER)
    link = {"share_id": share.pk, "secret": secret_of(share), "at": LATER}
    for actor in (ANONYMOUS, world.clerk):
        with pytest.raises(NotPermitted, match="Bãi Cháy"):
            look_at_share(actor=actor, **link)
    look_at_share(actor=world.stranger, **link)
    (look,) = looks_at([share.paper])
    assert (look.actor_name, look.actor_title) == (world.stranger.name, world.stranger.title)


def test_nobody_shares_what_is_not_theirs(world: World, hoa: Actor) -> None:
    found = issued(world)
    other = holder(personal_id="022190009999")
    with pytest.raises(NotFound):
        share_paper(actor=other, paper_id=found.pk, wish=WISH, at=LATER)
    share = share_paper(actor=hoa, paper_id=found.pk, wish=WISH, at=LATER)
    with pytest.raises(NotFound):
        end_share(actor=other, share_id=share.pk, at=LATER)
    with pytest.raises(Invalid):
        share_paper(actor=hoa, paper_id=found.pk, wish=replace(WISH, to=ShareTo.AGENCY, unit_id=0), at=LATER)
    with pytest.raises(Invalid):
        share_paper(actor=hoa, paper_id=found.pk, wish=replace(WISH, to=ShareTo.AGENCY, unit_id=10**9), at=LATER)
    assert Share.objects.count() == 1


def test_a_link_that_is_called_again_and_again_must_wait(world: World, hoa: Actor) -> None:
    share = share_paper(actor=hoa, paper_id=issued(world).pk, wish=WISH, at=LATER)
    link = {"actor": world.other_citizen, "share_id": share.pk, "secret": secret_of(share), "at": LATER}
    for _ in range(120):
        look_at_share(**link)
    with pytest.raises(RuleBroken, match="15 phút"):
        look_at_share(**link)
    assert Reading.objects.count() == 1


# Agreeing


def test_a_code_is_good_once_and_for_a_quarter_of_an_hour(world: World, hoa: Actor) -> None:
    facts = {"actor": world.clerk, "personal_id": OWNER.personal_id, "purpose": "Khai sinh"}
    digits = make_code(actor=hoa, at=LATER)
    consent = consent_by_code(**facts, digits=digits, at=LATER)
    assert (consent.holder_id, consent.how, consent.recorded_by_name) == (OWNER.personal_id, "code", world.clerk.name)
    with pytest.raises(Invalid):
        consent_by_code(**facts, digits=digits, at=LATER)
    digits = make_code(actor=hoa, at=LATER)
    with pytest.raises(Invalid):
        consent_by_code(**facts, digits=digits, at=LATER + timedelta(minutes=15))
    newer = make_code(actor=hoa, at=LATER)
    with pytest.raises(Invalid):
        consent_by_code(**facts, digits=f"{(int(newer) + 1) % 10**6:06d}", at=LATER)
    consent_by_code(**facts, digits=newer, at=LATER)
    assert Consent.objects.count() == 2


def test_guessing_a_code_must_wait(world: World, hoa: Actor) -> None:
    digits = make_code(actor=hoa, at=LATER)
    wrong = f"{(int(digits) + 1) % 10**6:06d}"
    facts = {"actor": world.clerk, "personal_id": OWNER.personal_id, "purpose": "Khai sinh", "at": LATER}
    for _ in range(5):
        with pytest.raises(Invalid):
            consent_by_code(**facts, digits=wrong)
    with pytest.raises(RuleBroken):
        consent_by_code(**facts, digits=digits)


def test_only_a_desk_takes_consents(world: World, hoa: Actor) -> None:
    digits = make_code(actor=hoa, at=LATER)
    for actor in (world.specialist, world.admin, hoa, ANONYMOUS):
        with pytest.raises(NotPermitted):
            consent_by_code(actor=actor, personal_id=OWNER.personal_id, digits=digits, purpose="x", at=LATER)
        with pytest.raises(NotPermitted):
            consent_signed(actor=actor, personal_id="1", name="x", evidence="1", purpose="x", at=LATER)
    with pytest.raises(NotPermitted):
        make_code(actor=world.citizen, at=LATER)
    with pytest.raises(NotPermitted):
        consent_online(actor=world.citizen, purpose="x", at=LATER)


def test_a_signed_slip_is_named(world: World) -> None:
    facts = {"actor": world.clerk, "personal_id": OWNER.personal_id, "name": OWNER.name, "at": LATER}
    with pytest.raises(Invalid) as caught:
        consent_signed(**facts, evidence=" ", purpose="")
    assert [one.field for one in caught.value.problems] == ["purpose", "evidence"]
    found = consent_signed(**facts, evidence="PĐY-12", purpose="Khai sinh")
    assert (found.how, found.evidence) == ("signed", "PĐY-12")
    with pytest.raises(Invalid):
        consent_by_code(actor=world.clerk, personal_id=OWNER.personal_id, digits="123456", purpose="", at=LATER)


# Using again


def in_dossier(world: World, one: StoredPaper, **changes: Any) -> Any:
    """A dossier handed in with the file of a stored paper."""
    found = one.latest_file
    assert found is not None
    facts = ComponentFacts("to-khai", files=(FileRef(found.blob_id, found.name),), digitised=Digitised.RESULT_REUSED)
    return submitted(world, at=LATER, components=(facts,), confirmed_duplicate=True, **changes)


def test_a_paper_takes_the_place_of_a_copy(world: World, hoa: Actor) -> None:
    found = issued(world)
    dossier = in_dossier(world, found)
    consent = consent_online(actor=hoa, purpose="Khai sinh", at=LATER)
    (reuse,) = reuse_papers(actor=hoa, dossier=dossier, picks={"to-khai": [found.pk]}, consent=consent, at=LATER)
    assert (reuse.paper_id, reuse.component.key, reuse.consent_id) == (found.pk, "to-khai", consent.pk)
    assert reuse.component.digitised == Digitised.RESULT_REUSED
    assert entries_about(found).latest("pk").verb == "paper.reused"
    assert not Reading.objects.exists()


def test_the_clerks_look_is_told_to_the_holder(world: World, hoa: Actor) -> None:
    found = issued(world)
    dossier = in_dossier(world, found)
    digits = make_code(actor=hoa, at=LATER)
    consent = consent_by_code(
        actor=world.clerk, personal_id=OWNER.personal_id, digits=digits, purpose="Khai sinh", at=LATER
    )
    reuse_papers(actor=world.clerk, dossier=dossier, picks={"to-khai": [found.pk]}, consent=consent, at=LATER)
    (look,) = looks_at([found])
    assert (look.actor_name, look.purpose) == (world.clerk.name, f"Dùng lại trong hồ sơ {dossier.code}")


def test_a_revoked_or_expired_one_is_refused(world: World, hoa: Actor) -> None:
    found = issued(world)
    dossier = in_dossier(world, found)
    consent = consent_online(actor=hoa, purpose="Khai sinh", at=LATER)
    late = moment(5, 9, month=10)
    later_consent = consent_online(actor=hoa, purpose="Khai sinh", at=late)
    facts = {"actor": hoa, "dossier": dossier, "picks": {"to-khai": [found.pk]}}
    with pytest.raises(RuleBroken, match="hết hạn từ 03/09/2026"):
        reuse_papers(**facts, consent=later_consent, at=late)
    revoke_paper(
        actor=world.chair, paper_id=found.pk, at=LATER, decision_number="9", decided_on=date(2026, 3, 5), reason="Sai"
    )
    with pytest.raises(RuleBroken, match="đã bị thu hồi"):
        reuse_papers(**facts, consent=consent, at=LATER)
    assert not Reuse.objects.exists()


def test_no_paper_of_somebody_else_and_none_without_consent(world: World, hoa: Actor) -> None:
    found = issued(world)
    dossier = in_dossier(world, found)
    other = holder(personal_id="022190009999")
    picks = {"to-khai": [found.pk]}
    consent = consent_online(actor=other, purpose="Khai sinh", at=LATER)
    with pytest.raises(NotPermitted):
        reuse_papers(actor=other, dossier=dossier, picks=picks, consent=consent, at=LATER)
    own = consent_online(actor=hoa, purpose="Khai sinh", at=LATER)
    with pytest.raises(NotPermitted):
        reuse_papers(actor=hoa, dossier=dossier, picks=picks, consent=own, at=LATER + timedelta(hours=3))
    with pytest.raises(NotFound):
        reuse_papers(actor=hoa, dossier=dossier, picks={"khac": [found.pk]}, consent=own, at=LATER)
    with pytest.raises(NotFound):
        reuse_papers(actor=hoa, dossier=dossier, picks={"to-khai": [0]}, consent=own, at=LATER)
    stranger = submitted(world, at=LATER, confirmed_duplicate=True)
    with pytest.raises(RuleBroken, match="chưa ở trong hồ sơ"):
        reuse_papers(actor=hoa, dossier=stranger, picks=picks, consent=own, at=LATER)


def test_only_papers_that_fit_and_hold_are_offered(world: World, hoa: Actor) -> None:
    found = issued(world)
    component = world.definition.components[0].model_copy(update={"reuse": ("KQ.G15.000031",)})
    content = world.definition.model_copy(update={"components": (component, *world.definition.components[1:])})
    needed = components_for(content, "default")
    put(world)
    assert fitting([OWNER.personal_id, ""], needed, today=LATER.date()) == {"to-khai": [paper(found.pk)]}
    assert fitting([OWNER.personal_id], needed, today=date(2026, 9, 4)) == {}
    assert fitting([""], needed, today=LATER.date()) == {}
    assert fitting(["022190009999"], needed, today=LATER.date()) == {}


def test_the_store_costs_few_queries(world: World, hoa: Actor, django_assert_max_num_queries: Any) -> None:
    for number in range(4):
        issued(world, number=str(20 + number), confirmed_duplicate=True)
    account = Account.objects.get(pk=hoa.account_id)
    with django_assert_max_num_queries(4):
        for one in papers_of(actor_of(account, LATER.date())):
            assert one.latest_file
            assert one.standing(LATER.date())
