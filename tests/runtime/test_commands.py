"""The commands beside `up`: on a running installation and on one that rests."""

from __future__ import annotations

import stat
from pathlib import Path

from tests.runtime.machine import Up, motcua, processes_of

PASSWORD = "Mật khẩu rất dài 2026"


def test_commands_work_beside_a_running_installation(up: Up) -> None:
    where = ("--data", str(up.data_dir))
    assert motcua("doctor", *where).returncode == 0
    made = motcua("admin", "create", *where, "--username", "quantri", MOTCUA_ADMIN_PASSWORD=PASSWORD)
    assert made.returncode == 0, made.stderr
    token = motcua("token", *where, "quantri")
    assert token.returncode == 0, token.stderr
    assert len(token.stdout.strip()) >= 32
    assert "\n" not in token.stdout.strip()
    assert up.status() == 200


def test_commands_start_the_database_for_themselves(data_dir: Path) -> None:
    done = motcua("admin", "create", "--data", str(data_dir), "--username", "quantri", stdin=f"{PASSWORD}\n")
    assert done.returncode == 0, done.stderr
    assert processes_of(data_dir) == []


def test_doctor_finds_nothing_wrong_with_a_prepared_installation(data_dir: Path) -> None:
    done = motcua("doctor", "--data", str(data_dir))
    assert done.returncode == 0, done.stdout
    assert "Mọi thứ đều tốt." in done.stdout


def test_doctor_says_what_to_do_about_a_key_others_can_read(data_dir: Path) -> None:
    (data_dir / "secret_key").chmod(0o644)
    done = motcua("doctor", "--data", str(data_dir))
    assert done.returncode == 1
    assert "Khóa bí mật đọc được bởi người khác" in done.stdout
    assert "chmod 600" in done.stdout


def test_doctor_says_to_start_where_nothing_is(tmp_path: Path) -> None:
    done = motcua("doctor", "--data", str(tmp_path / "trống"))
    assert done.returncode == 1
    assert "motcua up" in done.stdout
    assert not (tmp_path / "trống").exists()


def test_demo_accounts_are_refused_outside_a_demo(data_dir: Path) -> None:
    done = motcua("demo", "accounts", "--json", "--data", str(data_dir))
    assert done.returncode == 1
    assert done.stdout == ""
    assert "không phải bản cài đặt mẫu" in done.stderr


def test_a_token_for_nobody_is_refused(data_dir: Path) -> None:
    done = motcua("token", "--data", str(data_dir), "khong-co")
    assert done.returncode == 1
    assert "Không có tài khoản «khong-co»" in done.stderr


def test_commands_name_a_folder_without_an_installation(tmp_path: Path) -> None:
    done = motcua("token", "--data", str(tmp_path / "d"), "admin")
    assert done.returncode == 1
    assert "chưa có dữ liệu Một Cửa" in done.stderr


def test_manage_reaches_django(data_dir: Path) -> None:
    done = motcua("manage", "--data", str(data_dir), "migrate", "--check")
    assert done.returncode == 0, done.stderr


def test_the_secret_key_is_made_once_and_private(data_dir: Path) -> None:
    path = data_dir / "secret_key"
    before = path.read_text()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert len(before) >= 32
    motcua("doctor", "--data", str(data_dir))
    assert path.read_text() == before


_MARKED = """
from django.utils import timezone
from motcua.journal.actions.anchor import set_anchor
assert set_anchor(at=timezone.now())
"""
_TAMPERED = """
from django.db import connection
with connection.cursor() as cursor:
    cursor.execute("ALTER TABLE journal_entry DISABLE TRIGGER journal_entry_append_only")
    cursor.execute("DELETE FROM journal_entry WHERE id = (SELECT min(id) FROM journal_entry)")
    cursor.execute("ALTER TABLE journal_entry ENABLE TRIGGER journal_entry_append_only")
"""


def test_the_journal_is_checked_with_an_exit_code(data_dir: Path) -> None:
    where = ("--data", str(data_dir))
    assert motcua("manage", *where, "shell", "-c", _MARKED).returncode == 0
    whole = motcua("journal", "check", *where)
    assert whole.returncode == 0, whole.stderr
    assert "Mốc gần nhất" in whole.stdout
    assert "Nhật ký nguyên vẹn." in whole.stdout
    assert motcua("manage", *where, "shell", "-c", _TAMPERED).returncode == 0
    broken = motcua("journal", "check", *where)
    assert broken.returncode == 1
    assert "không còn như lúc đặt mốc" in broken.stderr
    assert "chỗ sai khác" in broken.stdout


def test_the_last_administrator_finds_a_way_back(data_dir: Path) -> None:
    where = ("--data", str(data_dir))
    nobody = motcua("admin", "remove-factors", *where, "khong-co", "--reason", "Mất máy")
    assert nobody.returncode == 1
    assert "Không có tài khoản «khong-co»" in nobody.stderr
    made = motcua("admin", "create", *where, "--username", "quantri", MOTCUA_ADMIN_PASSWORD=PASSWORD)
    assert made.returncode == 0, made.stderr
    assert "không có bảo mật hai lớp" in motcua("admin", "remove-factors", *where, "quantri", "--reason", "a").stderr
    key = "from allauth.mfa.models import Authenticator as A; from motcua.identity.models import Account as C; "
    key += "A.objects.create(user=C.objects.get(username='quantri'), type='totp', data={})"
    assert motcua("manage", *where, "shell", "-c", key).returncode == 0
    done = motcua("admin", "remove-factors", *where, "quantri", "--reason", "Mất điện thoại, biên bản 3/BB")
    assert done.returncode == 0, done.stderr
    assert "Đã gỡ bảo mật hai lớp của «quantri»" in done.stdout
