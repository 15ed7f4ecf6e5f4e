"""Nhập danh sách cán bộ, công chức từ tệp Excel."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from motcua.agencies.actions import add_post
from motcua.agencies.actions.import_units import UNIT_COLUMNS, create_from_row, each_row, find_unit
from motcua.agencies.models import Post, Unit
from motcua.agencies.models.span import holds_on
from motcua.agencies.rules.sheets import Column, Row, day_of, has_sheet, read_table
from motcua.agencies.terms import Right
from motcua.identity.access import require_admin_somewhere
from motcua.identity.actions.create_account import create_account
from motcua.identity.actions.links import make_link
from motcua.identity.actions.posts import assign_post
from motcua.identity.models import Account
from motcua.identity.rules.accounts import tidy_username
from motcua.identity.terms import AccountKind, Actor
from motcua.kernel.errors import Invalid, Problem
from motcua.kernel.text import fold

PEOPLE_COLUMNS = (
    Column("full_name", "Họ và tên", required=True),
    Column("username", "Tên đăng nhập", required=True),
    Column("unit", "Đơn vị", required=True),
    Column("title", "Vị trí việc làm", required=True),
    Column("rights", "Quyền", required=True),
    Column("personal_id", "Số định danh"),
    Column("born", "Ngày sinh"),
    Column("phone", "Điện thoại"),
    Column("email", "Thư điện tử"),
)
UNITS_SHEET = "Đơn vị"
PEOPLE_SHEET = "Người dùng"
_RIGHTS = {fold(text): right for right in Right for text in (right.value, right.label)}


@dataclass(frozen=True, slots=True)
class Imported:
    """A person of the list; `secret` of the activation link, "" for somebody who had an account before."""

    account: Account
    secret: str


@transaction.atomic
def import_people(*, actor: Actor, content: bytes, on: date, at: datetime) -> list[Imported]:
    """Nhập cán bộ: one post of one person a row; columns as in `PEOPLE_COLUMNS`; a sheet "Đơn vị" comes first.

    A username in several rows is one person with several posts; one that exists gets the post. "Quyền" lists rights
    with semicolons. All rows or none: raises Invalid with every problem of every row, NotPermitted.
    """
    require_admin_somewhere(actor)
    rows = read_table(content, PEOPLE_COLUMNS, sheet=PEOPLE_SHEET)
    if has_sheet(content, UNITS_SHEET):
        units = read_table(content, UNIT_COLUMNS, sheet=UNITS_SHEET)
        each_row(units, lambda row: create_from_row(actor, row, on, at))
    made: dict[str, Imported] = {}
    each_row(rows, lambda row: _import_row(actor, row, on, at, made))
    return list(made.values())


def _import_row(actor: Actor, row: Row, on: date, at: datetime, made: dict[str, Imported]) -> None:
    born, problems = day_of(row["born"], label="Ngày sinh", field="born")
    unit = find_unit(row["unit"], on)
    if unit is None:
        problems.append(Problem("unit_unknown", f"Không tìm thấy đơn vị «{row['unit']}».", "unit"))
    rights, unknown = _rights(row["rights"])
    if unknown or not rights:
        message = f"Không có quyền «{'; '.join(unknown)}»; các quyền: {'; '.join(Right.labels)}."
        problems.append(Problem("unknown_right", message, "rights"))
    if not row["title"]:
        problems.append(Problem("required", "Chưa có vị trí việc làm.", "title"))
    try:
        account = _account(actor, row, born, at=at, made=made)
    except Invalid as refusal:
        raise Invalid([*problems, *refusal.problems]) from refusal
    if problems or unit is None:
        raise Invalid(problems)
    post = _post(actor, unit, row["title"], rights, on=on, at=at)
    assign_post(actor=actor, account_id=account.pk, post_id=post.pk, on=on, at=at)


def _rights(text: str) -> tuple[list[Right], list[str]]:
    words = [word.strip() for word in text.replace("\n", ";").split(";") if word.strip()]
    return [_RIGHTS[fold(word)] for word in words if fold(word) in _RIGHTS], [
        word for word in words if fold(word) not in _RIGHTS
    ]


def _account(actor: Actor, row: Row, born: date | None, *, at: datetime, made: dict[str, Imported]) -> Account:
    username = tidy_username(row["username"])
    if username in made:
        return made[username].account
    held = Account.objects.filter(username=username, kind=AccountKind.OFFICER).first()
    if held is not None:
        made[username] = Imported(held, "")
        return held
    account = create_account(
        actor=actor,
        at=at,
        username=username,
        full_name=row["full_name"],
        personal_id=row["personal_id"],
        born=born,
        phone=row["phone"],
        email=row["email"],
    )
    made[username] = Imported(account, make_link(actor=actor, account_id=account.pk, at=at))
    return account


def _post(actor: Actor, unit: Unit, title: str, rights: list[Right], *, on: date, at: datetime) -> Post:
    wanted = sorted(str(right) for right in set(rights))
    held = Post.objects.filter(holds_on(on), unit=unit, title=title, rights=wanted).first()
    return held or add_post(actor=actor, unit_id=unit.pk, title=title, rights=rights, on=on, at=at)
