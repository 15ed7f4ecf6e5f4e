"""Xin công bố, duyệt, trả lại, nhân bản, bỏ bản thảo: two people publish, and nobody's work is lost."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from motcua.agencies.models import Post
from motcua.agencies.terms import Right
from motcua.identity.models import Account, Posting
from motcua.identity.queries import actor_of
from motcua.identity.terms import SYSTEM, Actor
from motcua.journal.models import Entry, OutboxEvent
from motcua.kernel.errors import Conflict, Invalid, NotFound, NotPermitted, RuleBroken
from motcua.procedures.actions import (
    approve_version,
    clone_procedure,
    create_draft_version,
    discard_draft,
    import_definition,
    propose_version,
    publish_version,
    return_draft,
)
from motcua.procedures.models import Drafting, Procedure, ProcedureVersion
from motcua.procedures.rules.approval import DraftFacts, problems_before_approval, problems_before_change

from .conftest import AT, SINCE, Tree, definition, everything, officer

CODE = "1.001193"
FROM = date(2026, 4, 1)


@pytest.fixture
def keeper(tree: Tree) -> Callable[[str], Actor]:
    """Make an administrator of the catalogue with an account."""

    def made(username: str) -> Actor:
        account = Account.objects.create(username=username, full_name=f"Người {username}", kind="officer")
        post = Post.objects.create(unit=tree.province, title="Quản trị", rights=[Right.ADMIN], valid_from=SINCE)
        Posting.objects.create(account=account, post=post, valid_from=SINCE)
        return actor_of(account, AT.date())

    return made


@pytest.fixture
def author(keeper: Callable[[str], Actor]) -> Actor:
    return keeper("tac-gia")


@pytest.fixture
def approver(keeper: Callable[[str], Actor]) -> Actor:
    return keeper("nguoi-duyet")


def drafted(actor: Actor, **changes: Any) -> ProcedureVersion:
    return create_draft_version(actor=actor, definition=definition(**changes), at=AT)


def proposed(actor: Actor, **changes: Any) -> ProcedureVersion:
    draft = drafted(actor, **changes)
    return propose_version(actor=actor, code=CODE, revision=draft.drafting.revision, valid_from=FROM, at=AT, note=" a ")


def test_two_people_publish(author: Actor, approver: Actor) -> None:
    waiting = proposed(author)
    assert waiting.drafting.is_proposed
    assert OutboxEvent.objects.get(name="procedure.publication_proposed").payload["code"] == CODE
    version = approve_version(actor=approver, code=CODE, revision=1, at=AT)
    assert (version.valid_from, version.published_by_id) == (FROM, approver.account_id)
    kept = Drafting.objects.get(version=version)
    assert (kept.proposed_by_id, kept.authors, kept.proposal_note) == (author.account_id, [author.account_id], "a")
    verbs = list(Entry.objects.order_by("id").filter(verb__startswith="procedure.").values_list("verb", flat=True))
    assert verbs == [
        "procedure.drafted",
        "procedure.publication_proposed",
        "procedure.published",
        "procedure.approved",
    ]


def test_nobody_approves_what_they_wrote_or_proposed(author: Actor, approver: Actor) -> None:
    drafted(author)
    drafted(approver, summary="Câu của người thứ hai.")
    propose_version(actor=author, code=CODE, revision=2, valid_from=FROM, at=AT)
    before = everything()
    for actor in (author, approver):
        with pytest.raises(RuleBroken, match="phải khác"):
            approve_version(actor=actor, code=CODE, revision=2, at=AT)
    assert everything() == before


def test_who_only_proposed_does_not_approve(author: Actor, approver: Actor) -> None:
    drafted(author)
    propose_version(actor=approver, code=CODE, revision=1, valid_from=FROM, at=AT)
    with pytest.raises(RuleBroken, match="phải khác"):
        approve_version(actor=approver, code=CODE, revision=1, at=AT)


def test_what_was_not_proposed_is_not_approved(author: Actor, approver: Actor) -> None:
    drafted(author)
    with pytest.raises(RuleBroken, match="chưa được xin"):
        approve_version(actor=approver, code=CODE, revision=1, at=AT)


def test_proposing_tells_every_problem(author: Actor) -> None:
    drafted(author, results=[], components=[{"key": "a", "name": "A"}])
    before = everything()
    with pytest.raises(RuleBroken) as refusal:
        propose_version(actor=author, code=CODE, revision=1, valid_from=FROM, at=AT)
    assert [problem.code for problem in refusal.value.problems] == ["no_count", "no_result"]
    assert everything() == before


def test_approving_looks_at_the_rules_again(author: Actor, approver: Actor) -> None:
    proposed(author)
    other = definition(name="Từ nơi khác")
    import_definition(actor=SYSTEM, definition=other, at=AT, valid_from=date(2026, 5, 1))
    with pytest.raises(RuleBroken, match="01/05/2026"):
        approve_version(actor=approver, code=CODE, revision=1, at=AT)
    version = approve_version(actor=approver, code=CODE, revision=1, at=AT, valid_from=date(2026, 6, 1))
    assert version.number == 3  # after the one that came in between
    assert version.content.name == "Đăng ký khai sinh"


def test_the_second_writer_is_told_and_nothing_is_lost(author: Actor, approver: Actor) -> None:
    first = create_draft_version(actor=author, definition=definition(), at=AT, revision=0)
    assert first.drafting.revision == 1
    create_draft_version(actor=approver, definition=definition(summary="Của B."), at=AT, revision=1)
    before = everything()
    with pytest.raises(Conflict, match="Người nguoi-duyet"):
        create_draft_version(actor=author, definition=definition(summary="Của A."), at=AT, revision=1)
    assert everything() == before
    assert ProcedureVersion.objects.get().content.summary == "Của B."


def test_a_waiting_draft_stays_as_it_is(author: Actor) -> None:
    proposed(author)
    before = everything()
    with pytest.raises(RuleBroken, match="chờ duyệt"):
        drafted(author, summary="Khác.")
    with pytest.raises(RuleBroken, match="chờ duyệt"):
        propose_version(actor=author, code=CODE, revision=1, valid_from=FROM, at=AT)
    with pytest.raises(RuleBroken, match="chờ duyệt"):
        discard_draft(actor=author, code=CODE, revision=1, at=AT)
    assert everything() == before


def test_a_returned_draft_may_be_changed(author: Actor, approver: Actor) -> None:
    proposed(author)
    with pytest.raises(Invalid):
        return_draft(actor=approver, code=CODE, reason=" ", at=AT)
    draft = return_draft(actor=approver, code=CODE, reason="Thiếu căn cứ.", at=AT)
    kept = Drafting.objects.get(version=draft)
    assert (kept.is_proposed, kept.return_reason, kept.returned_by_id) == (False, "Thiếu căn cứ.", approver.account_id)
    assert drafted(author, summary="Đã sửa.").drafting.revision == 2
    with pytest.raises(RuleBroken):
        return_draft(actor=approver, code=CODE, reason="Nữa.", at=AT)


def test_a_draft_of_somebody_else_version_is_a_conflict(author: Actor, approver: Actor) -> None:
    proposed(author)
    with pytest.raises(Conflict):
        approve_version(actor=approver, code=CODE, revision=7, at=AT)
    with pytest.raises(Conflict):
        discard_draft(actor=author, code=CODE, revision=7, at=AT)


def test_discarding_keeps_what_is_published(author: Actor, published: Callable[..., Procedure]) -> None:
    procedure = published()
    drafted(author, summary="Nháp.")
    discard_draft(actor=author, code=CODE, revision=1, at=AT)
    assert [one.number for one in procedure.versions.all()] == [1]
    with pytest.raises(NotFound):
        discard_draft(actor=author, code=CODE, revision=1, at=AT)


def test_cloning_makes_a_draft_under_another_code(author: Actor, published: Callable[..., Procedure]) -> None:
    published(decision="12/QĐ")
    copy = clone_procedure(actor=author, code=CODE, new_code="1.000656", name="Khai tử", at=AT)
    said = copy.content
    assert (said.code, said.name, said.decision, said.steps) == ("1.000656", "Khai tử", "", definition().steps)
    assert copy.drafting.authors == [author.account_id]
    with pytest.raises(RuleBroken, match="đã có"):
        clone_procedure(actor=author, code=CODE, new_code="1.000656", name="Khai tử", at=AT)
    with pytest.raises(NotFound):
        clone_procedure(actor=author, code="9.999999", new_code="1.000657", name="Khai tử", at=AT)


def test_taking_in_leaves_a_draft_alone(author: Actor) -> None:
    draft = drafted(author, summary="Đang soạn.")
    import_definition(actor=SYSTEM, definition=definition(name="Nhập"), at=AT)
    draft.refresh_from_db()
    assert draft.definition["summary"] == "Đang soạn."
    assert Procedure.objects.get().name == "Nhập"


def test_whose_right_it_is(tree: Tree, author: Actor) -> None:
    draft = proposed(author)
    before = everything()
    strangers = (officer(tree.commune, Right.ADMIN), officer(tree.province, Right.OVERSEE), officer(tree.province))
    for actor in (*strangers, officer(tree.province, Right.ADMIN)):  # the last has no account
        for act in (
            lambda who: approve_version(actor=who, code=CODE, revision=1, at=AT),
            lambda who: return_draft(actor=who, code=CODE, reason="Không.", at=AT),
            lambda who: propose_version(actor=who, code=CODE, revision=1, valid_from=FROM, at=AT),
        ):
            with pytest.raises(NotPermitted):
                act(actor)
    for actor in strangers:
        with pytest.raises(NotPermitted):
            discard_draft(actor=actor, code=CODE, revision=1, at=AT)
        with pytest.raises(NotPermitted):
            clone_procedure(actor=actor, code=CODE, new_code="1.000656", name="A", at=AT)
    with pytest.raises(NotPermitted, match="hai người"):
        publish_version(actor=author, version_id=draft.pk, valid_from=FROM, at=AT)
    with pytest.raises(NotPermitted, match="hai người"):
        import_definition(actor=author, definition=definition(), at=AT)
    assert everything() == before


def test_the_rules_by_themselves() -> None:
    waiting = DraftFacts(3, {1, 2}, is_proposed=True)
    assert [one.code for one in problems_before_change(waiting)] == ["draft_proposed"]
    assert problems_before_approval(waiting, 3) == []
    assert [one.code for one in problems_before_approval(DraftFacts(3, {1}), 1)] == ["not_proposed", "own_draft"]
