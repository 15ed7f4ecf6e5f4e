"""Two at once, really: two writers of one draft, two approvers, an approver and a returner."""

from collections.abc import Iterator
from datetime import date
from functools import partial

import pytest
from pytest_django import DjangoDbBlocker

from motcua.agencies.actions.create_unit import create_unit
from motcua.agencies.models import Post
from motcua.agencies.terms import Right, UnitKind
from motcua.identity.models import Account, Posting
from motcua.identity.queries import actor_of
from motcua.identity.terms import SYSTEM, Actor
from motcua.journal.tests.own_database import at_once, own_database
from motcua.kernel.errors import Conflict, MotCuaError, NotFound, RuleBroken
from motcua.procedures.actions import approve_version, create_draft_version, propose_version, return_draft
from motcua.procedures.models import ProcedureVersion

from .conftest import AT, SINCE, definition

_ROUNDS = 5


@pytest.fixture(scope="module")
def db(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    with own_database(django_db_blocker):
        yield


@pytest.fixture(scope="module")
def keepers(db: None) -> list[Actor]:
    """Three administrators of the catalogue."""
    province = create_unit(
        actor=SYSTEM, at=AT, name="UBND tỉnh", kind=UnitKind.PROVINCE, valid_from=SINCE, agency_code="H90"
    )
    made = []
    for number in range(3):
        account = Account.objects.create(username=f"quan-tri-{number}", full_name=f"Người {number}", kind="officer")
        post = Post.objects.create(unit=province, title=f"Quản trị {number}", rights=[Right.ADMIN], valid_from=SINCE)
        Posting.objects.create(account=account, post=post, valid_from=SINCE)
        made.append(actor_of(account, AT.date()))
    return made


def _code(number: int) -> str:
    return f"1.{number:06d}"


def test_two_writers_upon_one_revision(keepers: list[Actor]) -> None:
    for number in range(_ROUNDS):
        code = _code(number)
        create_draft_version(actor=keepers[0], definition=definition(code=code), at=AT)

        def write(actor: Actor, code: str = code) -> ProcedureVersion:
            said = definition(code=code, summary=f"Của {actor.name}.")
            return create_draft_version(actor=actor, definition=said, at=AT, revision=1)

        found = at_once(lambda: write(keepers[0]), lambda: write(keepers[1]))
        (won,) = [one for one in found if isinstance(one, ProcedureVersion)]
        (lost,) = [one for one in found if isinstance(one, MotCuaError)]
        assert isinstance(lost, Conflict)
        kept = ProcedureVersion.objects.select_related("drafting").get(procedure__code=code)
        assert (kept.drafting.revision, kept.definition) == (2, won.definition)


def test_two_who_settle_one_proposal(keepers: list[Actor]) -> None:
    for number in range(_ROUNDS):
        code = _code(100 + number)
        create_draft_version(actor=keepers[0], definition=definition(code=code), at=AT)
        propose_version(actor=keepers[0], code=code, revision=1, valid_from=date(2026, 4, 1), at=AT)

        def settle(actor: Actor, *, back: bool, code: str = code) -> ProcedureVersion:
            if back:
                return return_draft(actor=actor, code=code, reason="Sửa.", at=AT)
            return approve_version(actor=actor, code=code, revision=1, at=AT)

        back = bool(number % 2)
        found = at_once(partial(settle, keepers[1], back=False), partial(settle, keepers[2], back=back))
        assert len([one for one in found if isinstance(one, ProcedureVersion)]) == 1
        (lost,) = [one for one in found if isinstance(one, MotCuaError)]
        assert isinstance(lost, NotFound | RuleBroken)
        kept = ProcedureVersion.objects.select_related("drafting").get(procedure__code=code)
        assert (kept.published_at is None) == bool(kept.drafting.return_reason)
