"""Cài đặt gói thủ tục."""

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from motcua.agencies.actions.create_unit import create_unit
from motcua.agencies.models import Unit
from motcua.agencies.terms import Right, UnitKind
from motcua.identity.models import Account
from motcua.identity.terms import SYSTEM, Actor, ActorPosting
from motcua.journal.models import Entry, OutboxEvent
from motcua.kernel.errors import NotFound, NotPermitted
from motcua.packages.actions import Installed, install_package
from motcua.packages.queries import definition_named
from motcua.packages.rules.files import definition_from_files, files_of
from motcua.packages.rules.zips import files_in_zip, zip_of
from motcua.packages.tests.samples import sample
from motcua.procedures.models import Procedure, ProcedureVersion

pytestmark = pytest.mark.django_db
AT = datetime(2026, 3, 2, 8, 0, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))


def _install(
    *, actor: Actor = SYSTEM, publish: bool = False, again: bool = False, day: int = 2, **changes: object
) -> Installed:
    definition = sample().model_copy(update=changes)
    at = AT.replace(day=day)
    return install_package(actor=actor, definition=definition, at=at, publish=publish, again=again)


def _everything() -> list[object]:
    return [list(model.objects.order_by("pk").values()) for model in (Procedure, ProcedureVersion, Entry, OutboxEvent)]


def _officer(kind: UnitKind = UnitKind.PROVINCE) -> Actor:
    def unit(name: str, tier: UnitKind, code: str, parent_id: int | None = None) -> Unit:
        since = date(2025, 7, 1)
        facts: dict[str, Any] = {"kind": tier, "agency_code": code, "parent_id": parent_id}
        slug = code.lower().replace(".", "-")
        return create_unit(actor=SYSTEM, at=AT, valid_from=since, name=name, slug=slug, **facts)

    home = unit("Ủy ban nhân dân tỉnh", UnitKind.PROVINCE, "H90")
    if kind != UnitKind.PROVINCE:
        home = unit("Ủy ban nhân dân xã", kind, "H90.21", home.pk)
    account = Account.objects.create(username="quantri", full_name="Lê Văn An", kind="officer")
    posting = ActorPosting(
        1, "Quản trị viên", home.pk, home.agency_id, tuple(home.path), frozenset({Right.ADMIN}), home.name
    )
    return Actor(account_id=account.pk, name="Lê Văn An", kind="officer", postings=(posting,))


def test_a_package_becomes_a_draft_once() -> None:
    assert _install() == Installed("1.001193", "drafted", 1)
    assert ProcedureVersion.objects.get().published_at is None
    verbs = list(Entry.objects.filter(object_type="procedures.procedure").order_by("id").values_list("verb", flat=True))
    assert verbs == ["procedure.drafted", "procedure.package_installed"]
    before = _everything()
    assert _install(day=3) == Installed("1.001193", "unchanged", 1)
    assert _everything() == before


def test_the_machine_publishes_and_the_journal_says_so() -> None:
    assert _install(publish=True) == Installed("1.001193", "published", 1)
    version = ProcedureVersion.objects.get()
    assert version.valid_from == date(2026, 3, 2)
    entry = Entry.objects.get(verb="procedure.package_installed")
    assert entry.data["result"] == "published"
    assert len(entry.data["sha256"]) == 64
    before = _everything()
    assert _install(publish=True, day=3).result == "unchanged"
    assert _install(day=3).result == "unchanged"
    assert _everything() == before


def test_a_day_to_come() -> None:
    day = date(2026, 7, 1)
    install_package(actor=SYSTEM, definition=sample(), at=AT, publish=True, valid_from=day)
    assert ProcedureVersion.objects.get().valid_from == day


def test_an_older_revision_is_told_and_only_taken_again_on_purpose() -> None:
    _install(publish=True)
    assert _install(publish=True, day=9, summary="Câu khác.") == Installed("1.001193", "published", 2)
    before = _everything()
    refused = _install(publish=True, day=10)
    assert (refused.result, [one.code for one in refused.problems]) == ("refused", ["older_revision"])
    assert "09/03/2026" in refused.problems[0].message
    assert _everything() == before
    assert _install(publish=True, day=10, again=True) == Installed("1.001193", "published", 3)


def test_a_package_reviewed_earlier_is_told() -> None:
    _install(publish=True, reviewed_on=date(2026, 2, 1))
    refused = _install(publish=True, day=3, reviewed_on=date(2026, 1, 1))
    assert [one.code for one in refused.problems] == ["older_review"]
    assert _install(publish=True, day=3, reviewed_on=date(2026, 3, 1)).result == "published"


def test_a_package_with_problems_is_refused_whole() -> None:
    before = _everything()
    refused = _install(publish=True, results=())
    assert (refused.result, [one.code for one in refused.problems]) == ("refused", ["no_result"])
    assert _install(results=()).result == "refused"
    assert _everything() == before


def test_a_draft_that_somebody_works_on_stays() -> None:
    _install()
    before = _everything()
    refused = _install(summary="Câu khác.")
    assert refused.result == "refused"
    assert _everything() == before
    assert _install(publish=True, summary="Câu khác.").result == "published"
    assert ProcedureVersion.objects.filter(published_at__isnull=True).count() == 1


def test_what_a_person_installs_waits_for_a_second_one() -> None:
    actor = _officer()
    assert _install(actor=actor, publish=True).result == "proposed"
    assert ProcedureVersion.objects.get().published_at is None
    before = _everything()
    assert _install(actor=actor, publish=True).result == "unchanged"
    assert _everything() == before


def test_whose_right_it_is() -> None:
    actor = _officer(UnitKind.COMMUNE)
    before = _everything()
    with pytest.raises(NotPermitted):
        _install(actor=actor)
    assert _everything() == before


def test_from_one_installation_to_another_nothing_is_lost() -> None:
    _install(publish=True)
    packed = zip_of(files_of(definition_named("1.001193")))
    again = definition_from_files(files_in_zip(packed))
    assert again.as_json() == sample().as_json()
    assert install_package(actor=SYSTEM, definition=again, at=AT, publish=True).result == "unchanged"


def test_versions_are_named_by_their_number() -> None:
    _install(publish=True)
    _install(publish=True, day=9, summary="Câu khác.")
    assert definition_named("1.001193").summary == "Câu khác."
    assert definition_named("1.001193@1").summary == sample().summary
    for name in ("1.001193@7", "1.001193@x", "9.999999"):
        with pytest.raises(NotFound):
            definition_named(name)
