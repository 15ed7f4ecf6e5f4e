"""Lập tài khoản quản trị đầu tiên."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from motcua.agencies.actions import add_post, create_unit
from motcua.agencies.models import Unit
from motcua.agencies.models.span import holds_on
from motcua.agencies.terms import Right, UnitKind
from motcua.identity.actions.create_account import create_account
from motcua.identity.actions.posts import assign_post
from motcua.identity.models import Account
from motcua.identity.terms import Actor
from motcua.kernel.errors import NotPermitted, Problem

POST_TITLE = "Quản trị hệ thống"


@transaction.atomic
def create_admin(
    *, actor: Actor, at: datetime, username: str, full_name: str, password: str, email: str = ""
) -> Account:
    """Lập tài khoản quản trị: the installation gives somebody the right to administer all of it.

    An installation without units gets its first one, named later. Raises NotPermitted unless the house itself acts,
    Invalid with every problem.
    """
    if not actor.is_system:
        message = "Tài khoản quản trị đầu tiên chỉ do lệnh cài đặt tạo ra."
        raise NotPermitted(Problem("system_only", message))
    on = timezone.localdate(at)
    root = Unit.objects.filter(holds_on(on), parent__isnull=True).order_by("pk").first() or _first_unit(actor, at)
    account = create_account(actor=actor, at=at, username=username, full_name=full_name, email=email, password=password)
    post = root.posts.filter(holds_on(on), title=POST_TITLE, rights=[str(Right.ADMIN)]).first() or add_post(
        actor=actor, unit_id=root.pk, title=POST_TITLE, rights=[Right.ADMIN], on=on, at=at
    )
    assign_post(actor=actor, account_id=account.pk, post_id=post.pk, on=on, at=at)
    return account


def _first_unit(actor: Actor, at: datetime) -> Unit:
    return create_unit(
        actor=actor,
        at=at,
        name="Ủy ban nhân dân tỉnh (chưa đặt tên)",
        slug="tinh",
        kind=UnitKind.PROVINCE,
        agency_code="H00",
        code_is_provisional=True,
        valid_from=timezone.localdate(at),
    )
