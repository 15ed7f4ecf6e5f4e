"""`motcua admin …`, `motcua token`, `motcua demo …`."""

from __future__ import annotations

import dataclasses
import getpass
import json
import os
import sys

from motcua.project.commands.shell import inside
from motcua.project.runtime.console import say, table
from motcua.project.runtime.errors import StartError
from motcua.project.runtime.installation import COMPLETE, Installation

ALL_DOSSIERS = 3000


def create_admin(installation: Installation, *, username: str, name: str, email: str) -> None:
    """Create an administrator; the password is asked for, or read from MOTCUA_ADMIN_PASSWORD or a pipe."""
    with inside(installation):
        from motcua.project.runtime import domain

        domain.create_admin(username=username, full_name=name, email=email, password=_password())
    say(f"Đã tạo tài khoản quản trị «{username}».")


def _password() -> str:
    given = os.environ.get("MOTCUA_ADMIN_PASSWORD", "")
    if given:
        return given
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\n")
    first, second = getpass.getpass("Mật khẩu: "), getpass.getpass("Nhập lại mật khẩu: ")
    if first != second:
        raise StartError("Hai lần nhập mật khẩu không giống nhau.")
    return first


def show_token(installation: Installation, *, username: str, name: str) -> None:
    """Print a new API token of the account, and nothing else."""
    with inside(installation):
        from motcua.identity.models import Account
        from motcua.project.runtime import domain

        try:
            token = domain.issue_token(username, name)
        except Account.DoesNotExist as error:
            raise StartError(f"Không có tài khoản «{username}».") from error
    say(token)


def remove_factors(installation: Installation, *, username: str, reason: str) -> None:
    """Take the second factor of an account away: the way back in for the last administrator."""
    with inside(installation):
        from motcua.identity.models import Account
        from motcua.project.runtime import domain

        try:
            domain.remove_factors(username, reason)
        except Account.DoesNotExist as error:
            raise StartError(f"Không có tài khoản «{username}».") from error
    say(f"Đã gỡ bảo mật hai lớp của «{username}». Tài khoản đăng nhập bằng mật khẩu rồi đặt lại.")


def load_demo(installation: Installation, *, dossiers: int) -> None:
    """Load demo data into an installation without real people, up to a number of dossiers."""
    with inside(installation):
        from motcua.project.runtime import domain

        if not installation.is_demo and domain.is_for_real():
            raise StartError("Cơ sở dữ liệu đã có tài khoản thật: không nạp dữ liệu mẫu.")
        installation.demo_marker.touch(mode=0o600)
        domain.load_demo(dossiers, say)
        if dossiers >= ALL_DOSSIERS:
            installation.demo_marker.write_text(COMPLETE)


def show_demo_accounts(installation: Installation, *, as_json: bool, most: int) -> None:
    """Print the demo accounts as a table (the first `most`, 0 for all) or as JSON; refused outside a demo."""
    if not installation.is_demo:
        raise StartError("Đây không phải bản cài đặt mẫu nên không có tài khoản mẫu.", "Dùng «motcua up --demo».")
    with inside(installation):
        from motcua.project.runtime import domain

        accounts = domain.demo_accounts()
    if as_json:
        say(json.dumps([dataclasses.asdict(account) for account in accounts], ensure_ascii=False, indent=2))
        return
    shown = accounts[:most] if most else accounts
    rows = [[found.account, found.password, found.name, found.unit, ", ".join(found.rights)] for found in shown]
    say(table(["Tài khoản", "Mật khẩu", "Họ tên", "Đơn vị", "Quyền"], rows))
    if len(shown) < len(accounts):
        command = f"{sys.executable} -m motcua demo accounts --data {installation.data_dir}"
        say(f"  … và {len(accounts) - len(shown)} tài khoản nữa: {command}")
