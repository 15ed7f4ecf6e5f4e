"""The permission table against the house itself."""

from collections.abc import Iterator

import pytest
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone

from motcua.dossiers.tests.world import CODE
from motcua.identity.actions import issue_token
from motcua.identity.models import Account
from motcua.identity.terms import SYSTEM, Actor
from motcua.identity.tests.signing_in import sign_in_as
from motcua.project.permissions import TABLE as AUDIENCES
from tests.permissions.stage import Stage
from tests.permissions.table import BODIES, PARTS, ROLES, TABLE

Row = tuple[str, str, tuple[str, ...]]
SITES = ("api", "portal", "desk", "backoffice", "studio", "audit", "payments", "post", "tax", "")
_OF_PROCEDURES = (
    "portal:procedure",
    "portal:apply",
    "backoffice:",
    "studio:",
    "desk:intake_form",
    "post:take_in_form",
    "desk:assist_form",
    "api:show_procedure",
)
_LOGIN = "/tai-khoan/dang-nhap/"


def rows() -> list[Row]:
    lines = [line.split() for line in TABLE.splitlines() if line.strip() and not line.startswith("#")]
    return [(method, name, tuple(codes)) for method, name, *codes in lines]


def patterns(resolver: URLResolver | None = None, space: str = "") -> Iterator[tuple[str, URLPattern]]:
    """Every named address with its namespace."""
    for one in (resolver or get_resolver(None)).url_patterns:
        if isinstance(one, URLResolver):
            yield from patterns(one, f"{space}{one.namespace}:" if one.namespace else space)
        else:
            assert one.name, f"{one.pattern} has no name"
            yield f"{space}{one.name}", one


PATTERNS = dict(patterns())


def test_every_address_is_in_the_table() -> None:
    named = [name for _, name, _ in rows()]
    assert sorted(set(PATTERNS) - set(named)) == []
    assert sorted(set(named) - set(PATTERNS)) == []
    lines = [(method, name) for method, name, _ in rows()]
    assert len(lines) == len(set(lines))


def test_the_gate_knows_every_address_and_no_other() -> None:
    assert sorted(set(PATTERNS) - set(AUDIENCES)) == []
    assert sorted(set(AUDIENCES) - set(PATTERNS)) == []


def test_every_role_has_a_code() -> None:
    assert [name for _, name, codes in rows() if len(codes) != len(ROLES)] == []


@pytest.mark.parametrize("site", SITES)
def test_codes(stage: Stage, site: str) -> None:
    mine = [row for row in rows() if (row[1].rpartition(":")[0] or "") == site]
    callers = {role: _Caller(stage.roles[role], is_program=site == "api") for role in ROLES}
    wrong = []
    for method, name, codes in mine:
        path = _address(stage, name)
        found = tuple(callers[role].code(method, path, BODIES.get(name, "{}")) for role in ROLES)
        if found != codes:
            wrong.append(line_of(method, name, found))
    assert wrong == [], "what the house answers:\n" + "\n".join(wrong)


def line_of(method: str, name: str, codes: tuple[str, ...]) -> str:
    return f"{method:<5}{name:<40}" + " ".join(f"{code:<5}" for code in codes).rstrip()


def _address(stage: Stage, name: str) -> str:
    parts = {}
    for part in PATTERNS[name].pattern.converters if name not in PARTS else ():
        parts[part] = _part(stage, name, part)
    for part in PATTERNS[name].pattern.converters if name in PARTS else ():
        parts[part] = PARTS[name].get(part) or _part(stage, name, part)
    return reverse(name, kwargs=parts or PARTS.get(name))


def _part(stage: Stage, name: str, part: str) -> object:
    if part == "code":
        return CODE if name.startswith(_OF_PROCEDURES) else stage.dossier.code
    if part == "slug":
        return stage.world.division.slug
    return stage.value(part, name)


class _Caller:
    """One role: a browser with a session, or a program with a token."""

    def __init__(self, actor: Actor, *, is_program: bool) -> None:
        self.client = Client(raise_request_exception=False)
        self.headers: dict[str, str] = {}
        if actor.account_id is None:
            return
        if is_program:
            token = issue_token(actor=SYSTEM, account_id=actor.account_id, name="bảng quyền", at=timezone.now())
            self.headers = {"Authorization": f"Bearer {token}", "Idempotency-Key": "1"}
        else:
            account = Account.objects.get(pk=actor.account_id)
            sign_in_as(account, self.client)

    def code(self, method: str, path: str, body: str) -> str:
        """Send the request and undo what it did."""
        with transaction.atomic():
            if path.startswith("/api/") and method == "POST":
                answer = self.client.post(path, body, content_type="application/json", headers=self.headers)
            else:
                answer = self.client.generic(method, path, headers=self.headers)
            transaction.set_rollback(True)
        if answer.streaming:
            b"".join(answer.streaming_content)  # closes the file behind it
        return _word(answer)


def _word(answer: HttpResponse) -> str:
    if answer.status_code == 302 and answer.headers["Location"].startswith(_LOGIN):
        return "login"
    return str(answer.status_code)
