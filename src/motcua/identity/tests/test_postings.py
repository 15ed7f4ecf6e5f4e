"""Taking up, leaving and changing posts; people from Excel; persons vouched for."""

import io
from datetime import date, timedelta
from typing import Any

import pytest
import xlsxwriter

from motcua.agencies.models import Post, Unit
from motcua.agencies.terms import Right
from motcua.agencies.tests.test_rules import workbook
from motcua.agencies.tests.world import traces
from motcua.identity.actions import (
    activate,
    assign_post,
    end_post,
    import_people,
    issue_token,
    move_officer,
    sign_up,
    vouched_account,
)
from motcua.identity.bearer import account_of_bearer
from motcua.identity.models import Account, Posting
from motcua.identity.rules.claims import Claims
from motcua.identity.terms import ANONYMOUS, SYSTEM
from motcua.identity.tests.world import AT, PASSWORD, SINCE, TODAY, People, as_actor, events, refused
from motcua.journal.queries import entries_about
from motcua.kernel.errors import Conflict, Invalid, NotFound, NotPermitted, RuleBroken

pytestmark = pytest.mark.django_db


def test_several_posts_at_once(people: People) -> None:
    account = people.officer("namnv", people.units.division, Right.HANDLE)
    post = people.post(people.units.desk, Right.RECEIVE, title="Tiếp nhận")
    assign_post(actor=people.admin(people.units.ward), account_id=account.pk, post_id=post.pk, on=TODAY, at=AT)
    actor = as_actor(account)
    assert actor.units_with(Right.HANDLE) == {people.units.division.pk}
    assert actor.has(Right.RECEIVE, unit_id=people.units.desk.pk, agency_id=people.units.ward.pk)
    assert not as_actor(account, TODAY - timedelta(days=1)).has(Right.RECEIVE)
    assert [entry.verb for entry in entries_about(account)][-1] == "account.post_assigned"


def test_assigning_refuses(people: People) -> None:
    account = people.officer("namnv", people.units.division, Right.HANDLE)
    post = people.post(people.units.desk, Right.RECEIVE)
    facts: dict[str, Any] = {"account_id": account.pk, "post_id": post.pk, "on": TODAY, "at": AT}
    other = people.admin(people.units.other)
    refused(lambda: assign_post(actor=other, **facts), NotPermitted, "not_administrator")
    refused(lambda: assign_post(actor=SYSTEM, **(facts | {"post_id": 0})), NotFound, "post_unknown")
    refused(lambda: assign_post(actor=SYSTEM, **(facts | {"account_id": 0})), NotFound, "account_unknown")
    refused(lambda: assign_post(actor=SYSTEM, **(facts | {"on": date(2025, 1, 1)})), RuleBroken, "post_not_in_force")
    assign_post(actor=SYSTEM, **facts)
    refused(lambda: assign_post(actor=SYSTEM, **facts), RuleBroken, "post_held_already")


def test_leaving_hands_the_work_over(people: People) -> None:
    leaver = people.officer("namnv", people.units.division, Right.HANDLE)
    heir = people.officer("lannt", people.units.division, Right.HANDLE)
    admin, posting = people.admin(people.units.ward), leaver.postings.get()
    facts: dict[str, Any] = {"posting_id": posting.pk, "successor_id": heir.pk, "on": TODAY, "at": AT}
    facts["reason"] = "Chuyển công tác, quyết định 5/QĐ"
    refused(lambda: end_post(actor=admin, **(facts | {"reason": " "})), Invalid, "reason_missing")
    refused(lambda: end_post(actor=as_actor(leaver), **facts), NotPermitted, "not_administrator")
    tomorrow = TODAY + timedelta(days=1)
    refused(lambda: end_post(actor=admin, **(facts | {"on": tomorrow})), RuleBroken, "ending_in_future")
    refused(lambda: end_post(actor=admin, **(facts | {"successor_id": leaver.pk})), RuleBroken, "own_successor")
    refused(lambda: end_post(actor=admin, **(facts | {"posting_id": 0})), NotFound, "posting_unknown")
    end_post(actor=admin, **facts)
    assert events("identity.post_ended") == [
        {
            "account_id": leaver.pk,
            "post_id": posting.post_id,
            "unit_id": people.units.division.pk,
            "successor_id": heir.pk,
            "on": "2026-03-02",
        }
    ]
    (entry,) = entries_about(leaver).filter(verb="account.post_ended")
    assert entry.data["reason"] == facts["reason"]
    assert not as_actor(leaver).postings
    assert as_actor(leaver, TODAY - timedelta(days=1)).postings
    refused(lambda: end_post(actor=admin, **facts), RuleBroken, "posting_ended_already")


def test_a_post_taken_up_today_can_be_left_today(people: People) -> None:
    account = people.officer("namnv")
    posting = people.hold(account, people.post(people.units.desk, Right.RECEIVE), on=TODAY)
    end_post(actor=SYSTEM, posting_id=posting.pk, successor_id=None, on=TODAY, reason="Theo quyết định 5/QĐ", at=AT)
    assert not Posting.objects.filter(account=account).exists()


def test_moving_an_officer(people: People) -> None:
    account = people.officer("namnv", people.units.division, Right.HANDLE)
    target = people.post(people.units.other, Right.LEAD_AGENCY, title="Chủ tịch")
    facts: dict[str, Any] = {"posting_id": account.postings.get().pk, "to_post_id": target.pk, "on": TODAY, "at": AT}
    facts["reason"] = "Điều động, quyết định 6/QĐ"
    of_ward, of_root = people.admin(people.units.ward, "mot"), people.admin(people.units.province, "goc")
    refused(lambda: move_officer(actor=of_ward, successor_id=None, **facts), NotPermitted, "not_administrator")
    move_officer(actor=of_root, successor_id=None, **facts)
    assert [one.post_title for one in as_actor(account).postings] == ["Chủ tịch"]
    assert len(events("identity.post_ended")) == 1


def test_closed_units_give_no_rights(people: People) -> None:
    account = people.officer("namnv", people.units.division, Right.HANDLE)
    Unit.objects.filter(pk=people.units.division.pk).update(valid_to=TODAY)
    assert not as_actor(account).postings
    Unit.objects.filter(pk=people.units.division.pk).update(valid_to=None)
    Post.objects.filter(unit=people.units.division).update(valid_to=TODAY)
    assert not as_actor(account).postings


HEADER = [
    "STT",
    "Họ và tên",
    "Tên đăng nhập",
    "Đơn vị",
    "Vị trí việc làm",
    "Quyền",
    "Số định danh",
    "Ngày sinh",
    "Điện thoại",
]


def test_people_from_a_table(people: People) -> None:
    known = ["022090123456", "02/09/1990", "0912345678"]
    content = workbook(
        [
            HEADER,
            [1, "Trần Văn An", "antv", "ubnd-phuong-hong-gai", "Chủ tịch", "Lãnh đạo cơ quan", *known],
            [2, "Lê Thị Bình", "binhlt", "H49.101", "Văn thư", "Văn thư, đóng dấu; handle", "", "", ""],
            [3, "Trần Văn An", "ANTV", "H49.102", "Phó Chủ tịch", "lead_agency", "", "", ""],
            [4, "Trần Văn An", "antv", "H49.102", "Văn thư", "seal", "", "", ""],
        ]
    )  # fmt: skip
    made = import_people(actor=people.admin(people.units.province), content=content, on=SINCE, at=AT)
    assert [(one.account.username, bool(one.secret)) for one in made] == [("antv", True), ("binhlt", True)]
    assert as_actor(made[0].account).agencies_with(Right.LEAD_AGENCY) == {people.units.ward.pk, people.units.other.pk}
    assert as_actor(made[1].account).has(Right.SEAL)
    assert activate(secret=made[0].secret, password=PASSWORD, at=AT) == made[0].account
    again = workbook([HEADER, [1, "X", "binhlt", "H49.102", "Văn thư", "seal", "", "", ""]])
    assert [one.secret for one in import_people(actor=SYSTEM, content=again, on=SINCE, at=AT)] == [""]


def test_every_problem_of_every_person_and_nothing_done(people: People) -> None:
    admin = people.admin(people.units.ward)
    count, before = Account.objects.count(), traces()
    content = workbook(
        [
            HEADER,
            [1, "Trần Văn An", "antv", "ubnd-phuong-hong-gai", "Chủ tịch", "Lãnh đạo cơ quan", "", "", ""],
            [2, "", "ôi!", "không có", "", "bay", "12", "hôm qua", "1"],
            [3, "Lê Thị Bình", "binhlt", "ubnd-phuong-bai-chay", "Văn thư", "seal", "", "", ""],
            [4, "Lê Thị Cúc", "cuclt", "không có", "Văn thư", "seal", "", "", ""],
        ]
    )
    with pytest.raises(Invalid) as refusal:
        import_people(actor=admin, content=content, on=SINCE, at=AT)
    assert [(problem.code, problem.field) for problem in refusal.value.problems] == [
        ("day_format", "row.3.born"),
        ("unit_unknown", "row.3.unit"),
        ("unknown_right", "row.3.rights"),
        ("required", "row.3.title"),
        ("username_format", "row.3.username"),
        ("required", "row.3.full_name"),
        ("phone_format", "row.3.phone"),
        ("personal_id_format", "row.3.personal_id"),
        ("not_administrator", "row.4"),
        ("unit_unknown", "row.5.unit"),
    ]
    assert (Account.objects.count(), traces()) == (count, before)
    refused(lambda: import_people(actor=ANONYMOUS, content=content, on=SINCE, at=AT), NotPermitted, "not_administrator")


def test_units_and_people_in_one_workbook(people: People) -> None:
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as book:
        persons, units = book.add_worksheet("Người dùng"), book.add_worksheet("Đơn vị")
        units.write_row(0, 0, ["Tên đơn vị", "Loại đơn vị", "Trực thuộc", "Mã đơn vị"])
        units.write_row(1, 0, ["Phòng Kinh tế", "division", "H49.101", "kinh-te"])
        persons.write_row(0, 0, HEADER)
        persons.write_row(1, 0, [1, "Lê Thị Bình", "binhlt", "kinh-te", "Chuyên viên", "handle"])
    made = import_people(actor=people.admin(people.units.ward), content=stream.getvalue(), on=TODAY, at=AT)
    assert as_actor(made[0].account).postings[0].unit_name == "Phòng Kinh tế"


CLAIMS = Claims("022190123456", "Nguyễn Thị Hoa", date(1990, 5, 19), "0912345678", "hoa@example.com", "2")


def test_a_person_vouched_for_gets_an_account() -> None:
    made = vouched_account(claims=CLAIMS, at=AT)
    assert (made.username, made.identity_level, made.phone) == ("dinhdanh.022190123456", "2", "0912345678")
    assert not made.has_usable_password()
    assert events("identity.citizen_registered") == [{"account_id": made.pk, "is_verified": True}]
    before = traces()
    assert vouched_account(claims=CLAIMS, at=AT, account_id=made.pk) == made
    assert traces() == before
    Account.objects.filter(pk=made.pk).update(phone="")
    assert vouched_account(claims=CLAIMS, at=AT).phone == "0912345678"


def test_an_account_made_by_anyone_is_taken_back() -> None:
    squatter = sign_up(
        username="0999999999",
        full_name="Kẻ Khác",
        personal_id=CLAIMS.personal_id,
        password=PASSWORD,
        agreed=True,
        at=AT,
    )
    key = issue_token(actor=as_actor(squatter), account_id=squatter.pk, name="A", at=AT)
    linked = vouched_account(claims=CLAIMS, at=AT)
    assert linked.pk == squatter.pk
    assert (linked.full_name, linked.born, linked.email) == (CLAIMS.full_name, CLAIMS.born, CLAIMS.email)
    assert linked.phone == "0999999999"
    assert not linked.has_usable_password()
    assert account_of_bearer(key, at=AT) is None
    assert [entry.verb for entry in entries_about(linked)][-2:] == ["account.password_ended", "account.vouched"]


def test_the_same_identity_keeps_its_account() -> None:
    made = vouched_account(claims=CLAIMS, at=AT)
    renewed = Claims("022190123457", "Nguyễn Thị Hoa", date(1990, 5, 19), "", "", "2")
    assert vouched_account(claims=renewed, at=AT, account_id=made.pk).personal_id == "022190123457"
    other = vouched_account(claims=CLAIMS, at=AT)
    assert other.pk != made.pk
    refused(lambda: vouched_account(claims=CLAIMS, at=AT, account_id=made.pk), Conflict, "personal_id_elsewhere")


def test_claims_that_are_not_enough() -> None:
    empty = Claims("", "", None, "", "", "2")
    refused(lambda: vouched_account(claims=empty, at=AT), Invalid, "claim_personal_id", "claim_name")


def test_an_officers_own_number_is_left_alone(people: People) -> None:
    officer = people.officer("namnv", people.units.ward, Right.HANDLE, personal_id=CLAIMS.personal_id)
    assert vouched_account(claims=CLAIMS, at=AT).pk != officer.pk
