"""Making, changing and locking accounts; links, passwords, keys."""

from datetime import date, timedelta

import pytest

from motcua.agencies.terms import Right
from motcua.identity.actions import (
    activate,
    change_account,
    change_password,
    create_account,
    create_admin,
    deactivate,
    issue_token,
    load_accounts,
    make_link,
    note_sign_in,
    reactivate,
    reset_password,
    revoke,
    sign_up,
)
from motcua.identity.actions.load_accounts import DemoPerson
from motcua.identity.bearer import account_of_bearer
from motcua.identity.models import Account, ApiToken, OneTimeLink
from motcua.identity.queries import account_of_link, actor_of, holders_of, officers_in
from motcua.identity.rules.accounts import Person
from motcua.identity.terms import ANONYMOUS, SYSTEM, AccountKind
from motcua.identity.tests.world import AT, PASSWORD, TODAY, People, as_actor, events, later, refused
from motcua.journal.queries import entries_about, verify_chain
from motcua.kernel.errors import Invalid, NotFound, NotPermitted, RuleBroken

pytestmark = pytest.mark.django_db


def test_create_an_officer(people: People) -> None:
    admin = people.admin(people.units.ward)
    made = create_account(actor=admin, at=AT, username=" Nam.NV ", full_name="nguyễn  văn Nam", phone="0912 345 678")
    assert (made.username, made.kind, made.phone, made.full_name) == (
        "nam.nv",
        "officer",
        "0912345678",
        "nguyễn văn Nam",
    )
    assert not made.has_usable_password()
    assert made.sort_name
    assert [entry.verb for entry in entries_about(made)] == ["account.created"]


def test_create_refuses(people: People) -> None:
    people.officer("namnv", personal_id="022090123456")
    facts = {"at": AT, "username": "namnv", "full_name": "Nam", "personal_id": "022090123456"}
    refused(lambda: create_account(actor=ANONYMOUS, **facts), NotPermitted, "not_administrator")
    refused(lambda: create_account(actor=SYSTEM, **facts, password="x"), Invalid,
            "username_taken", "personal_id_taken", "password_short", "password_simple")  # fmt: skip
    citizen = facts | {"username": "0912345678", "kind": AccountKind.CITIZEN}
    assert create_account(actor=SYSTEM, **citizen).kind == "citizen"


def test_first_administrator_of_an_empty_house(db: None) -> None:
    made = create_admin(actor=SYSTEM, at=AT, username="quantri", full_name="Quản Trị", password=PASSWORD)
    actor = as_actor(made)
    assert actor.has(Right.ADMIN)
    assert actor.postings[0].unit_name == "Ủy ban nhân dân tỉnh (chưa đặt tên)"
    again = create_admin(actor=SYSTEM, at=AT, username="quantri2", full_name="Quản Trị Hai", password=PASSWORD)
    assert as_actor(again).postings[0].post_id == actor.postings[0].post_id
    facts = {"at": AT, "username": "x3", "full_name": "X", "password": PASSWORD}
    refused(lambda: create_admin(actor=actor, **facts), NotPermitted, "system_only")


def test_a_link_activates_once(people: People) -> None:
    account = people.officer("namnv", people.units.ward, Right.HANDLE, password="")
    admin = people.admin(people.units.ward)
    first = make_link(actor=admin, account_id=account.pk, at=AT)
    secret = make_link(actor=admin, account_id=account.pk, at=AT)
    assert account_of_link(first, at=AT) is None
    assert account_of_link(secret, at=AT) == account
    assert secret not in str(list(OneTimeLink.objects.values()))
    refused(lambda: activate(secret=secret, password="namnv1", at=AT), Invalid, "password_short", "password_known")
    done = activate(secret=secret, password=PASSWORD, at=AT)
    assert done.check_password(PASSWORD)
    refused(lambda: activate(secret=secret, password=PASSWORD, at=AT), NotFound, "link_unknown")
    refused(lambda: activate(secret=first, password=PASSWORD, at=AT), NotFound, "link_unknown")
    refused(lambda: activate(secret="khác", password=PASSWORD, at=AT), NotFound, "link_unknown")


def test_reset_links_last_a_day(people: People) -> None:
    account = people.officer("namnv", people.units.ward, Right.HANDLE)
    secret = reset_password(actor=SYSTEM, account_id=account.pk, at=AT)
    assert account_of_link(secret, at=AT + timedelta(hours=23)) == account
    assert account_of_link(secret, at=later(2)) is None
    refused(lambda: activate(secret=secret, password=PASSWORD, at=later(2)), NotFound, "link_unknown")
    assert Account.objects.get(pk=account.pk).check_password(PASSWORD)


def test_links_are_for_those_who_administer_every_post(people: People) -> None:
    account = people.officer("namnv", people.units.ward, Right.HANDLE)
    people.hold(account, people.post(people.units.department, Right.HANDLE))
    ward_admin = people.admin(people.units.ward, "qt.phuong")
    refused(lambda: make_link(actor=ward_admin, account_id=account.pk, at=AT), NotPermitted, "not_administrator")
    assert make_link(actor=people.admin(people.units.province), account_id=account.pk, at=AT)
    refused(lambda: make_link(actor=SYSTEM, account_id=0, at=AT), NotFound, "account_unknown")
    deactivate(actor=SYSTEM, account_id=account.pk, successor_id=None, reason="Theo quyết định 5/QĐ", at=AT)
    refused(lambda: make_link(actor=SYSTEM, account_id=account.pk, at=AT), RuleBroken, "account_inactive")


def test_citizens_belong_to_the_root(people: People) -> None:
    citizen = sign_up(username="0912345678", full_name="Hoa", personal_id="", password=PASSWORD, agreed=True, at=AT)
    of_ward, of_root = people.admin(people.units.ward), people.admin(people.units.province, "goc")
    facts = {"account_id": citizen.pk, "at": AT}
    refused(lambda: make_link(actor=of_ward, **facts), NotPermitted, "not_administrator")
    assert make_link(actor=of_root, **facts)


def test_new_officers_may_be_administered_by_any_administrator(people: People) -> None:
    account = people.officer("moi")
    assert make_link(actor=people.admin(people.units.ward), account_id=account.pk, at=AT)


def test_sign_up(db: None) -> None:
    facts = {"full_name": "Trần Thị Hoa", "personal_id": "022190123456", "password": PASSWORD, "agreed": True, "at": AT}
    made = sign_up(username="+84 912 345 678", **facts)
    assert (made.username, made.phone, made.kind, made.identity_level) == ("0912345678", "0912345678", "citizen", "")
    assert events("identity.citizen_registered") == [{"account_id": made.pk, "is_verified": False}]
    entry = entries_about(made).get()
    assert (entry.verb, entry.actor_id, entry.data["consent"]) == ("account.signed_up", made.pk, "91/2025/QH15")
    refused(lambda: sign_up(username="0912345678", **facts), Invalid, "username_taken", "personal_id_taken")
    refused(
        lambda: sign_up(username="hoa", **(facts | {"agreed": False})),
        Invalid,
        "username_contact",
        "personal_id_taken",
        "consent_missing",
    )
    fresh = facts | {"personal_id": "", "agreed": False}
    refused(lambda: sign_up(username="hoa@example.com", **fresh), Invalid, "consent_missing")
    assert sign_up(username="Hoa@Example.com", **(fresh | {"agreed": True})).email == "hoa@example.com"


def test_change_password(people: People) -> None:
    account = people.officer("namnv", must_change_password=True)
    changed = change_password(account_id=account.pk, password="mật khẩu khác hẳn", at=AT)
    assert not changed.must_change_password
    refused(
        lambda: change_password(account_id=account.pk, password="1", at=AT),
        Invalid,
        "password_short",
        "password_simple",
    )
    assert not verify_chain("identity.account", str(account.pk))


def test_change_account(people: People) -> None:
    officer = people.officer("namnv", people.units.ward, Right.HANDLE)
    me = as_actor(officer)
    assert change_account(actor=me, account_id=officer.pk, at=AT, phone="0987654321").phone == "0987654321"
    assert entries_about(officer).last().data == {"fields": ["phone"]}  # type: ignore[union-attr]
    refused(
        lambda: change_account(actor=me, account_id=officer.pk, at=AT, phone="0987654321"),
        RuleBroken,
        "nothing_changed",
    )
    refused(lambda: change_account(actor=me, account_id=officer.pk, at=AT, phone="1"), Invalid, "phone_format")
    refused(lambda: change_account(actor=me, account_id=officer.pk, at=AT, full_name="Khác"), RuleBroken, "vouched")
    admin = people.admin(people.units.ward)
    assert (
        change_account(actor=admin, account_id=officer.pk, at=AT, full_name="Lê An", born=date(1990, 1, 2)).full_name
        == "Lê An"
    )
    other = as_actor(people.officer("khac", people.units.other, Right.HANDLE))
    refused(
        lambda: change_account(actor=other, account_id=officer.pk, at=AT, phone=""), NotPermitted, "not_administrator"
    )
    with pytest.raises(TypeError):
        change_account(actor=admin, account_id=officer.pk, at=AT, is_active=False)
    Account.objects.filter(pk=officer.pk).update(identity_level="2")
    refused(lambda: change_account(actor=admin, account_id=officer.pk, at=AT, full_name="X"), RuleBroken, "vouched")


def test_keys(people: People) -> None:
    account = people.officer("maymoc", people.units.ward, Right.RECEIVE)
    me = as_actor(account)
    facts = {"account_id": account.pk, "at": AT}
    key = issue_token(actor=me, name=" Phần mềm  A ", expires_at=later(9), **facts)
    token = ApiToken.objects.get()
    assert key.startswith("mc_")
    assert key not in str(token.__dict__)
    assert account_of_bearer(key, at=AT) == account
    assert account_of_bearer(key, at=AT) == account
    assert account_of_bearer(key, at=later(9)) is None
    assert account_of_bearer("mc_sai", at=AT) is None
    refused(lambda: issue_token(actor=me, name="", expires_at=AT, **facts), Invalid, "required", "expired_already")
    stranger = as_actor(people.officer("khac", people.units.other, Right.RECEIVE))
    refused(lambda: issue_token(actor=stranger, name="A", **facts), NotPermitted, "not_administrator")
    refused(
        lambda: revoke(actor=stranger, token_id=token.pk, reason="Theo quyết định 5/QĐ", at=AT),
        NotPermitted,
        "not_administrator",
    )
    refused(lambda: revoke(actor=me, token_id=token.pk, reason=" ", at=AT), Invalid, "reason_missing")
    revoke(actor=people.admin(people.units.ward), token_id=token.pk, reason="Theo quyết định 5/QĐ", at=AT)
    assert account_of_bearer(key, at=AT) is None
    refused(
        lambda: revoke(actor=me, token_id=token.pk, reason="Theo quyết định 5/QĐ", at=AT),
        RuleBroken,
        "token_revoked_already",
    )
    refused(lambda: revoke(actor=me, token_id=0, reason="Theo quyết định 5/QĐ", at=AT), NotFound, "token_unknown")


def test_locking_hands_over_and_ends_everything(people: People) -> None:
    units = people.units
    leaver, heir = (
        people.officer("namnv", units.division, Right.HANDLE),
        people.officer("lannt", units.division, Right.HANDLE),
    )
    fresh = people.hold(leaver, people.post(units.division, Right.LEAD_DIVISION), on=TODAY)
    key = issue_token(actor=as_actor(leaver), account_id=leaver.pk, name="A", at=AT)
    secret = make_link(actor=SYSTEM, account_id=leaver.pk, at=AT)
    admin = people.admin(units.ward)
    facts = {"actor": admin, "account_id": leaver.pk, "at": AT, "reason": "Nghỉ việc từ 02/03/2026"}
    elsewhere = people.officer("phuongkhac", units.other, Right.HANDLE)
    refused(lambda: deactivate(**facts, successor_id=elsewhere.pk), RuleBroken, "successor_elsewhere")
    refused(lambda: deactivate(**facts, successor_id=leaver.pk), RuleBroken, "own_successor")
    refused(lambda: deactivate(**facts, successor_id=0), NotFound, "account_unknown")
    refused(
        lambda: deactivate(**(facts | {"actor": as_actor(heir)}), successor_id=None), NotPermitted, "not_administrator"
    )
    refused(lambda: deactivate(**(facts | {"reason": ""}), successor_id=heir.pk), Invalid, "reason_missing")
    done = deactivate(**facts, successor_id=heir.pk)
    assert not done.is_active
    assert actor_of(done, TODAY) == ANONYMOUS
    assert [one["successor_id"] for one in events("identity.post_ended")] == [heir.pk, heir.pk]
    assert events("identity.officer_deactivated") == [{"account_id": leaver.pk, "successor_id": heir.pk}]
    assert not leaver.postings.filter(pk=fresh.pk).exists()
    assert leaver.postings.get().valid_to == TODAY
    assert account_of_bearer(key, at=AT) is None
    assert account_of_link(secret, at=AT) is None
    refused(
        lambda: deactivate(**(facts | {"actor": SYSTEM}), successor_id=None), RuleBroken, "account_inactive_already"
    )
    refused(lambda: reactivate(actor=SYSTEM, account_id=leaver.pk, reason="", at=AT), Invalid, "reason_missing")
    assert reactivate(actor=SYSTEM, account_id=leaver.pk, reason="Theo quyết định 5/QĐ", at=AT).is_active
    refused(
        lambda: reactivate(actor=SYSTEM, account_id=leaver.pk, reason="Theo quyết định 5/QĐ", at=AT),
        RuleBroken,
        "account_active",
    )
    refused(lambda: issue_token(actor=admin, account_id=leaver.pk, name="A", at=AT), NotPermitted, "not_administrator")


def test_nobody_locks_themselves_out(people: People) -> None:
    admin = people.admin(people.units.province)
    assert admin.account_id is not None
    own = admin.account_id
    refused(
        lambda: deactivate(actor=admin, account_id=own, successor_id=None, reason="Theo quyết định 5/QĐ", at=AT),
        RuleBroken,
        "deactivate_oneself",
    )


def test_locked_citizens_send_no_officers_event(db: None) -> None:
    citizen = sign_up(username="0912345678", full_name="Hoa", personal_id="", password=PASSWORD, agreed=True, at=AT)
    deactivate(actor=SYSTEM, account_id=citizen.pk, successor_id=None, reason="Theo quyết định 5/QĐ", at=AT)
    assert events("identity.officer_deactivated") == []
    refused(lambda: issue_token(actor=SYSTEM, account_id=citizen.pk, name="A", at=AT), RuleBroken, "account_inactive")


def test_sign_ins_are_noted(people: People) -> None:
    account = people.officer("namnv", people.units.ward, Right.HANDLE)
    note_sign_in(account_id=account.pk, way="password", ip="127.0.0.1", at=AT)
    entry = entries_about(account).last()
    assert entry is not None
    assert (entry.verb, entry.data) == ("account.signed_in", {"way": "password", "ip": "127.0.0.1"})


def test_holders_and_officers(people: People) -> None:
    division = people.units.division
    people.officer("an1", division, Right.HANDLE, full_name="Trần Văn Bình")
    people.officer("an2", division, Right.HANDLE, full_name="Nguyễn Thị Ánh")
    people.officer("an3", division, Right.SEAL, full_name="Lê Văn Cường")
    assert [one.username for one in holders_of(Right.HANDLE, division.pk, on=AT)] == ["an2", "an1"]
    assert [one.username for one in officers_in([division.pk], on=TODAY)] == ["an2", "an1", "an3"]


def test_demo_accounts_by_the_house_only(people: People) -> None:
    post = people.post(people.units.ward, Right.HANDLE)
    crowd = [DemoPerson(Person("mau1", "Nguyễn Mẫu"), AccountKind.OFFICER, TODAY, (post.pk,))]
    admin = people.admin(people.units.province)
    refused(lambda: load_accounts(actor=admin, people=crowd, password=PASSWORD, at=AT), NotPermitted, "system_only")
    made = load_accounts(actor=SYSTEM, people=crowd, password=PASSWORD, at=AT)
    assert [(one.username, one.is_demo) for one in made] == [("mau1", True)]
    assert as_actor(made[0]).has(Right.HANDLE)
    assert load_accounts(actor=SYSTEM, people=crowd, password=PASSWORD, at=AT) == []
